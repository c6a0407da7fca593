;; epochs: 3.0 4.1
;; clarity: 3
;; expect-type: uint
;; The name of a read-only function is not occupied; the later one counts.
(define-read-only (twice) 1)
(define-read-only (twice) u1)
(twice)
