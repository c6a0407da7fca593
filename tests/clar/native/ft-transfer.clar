;; word: ft-transfer?
;; setup
(define-fungible-token tok)
(define-fungible-token few u100)
;; case: (ft-transfer? tok u5 tx-sender 'ST000000000000000000002AMW42H)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 1080 5 196 2 1 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 912 5 196 2 1 | 0
;; case: (begin (is-ok (ft-mint? tok u5 tx-sender)) (ft-transfer? tok u5 tx-sender 'ST000000000000000000002AMW42H))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 3060 7 241 4 2 | 492
;; 4.0/6 4.1/6 => (ok (ok true)) | 2545 7 241 4 2 | 492
;; case: (ft-transfer? tok u0 tx-sender 'ST000000000000000000002AMW42H)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u3)) | 1080 5 196 2 1 | 0
;; 4.0/6 4.1/6 => (ok (err u3)) | 912 5 196 2 1 | 0
;; case: (ft-transfer? tok u1 tx-sender tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u2)) | 1059 5 175 2 1 | 0
;; 4.0/6 4.1/6 => (ok (err u2)) | 891 5 175 2 1 | 0
;; case: (begin (is-ok (ft-mint? tok u5 'ST000000000000000000002AMW42H)) (ft-transfer? tok u2 'ST000000000000000000002AMW42H 'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 3114 7 295 4 2 | 492
;; 4.0/6 4.1/6 => (ok (ok true)) | 2599 7 295 4 2 | 492
