;; signers-1-N - A database of messages of the signers of odd cycles.
;;
;; One is made for each kind of message, N.

(define-read-only (stackerdb-get-signer-slots)
	(contract-call? .signers stackerdb-get-signer-slots-page u1))

(define-read-only (stackerdb-get-config)
	(contract-call? .signers stackerdb-get-config))
