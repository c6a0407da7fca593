;; word: current-contract
;; setup
;; case: current-contract
;; 3.3/4 3.4/5 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) | 408 3 88 0 0 | 0
;; 4.0/6 4.1/6 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) | 240 3 88 0 0 | 0
;; case: (print current-contract)
;; 3.3/4 3.4/5 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) | 4110 3 96 0 0 | 0
;; 4.0/6 4.1/6 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t) | 295 3 96 0 0 | 0
;; case: (is-eq current-contract current-contract)
;; 3.3/4 3.4/5 => (ok true) | 936 3 113 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 319 3 113 0 0 | 0
;; case: (let ((current-contract 1)) 2)
;; 3.3/4 3.4/5 => !NameAlreadyUsed | 534 3 102 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 271 3 102 0 0 | 0
