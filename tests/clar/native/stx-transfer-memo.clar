;; word: stx-transfer-memo?
;; setup
;; case: (stx-transfer-memo? u5 tx-sender 'ST000000000000000000002AMW42H 0x6869)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok true)) | 5188 4 144 1 1 | 376
;; 4.0/6 4.1/6 => (ok (ok true)) | 5020 4 144 1 1 | 376
;; case: (stx-transfer-memo? u5 'ST000000000000000000002AMW42H tx-sender 0x)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u4)) | 5184 4 140 1 1 | 0
;; 4.0/6 4.1/6 => (ok (err u4)) | 5016 4 140 1 1 | 0
;; case: (stx-transfer-memo? u0 tx-sender 'ST000000000000000000002AMW42H 0x01)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u3)) | 5186 4 142 1 1 | 0
;; 4.0/6 4.1/6 => (ok (err u3)) | 5018 4 142 1 1 | 0
