;; epochs: 3.0 4.1
;; clarity: 3
;; expect-ok
;; A wrong number of arguments of an own function is found when it runs, and
;; what stands beyond the last parameter is not even looked at.
(define-private (f (a int)) a)
(define-private (g) (f))
(define-private (h) (f 1 (+ 2 u3) unknown))
