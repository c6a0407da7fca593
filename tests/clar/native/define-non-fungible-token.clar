;; word: define-non-fungible-token
;; setup
;; top: (define-non-fungible-token n uint)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 10362 1 1 3 57 | 3
;; top: (define-non-fungible-token n {a: (string-utf8 4)})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 11008 1 1 3 94 | 17
;; top: (define-non-fungible-token n)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => !IncorrectArgumentCount | 936 0 0 0 0 | 0
;; 4.1/6 => !IncorrectArgumentCount | 1036 1 1 1 4 | 0
;; top: (define-non-fungible-token n nothing)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !DefineNFTBadSignature | 1254 1 1 1 5 | 0
