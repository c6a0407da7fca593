;; word: is-err
;; setup
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (is-err (good))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 1190 3 189 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 640 3 189 0 0 | 0
;; case: (is-err (bad))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 1189 3 188 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 639 3 188 0 0 | 0
;; case: (is-err (some 1))
;; 3.0/1 => deploy !ExpectedResponseType | 6863 1 1 1 44 | 13
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !ExpectedResponseType | 6861 1 1 1 44 | 13
