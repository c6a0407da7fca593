;; word: false
;; setup
;; case: false
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 397 3 77 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 229 3 77 0 0 | 0
;; case: (print false)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 1894 3 85 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 284 3 85 0 0 | 0
;; case: (is-eq false false)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 592 3 91 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 297 3 91 0 0 | 0
;; case: (let ((false 1)) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 523 3 91 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 260 3 91 0 0 | 0
