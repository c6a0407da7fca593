;; word: var-set
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (begin (var-set n u9) (var-get n))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u9) | 1992 5 266 1 18 | 17
;; 4.0/6 4.1/6 => (ok u9) | 568 5 266 1 18 | 17
;; case: (var-set l (list u1 u2 u3 u4))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 2676 4 244 1 74 | 73
;; 4.0/6 4.1/6 => (ok true) | 508 4 244 1 74 | 73
;; case: (var-set t {a: u3, b: (some -1)})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 3585 4 247 1 45 | 44
;; 4.0/6 4.1/6 => (ok true) | 554 4 247 1 45 | 44
;; case: (var-set n -1)
;; 3.0/1 => deploy !TypeError | 9087 1 1 1 54 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 9084 1 1 1 54 | 19
;; case: (var-set l (list))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 1428 4 232 1 6 | 5
;; 4.0/6 4.1/6 => (ok true) | 492 4 232 1 6 | 5
