;; word: with-stacking
;; setup
;; case: (restrict-assets? tx-sender ((with-stacking u5)) true)
;; 3.3/4 3.4/5 => (ok (ok true)) | 1337 3 126 0 0 | 0
;; 4.0/5 4.1/5 => (ok (ok true)) | 1169 3 126 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-stacking u5)) (is-ok (stx-burn? u1 tx-sender)))
;; 3.3/4 3.4/5 => (ok (err u128)) | 6295 4 155 1 1 | 188
;; 4.0/5 4.1/5 => (ok (err u128)) | 5900 4 155 1 1 | 188
;; case: (with-stacking u5)
;; 3.3/4 3.4/5 4.0/5 4.1/5 => deploy !AllowanceExprNotAllowed | 2822 1 1 1 16 | 0
