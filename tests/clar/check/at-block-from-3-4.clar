;; epochs: 3.4 4.1
;; clarity: 3
;; expect-error: AtBlockUnavailable
(at-block 0x00 burn-block-height)
