;; note: at-block is there until epoch 3.3, for Clarity 1 to 4
;; expect: accept
;; epochs: 3.0 3.1 3.2 3.3
(define-read-only (f) (at-block 0x0000000000000000000000000000000000000000000000000000000000000000 1))
