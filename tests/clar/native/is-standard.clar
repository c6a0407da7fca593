;; word: is-standard
;; setup
;; case: (is-standard tx-sender)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 558 3 95 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 294 3 95 0 0 | 0
;; case: (is-standard 'SP000000000000000000002Q6VF78)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok false) | 579 3 116 0 0 | 0
;; 4.0/6 4.1/6 => (ok false) | 315 3 116 0 0 | 0
;; case: (is-standard .t)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok true) | 551 3 88 0 0 | 0
;; 4.0/6 4.1/6 => (ok true) | 287 3 88 0 0 | 0
