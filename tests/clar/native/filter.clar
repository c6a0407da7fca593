;; word: filter
;; setup
(define-private (inc (x uint)) (+ x u1))
(define-private (add (x uint) (y uint)) (+ x y))
(define-private (odd (x uint)) (is-eq (mod x u2) u1))
(define-private (pair (x uint) (b bool)) {x: x, b: b})
(define-private (stop (x uint) (acc (response uint uint))) (if (> x (unwrap! acc acc)) (err x) acc))
(define-private (keep (b (buff 1))) (not (is-eq b 0x02)))
(define-private (letter (c (string-ascii 1))) (not (is-eq c "-")))
;; case: (filter odd (list u1 u2 u3 u4))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1 u3)) | 5019 3 528 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1 u3)) | 1607 3 528 0 0 | 0
;; case: (filter not (list true false true))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (false)) | 1927 3 532 0 0 | 0
;; 4.0/6 4.1/6 => (ok (false)) | 888 3 532 0 0 | 0
;; case: (filter odd (list u2 u4))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ()) | 3237 3 522 0 0 | 0
;; 4.0/6 4.1/6 => (ok ()) | 1193 3 522 0 0 | 0
;; case: (filter keep 0x010203)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok 0x0103) | 2667 3 519 0 0 | 0
;; 4.0/6 4.1/6 => (ok 0x0103) | 1212 3 519 0 0 | 0
;; case: (filter letter "a-b-c")
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok "abc") | 3594 3 520 0 0 | 0
;; 4.0/6 4.1/6 => (ok "abc") | 1531 3 520 0 0 | 0
;; case: (filter inc (list u1))
;; 3.0/1 => deploy !TypeError | 20635 1 1 1 132 | 63
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 20634 1 1 1 132 | 63
