;; word: define-constant
;; setup
;; top: (define-constant c 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 8505 1 1 2 27 | 2
;; top: (define-constant c (list u1 u2 u3))(define-read-only (f) (len c))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => ok | 11585 1 1 2 82 | 9
;; 4.0/6 4.1/6 => ok | 10783 1 1 2 82 | 9
;; top: (define-constant c (/ 1 0))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => !DivisionByZero | 8940 1 1 2 36 | 2
;; 4.0/6 4.1/6 => !DivisionByZero | 8821 1 1 2 36 | 2
;; top: (define-constant c 1)(define-constant c 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 1539 1 1 1 9 | 4
;; top: (define-constant + 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 8289 1 1 2 27 | 2
;; top: (define-constant a (+ b 1))(define-constant b 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => ok | 10435 1 1 2 61 | 4
;; 4.0/6 4.1/6 => ok | 10319 1 1 2 61 | 4
;; top: (define-constant c)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => !IncorrectArgumentCount | 666 0 0 0 0 | 0
;; 4.1/6 => !IncorrectArgumentCount | 766 1 1 1 4 | 0
