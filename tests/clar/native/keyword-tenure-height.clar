;; word: tenure-height
;; setup
;; case: tenure-height
;; 3.0/3 3.3/4 3.4/5 => (ok u3) | 874 4 87 0 0 | 0
;; 4.0/6 4.1/6 => (ok u3) | 281 4 87 0 0 | 0
;; case: (print tenure-height)
;; 3.0/3 3.3/4 3.4/5 => (ok u3) | 2596 4 95 0 0 | 0
;; 4.0/6 4.1/6 => (ok u3) | 336 4 95 0 0 | 0
;; case: (is-eq tenure-height tenure-height)
;; 3.0/3 3.3/4 3.4/5 => (ok true) | 1770 5 111 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 401 5 111 0 0 | 0
;; case: (let ((tenure-height 1)) 2)
;; 3.0/3 3.3/4 3.4/5 => !NameAlreadyUsed | 531 3 99 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 268 3 99 0 0 | 0
