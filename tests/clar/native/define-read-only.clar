;; word: define-read-only
;; setup
;; top: (define-read-only (f) 1)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 8621 1 1 2 31 | 2
;; top: (define-data-var n uint u1)(define-read-only (f) (var-get n))
;; 3.0/1 => ok | 12513 1 1 4 92 | 21
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => ok | 12512 1 1 4 92 | 21
;; top: (define-data-var n uint u1)(define-read-only (f) (var-set n u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 => !WriteAttemptedInReadOnly | 2022 0 0 0 0 | 0
;; 4.1/6 => !WriteAttemptedInReadOnly | 2527 1 1 1 14 | 4
;; top: (define-read-only (f) 1)(define-read-only (f) 2)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => !NameAlreadyUsed | 9614 1 1 2 60 | 4
