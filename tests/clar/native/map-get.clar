;; word: map-get?
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
;; case: (map-get? m u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some u10)) | 1600 4 240 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u10)) | 416 4 240 0 0 | 0
;; case: (map-get? m u2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1582 4 222 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 416 4 222 0 0 | 0
;; case: (map-get? by-who {who: tx-sender, id: u1})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 3555 4 283 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 490 4 283 0 0 | 0
;; case: (begin (map-delete m u1) (map-get? m u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 3763 5 249 1 19 | 18
;; 4.0/6 4.1/6 => (ok none) | 550 5 249 1 19 | 18
;; case: (map-get? m 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 6758 1 1 1 44 | 30
