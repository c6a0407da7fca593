;; word: define-fungible-token
;; setup
;; top: (define-fungible-token f)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 10259 1 1 4 31 | 3
;; top: (define-fungible-token f u100)
;; 3.0/1 => ok | 10576 1 1 4 37 | 3
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 10575 1 1 4 37 | 3
;; top: (define-fungible-token f (+ u1 u2))
;; 3.0/1 => ok | 11185 1 1 4 45 | 3
;; 3.0/3 3.3/4 3.4/2 3.4/5 => ok | 11184 1 1 4 45 | 3
;; 4.0/6 4.1/6 => ok | 11068 1 1 4 45 | 3
;; top: (define-fungible-token f 1)
;; 3.0/1 => !TypeError | 1109 1 1 1 5 | 0
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !TypeError | 1098 1 1 1 5 | 0
;; top: (define-fungible-token f u1 u2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => !IncorrectArgumentCount | 990 0 0 0 0 | 0
;; 4.1/6 => !IncorrectArgumentCount | 1094 1 1 1 6 | 0
;; top: (define-fungible-token f)(define-non-fungible-token f uint)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 1974 1 1 1 8 | 4
