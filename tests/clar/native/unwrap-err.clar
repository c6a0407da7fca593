;; word: unwrap-err!
;; setup
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (ok (unwrap-err! (bad) (err u9)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok u2)) | 1695 3 207 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u2)) | 752 3 207 0 0 | 0
;; case: (ok (unwrap-err! (good) (err u9)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u9)) | 1497 3 208 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u9)) | 722 3 208 0 0 | 0
;; case: (ok (unwrap-err! (some u1) (err u9)))
;; 3.0/1 => deploy !ExpectedResponseType | 7788 1 1 1 49 | 13
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !ExpectedResponseType | 7786 1 1 1 49 | 13
