;; zest-test-dollar - A dollar of six decimals, for test chains only (SIP-010).
;;
;; Whoever deploys it mints it.

(impl-trait .zest-token-trait.token)

(define-constant ERR_NOT_OWNER (err u4))
(define-constant deployer tx-sender)

(define-fungible-token dollar)

(define-public (mint (amount uint) (recipient principal))
	(begin
		(asserts! (is-eq contract-caller deployer) ERR_NOT_OWNER)
		(ft-mint? dollar amount recipient)))

(define-public (transfer (amount uint) (sender principal)
		(recipient principal) (memo (optional (buff 34))))
	(begin
		(asserts! (or (is-eq tx-sender sender) (is-eq contract-caller sender))
			ERR_NOT_OWNER)
		(try! (ft-transfer? dollar amount sender recipient))
		(match memo note (print note) 0x)
		(ok true)))

(define-read-only (get-name)
	(ok "Test Dollar"))

(define-read-only (get-symbol)
	(ok "TUSD"))

(define-read-only (get-decimals)
	(ok u6))

(define-read-only (get-balance (who principal))
	(ok (ft-get-balance dollar who)))

(define-read-only (get-total-supply)
	(ok (ft-get-supply dollar)))

(define-read-only (get-token-uri)
	(ok none))
