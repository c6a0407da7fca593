;; word: is-some
;; setup
(define-map m uint uint)
(define-map by-who {who: principal, id: uint} (list 3 (string-ascii 8)))
(map-set m u1 u10)
;; case: (is-some (some 1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 953 3 207 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 453 3 207 0 0 | 0
;; case: (is-some (map-get? m u2))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 1803 4 232 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 473 4 232 0 0 | 0
;; case: (is-some none)
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 734 3 203 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 402 3 203 0 0 | 0
;; case: (is-some (ok 1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !ExpectedOptionalType | 6571 1 1 1 45 | 30
