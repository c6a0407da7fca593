;; word: secp256r1-verify
;; setup
(define-constant key 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
;; case: (secp256r1-verify 0xc3abef6a775793dfbc8e0719e7a1de1fc2f90d37a7912b1ce8e300a5a03b06a8 0xf2b8c0645caa7250e3b96d633cf40a88456e4ffbddffb69200c4e019039dfd310eac59293c23e6d6aa8b0c5d9e4e48fa4c4fdf1ace2ba618dc0263b5e90a0903 0x031e18532fd4754c02f3041d9c75ceb33b83ffd81ac7ce4fe882ccb1c98bc5896e)
;; 3.3/4 => (ok true) | 52571 3 485 0 0 | 0
;; 3.4/5 => (ok false) | 52571 3 485 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 691 3 485 0 0 | 0
;; case: (secp256r1-verify (sha256 1) 0x01 key)
;; 3.3/4 3.4/5 => (ok false) | 52457 3 238 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 498 3 238 0 0 | 0
;; case: (secp256r1-verify (sha256 1) (sha512 1) key)
;; 3.3/4 => (ok false) | 52748 3 244 0 0 | 0
;; 3.4/5 => (ok false) | 52673 3 244 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 559 3 244 0 0 | 0
;; case: (secp256r1-verify 0x01 (sha512 1) key)
;; 3.3/4 3.4/5 => !TypeValueError | 52125 3 238 0 0 | 0
;; 4.0/6 4.1/6 => !TypeValueError | 413 3 238 0 0 | 0
;; case: (secp256r1-verify (sha256 1) (sha512 1) 0x01)
;; 3.3/4 3.4/5 => !TypeValueError | 52474 3 245 0 0 | 0
;; 4.0/6 4.1/6 => !TypeValueError | 528 3 245 0 0 | 0
