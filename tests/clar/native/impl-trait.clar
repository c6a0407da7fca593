;; word: impl-trait
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
;; top: (impl-trait .lib.tr)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !BadTraitImplementation | 793 1 1 1 4 | 2
;; top: (impl-trait .lib.tr)(define-public (get-it (k uint)) (ok k))(define-public (put (k uint)) (if true (ok true) (err k)))
;; 3.0/1 => ok | 13169 1 1 2 149 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 13168 1 1 2 149 | 19
;; top: (impl-trait .lib.tr)(define-public (get-it (k int)) (ok u1))(define-public (put (k uint)) (ok true))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !BadTraitImplementation | 3192 1 1 1 24 | 19
;; top: (impl-trait .lib.none)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !TraitReferenceUnknown | 847 1 1 1 4 | 4
