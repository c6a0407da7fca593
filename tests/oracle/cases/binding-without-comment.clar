;; note: without the comment of comment-in-binding the definitions are sorted
;; expect: accept
(define-constant x (let ((a
 y)) a))
(define-constant y 1)
(define-read-only (f) x)
