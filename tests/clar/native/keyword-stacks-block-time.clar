;; word: stacks-block-time
;; setup
;; case: stacks-block-time
;; 3.3/4 3.4/5 => (ok u1700000003) | 878 4 91 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1700000003) | 285 4 91 0 0 | 0
;; case: (print stacks-block-time)
;; 3.3/4 3.4/5 => (ok u1700000003) | 2600 4 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1700000003) | 340 4 99 0 0 | 0
;; case: (is-eq stacks-block-time stacks-block-time)
;; 3.3/4 3.4/5 => (ok true) | 1778 5 119 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 409 5 119 0 0 | 0
;; case: (let ((stacks-block-time 1)) 2)
;; 3.3/4 3.4/5 => !NameAlreadyUsed | 535 3 103 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 272 3 103 0 0 | 0
