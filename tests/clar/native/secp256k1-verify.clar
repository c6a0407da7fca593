;; word: secp256k1-verify
;; setup
(define-constant key 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
(define-constant msg 0xde5b9eb9e7c5592930eb2e30a01369c36586d872082ed8181ee83d2a0ec20f04)
(define-constant sig 0x8738487ebe69b93d8e51583be8eee50bb4213fc49c767d329632730cc193b873554428fc936ca3569afc15f1c9365f6591d6251a89fee9c9ac661116824d3a1301)
;; case: (secp256k1-verify msg sig key)
;; 3.0/1 3.0/3 3.3/4 => (ok true) | 9554 3 579 0 0 | 0
;; 3.4/2 3.4/5 => (ok true) | 9267 3 579 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 788 3 579 0 0 | 0
;; case: (secp256k1-verify (sha256 1) sig key)
;; 3.0/1 3.0/3 3.3/4 => (ok false) | 9620 3 586 0 0 | 0
;; 3.4/2 3.4/5 => (ok false) | 9406 3 586 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 848 3 586 0 0 | 0
;; case: (secp256k1-verify msg 0x01 key)
;; 3.0/1 3.0/3 3.3/4 => (ok false) | 9339 3 580 0 0 | 0
;; 3.4/2 3.4/5 => (ok false) | 9266 3 580 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 787 3 580 0 0 | 0
;; case: (secp256k1-verify 0x01 sig key)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !TypeValueError | 9066 3 580 0 0 | 0
;; 4.0/6 4.1/6 => !TypeValueError | 755 3 580 0 0 | 0
;; case: (secp256k1-verify msg sig 0x01)
;; 3.0/1 3.0/3 3.3/4 => !TypeValueError | 9280 3 580 0 0 | 0
;; 3.4/2 3.4/5 => !TypeValueError | 9068 3 580 0 0 | 0
;; 4.0/6 4.1/6 => !TypeValueError | 757 3 580 0 0 | 0
