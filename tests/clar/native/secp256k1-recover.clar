;; word: secp256k1-recover?
;; setup
(define-constant key 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)
(define-constant msg 0xde5b9eb9e7c5592930eb2e30a01369c36586d872082ed8181ee83d2a0ec20f04)
(define-constant sig 0x8738487ebe69b93d8e51583be8eee50bb4213fc49c767d329632730cc193b873554428fc936ca3569afc15f1c9365f6591d6251a89fee9c9ac661116824d3a1301)
;; case: (secp256k1-recover? msg sig)
;; 3.0/1 3.0/3 3.3/4 => (ok (ok 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)) | 9782 3 577 0 0 | 0
;; 3.4/2 3.4/5 => (ok (ok 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)) | 9570 3 577 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)) | 785 3 577 0 0 | 0
;; case: (secp256k1-recover? (sha256 1) sig)
;; 3.0/1 3.0/3 3.3/4 => (ok (ok 0x0341338ce1730e2dd898e9a14e60954d105f267dc1dfa4c73b89292fb06a029983)) | 9848 3 584 0 0 | 0
;; 3.4/2 3.4/5 => (ok (ok 0x0341338ce1730e2dd898e9a14e60954d105f267dc1dfa4c73b89292fb06a029983)) | 9709 3 584 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok 0x0341338ce1730e2dd898e9a14e60954d105f267dc1dfa4c73b89292fb06a029983)) | 845 3 584 0 0 | 0
;; case: (secp256k1-recover? msg 0x01)
;; 3.0/1 3.0/3 3.3/4 => (ok (err u2)) | 9643 3 578 0 0 | 0
;; 3.4/2 3.4/5 => (ok (err u2)) | 9570 3 578 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u2)) | 785 3 578 0 0 | 0
;; case: (secp256k1-recover? 0x01 sig)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !TypeValueError | 9370 3 578 0 0 | 0
;; 4.0/6 4.1/6 => !TypeValueError | 753 3 578 0 0 | 0
;; case: (secp256k1-recover? msg (concat (unwrap-panic (as-max-len? sig u65)) 0x))
;; 3.0/1 3.0/3 3.3/4 => (ok (ok 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)) | 13227 3 622 0 0 | 0
;; 3.4/2 3.4/5 => (ok (ok 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)) | 13154 3 622 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok 0x03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110)) | 1110 3 622 0 0 | 0
