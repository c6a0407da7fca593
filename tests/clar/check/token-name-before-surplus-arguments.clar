;; epochs: 3.3 4.1
;; clarity: 4
;; expect-error: ExpectedName
;; The name of a token is looked at before surplus arguments are counted. We
;; once counted first, as for all other definitions.
(define-fungible-token (coin) u1 u2)
