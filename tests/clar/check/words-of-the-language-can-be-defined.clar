;; epochs: 3.0 4.1
;; clarity: 2
;; expect-type: int
;; Checking does not keep back words; deploying does.
(define-private (+ (a bool)) a)
(+ 1 2)
