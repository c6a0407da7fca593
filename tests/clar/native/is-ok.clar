;; word: is-ok
;; setup
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (is-ok (good))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 1202 3 188 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 639 3 188 0 0 | 0
;; case: (is-ok (bad))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 1201 3 187 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 638 3 187 0 0 | 0
;; case: (is-ok (some 1))
;; 3.0/1 => deploy !ExpectedResponseType | 6836 1 1 1 44 | 13
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !ExpectedResponseType | 6834 1 1 1 44 | 13
