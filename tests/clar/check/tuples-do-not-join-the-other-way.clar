;; epochs: 3.0 4.1
;; clarity: 3
;; expect-error: TypeError
;; The second tuple lacks a field of the first one.
(list {a: 1, b: 2} {a: 1})
