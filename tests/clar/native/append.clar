;; word: append
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (append (list 1 2) 3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (1 2 3)) | 2652 3 235 0 0 | 0
;; 4.0/6 4.1/6 => (ok (1 2 3)) | 484 3 235 0 0 | 0
;; case: (append (list) u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1)) | 2201 3 232 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1)) | 479 3 232 0 0 | 0
;; case: (append (var-get l) u3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1 u2 u3)) | 2549 4 277 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1 u2 u3)) | 497 4 277 0 0 | 0
;; case: (append (list "a") "bcde")
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ("a" "bcde")) | 1695 3 240 0 0 | 0
;; 4.0/6 4.1/6 => (ok ("a" "bcde")) | 486 3 240 0 0 | 0
;; case: (append (list (some 1)) none)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ((some 1) none)) | 2738 3 243 0 0 | 0
;; 4.0/6 4.1/6 => (ok ((some 1) none)) | 538 3 243 0 0 | 0
;; case: (append (list 1) u1)
;; 3.0/1 => deploy !TypeError | 9154 1 1 1 56 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 9151 1 1 1 56 | 19
