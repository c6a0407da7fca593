;; word: map-delete
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
;; case: (map-delete m u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 2513 4 206 1 19 | 18
;; 4.0/6 4.1/6 => (ok true) | 419 4 206 1 19 | 18
;; case: (map-delete m u2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 2509 4 206 1 18 | 17
;; 4.0/6 4.1/6 => (ok false) | 419 4 206 1 18 | 17
;; case: (begin (map-delete m u1) (map-delete m u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 4689 5 232 2 37 | 35
;; 4.0/6 4.1/6 => (ok false) | 553 5 232 2 37 | 35
