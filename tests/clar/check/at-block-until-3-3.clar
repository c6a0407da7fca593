;; epochs: 3.0 3.3
;; clarity: 3
;; expect-type: uint
(at-block 0x00 burn-block-height)
