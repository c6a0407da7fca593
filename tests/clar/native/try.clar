;; word: try!
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (ok (try! (good)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok u1)) | 1520 3 309 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u1)) | 807 3 309 0 0 | 0
;; case: (ok (try! (bad)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u2)) | 1320 3 308 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u2)) | 775 3 308 0 0 | 0
;; case: (some (try! (map-get? m u1)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some u10)) | 2187 4 356 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u10)) | 626 4 356 0 0 | 0
;; case: (some (try! (map-get? m u2)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1970 4 338 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 595 4 338 0 0 | 0
;; case: (+ (try! (bad)) u1)
;; 3.0/1 => deploy !ReturnTypesMustMatch | 11413 1 1 1 73 | 43
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !ReturnTypesMustMatch | 11411 1 1 1 73 | 43
