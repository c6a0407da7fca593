;; word: get-stacks-block-info?
;; setup
;; case: (get-stacks-block-info? time u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some u1700000002)) | 6761 4 105 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u1700000002)) | 6593 4 105 0 0 | 0
;; case: (get-stacks-block-info? header-hash u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some 0x1111111111111111111111111111111111111111111111111111111100000002)) | 6768 4 112 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0x1111111111111111111111111111111111111111111111111111111100000002)) | 6600 4 112 0 0 | 0
;; case: (get-stacks-block-info? id-header-hash u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002)) | 6771 4 115 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0xb0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b000000002)) | 6603 4 115 0 0 | 0
;; case: (get-stacks-block-info? time u3)
;; 3.0/3 3.3/4 3.4/5 => (ok none) | 6761 4 105 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 6593 4 105 0 0 | 0
;; case: (get-stacks-block-info? vrf-seed u2)
;; 3.0/3 3.3/4 3.4/5 4.0/6 4.1/6 => deploy !NoSuchStacksBlockInfoProperty | 3310 1 1 1 17 | 0
