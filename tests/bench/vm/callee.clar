;; tests/bench/vm/callee.clar - A small contract that others call.
(define-trait bench-trait ((touch () (response bool uint))))
(define-data-var count uint u0)
(define-public (noop) (ok true))
(define-public (touch) (ok true))
(define-read-only (look) u1)
(define-public (refuse) (begin (var-set count u7) (err u1)))
