;; word: as-contract?
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
;; case: (as-contract? () tx-sender)
;; 3.3/4 3.4/5 => (ok (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t)) | 1323 3 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t)) | 1155 3 99 0 0 | 0
;; case: (begin (try! (stx-transfer? u9 tx-sender .t)) (try! (as-contract? ((with-stx u5)) (try! (stx-burn? u5 tx-sender)))) (ok true))
;; 3.3/4 3.4/5 => (ok (ok true)) | 12009 5 200 2 2 | 564
;; 4.0/6 4.1/6 => (ok (ok true)) | 10926 5 200 2 2 | 564
;; case: (begin (try! (stx-transfer? u9 tx-sender .t)) (try! (as-contract? ((with-stx u4)) (try! (stx-burn? u5 tx-sender)))) (ok true))
;; 3.3/4 3.4/5 => (ok (err u0)) | 11643 5 200 2 2 | 564
;; 4.0/6 4.1/6 => (ok (err u0)) | 10848 5 200 2 2 | 564
;; case: (begin (try! (stx-transfer? u9 tx-sender .t)) (try! (as-contract? ((with-all-assets-unsafe)) (try! (stx-burn? u5 tx-sender)))) (ok true))
;; 3.3/4 3.4/5 => (ok (ok true)) | 12020 5 211 2 2 | 564
;; 4.0/6 4.1/6 => (ok (ok true)) | 10937 5 211 2 2 | 564
;; case: (as-contract? () (/ u1 u0))
;; 3.3/4 3.4/5 => !DivisionByZero | 1291 3 99 0 0 | 0
;; 4.0/6 4.1/6 => !DivisionByZero | 1172 3 99 0 0 | 0
