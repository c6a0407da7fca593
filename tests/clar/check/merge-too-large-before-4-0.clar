;; epochs: 3.0 3.4
;; clarity: 2
;; expect-ok
;; Before epoch 4.0 a merged tuple may be larger than a value, as long as
;; nothing asks for its size.
(define-private (f (a {x: (buff 524288)}) (b {y: (buff 524288)}))
  (get x (merge a b)))
