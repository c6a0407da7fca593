;; word: unwrap-err-panic
;; setup
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (unwrap-err-panic (bad))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u2) | 1202 3 198 0 0 | 0
;; 4.0/6 4.1/6 => (ok u2) | 649 3 198 0 0 | 0
;; case: (unwrap-err-panic (good))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !UnwrapFailure | 1004 3 199 0 0 | 0
;; 4.0/6 4.1/6 => !UnwrapFailure | 619 3 199 0 0 | 0
