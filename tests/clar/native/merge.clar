;; word: merge
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (merge {a: 1} {b: 2})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a 1) (b 2))) | 4955 3 235 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a 1) (b 2))) | 541 3 235 0 0 | 0
;; case: (merge {a: 1, b: 2} {a: "x"})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a "x") (b 2))) | 5015 3 243 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a "x") (b 2))) | 551 3 243 0 0 | 0
;; case: (merge (var-get t) {a: u9})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a u9) (b none))) | 3592 4 269 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a u9) (b none))) | 560 4 269 0 0 | 0
;; case: (merge {a: 1} 2)
;; 3.0/1 => deploy !ExpectedTuple | 8948 1 1 1 58 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !ExpectedTuple | 8945 1 1 1 58 | 19
