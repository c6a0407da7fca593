;; word: replace-at?
;; setup
;; case: (replace-at? "abc" u1 "x")
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some "axc")) | 1002 3 98 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some "axc")) | 297 3 98 0 0 | 0
;; case: (replace-at? (list 1 2) u2 5)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1664 3 101 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 349 3 101 0 0 | 0
;; case: (replace-at? 0x0102 u0 0xff)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 0xff02)) | 1003 3 100 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0xff02)) | 299 3 100 0 0 | 0
;; case: (replace-at? u"\u{e9}b" u0 u"z")
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some u"zb")) | 1013 3 104 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u"zb")) | 303 3 104 0 0 | 0
;; case: (replace-at? (list (list 1) (list 2)) u1 (list 7))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some ((1) (7)))) | 3082 3 122 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some ((1) (7)))) | 514 3 122 0 0 | 0
;; case: (let ((e (unwrap-panic (slice? "abc" u1 u1)))) (replace-at? "abc" u0 (unwrap-panic (as-max-len? e u1))))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !Unreachable | 2694 3 176 0 0 | 0
;; 4.0/6 4.1/6 => !Unreachable | 598 3 176 0 0 | 0
