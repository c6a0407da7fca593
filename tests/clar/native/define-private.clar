;; word: define-private
;; setup
;; top: (define-private (f) 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 8545 1 1 2 29 | 2
;; top: (define-private (f (a uint) (b {x: int, y: (list 3 bool)})) a)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 10158 1 1 2 85 | 16
;; top: (define-private (f (a uint) (a uint)) a)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 9278 1 1 2 53 | 4
;; top: (define-private (len) 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 8405 1 1 2 31 | 4
;; top: (define-private (f) 1)(define-private (f) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 1597 1 1 1 11 | 4
;; top: (define-private (f) (f))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !CircularReference | 942 0 0 0 0 | 0
;; top: (define-private f 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => !DefineFunctionBadSignature | 693 0 0 0 0 | 0
;; 4.1/6 => !DefineFunctionBadSignature | 795 1 1 1 5 | 0
