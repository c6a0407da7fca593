;; word: principal-of?
;; setup
(define-constant key 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
;; case: (principal-of? key)
;; 3.0/1 3.0/3 3.3/4 => (ok (ok ST1AW6EKPGT61SQ9FNVDS17RKNWT8ZP582VF9HSCP)) | 1615 3 219 0 0 | 0
;; 3.4/2 3.4/5 => (ok (ok ST1AW6EKPGT61SQ9FNVDS17RKNWT8ZP582VF9HSCP)) | 1540 3 219 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok ST1AW6EKPGT61SQ9FNVDS17RKNWT8ZP582VF9HSCP)) | 1372 3 219 0 0 | 0
;; case: (principal-of? 0x05adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err u1)) | 1604 3 284 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 1436 3 284 0 0 | 0
;; case: (principal-of? 0x01)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !TypeValueError | 1341 3 220 0 0 | 0
