;; note: calls of the contract's own functions are not counted before they run
;; expect: accept
;; epochs: 3.0 3.4
(define-private (g (a int) (b int)) a)
(define-read-only (f) (g 1))
