;; word: at-block
;; setup
(define-data-var n uint u7)
(define-data-var l (list 10 uint) (list u1 u2))
(define-data-var t {a: uint, b: (optional int)} {a: u1, b: none})
(define-private (get-it) (var-get n))
;; case: (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002 (var-get n))
;; 3.0/1 3.0/3 3.3/4 => (ok u7) | 2505 5 360 0 0 | 0
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 12240 1 1 1 63 | 26
;; case: (begin (var-set n u9) (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002 (var-get n)))
;; 3.0/1 3.0/3 3.3/4 => (ok u7) | 3451 6 383 1 18 | 17
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 13156 1 1 1 69 | 26
;; case: (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000009 (var-get n))
;; 3.0/1 3.0/3 3.3/4 => !UnknownBlockHeaderHash | 1805 4 342 0 0 | 0
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 12240 1 1 1 63 | 26
;; case: (at-block 0x01 (var-get n))
;; 3.0/1 3.0/3 3.3/4 => !BadBlockHash | 1743 4 280 0 0 | 0
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 10566 1 1 1 63 | 26
;; case: (begin (var-set n u9) (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002 (+ (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000001 u1) (var-get n))))
;; 3.0/1 3.0/3 3.3/4 => (ok u10) | 5042 7 469 1 18 | 17
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 15463 1 1 1 75 | 26
;; case: (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000001 (fold + (var-get l) (/ u1 u0)))
;; 3.0/1 3.0/3 3.3/4 => !DivisionByZero | 2968 5 363 0 0 | 0
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 12767 1 1 1 70 | 26
;; case: (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002 (get-it))
;; 3.0/1 3.0/3 3.3/4 => (ok u7) | 2523 5 357 0 0 | 0
;; 3.4/2 3.4/4 4.0/4 4.1/4 => deploy !AtBlockUnavailable | 12157 1 1 1 62 | 26
;; case: (at-block 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002 (var-set n u1))
;; 3.0/1 3.0/3 3.3/4 3.4/2 3.4/4 4.0/4 => deploy !AtBlockClosureMustBeReadOnly | 9837 0 0 0 0 | 0
;; 4.1/4 => deploy !AtBlockUnavailable | 12323 1 1 1 64 | 26
