;; word: with-ft
;; lib
(define-trait tr ((get-it (uint) (response uint uint)) (put (uint) (response bool uint))))
(define-map m uint uint)
(define-fungible-token f)
(define-non-fungible-token n uint)
(define-read-only (get-it (k uint)) (ok (default-to u0 (map-get? m k))))
(define-public (put (k uint)) (begin (map-set m k (+ k u1)) (print k) (if (> k u5) (err k) (ok true))))
(define-public (who) (ok {s: tx-sender, c: contract-caller}))
(define-private (hidden (k uint)) (ok k))
(define-public (boom (k uint)) (ok (/ u1 k)))
(define-public (mint (k uint) (to principal)) (ft-mint? f k to))
(define-public (send (k uint) (to principal)) (ft-transfer? f k tx-sender to))
(define-public (make (k uint) (to principal)) (nft-mint? n k to))
(define-public (give (k uint) (to principal)) (nft-transfer? n k tx-sender to))
;; setup
;; case: (begin (is-ok (contract-call? .lib mint u10 tx-sender)) (restrict-assets? tx-sender ((with-ft .lib "f" u5)) (is-ok (contract-call? .lib send u5 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (ok true)) | 7738 13 1842 4 2 | 492
;; 3.4/5 => (ok (ok true)) | 7078 13 1842 4 2 | 492
;; 4.0/6 4.1/6 => (ok (ok true)) | 6336 13 1842 4 2 | 492
;; case: (begin (is-ok (contract-call? .lib mint u10 tx-sender)) (restrict-assets? tx-sender ((with-ft .lib "f" u4)) (is-ok (contract-call? .lib send u5 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (err u0)) | 7738 13 1842 4 2 | 492
;; 3.4/5 => (ok (err u0)) | 7078 13 1842 4 2 | 492
;; 4.0/6 4.1/6 => (ok (err u0)) | 6336 13 1842 4 2 | 492
;; case: (begin (is-ok (contract-call? .lib mint u10 tx-sender)) (restrict-assets? tx-sender ((with-ft .lib "*" u5)) (is-ok (contract-call? .lib send u5 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (ok true)) | 7738 13 1842 4 2 | 492
;; 3.4/5 => (ok (ok true)) | 7078 13 1842 4 2 | 492
;; 4.0/6 4.1/6 => (ok (ok true)) | 6336 13 1842 4 2 | 492
;; case: (begin (is-ok (contract-call? .lib mint u10 tx-sender)) (restrict-assets? tx-sender ((with-ft .lib "g" u5)) (is-ok (contract-call? .lib send u5 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (err u128)) | 7738 13 1842 4 2 | 492
;; 3.4/5 => (ok (err u128)) | 7078 13 1842 4 2 | 492
;; 4.0/6 4.1/6 => (ok (err u128)) | 6336 13 1842 4 2 | 492
;; case: (restrict-assets? tx-sender ((with-ft tx-sender "f" u5)) true)
;; 3.3/4 3.4/5 4.0/6 4.1/6 => !ExpectedContractPrincipalValue | 1146 3 134 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-ft .lib "bad name" u5)) true)
;; 3.3/4 3.4/5 4.0/6 4.1/6 => !BadTokenName | 1148 3 136 0 0 | 0
