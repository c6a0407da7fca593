;; epochs: 3.0 4.1
;; clarity: 2
;; expect-ok
;; A trait is found before a value of the same name.
(define-trait t ((m () (response bool uint))))
(define-public (f (x <t>)) (let ((x 1)) (contract-call? x m)))
