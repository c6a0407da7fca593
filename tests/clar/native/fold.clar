;; word: fold
;; setup
(define-private (inc (x uint)) (+ x u1))
(define-private (add (x uint) (y uint)) (+ x y))
(define-private (odd (x uint)) (is-eq (mod x u2) u1))
(define-private (pair (x uint) (b bool)) {x: x, b: b})
(define-private (stop (x uint) (acc (response uint uint))) (if (> x (unwrap! acc acc)) (err x) acc))
(define-private (glue (c (string-ascii 1)) (acc (string-ascii 8))) (unwrap-panic (as-max-len? (concat c acc) u8)))
;; case: (fold + (list 1 2 3) 0)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok 6) | 2615 3 510 0 0 | 0
;; 4.0/6 4.1/6 => (ok 6) | 869 3 510 0 0 | 0
;; case: (fold add (list u1 u2 u3) u10)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u16) | 3267 3 517 0 0 | 0
;; 4.0/6 4.1/6 => (ok u16) | 1521 3 517 0 0 | 0
;; case: (fold stop (list u1 u9 u3) (ok u5))
;; 3.0/1 => (ok (err u9)) | 5157 3 522 0 0 | 0
;; 3.0/3 3.3/4 => (ok (err u9)) | 5353 3 522 0 0 | 0
;; 3.4/2 3.4/5 => (ok (err u9)) | 5254 3 522 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u9)) | 2387 3 522 0 0 | 0
;; case: (fold add (list) u4)
;; 3.0/1 => deploy !TypeError | 18323 1 1 1 125 | 60
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 18322 1 1 1 125 | 60
;; case: (fold glue "abc" "")
;; 3.0/1 3.0/3 => (ok "cba") | 4901 3 507 0 0 | 0
;; 3.3/4 3.4/2 3.4/5 => (ok "cba") | 4859 3 507 0 0 | 0
;; 4.0/6 4.1/6 => (ok "cba") | 1479 3 507 0 0 | 0
;; case: (fold and (list true false) true)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 1792 3 520 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 845 3 520 0 0 | 0
