;; word: define-data-var
;; setup
;; top: (define-data-var n uint u1)
;; 3.0/1 => ok | 10774 1 1 4 51 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 10773 1 1 4 51 | 19
;; top: (define-data-var n (list 5 (string-ascii 3)) (list "a"))
;; 3.0/1 => ok | 13411 1 1 4 116 | 36
;; 3.0/3 3.3/4 3.4/2 3.4/5 => ok | 13410 1 1 4 116 | 36
;; 4.0/6 4.1/6 => ok | 13207 1 1 4 116 | 36
;; top: (define-data-var n uint 1)
;; 3.0/1 => !TypeError | 1084 1 1 1 6 | 0
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !TypeError | 1073 1 1 1 6 | 0
;; top: (define-data-var n uint (/ u1 u0))
;; 3.0/1 => !DivisionByZero | 9326 1 1 2 44 | 2
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !DivisionByZero | 9325 1 1 2 44 | 2
;; 4.0/6 4.1/6 => !DivisionByZero | 9206 1 1 2 44 | 2
;; top: (define-data-var n (optional {a: int}) none)
;; 3.0/1 => ok | 11968 1 1 4 82 | 13
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 11970 1 1 4 82 | 13
;; top: (define-data-var n uint u1)(define-data-var n int 1)
;; 3.0/1 => !NameAlreadyUsed | 2041 1 1 1 11 | 4
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 2039 1 1 1 11 | 4
