;; word: stacks-block-height
;; setup
;; case: stacks-block-height
;; 3.0/3 3.3/4 3.4/5 => (ok u3) | 880 4 93 0 0 | 0
;; 4.0/6 4.1/6 => (ok u3) | 287 4 93 0 0 | 0
;; case: (print stacks-block-height)
;; 3.0/3 3.3/4 3.4/5 => (ok u3) | 2602 4 101 0 0 | 0
;; 4.0/6 4.1/6 => (ok u3) | 342 4 101 0 0 | 0
;; case: (is-eq stacks-block-height stacks-block-height)
;; 3.0/3 3.3/4 3.4/5 => (ok true) | 1782 5 123 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 413 5 123 0 0 | 0
;; case: (let ((stacks-block-height 1)) 2)
;; 3.0/3 3.3/4 3.4/5 => !NameAlreadyUsed | 537 3 105 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 274 3 105 0 0 | 0
