;; epochs: 3.0 4.1
;; clarity: 3
;; expect-type: uint
;; Two parameters of one name are an error of the call only.
(define-private (f (a int) (a uint)) a)
(f 1 u2)
