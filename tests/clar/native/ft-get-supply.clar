;; word: ft-get-supply
;; setup
(define-fungible-token tok)
(define-fungible-token few u100)
;; case: (ft-get-supply tok)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u0) | 908 4 153 0 0 | 0
;; 4.0/6 4.1/6 => (ok u0) | 740 4 153 0 0 | 0
;; case: (begin (is-ok (ft-mint? few u100 'ST000000000000000000002AMW42H)) (ft-get-supply few))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u100) | 2911 6 221 2 1 | 164
;; 4.0/6 4.1/6 => (ok u100) | 2396 6 221 2 1 | 164
