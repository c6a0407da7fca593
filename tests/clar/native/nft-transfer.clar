;; word: nft-transfer?
;; setup
(define-non-fungible-token nft uint)
(define-non-fungible-token box {a: uint, b: (string-ascii 5)})
;; case: (begin (is-ok (nft-mint? nft u1 tx-sender)) (nft-transfer? nft u1 tx-sender 'ST000000000000000000002AMW42H))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 2526 5 282 2 2 | 330
;; 4.0/6 4.1/6 => (ok (ok true)) | 2011 5 282 2 2 | 330
;; case: (nft-transfer? nft u1 tx-sender 'ST000000000000000000002AMW42H)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u3)) | 1296 4 236 1 1 | 0
;; 4.0/6 4.1/6 => (ok (err u3)) | 1128 4 236 1 1 | 0
;; case: (begin (is-ok (nft-mint? nft u1 'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG)) (nft-transfer? nft u1 tx-sender 'ST000000000000000000002AMW42H))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 2559 5 315 2 2 | 165
;; 4.0/6 4.1/6 => (ok (err u1)) | 2044 5 315 2 2 | 165
;; case: (nft-transfer? nft u1 tx-sender tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u2)) | 1275 4 215 1 1 | 0
;; 4.0/6 4.1/6 => (ok (err u2)) | 1107 4 215 1 1 | 0
