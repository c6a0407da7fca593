;; word: asserts!
;; setup
;; case: (begin (asserts! true (err u1)) (ok u5))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok u5)) | 958 3 112 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u5)) | 502 3 112 0 0 | 0
;; case: (begin (asserts! false (err u1)) (ok u5))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 808 3 113 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 472 3 113 0 0 | 0
;; case: (begin (asserts! true (err (/ u1 u0))) (ok u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok u2)) | 965 3 119 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u2)) | 509 3 119 0 0 | 0
;; case: (begin (asserts! false (err (/ u1 u0))) (ok u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !DivisionByZero | 584 3 120 0 0 | 0
;; 4.0/6 4.1/6 => !DivisionByZero | 465 3 120 0 0 | 0
