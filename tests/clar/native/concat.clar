;; word: concat
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
;; case: (concat (list 1 2) (list 3))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (1 2 3)) | 1941 3 242 0 0 | 0
;; 4.0/6 4.1/6 => (ok (1 2 3)) | 538 3 242 0 0 | 0
;; case: (concat "ab" "c")
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok "abc") | 898 3 231 0 0 | 0
;; 4.0/6 4.1/6 => (ok "abc") | 430 3 231 0 0 | 0
;; case: (concat 0x01 0x0203)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok 0x010203) | 901 3 234 0 0 | 0
;; 4.0/6 4.1/6 => (ok 0x010203) | 433 3 234 0 0 | 0
;; case: (concat u"\u{e9}" u"b")
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u"\u{c3a9}b") | 867 3 237 0 0 | 0
;; 4.0/6 4.1/6 => (ok u"\u{c3a9}b") | 436 3 237 0 0 | 0
;; case: (concat (list) (list u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1)) | 1416 3 239 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1)) | 533 3 239 0 0 | 0
;; case: (concat (var-get l) (var-get l))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (u1 u2 u1 u2)) | 1996 5 326 0 0 | 0
;; 4.0/6 4.1/6 => (ok (u1 u2 u1 u2)) | 565 5 326 0 0 | 0
;; case: (concat "a" 0x01)
;; 3.0/1 => deploy !TypeError | 9507 1 1 1 54 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !TypeError | 9504 1 1 1 54 | 19
;; case: (concat "a" "b" "c")
;; 3.0/1 => deploy !IncorrectArgumentCount | 8980 1 1 1 55 | 19
;; 3.0/3 3.3/4 3.4/2 3.4/5 => deploy !IncorrectArgumentCount | 8977 1 1 1 55 | 19
;; 4.0/6 4.1/6 => (ok "abc") | 433 3 234 0 0 | 0
