;; epochs: 3.0 4.0
;; clarity: 3
;; expect-error: WriteAttemptedInReadOnly
(define-data-var v int 1)
(define-read-only (f) (begin (var-set v u2) 1))
