;; word: contract-caller
;; setup
;; case: contract-caller
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 407 3 87 0 0 | 0
;; 4.0/6 4.1/6 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 239 3 87 0 0 | 0
;; case: (print contract-caller)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 4109 3 95 0 0 | 0
;; 4.0/6 4.1/6 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 294 3 95 0 0 | 0
;; case: (is-eq contract-caller contract-caller)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 906 3 111 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 317 3 111 0 0 | 0
;; case: (let ((contract-caller 1)) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 533 3 101 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 270 3 101 0 0 | 0
