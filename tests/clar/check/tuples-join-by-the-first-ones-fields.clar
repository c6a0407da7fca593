;; epochs: 3.0 4.1
;; clarity: 3
;; expect-type: (list 2 (tuple (a int)))
;; The supertype of two tuples keeps the fields of the first one.
(list {a: 1} {a: 1, b: 2})
