;; word: default-to
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
;; case: (default-to 0 (some 5))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok 5) | 1031 3 212 0 0 | 0
;; 4.0/6 4.1/6 => (ok 5) | 458 3 212 0 0 | 0
;; case: (default-to u7 (map-get? m u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u7) | 1882 4 238 0 0 | 0
;; 4.0/6 4.1/6 => (ok u7) | 479 4 238 0 0 | 0
;; case: (default-to (print u7) (map-get? m u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u10) | 3622 4 264 0 0 | 0
;; 4.0/6 4.1/6 => (ok u10) | 534 4 264 0 0 | 0
;; case: (default-to u1 (some 1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !DefaultTypesMustMatch | 7022 1 1 1 46 | 30
