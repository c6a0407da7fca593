;; epochs: 3.0 3.4
;; clarity: 2
;; expect-error: Unreachable
;; Asking for the size of such a tuple keeps the transaction out of all blocks.
(define-private (f (a {x: (buff 524288)}) (b {y: (buff 524288)}))
  (list (merge a b)))
