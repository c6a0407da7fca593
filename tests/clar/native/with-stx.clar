;; word: with-stx
;; setup
;; case: (restrict-assets? tx-sender ((with-stx u0)) true)
;; 3.3/4 3.4/5 => (ok (ok true)) | 1332 3 121 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok true)) | 1164 3 121 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-stx u9) (with-stx u4)) (is-ok (stx-burn? u5 tx-sender)))
;; 3.3/4 3.4/5 => (ok (err u1)) | 6429 4 164 1 1 | 188
;; 4.0/6 4.1/6 => (ok (err u1)) | 6034 4 164 1 1 | 188
;; case: (with-stx u1)
;; 3.3/4 3.4/5 4.0/6 4.1/6 => deploy !AllowanceExprNotAllowed | 2687 1 1 1 16 | 0
