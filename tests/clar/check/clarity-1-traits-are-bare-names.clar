;; epochs: 3.0 4.1
;; clarity: 1
;; expect-ok
;; Clarity 1 takes the later of two methods of one name.
(define-trait t ((m () (response bool uint)) (m (int) (response int uint))))
(define-public (f (x <t>)) (contract-call? x m 5))
