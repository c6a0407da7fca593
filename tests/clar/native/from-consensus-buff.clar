;; word: from-consensus-buff?
;; setup
(define-map hm uint {a: uint, b: bool})
;; case: (from-consensus-buff? int 0x0000000000000000000000000000000001)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 1)) | 904 3 175 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 1)) | 385 3 175 0 0 | 0
;; case: (from-consensus-buff? bool 0x03)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some true)) | 669 3 144 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some true)) | 354 3 144 0 0 | 0
;; case: (from-consensus-buff? bool 0x0304)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 677 3 146 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 356 3 146 0 0 | 0
;; case: (from-consensus-buff? {a: int} 0x0c0000000201610000000000000000000000000000000001016203)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (tuple (a 1)))) | 1053 3 200 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (tuple (a 1)))) | 414 3 200 0 0 | 0
;; case: (from-consensus-buff? (list 2 bool) 0x0b000000020304)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (true false))) | 736 3 165 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (true false))) | 379 3 165 0 0 | 0
;; case: (from-consensus-buff? principal 0x0520ffffffffffffffffffffffffffffffffffffffff)
;; 3.0/3 3.3/4 => !Unreachable | 781 3 191 0 0 | 0
;; 3.4/2 3.4/5 => (ok none) | 980 3 191 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 401 3 191 0 0 | 0
;; case: (from-consensus-buff? uint 0x)
;; 3.0/3 3.3/4 3.4/2 => !CostComputationFailed | 283 3 142 0 0 | 0
;; 3.4/5 => (ok none) | 667 3 142 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 352 3 142 0 0 | 0
;; case: (from-consensus-buff? (string-ascii 5) 0x0d000000026869)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some "hi")) | 735 3 168 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some "hi")) | 378 3 168 0 0 | 0
;; case: (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (tuple (a u4294967299)))) | 1420 3 242 0 0 | 0
;; 4.0/6 => (ok (some (tuple (a u4294967299)))) | 460 3 242 0 0 | 0
;; 4.1/6 => (ok none) | 460 3 242 0 0 | 0
;; case: (to-consensus-buff? (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 0x0a0c0000000101610100000000000000000000000100000003)) | 1715 3 263 0 0 | 0
;; 4.0/6 => (ok (some 0x0a0c0000000101610100000000000000000000000100000003)) | 535 3 263 0 0 | 0
;; 4.1/6 => (ok (some 0x09)) | 535 3 263 0 0 | 0
;; case: (is-eq (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003) (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 2934 3 381 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 719 3 381 0 0 | 0
;; case: (match (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003) x (merge x {c: true}) {a: u0, b: true, c: true})
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a u4294967299) (c true))) | 4265 3 298 0 0 | 0
;; 4.0/6 => (ok (tuple (a u4294967299) (c true))) | 731 3 298 0 0 | 0
;; 4.1/6 => (ok (tuple (a u0) (b true) (c true))) | 610 3 298 0 0 | 0
;; case: (match (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003) x (merge x {b: false}) {a: u0, b: true})
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a u4294967299) (b false))) | 4257 3 290 0 0 | 0
;; 4.0/6 => (ok (tuple (a u4294967299) (b false))) | 723 3 290 0 0 | 0
;; 4.1/6 => (ok (tuple (a u0) (b true))) | 602 3 290 0 0 | 0
;; case: (match (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003) x (get a x) u7)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok u4294967299) | 3540 3 265 0 0 | 0
;; 4.0/6 => (ok u4294967299) | 643 3 265 0 0 | 0
;; 4.1/6 => (ok u7) | 530 3 265 0 0 | 0
;; case: (match (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003) x (get b x) true)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !Unreachable | 3343 3 267 0 0 | 0
;; 4.0/6 => !Unreachable | 614 3 267 0 0 | 0
;; 4.1/6 => (ok true) | 532 3 267 0 0 | 0
;; case: (begin (match (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003) x (map-set hm u1 x) false) (map-get? hm u1))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !CouldNotDetermineType | 3744 4 301 1 48 | 47
;; 4.0/6 => !CouldNotDetermineType | 677 4 301 1 48 | 47
;; 4.1/6 => (ok none) | 673 4 319 0 0 | 0
;; case: (list (default-to {a: u8, b: false} (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003)) {a: u8, b: false})
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !ListTypesMustMatch | 6433 3 298 0 0 | 0
;; 4.0/6 => !ListTypesMustMatch | 676 3 298 0 0 | 0
;; 4.1/6 => (ok ((tuple (a u8) (b false)) (tuple (a u8) (b false)))) | 707 3 298 0 0 | 0
;; case: (index-of? (list {a: u8, b: false} (default-to {a: u8, b: false} (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003))) (default-to {a: u8, b: false} (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003)))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !ListTypesMustMatch | 6623 3 472 0 0 | 0
;; 4.0/6 => !ListTypesMustMatch | 866 3 472 0 0 | 0
;; 4.1/6 => (ok (some u0)) | 1095 3 472 0 0 | 0
;; case: (concat (list (default-to {a: u8, b: false} (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003))) (list {a: u8, b: false}))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => !ListTypesMustMatch | 4119 3 314 0 0 | 0
;; 4.0/6 => !ListTypesMustMatch | 659 3 314 0 0 | 0
;; 4.1/6 => (ok ((tuple (a u8) (b false)) (tuple (a u8) (b false)))) | 816 3 314 0 0 | 0
;; case: (print (default-to {a: u8, b: false} (from-consensus-buff? {a: uint, b: bool} 0x0c000000020161010000000000000000000000000000000201610100000000000000000000000100000003)))
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (a u4294967299))) | 5594 3 281 0 0 | 0
;; 4.0/6 => (ok (tuple (a u4294967299))) | 640 3 281 0 0 | 0
;; 4.1/6 => (ok (tuple (a u8) (b false))) | 640 3 281 0 0 | 0
