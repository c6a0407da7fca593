;; word: secp256k1-decompress?
;; setup
(define-constant key 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
;; case: (secp256k1-decompress? key)
;; 4.0/6 4.1/6 => (ok (ok 0x04adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110f600feb84ae5a7b551be5fd6a33e07a04ae1e20f8bac89e58e684625c1292af3)) | 510 3 227 0 0 | 0
;; case: (secp256k1-decompress? 0x05adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
;; 4.0/6 4.1/6 => (ok (err u1)) | 499 3 292 0 0 | 0
;; case: (secp256k1-decompress? 0x01)
;; 4.0/6 4.1/6 => !TypeValueError | 404 3 228 0 0 | 0
