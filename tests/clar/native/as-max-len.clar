;; word: as-max-len?
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (as-max-len? (list 1 2) u3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (1 2))) | 1680 3 241 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (1 2))) | 489 3 241 0 0 | 0
;; case: (as-max-len? (list 1 2) u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1680 3 241 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 489 3 241 0 0 | 0
;; case: (as-max-len? "abc" u3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some "abc")) | 1047 3 236 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some "abc")) | 435 3 236 0 0 | 0
;; case: (as-max-len? 0x u0)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 0x)) | 1044 3 233 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0x)) | 432 3 233 0 0 | 0
;; case: (as-max-len? (var-get l) u20)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (u1 u2))) | 1577 4 283 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (u1 u2))) | 502 4 283 0 0 | 0
;; case: (as-max-len? "abc" 3)
;; 3.0/1 => deploy !TypeError | 9016 1 1 1 54 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 9013 1 1 1 54 | 19
