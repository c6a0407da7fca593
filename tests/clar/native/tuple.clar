;; word: tuple
;; setup
;; case: (tuple (a 1) (b u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a 1) (b u2))) | 2324 3 92 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a 1) (b u2))) | 291 3 92 0 0 | 0
;; case: {name: "x", id: u1}
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (id u1) (name "x"))) | 2323 3 91 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (id u1) (name "x"))) | 290 3 91 0 0 | 0
;; case: {a: {b: {c: 1}}}
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a (tuple (b (tuple (c 1))))))) | 6084 3 88 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (a (tuple (b (tuple (c 1))))))) | 381 3 88 0 0 | 0
;; case: (tuple (a 1) (a 2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !BadTupleConstruction | 2950 1 1 1 21 | 0
