;; word: is-in-regtest
;; setup
;; case: is-in-regtest
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 405 3 85 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 237 3 85 0 0 | 0
;; case: (print is-in-regtest)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 1902 3 93 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 292 3 93 0 0 | 0
;; case: (is-eq is-in-regtest is-in-regtest)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 608 3 107 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 313 3 107 0 0 | 0
;; case: (let ((is-in-regtest 1)) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 531 3 99 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 268 3 99 0 0 | 0
