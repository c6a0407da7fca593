;; word: principal-destruct?
;; setup
;; case: (principal-destruct? tx-sender)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok (tuple (hash-bytes 0x6d78de7b0625dfbfc16c3a8a5735f6dc3dc3f2ce) (name none) (version 0x1a)))) | 753 3 103 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok (tuple (hash-bytes 0x6d78de7b0625dfbfc16c3a8a5735f6dc3dc3f2ce) (name none) (version 0x1a)))) | 303 3 103 0 0 | 0
;; case: (principal-destruct? 'SP000000000000000000002Q6VF78)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (hash-bytes 0x0000000000000000000000000000000000000000) (name none) (version 0x16)))) | 774 3 124 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (hash-bytes 0x0000000000000000000000000000000000000000) (name none) (version 0x16)))) | 324 3 124 0 0 | 0
;; case: (principal-destruct? .t)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok (tuple (hash-bytes 0x6d78de7b0625dfbfc16c3a8a5735f6dc3dc3f2ce) (name (some "t")) (version 0x1a)))) | 746 3 96 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok (tuple (hash-bytes 0x6d78de7b0625dfbfc16c3a8a5735f6dc3dc3f2ce) (name (some "t")) (version 0x1a)))) | 296 3 96 0 0 | 0
