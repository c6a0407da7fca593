;; epochs: 4.0 4.1
;; clarity: 2
;; expect-error: ValueTooLarge
;; From epoch 4.0 on the merge itself is refused.
(define-private (f (a {x: (buff 524288)}) (b {y: (buff 524288)}))
  (get x (merge a b)))
