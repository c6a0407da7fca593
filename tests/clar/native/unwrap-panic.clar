;; word: unwrap-panic
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
(define-private (good) (if true (ok u1) (err u2)))
(define-private (bad) (if false (ok u1) (err u2)))
;; case: (unwrap-panic (some u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u1) | 1118 3 315 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1) | 561 3 315 0 0 | 0
;; case: (unwrap-panic (map-get? m u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !UnwrapFailure | 1768 4 339 0 0 | 0
;; 4.0/6 4.1/6 => !UnwrapFailure | 549 4 339 0 0 | 0
;; case: (unwrap-panic (good))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u1) | 1320 3 312 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1) | 763 3 312 0 0 | 0
;; case: (unwrap-panic (bad))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !UnwrapFailure | 1120 3 311 0 0 | 0
;; 4.0/6 4.1/6 => !UnwrapFailure | 731 3 311 0 0 | 0
;; case: (unwrap-panic none)
;; 3.0/1 => deploy !CouldNotDetermineResponseOkType | 10678 1 1 1 69 | 43
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !CouldNotDetermineResponseOkType | 10676 1 1 1 69 | 43
