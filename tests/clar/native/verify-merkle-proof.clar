;; word: verify-merkle-proof
;; setup
;; case: (verify-merkle-proof (sha256 1) (sha256 1) u0 u1 (list))
;; 4.0/6 4.1/6 => (ok true) | 489 3 128 0 0 | 0
;; case: (verify-merkle-proof (sha256 1) (sha256 2) u0 u1 (list))
;; 4.0/6 4.1/6 => (ok false) | 489 3 128 0 0 | 0
;; case: (verify-merkle-proof (sha256 1) (sha256 (sha256 (concat (sha256 1) (sha256 2)))) u0 u2 (list (sha256 2)))
;; 4.0/6 4.1/6 => (ok true) | 803 3 177 0 0 | 0
;; case: (verify-merkle-proof (sha256 2) (sha256 (sha256 (concat (sha256 1) (sha256 2)))) u1 u2 (list (sha256 1)))
;; 4.0/6 4.1/6 => (ok true) | 803 3 177 0 0 | 0
;; case: (verify-merkle-proof (sha256 1) (sha256 1) u0 u0 (list))
;; 4.0/6 4.1/6 => (ok false) | 489 3 128 0 0 | 0
;; case: (verify-merkle-proof 0x01 (sha256 1) u0 u1 (list))
;; 4.0/6 4.1/6 => !TypeValueError | 398 3 122 0 0 | 0
;; case: (verify-merkle-proof (sha256 1) (sha256 1) u0 u2 (list 0x01))
;; 4.0/6 4.1/6 => (ok false) | 494 3 133 0 0 | 0
