;; note: the first tuple of a list decides the fields; further ones are dropped
;; expect: accept
;; epochs: 3.0 3.4
(define-read-only (f) (list {a: 1} {a: 1, b: 2}))
