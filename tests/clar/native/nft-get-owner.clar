;; word: nft-get-owner?
;; setup
(define-non-fungible-token nft uint)
(define-non-fungible-token box {a: uint, b: (string-ascii 5)})
;; case: (nft-get-owner? nft u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1479 4 196 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 1311 4 196 0 0 | 0
;; case: (begin (is-ok (nft-mint? nft u1 'ST000000000000000000002AMW42H)) (nft-get-owner? nft u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some ST000000000000000000002AMW42H)) | 2730 5 263 1 1 | 165
;; 4.0/6 4.1/6 => (ok (some ST000000000000000000002AMW42H)) | 2215 5 263 1 1 | 165
;; case: (begin (is-ok (nft-mint? nft u1 'ST000000000000000000002AMW42H)) (is-ok (nft-burn? nft u1 'ST000000000000000000002AMW42H)) (nft-get-owner? nft u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 4375 7 323 3 3 | 330
;; 4.0/6 4.1/6 => (ok none) | 3633 7 323 3 3 | 330
;; case: (nft-get-owner? box {a: u1, b: "x"})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 3539 4 209 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 1506 4 209 0 0 | 0
;; case: (nft-get-owner? nft 1)
;; 3.0/1 => deploy !TypeError | 6068 1 1 1 34 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 6057 1 1 1 34 | 19
