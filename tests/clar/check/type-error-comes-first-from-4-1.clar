;; epochs: 4.1
;; clarity: 3
;; expect-error: TypeError
(define-data-var v int 1)
(define-read-only (f) (begin (var-set v u2) 1))
