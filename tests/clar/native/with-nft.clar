;; word: with-nft
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
;; case: (begin (is-ok (contract-call? .lib make u1 tx-sender)) (is-ok (contract-call? .lib make u2 tx-sender)) (restrict-assets? tx-sender ((with-nft .lib "n" (list u1))) (is-ok (contract-call? .lib give u1 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (ok true)) | 10391 15 2693 3 3 | 495
;; 3.4/5 => (ok (ok true)) | 9500 15 2693 3 3 | 495
;; 4.0/6 4.1/6 => (ok (ok true)) | 8175 15 2693 3 3 | 495
;; case: (begin (is-ok (contract-call? .lib make u1 tx-sender)) (is-ok (contract-call? .lib make u2 tx-sender)) (restrict-assets? tx-sender ((with-nft .lib "n" (list u2))) (is-ok (contract-call? .lib give u1 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (err u0)) | 10391 15 2693 3 3 | 495
;; 3.4/5 => (ok (err u0)) | 9500 15 2693 3 3 | 495
;; 4.0/6 4.1/6 => (ok (err u0)) | 8175 15 2693 3 3 | 495
;; case: (begin (is-ok (contract-call? .lib make u1 tx-sender)) (is-ok (contract-call? .lib make u2 tx-sender)) (restrict-assets? tx-sender ((with-nft .lib "*" (list u1 u2))) (is-ok (contract-call? .lib give u1 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (ok true)) | 10618 15 2696 3 3 | 495
;; 3.4/5 => (ok (ok true)) | 9727 15 2696 3 3 | 495
;; 4.0/6 4.1/6 => (ok (ok true)) | 8179 15 2696 3 3 | 495
;; case: (begin (is-ok (contract-call? .lib make u1 tx-sender)) (is-ok (contract-call? .lib make u2 tx-sender)) (restrict-assets? tx-sender ((with-stx u1) (with-nft .lib "n" (list u3)) (with-nft .lib "n" (list u1))) (is-ok (contract-call? .lib give u1 'ST000000000000000000002AMW42H))))
;; 3.3/4 => (ok (ok true)) | 11089 15 2737 3 3 | 495
;; 3.4/5 => (ok (ok true)) | 10198 15 2737 3 3 | 495
;; 4.0/6 4.1/6 => (ok (ok true)) | 8517 15 2737 3 3 | 495
