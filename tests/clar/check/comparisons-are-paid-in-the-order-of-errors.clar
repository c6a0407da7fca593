;; epochs: 3.0 3.4 4.1
;; clarity: 2
;; expect-error: UnionTypeError
;; expect-runtime: 254
;; The last argument is checked too, but only the first one's comparison is
;; paid, because the first one is wrong.
(+ true 1)
