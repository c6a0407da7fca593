;; word: get-burn-block-info?
;; setup
;; case: (get-burn-block-info? header-hash u102)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some 0x2222222222222222222222222222222222222222222222222222222200000002)) | 96926 4 112 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some 0x2222222222222222222222222222222222222222222222222222222200000002)) | 96758 4 112 0 0 | 0
;; case: (get-burn-block-info? pox-addrs u102)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (some (tuple (addrs ((tuple (hashbytes 0x0000000000000000000000000000000000000002) (version 0x01)))) (payout u14)))) | 96924 4 110 0 0 | 0
;; 4.0/6 4.1/6 => (ok (some (tuple (addrs ((tuple (hashbytes 0x0000000000000000000000000000000000000002) (version 0x01)))) (payout u14)))) | 96756 4 110 0 0 | 0
;; case: (get-burn-block-info? header-hash u340282366920938463463374607431768211455)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok none) | 96962 4 148 0 0 | 0
;; 4.0/6 4.1/6 => (ok none) | 96794 4 148 0 0 | 0
;; case: (get-burn-block-info? nothing u1)
;; 3.0/3 3.3/4 3.4/2 3.4/5 4.0/6 4.1/6 => deploy !NoSuchBlockInfoProperty | 3229 1 1 1 17 | 0
