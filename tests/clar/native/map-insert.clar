;; word: map-insert
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
;; case: (map-insert m u1 u3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 2512 4 209 1 18 | 17
;; 4.0/6 4.1/6 => (ok false) | 422 4 209 1 18 | 17
;; case: (map-insert m u2 u3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 2584 4 209 1 36 | 35
;; 4.0/6 4.1/6 => (ok true) | 422 4 209 1 36 | 35
;; case: (begin (map-delete m u1) (map-insert m u1 u5) (map-get? m u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some u5)) | 5856 6 287 2 55 | 53
;; 4.0/6 4.1/6 => (ok (some u5)) | 632 6 287 2 55 | 53
