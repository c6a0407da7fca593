;; word: ft-mint?
;; setup
(define-fungible-token tok)
(define-fungible-token few u100)
;; case: (ft-mint? tok u5 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 1975 5 161 2 1 | 164
;; 4.0/6 4.1/6 => (ok (ok true)) | 1807 5 161 2 1 | 164
;; case: (ft-mint? tok u0 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 1975 5 161 2 1 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 1807 5 161 2 1 | 0
;; case: (ft-mint? few u101 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !SupplyOverflow | 1778 5 163 2 1 | 0
;; case: (begin (is-ok (ft-mint? tok u1 tx-sender)) (ft-mint? tok u340282366920938463463374607431768211455 tx-sender))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !ArithmeticOverflow | 3643 7 244 4 2 | 164
;; 4.0/6 4.1/6 => !ArithmeticOverflow | 3416 7 244 4 2 | 164
;; case: (ft-mint? few u100 .t)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 1970 5 156 2 1 | 164
;; 4.0/6 4.1/6 => (ok (ok true)) | 1802 5 156 2 1 | 164
