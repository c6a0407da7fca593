;; word: ft-burn?
;; setup
(define-fungible-token tok)
(define-fungible-token few u100)
;; case: (begin (is-ok (ft-mint? tok u5 tx-sender)) (ft-burn? tok u3 tx-sender))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 3025 7 206 4 2 | 328
;; 4.0/6 4.1/6 => (ok (ok true)) | 2510 7 206 4 2 | 328
;; case: (ft-burn? tok u1 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 1045 5 161 2 1 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 877 5 161 2 1 | 0
;; case: (ft-burn? tok u0 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 1045 5 161 2 1 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 877 5 161 2 1 | 0
