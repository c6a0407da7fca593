;; word: stx-account
;; setup
;; case: (stx-account tx-sender)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (locked u0) (unlock-height u0) (unlocked u1000000))) | 5085 4 96 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (locked u0) (unlock-height u0) (unlocked u1000000))) | 4917 4 96 0 0 | 0
;; case: (stx-account .t)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (tuple (locked u0) (unlock-height u0) (unlocked u0))) | 5078 4 89 0 0 | 0
;; 4.0/6 4.1/6 => (ok (tuple (locked u0) (unlock-height u0) (unlocked u0))) | 4910 4 89 0 0 | 0
