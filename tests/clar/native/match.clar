;; word: match
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (match (some u1) x (+ x u1) u0)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u2) | 1335 3 322 0 0 | 0
;; 4.0/6 4.1/6 => (ok u2) | 650 3 322 0 0 | 0
;; case: (match (map-get? m u2) x x u0)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u0) | 1979 4 339 0 0 | 0
;; 4.0/6 4.1/6 => (ok u0) | 580 4 339 0 0 | 0
;; case: (match (good) v (+ v u1) e (* e u10))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u2) | 1546 3 328 0 0 | 0
;; 4.0/6 4.1/6 => (ok u2) | 861 3 328 0 0 | 0
;; case: (match (bad) v (+ v u1) e (* e u10))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u20) | 1549 3 327 0 0 | 0
;; 4.0/6 4.1/6 => (ok u20) | 860 3 327 0 0 | 0
;; case: (match (map-get? m u1) x (match (map-get? m x) y y x) u3)
;; 3.0/1 3.0/3 3.3/4 => (ok u10) | 3432 5 402 0 0 | 0
;; 3.4/2 3.4/5 => (ok u10) | 3399 5 402 0 0 | 0
;; 4.0/6 4.1/6 => (ok u10) | 751 5 402 0 0 | 0
;; case: (match (some 1) tx-sender 1 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 937 3 321 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 536 3 321 0 0 | 0
;; case: (match (ok 1) a 1 b 2)
;; 3.0/1 => deploy !CouldNotDetermineMatchTypes | 10769 1 1 1 75 | 43
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !CouldNotDetermineMatchTypes | 10767 1 1 1 75 | 43
