;; word: contract-hash?
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
;; case: (contract-hash? .lib)
;; 3.3/4 3.4/5 => (ok (ok 0x1a58f5bd8dd85b5e2f29370f2e0d812a5a862f2fd9be5e1c89d547bdeb2a3951)) | 617 4 125 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok 0x1a58f5bd8dd85b5e2f29370f2e0d812a5a862f2fd9be5e1c89d547bdeb2a3951)) | 449 4 125 0 0 | 0
;; case: (contract-hash? tx-sender)
;; 3.3/4 3.4/5 => (ok (err u1)) | 434 3 98 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 266 3 98 0 0 | 0
;; case: (contract-hash? .missing)
;; 3.3/4 3.4/5 => (ok (err u2)) | 621 4 129 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u2)) | 453 4 129 0 0 | 0
