;; word: as-contract
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
;; case: (as-contract tx-sender)
;; 3.0/1 3.0/3 3.3/3 3.4/2 3.4/3 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) | 569 3 95 0 0 | 0
;; 4.0/3 4.1/3 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) | 401 3 95 0 0 | 0
;; case: (as-contract (contract-call? .lib who))
;; 3.0/1 3.0/3 3.3/3 3.4/2 3.4/3 => (ok (ok (tuple (c ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) (s ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t)))) | 3741 6 906 0 0 | 0
;; 4.0/3 4.1/3 => (ok (ok (tuple (c ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) (s ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t)))) | 1540 6 906 0 0 | 0
;; case: (as-contract (stx-transfer? u5 tx-sender 'ST000000000000000000002AMW42H))
;; 3.0/1 3.0/3 3.3/3 3.4/2 3.4/3 => (ok (err u1)) | 5275 4 146 1 1 | 376
;; 4.0/3 4.1/3 => (ok (err u1)) | 5107 4 146 1 1 | 376
;; case: (begin (is-ok (stx-transfer? u5 tx-sender (as-contract tx-sender))) (as-contract (stx-burn? u5 tx-sender)))
;; 3.0/1 3.0/3 3.3/3 3.4/2 3.4/3 => (ok (ok true)) | 10560 5 181 2 2 | 564
;; 4.0/3 4.1/3 => (ok (ok true)) | 10045 5 181 2 2 | 564
