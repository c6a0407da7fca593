;; signers-0-N - A database of messages of the signers of even cycles.
;;
;; One is made for each kind of message, N.

(define-read-only (stackerdb-get-signer-slots)
	(contract-call? .signers stackerdb-get-signer-slots-page u0))

(define-read-only (stackerdb-get-config)
	(contract-call? .signers stackerdb-get-config))
