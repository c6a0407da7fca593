;; word: with-all-assets-unsafe
;; setup
;; case: (as-contract? ((with-all-assets-unsafe)) true)
;; 3.3/4 3.4/5 => (ok (ok true)) | 1467 3 118 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok true)) | 1299 3 118 0 0 | 0
;; case: (as-contract? ((with-all-assets-unsafe) (with-stx u1)) true)
;; 3.3/4 3.4/5 4.0/6 4.1/6 => deploy !WithAllAllowanceNotAlone | 3978 1 1 1 22 | 0
;; case: (restrict-assets? tx-sender ((with-all-assets-unsafe)) true)
;; 3.3/4 3.4/5 4.0/6 4.1/6 => deploy !WithAllAllowanceNotAllowed | 4111 1 1 1 20 | 0
