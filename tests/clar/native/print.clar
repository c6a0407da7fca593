;; word: print
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (print "hello")
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok "hello") | 2158 3 229 0 0 | 0
;; 4.0/6 4.1/6 => (ok "hello") | 428 3 229 0 0 | 0
;; case: (print {a: u1, b: (list 1 2)})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a u1) (b (1 2)))) | 5673 3 244 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a u1) (b (1 2)))) | 539 3 244 0 0 | 0
;; case: (print (var-get l))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1 u2)) | 5040 4 273 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1 u2)) | 492 4 273 0 0 | 0
;; case: (let ((x u1)) (print x))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u1) | 2618 3 238 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1) | 520 3 238 0 0 | 0
