;; word: map
;; setup
(define-private (inc (x uint)) (+ x u1))
(define-private (add (x uint) (y uint)) (+ x y))
(define-private (odd (x uint)) (is-eq (mod x u2) u1))
(define-private (pair (x uint) (b bool)) {x: x, b: b})
(define-private (stop (x uint) (acc (response uint uint))) (if (> x (unwrap! acc acc)) (err x) acc))
(define-private (is-neg (x int)) (< x 0))
;; case: (map inc (list u1 u2 u3))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u2 u3 u4)) | 7901 3 439 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u2 u3 u4)) | 1152 3 439 0 0 | 0
;; case: (map + (list 1 2 3) (list 1 2) (list 1 2 3))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (3 6)) | 11317 3 458 0 0 | 0
;; 4.0/6 4.1/6 => (ok (3 6)) | 886 3 458 0 0 | 0
;; case: (map not (list true false))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (false true)) | 6740 3 441 0 0 | 0
;; 4.0/6 4.1/6 => (ok (false true)) | 766 3 441 0 0 | 0
;; case: (map pair (list u1 u2) (list true false))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ((tuple (b true) (x u1)) (tuple (b false) (x u2)))) | 12406 3 455 0 0 | 0
;; 4.0/6 4.1/6 => (ok ((tuple (b true) (x u1)) (tuple (b false) (x u2)))) | 1139 3 455 0 0 | 0
;; case: (map + (list 1 2) (filter is-neg (list 1 2)))
;; 3.0/1 => (ok (1 2)) | 9959 3 459 0 0 | 0
;; 3.0/3 3.3/4 => (ok (1 2)) | 10155 3 459 0 0 | 0
;; 3.4/2 3.4/5 => (ok (1 2)) | 10089 3 459 0 0 | 0
;; 4.0/6 4.1/6 => (ok ()) | 1083 3 459 0 0 | 0
;; case: (map add (filter odd (list u2)) (list u1 u2))
;; 3.0/1 3.0/3 => !IncorrectArgumentCount | 9539 3 459 0 0 | 0
;; 3.3/4 3.4/2 3.4/5 => !IncorrectArgumentCount | 9502 3 459 0 0 | 0
;; 4.0/6 4.1/6 => (ok ()) | 1039 3 459 0 0 | 0
;; case: (map inc (list))
;; 3.0/1 => deploy !TypeError | 15748 1 1 1 112 | 49
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 15747 1 1 1 112 | 49
;; case: (map sha256 (list 0x01 0x02))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (0x4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 0xdbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986)) | 6790 3 443 0 0 | 0
;; 4.0/6 4.1/6 => (ok (0x4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 0xdbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986)) | 782 3 443 0 0 | 0
;; case: (map len (list "a"))
;; 3.0/1 => deploy !IllegalOrUnknownFunctionApplication | 15569 1 1 1 113 | 49
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !IllegalOrUnknownFunctionApplication | 15568 1 1 1 113 | 49
