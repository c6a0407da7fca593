;; tests/bench/vm/token.clar - What SIP-010 asks of a token.
(define-fungible-token coin)
(define-constant other (unwrap-panic (principal-construct? 0x1a
  0x0202020202020202020202020202020202020202)))
(define-public (noop) (ok true))
(define-public (transfer (amount uint) (from principal) (to principal)
                         (memo (optional (buff 34))))
  (begin
    (asserts! (or (is-eq tx-sender from) (is-eq contract-caller from)) (err u4))
    (try! (ft-transfer? coin amount from to))
    (match memo text (print text) 0x)
    (ok true)))
(define-read-only (get-balance (who principal)) (ok (ft-get-balance coin who)))
(define-public (transfer-one) (transfer u1 tx-sender other none))
(ft-mint? coin u1000000000000 tx-sender)
