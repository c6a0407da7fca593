;; word: restrict-assets?
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
;; case: (restrict-assets? tx-sender () true)
;; 3.3/4 3.4/5 => (ok (ok true)) | 1194 3 108 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok true)) | 1026 3 108 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-stx u5)) (is-ok (stx-burn? u5 tx-sender)))
;; 3.3/4 3.4/5 => (ok (ok true)) | 6290 4 150 1 1 | 188
;; 4.0/6 4.1/6 => (ok (ok true)) | 5895 4 150 1 1 | 188
;; case: (restrict-assets? tx-sender ((with-stx u4)) (is-ok (stx-burn? u5 tx-sender)))
;; 3.3/4 3.4/5 => (ok (err u0)) | 6290 4 150 1 1 | 188
;; 4.0/6 4.1/6 => (ok (err u0)) | 5895 4 150 1 1 | 188
;; case: (restrict-assets? tx-sender () (is-ok (stx-burn? u5 tx-sender)))
;; 3.3/4 3.4/5 => (ok (err u128)) | 6152 4 137 1 1 | 188
;; 4.0/6 4.1/6 => (ok (err u128)) | 5757 4 137 1 1 | 188
;; case: (restrict-assets? tx-sender ((with-stx u1)) (is-ok (stx-burn? u5 tx-sender)) (/ u1 u0))
;; 3.3/4 3.4/5 => (ok (err u0)) | 6467 4 160 1 1 | 188
;; 4.0/6 4.1/6 => (ok (err u0)) | 5953 4 160 1 1 | 188
;; case: (restrict-assets? tx-sender ((with-stx u9)) (/ u1 u0))
;; 3.3/4 3.4/5 => !DivisionByZero | 1305 3 126 0 0 | 0
;; 4.0/6 4.1/6 => !DivisionByZero | 1186 3 126 0 0 | 0
;; case: (restrict-assets? tx-sender ((with-stx u5)) (is-ok (stx-burn? u3 tx-sender)) (is-ok (stx-transfer? u3 tx-sender 'ST000000000000000000002AMW42H)))
;; 3.3/4 => !Expect | 11089 5 219 2 2 | 564
;; 3.4/5 => (ok (err u0)) | 11288 5 219 2 2 | 564
;; 4.0/6 4.1/6 => (ok (err u0)) | 10666 5 219 2 2 | 564
;; case: (restrict-assets? 'ST000000000000000000002AMW42H () (is-ok (stx-burn? u5 tx-sender)))
;; 3.3/4 3.4/5 => (ok (ok true)) | 6173 4 158 1 1 | 188
;; 4.0/6 4.1/6 => (ok (ok true)) | 5778 4 158 1 1 | 188
