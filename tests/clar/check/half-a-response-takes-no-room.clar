;; epochs: 3.0 4.1
;; clarity: 2
;; expect-type: (optional (buff 18))
;; The half that can never occur does not count for the encoding.
(to-consensus-buff? (ok 1))
