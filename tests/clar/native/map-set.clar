;; word: map-set
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
;; case: (map-set m u1 u3)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 2581 4 206 1 36 | 35
;; 4.0/6 4.1/6 => (ok true) | 419 4 206 1 36 | 35
;; case: (map-set by-who {who: tx-sender, id: u1} (list "ab" "c"))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 5007 4 246 1 71 | 70
;; 4.0/6 4.1/6 => (ok true) | 553 4 246 1 71 | 70
;; case: (begin (map-set m u8 u1) (map-set m u8 u2) (map-get? m u8))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some u2)) | 5921 6 284 2 72 | 70
;; 4.0/6 4.1/6 => (ok (some u2)) | 629 6 284 2 72 | 70
;; case: (map-set m u1 "x")
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 7453 1 1 1 45 | 30
