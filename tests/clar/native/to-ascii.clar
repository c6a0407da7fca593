;; word: to-ascii?
;; setup
;; case: (to-ascii? 42)
;; 3.3/4 3.4/5 => (ok (ok "42")) | 828 3 86 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "42")) | 286 3 86 0 0 | 0
;; case: (to-ascii? u42)
;; 3.3/4 3.4/5 => (ok (ok "u42")) | 829 3 87 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "u42")) | 287 3 87 0 0 | 0
;; case: (to-ascii? true)
;; 3.3/4 3.4/5 => (ok (ok "true")) | 590 3 88 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "true")) | 288 3 88 0 0 | 0
;; case: (to-ascii? tx-sender)
;; 3.3/4 3.4/5 => (ok (ok "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM")) | 2947 3 93 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM")) | 295 3 93 0 0 | 0
;; case: (to-ascii? .t)
;; 3.3/4 3.4/5 => (ok (ok "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t")) | 2940 3 86 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.t")) | 288 3 86 0 0 | 0
;; case: (to-ascii? 0x0102ff)
;; 3.3/4 3.4/5 => (ok (ok "0x0102ff")) | 690 3 92 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "0x0102ff")) | 292 3 92 0 0 | 0
;; case: (to-ascii? u"abc")
;; 3.3/4 3.4/5 => (ok (ok "abc")) | 832 3 90 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok "abc")) | 290 3 90 0 0 | 0
;; case: (to-ascii? u"\u{e9}")
;; 3.3/4 3.4/5 => (ok (err u1)) | 707 3 93 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err u1)) | 293 3 93 0 0 | 0
;; case: (to-ascii? (list 1))
;; 3.3/4 3.4/5 4.0/6 4.1/6 => deploy !UnionTypeError | 2913 1 1 1 18 | 0
