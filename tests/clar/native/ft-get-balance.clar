;; word: ft-get-balance
;; setup
(define-fungible-token tok)
(define-fungible-token few u100)
;; case: (ft-get-balance tok tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u0) | 978 4 164 0 0 | 0
;; 4.0/6 4.1/6 => (ok u0) | 810 4 164 0 0 | 0
;; case: (begin (is-ok (ft-mint? tok u5 'ST000000000000000000002AMW42H)) (ft-get-balance tok 'ST000000000000000000002AMW42H))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u5) | 3000 6 251 2 1 | 164
;; 4.0/6 4.1/6 => (ok u5) | 2485 6 251 2 1 | 164
;; case: (ft-get-balance other tx-sender)
;; 3.0/1 => deploy !NoSuchFT | 5108 1 1 1 24 | 8
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !NoSuchFT | 5107 1 1 1 24 | 8
