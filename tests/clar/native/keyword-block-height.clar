;; word: block-height
;; setup
;; case: block-height
;; 3.0/1 3.0/2 3.3/2 3.4/2 => (ok u3) | 873 4 86 0 0 | 0
;; 4.0/2 4.1/2 => (ok u3) | 280 4 86 0 0 | 0
;; case: (print block-height)
;; 3.0/1 3.0/2 3.3/2 3.4/2 => (ok u3) | 2595 4 94 0 0 | 0
;; 4.0/2 4.1/2 => (ok u3) | 335 4 94 0 0 | 0
;; case: (is-eq block-height block-height)
;; 3.0/1 3.0/2 3.3/2 3.4/2 => (ok true) | 1768 5 109 0 0 | 0
;; 4.0/2 4.1/2 => (ok true) | 399 5 109 0 0 | 0
;; case: (let ((block-height 1)) 2)
;; 3.0/1 3.0/2 3.3/2 3.4/2 => !NameAlreadyUsed | 530 3 98 0 0 | 0
;; 4.0/2 4.1/2 => !NameAlreadyUsed | 267 3 98 0 0 | 0
