;; word: with-pox
;; setup
;; case: (restrict-assets? tx-sender ((with-pox)) true)
;; 4.0/6 4.1/6 => (ok (ok true)) | 1161 3 118 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-pox) (with-stx u1)) (is-ok (stx-burn? u2 tx-sender)))
;; 4.0/6 4.1/6 => (ok (err u1)) | 6031 4 161 1 1 | 188
