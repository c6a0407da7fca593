;; word: var-get
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (var-get n)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u7) | 1046 4 243 0 0 | 0
;; 4.0/6 4.1/6 => (ok u7) | 437 4 243 0 0 | 0
;; case: (var-get l)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1 u2)) | 1068 4 265 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1 u2)) | 437 4 265 0 0 | 0
;; case: (var-get t)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a u1) (b none))) | 1056 4 253 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a u1) (b none))) | 437 4 253 0 0 | 0
;; case: (len (var-get l))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u2) | 1519 4 271 0 0 | 0
;; 4.0/6 4.1/6 => (ok u2) | 490 4 271 0 0 | 0
;; case: (var-get missing)
;; 3.0/1 => deploy !NoSuchDataVariable | 8895 1 1 1 53 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !NoSuchDataVariable | 8892 1 1 1 53 | 19
