;; word: define-map
;; setup
;; top: (define-map m uint uint)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 9999 1 1 3 64 | 5
;; top: (define-map m {a: principal, b: (buff 32)} (response bool uint))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 11759 1 1 3 303 | 31
;; top: (define-map m uint)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => !IncorrectArgumentCount | 666 0 0 0 0 | 0
;; 4.1/6 => !IncorrectArgumentCount | 768 1 1 1 5 | 0
;; top: (define-map m (list 1048577 int) uint)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !BadMapTypeDefinition | 1289 1 1 1 9 | 0
;; top: (define-map m uint uint)(map-set m u1 u2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => ok | 13122 2 1 4 122 | 40
;; 4.0/6 4.1/6 => ok | 11128 2 1 4 122 | 40
