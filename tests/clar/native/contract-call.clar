;; word: contract-call?
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
(use-trait tr .lib.tr)
(define-private (call (t <tr>) (k uint)) (contract-call? t put k))
(define-private (read (t <tr>) (k uint)) (contract-call? t get-it k))
;; case: (contract-call? .lib get-it u1)
;; 3.0/1 3.0/3 3.3/4 => (ok (ok u0)) | 3266 7 1076 0 0 | 0
;; 3.4/2 3.4/5 => (ok (ok u0)) | 3233 7 1076 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u0)) | 1662 7 1076 0 0 | 0
;; case: (contract-call? .lib put u3)
;; 3.0/1 => (ok (ok true)) | 6464 7 1055 1 36 | 35
;; 3.0/3 3.3/4 => (ok (ok true)) | 6562 7 1055 1 36 | 35
;; 3.4/2 3.4/5 => (ok (ok true)) | 6529 7 1055 1 36 | 35
;; 4.0/6 4.1/6 => (ok (ok true)) | 2094 7 1055 1 36 | 35
;; case: (contract-call? .lib put u9)
;; 3.0/1 => (ok (err u9)) | 6498 7 1055 1 36 | 35
;; 3.0/3 3.3/4 => (ok (err u9)) | 6596 7 1055 1 36 | 35
;; 3.4/2 3.4/5 => (ok (err u9)) | 6563 7 1055 1 36 | 35
;; 4.0/6 4.1/6 => (ok (err u9)) | 2128 7 1055 1 36 | 35
;; case: (contract-call? .lib who)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok (tuple (c ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) (s ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM)))) | 3733 6 1052 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok (tuple (c ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) (s ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM)))) | 1532 6 1052 0 0 | 0
;; case: (contract-call? .lib boom u0)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !DivisionByZero | 1691 6 1056 0 0 | 0
;; 4.0/6 4.1/6 => !DivisionByZero | 1572 6 1056 0 0 | 0
;; case: (contract-call? .lib hidden u1)
;; 3.0/1 => deploy !NoSuchPublicFunction | 9238 2 10 1 61 | 28
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !NoSuchPublicFunction | 9236 2 10 1 61 | 28
;; case: (call .lib u2)
;; 3.0/1 => (ok (ok true)) | 7151 7 1041 1 36 | 35
;; 3.0/3 => (ok (ok true)) | 7249 7 1041 1 36 | 35
;; 3.3/4 => (ok (ok true)) | 6993 7 1041 1 36 | 35
;; 3.4/2 3.4/5 => (ok (ok true)) | 6960 7 1041 1 36 | 35
;; 4.0/6 4.1/6 => (ok (ok true)) | 2525 7 1041 1 36 | 35
;; case: (read .lib u2)
;; 3.0/1 3.0/3 => (ok (ok u0)) | 3950 7 1059 0 0 | 0
;; 3.3/4 => (ok (ok u0)) | 3694 7 1059 0 0 | 0
;; 3.4/2 3.4/5 => (ok (ok u0)) | 3661 7 1059 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok u0)) | 2090 7 1059 0 0 | 0
;; case: (begin (is-ok (contract-call? .lib put u3)) (contract-call? .lib get-it u3))
;; 3.0/1 => (ok (ok u4)) | 9654 11 1934 1 36 | 35
;; 3.0/3 3.3/4 => (ok (ok u4)) | 9752 11 1934 1 36 | 35
;; 3.4/2 3.4/5 => (ok (ok u4)) | 9686 11 1934 1 36 | 35
;; 4.0/6 4.1/6 => (ok (ok u4)) | 3483 11 1934 1 36 | 35
;; case: (contract-call? .lib get-it 1)
;; 3.0/1 => deploy !TypeError | 10955 3 15 1 61 | 28
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 10942 3 15 1 61 | 28
;; case: (contract-call? .missing get-it u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => deploy !NoSuchContract | 7758 0 0 0 0 | 0
;; 4.1/6 => deploy !NoSuchContract | 9344 2 10 1 61 | 28
