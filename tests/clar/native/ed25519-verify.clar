;; word: ed25519-verify
;; setup
;; case: (ed25519-verify 0x 0xe5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b 0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a)
;; 4.0/6 4.1/6 => (ok true) | 496 3 289 0 0 | 0
;; case: (ed25519-verify 0x01 (sha512 1) (sha256 1))
;; 4.0/6 4.1/6 => (ok false) | 430 3 115 0 0 | 0
;; case: (ed25519-verify 0x01 0x01 (sha256 1))
;; 4.0/6 4.1/6 => !TypeValueError | 339 3 109 0 0 | 0
;; case: (ed25519-verify 0x01 (sha512 1) 0x01)
;; 4.0/6 4.1/6 => !TypeValueError | 339 3 109 0 0 | 0
