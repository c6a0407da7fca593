;; word: define-trait
;; setup
;; top: (define-trait t ((f (uint) (response bool uint))))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 9415 1 1 2 64 | 5
;; top: (define-trait t ((f (uint principal) (response (list 2 int) uint)) (g () (response bool bool))))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 11214 1 1 2 121 | 14
;; top: (define-trait t ((f (uint) bool)))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !DefineTraitBadSignature | 1183 1 1 1 10 | 0
;; top: (define-trait t ((f () (response bool uint)) (f () (response bool uint))))
;; 3.0/1 => ok | 10346 1 1 2 94 | 4
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !DefineTraitDuplicateMethod | 2281 1 1 1 19 | 0
