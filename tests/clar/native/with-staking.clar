;; word: with-staking
;; setup
;; case: (restrict-assets? tx-sender ((with-staking u5)) true)
;; 4.0/6 4.1/6 => (ok (ok true)) | 1168 3 125 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-staking u5)) (is-ok (stx-burn? u1 tx-sender)))
;; 4.0/6 4.1/6 => (ok (err u128)) | 5899 4 154 1 1 | 188
