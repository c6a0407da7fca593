;; word: nft-mint?
;; setup
(define-non-fungible-token nft uint)
(define-non-fungible-token box {a: uint, b: (string-ascii 5)})
;; case: (nft-mint? nft u1 tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 1264 4 201 1 1 | 165
;; 4.0/6 4.1/6 => (ok (ok true)) | 1096 4 201 1 1 | 165
;; case: (begin (is-ok (nft-mint? nft u1 tx-sender)) (nft-mint? nft u1 tx-sender))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 2494 5 247 2 2 | 165
;; 4.0/6 4.1/6 => (ok (err u1)) | 1979 5 247 2 2 | 165
;; case: (nft-mint? box {a: u1, b: "abc"} tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 3344 4 216 1 1 | 182
;; 4.0/6 4.1/6 => (ok (ok true)) | 1311 4 216 1 1 | 182
;; case: (let ((id u4)) (nft-mint? nft id tx-sender))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 1626 4 217 1 1 | 165
;; 4.0/6 4.1/6 => (ok (ok true)) | 1195 4 217 1 1 | 165
