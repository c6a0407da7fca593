;; word: unwrap!
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (ok (unwrap! (some u1) (err u9)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok u1)) | 1579 3 324 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u1)) | 664 3 324 0 0 | 0
;; case: (ok (unwrap! (map-get? m u2) (err u9)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u9)) | 2229 4 348 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u9)) | 652 4 348 0 0 | 0
;; case: (ok (unwrap! (bad) (err u9)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u9)) | 1581 3 320 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u9)) | 834 3 320 0 0 | 0
;; case: (ok (unwrap! (good) (err (print u9))))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok u1)) | 3503 3 329 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u1)) | 921 3 329 0 0 | 0
