;; word: get
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
(define-map tm uint {id: uint})
;; case: (get id {id: 1, n: true})
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok 1) | 4263 3 271 0 0 | 0
;; 4.0/6 4.1/6 => (ok 1) | 518 3 271 0 0 | 0
;; case: (get id (some {id: 1}))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 1)) | 4448 3 269 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 1)) | 563 3 269 0 0 | 0
;; case: (get id (map-get? tm u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 1665 4 289 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 499 4 289 0 0 | 0
;; case: (get a (var-get t))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u1) | 2856 4 293 0 0 | 0
;; 4.0/6 4.1/6 => (ok u1) | 525 4 293 0 0 | 0
;; case: (get nothing {id: 1})
;; 3.0/1 => deploy !NoSuchTupleField | 10022 1 1 1 67 | 27
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !NoSuchTupleField | 10019 1 1 1 67 | 27
