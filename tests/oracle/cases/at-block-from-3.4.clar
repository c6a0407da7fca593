;; note: at-block is gone in epoch 3.4, for every version
;; expect: reject
(define-read-only (f) (at-block 0x0000000000000000000000000000000000000000000000000000000000000000 1))
