;; word: define-public
;; setup
;; top: (define-public (f) (ok 1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 8721 1 1 2 35 | 4
;; top: (define-public (f (a (buff 10))) (if true (ok a) (err u1)))
;; 3.0/1 => ok | 11023 1 1 2 79 | 13
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 11022 1 1 2 79 | 13
;; top: (define-public (f) 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !PublicFunctionMustReturnResponse | 895 1 1 1 6 | 2
;; top: (define-public (f) (ok (g)))(define-private (g) u1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 10111 1 1 2 66 | 6
