;; word: get-tenure-info?
;; setup
;; case: (get-tenure-info? time u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some u1690000002)) | 6755 4 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u1690000002)) | 6587 4 99 0 0 | 0
;; case: (get-tenure-info? vrf-seed u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some 0x3333333333333333333333333333333333333333333333333333333300000002)) | 6759 4 103 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0x3333333333333333333333333333333333333333333333333333333300000002)) | 6591 4 103 0 0 | 0
;; case: (get-tenure-info? burnchain-header-hash u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some 0x2222222222222222222222222222222222222222222222222222222200000002)) | 6772 4 116 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0x2222222222222222222222222222222222222222222222222222222200000002)) | 6604 4 116 0 0 | 0
;; case: (get-tenure-info? miner-address u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some ST000000000000000000002AMW42H)) | 6764 4 108 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some ST000000000000000000002AMW42H)) | 6596 4 108 0 0 | 0
;; case: (get-tenure-info? miner-spend-winner u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some u10)) | 6769 4 113 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u10)) | 6601 4 113 0 0 | 0
;; case: (get-tenure-info? miner-spend-total u2)
;; 3.0/3 3.3/4 3.4/5 => (ok (some u30)) | 6768 4 112 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some u30)) | 6600 4 112 0 0 | 0
;; case: (get-tenure-info? block-reward u2)
;; 3.0/3 3.3/4 3.4/5 => (ok none) | 6763 4 107 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 6595 4 107 0 0 | 0
;; case: (get-tenure-info? time u3)
;; 3.0/3 3.3/4 3.4/5 => (ok none) | 6755 4 99 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 6587 4 99 0 0 | 0
;; case: (get-tenure-info? header-hash u2)
;; 3.0/3 3.3/4 3.4/5 4.0/6 4.1/6 => deploy !NoSuchTenureInfoProperty | 3229 1 1 1 17 | 0
