;; word: burn-block-height
;; setup
;; case: burn-block-height
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u103) | 878 4 91 0 0 | 0
;; 4.0/6 4.1/6 => (ok u103) | 285 4 91 0 0 | 0
;; case: (print burn-block-height)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u103) | 2600 4 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok u103) | 340 4 99 0 0 | 0
;; case: (is-eq burn-block-height burn-block-height)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 1778 5 119 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 409 5 119 0 0 | 0
;; case: (let ((burn-block-height 1)) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 535 3 103 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 272 3 103 0 0 | 0
