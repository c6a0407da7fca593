;; note: a tuple that lacks a field of the first one does not fit
;; expect: reject
;; epochs: 3.0 3.4
(define-read-only (f) (list {a: 1, b: 2} {a: 1}))
