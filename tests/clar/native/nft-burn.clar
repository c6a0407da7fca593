;; word: nft-burn?
;; setup
(define-non-fungible-token nft uint)
(define-non-fungible-token box {a: uint, b: (string-ascii 5)})
;; case: (begin (is-ok (nft-mint? nft u1 tx-sender)) (nft-burn? nft u1 tx-sender))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 3063 6 248 3 3 | 330
;; 4.0/6 4.1/6 => (ok (ok true)) | 2548 6 248 3 3 | 330
;; case: (nft-burn? nft u1 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u3)) | 1833 5 202 2 2 | 0
;; 4.0/6 4.1/6 => (ok (err u3)) | 1665 5 202 2 2 | 0
;; case: (begin (is-ok (nft-mint? nft u1 'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG)) (nft-burn? nft u1 tx-sender))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 3096 6 281 3 3 | 165
;; 4.0/6 4.1/6 => (ok (err u1)) | 2581 6 281 3 3 | 165
