;; word: tx-sender
;; setup
;; case: tx-sender
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 401 3 81 0 0 | 0
;; 4.0/6 4.1/6 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 233 3 81 0 0 | 0
;; case: (print tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 4103 3 89 0 0 | 0
;; 4.0/6 4.1/6 => (ok ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM) | 288 3 89 0 0 | 0
;; case: (is-eq tx-sender tx-sender)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 894 3 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 305 3 99 0 0 | 0
;; case: (let ((tx-sender 1)) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 527 3 95 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 264 3 95 0 0 | 0
