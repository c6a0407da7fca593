;; epochs: 3.0 4.0
;; clarity: 3
;; expect-error: WriteAttemptedInReadOnly
;; Behind a binding that writes, the read-only pass looks at nothing more: the
;; unknown function is not what is reported.
(define-data-var v int 1)
(define-read-only (f) (let ((a (var-set v 2)) (b (unknown))) 1))
