;; word: tx-sponsor?
;; setup
;; case: tx-sponsor?
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 403 3 83 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 235 3 83 0 0 | 0
;; case: (print tx-sponsor?)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1915 3 91 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 290 3 91 0 0 | 0
;; case: (is-eq tx-sponsor? tx-sponsor?)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 604 3 103 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 309 3 103 0 0 | 0
;; case: (let ((tx-sponsor? 1)) 2)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 529 3 97 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 266 3 97 0 0 | 0
