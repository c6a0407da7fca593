;; note: a comment inside a binding pair hides what the pair depends on, so the definitions are sorted as if it did not
;; expect: reject
(define-constant x (let ((a ;; c
 y)) a))
(define-constant y 1)
(define-read-only (f) x)
