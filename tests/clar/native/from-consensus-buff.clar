;; word: from-consensus-buff?
;; setup
;; case: (from-consensus-buff? int 0x0000000000000000000000000000000001)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 1)) | 864 3 135 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 1)) | 345 3 135 0 0 | 0
;; case: (from-consensus-buff? bool 0x03)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some true)) | 629 3 104 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some true)) | 314 3 104 0 0 | 0
;; case: (from-consensus-buff? bool 0x0304)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 637 3 106 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 316 3 106 0 0 | 0
;; case: (from-consensus-buff? {a: int} 0x0c0000000201610000000000000000000000000000000001016203)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (tuple (a 1)))) | 1013 3 160 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (tuple (a 1)))) | 374 3 160 0 0 | 0
;; case: (from-consensus-buff? (list 2 bool) 0x0b000000020304)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (true false))) | 696 3 125 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (true false))) | 339 3 125 0 0 | 0
;; case: (from-consensus-buff? principal 0x0520ffffffffffffffffffffffffffffffffffffffff)
;; 3.0/3 3.3/4 => !Unreachable | 741 3 151 0 0 | 0
;; 3.4/2 3.4/5 => (ok none) | 940 3 151 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 361 3 151 0 0 | 0
;; case: (from-consensus-buff? uint 0x)
;; 3.0/3 3.3/4 3.4/2 => !CostComputationFailed | 243 3 102 0 0 | 0
;; 3.4/5 => (ok none) | 627 3 102 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 312 3 102 0 0 | 0
;; case: (from-consensus-buff? (string-ascii 5) 0x0d000000026869)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some "hi")) | 695 3 128 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some "hi")) | 338 3 128 0 0 | 0
