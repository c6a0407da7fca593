;; word: stx-liquid-supply
;; setup
;; case: stx-liquid-supply
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u1000827) | 878 4 91 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1000827) | 285 4 91 0 0 | 0
;; case: (print stx-liquid-supply)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u1000827) | 2600 4 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1000827) | 340 4 99 0 0 | 0
;; case: (is-eq stx-liquid-supply stx-liquid-supply)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 1778 5 119 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 409 5 119 0 0 | 0
;; case: (let ((stx-liquid-supply 1)) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !NameAlreadyUsed | 535 3 103 0 0 | 0
;; 4.0/6 4.1/6 => !NameAlreadyUsed | 272 3 103 0 0 | 0
