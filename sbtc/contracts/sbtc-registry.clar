;; sbtc-registry - What the peg remembers.
;;
;; Requests, their outcomes and the present signers live here and nowhere
;; else, so that the contracts with the rules can be replaced while the record
;; stays.  A replaceable contract holds a role; only the contract that holds a
;; role now may write what belongs to that role.
;;
;; Burn heights and hashes are Bitcoin's.  Identifiers of transactions and
;; blocks are in the order in which they are shown, as the chain answers them.

(define-constant ERR_UNAUTHORIZED (err u400))
(define-constant ERR_INVALID_REQUEST_ID (err u401)) ;; kept: no rule gives it
(define-constant ERR_AGG_PUBKEY_REPLAY (err u402))

;; Roles
(define-constant governance-role 0x00)
(define-constant deposit-role 0x01)
(define-constant withdrawal-role 0x02)

;; A role belongs to a contract when both maps say so.  The row of a contract
;; that was replaced stays in the second one, without effect.
(define-map active-protocol-contracts (buff 1) principal)
(define-map active-protocol-roles principal (buff 1))

;; The signers
(define-data-var current-signature-threshold uint u0)
(define-data-var current-signer-set (list 128 (buff 33)) (list))
(define-data-var current-aggregate-pubkey (buff 33) 0x00) ;; no key yet
(define-data-var current-signer-principal principal tx-sender)
(define-map aggregate-pubkeys (buff 33) bool) ;; all that were ever in use

;; Withdrawals: the first one is number 1
(define-data-var last-withdrawal-request-id uint u0)
(define-map withdrawal-requests uint {
	amount: uint, ;; satoshis to be paid out
	max-fee: uint, ;; satoshis locked besides, for Bitcoin's fee
	sender: principal,
	recipient: { version: (buff 1), hashbytes: (buff 32) },
	block-height: uint, ;; burn height of the request
})
(define-map withdrawal-status uint bool) ;; true: paid; false: rejected
(define-map completed-withdrawal-sweep uint {
	sweep-txid: (buff 32),
	sweep-burn-hash: (buff 32),
	sweep-burn-height: uint,
})

;; Deposits, by the Bitcoin output that holds them
(define-map deposit-status { txid: (buff 32), vout-index: uint } bool)
(define-map completed-deposits { txid: (buff 32), vout-index: uint } {
	amount: uint, ;; satoshis minted
	recipient: principal,
	sweep-txid: (buff 32),
	sweep-burn-hash: (buff 32),
	sweep-burn-height: uint,
})

;;; Roles

;; Passes if `contract` holds the role `contract-flag` now.
(define-read-only (is-protocol-caller (contract-flag (buff 1))
                                      (contract principal))
	(if (and
			(is-eq (map-get? active-protocol-contracts contract-flag)
				(some contract))
			(is-eq (map-get? active-protocol-roles contract)
				(some contract-flag)))
		(ok true)
		ERR_UNAUTHORIZED))

(define-read-only (get-active-protocol (contract-flag (buff 1)))
	(map-get? active-protocol-contracts contract-flag))

;; Gives a role to another contract.
(define-public (update-protocol-contract (contract-type (buff 1))
                                         (new-contract principal))
	(begin
		(try! (is-protocol-caller governance-role contract-caller))
		(map-set active-protocol-contracts contract-type new-contract)
		(map-set active-protocol-roles new-contract contract-type)
		(print {
			topic: "update-protocol-contract",
			contract-type: contract-type,
			new-contract: new-contract,
		})
		(ok true)))

;;; Signers

(define-read-only (get-current-signer-data)
	{
		current-signer-set: (var-get current-signer-set),
		current-aggregate-pubkey: (var-get current-aggregate-pubkey),
		current-signer-principal: (var-get current-signer-principal),
		current-signature-threshold: (var-get current-signature-threshold),
	})

(define-read-only (get-current-aggregate-pubkey)
	(var-get current-aggregate-pubkey))

(define-read-only (get-current-signer-principal)
	(var-get current-signer-principal))

(define-read-only (get-current-signer-set)
	(var-get current-signer-set))

;; Hands the peg to other signers.  An aggregate key serves once: were it to
;; return, shares of it that leaked in between would hold bitcoin again.
(define-public (rotate-keys (new-keys (list 128 (buff 33)))
                            (new-address principal)
                            (new-aggregate-pubkey (buff 33))
                            (new-signature-threshold uint))
	(begin
		(try! (is-protocol-caller governance-role contract-caller))
		(asserts! (map-insert aggregate-pubkeys new-aggregate-pubkey true)
			ERR_AGG_PUBKEY_REPLAY)
		(var-set current-signer-set new-keys)
		(var-set current-signer-principal new-address)
		(var-set current-signature-threshold new-signature-threshold)
		(var-set current-aggregate-pubkey new-aggregate-pubkey)
		(print {
			topic: "key-rotation",
			new-keys: new-keys,
			new-address: new-address,
			new-aggregate-pubkey: new-aggregate-pubkey,
			new-signature-threshold: new-signature-threshold,
		})
		(ok true)))

;;; Deposits

(define-read-only (get-deposit-status (txid (buff 32)) (vout-index uint))
	(map-get? deposit-status { txid: txid, vout-index: vout-index }))

(define-read-only (get-completed-deposit (txid (buff 32)) (vout-index uint))
	(map-get? completed-deposits { txid: txid, vout-index: vout-index }))

;; Records that the output `txid`:`vout-index` was swept and minted for.
(define-public (complete-deposit (txid (buff 32))
                                 (vout-index uint)
                                 (amount uint)
                                 (recipient principal)
                                 (burn-hash (buff 32))
                                 (burn-height uint)
                                 (sweep-txid (buff 32)))
	(begin
		(try! (is-protocol-caller deposit-role contract-caller))
		(let ((outpoint { txid: txid, vout-index: vout-index }))
			(map-insert deposit-status outpoint true)
			(map-insert completed-deposits outpoint {
				amount: amount,
				recipient: recipient,
				sweep-txid: sweep-txid,
				sweep-burn-hash: burn-hash,
				sweep-burn-height: burn-height,
			}))
		(print {
			topic: "completed-deposit",
			bitcoin-txid: txid,
			output-index: vout-index,
			amount: amount,
			burn-hash: burn-hash,
			burn-height: burn-height,
			sweep-txid: sweep-txid,
		})
		(ok true)))

;;; Withdrawals

;; The request with its status: none while it is open.
(define-read-only (get-withdrawal-request (id uint))
	(match (map-get? withdrawal-requests id)
		request (some (merge request {
			status: (map-get? withdrawal-status id),
		}))
		none))

(define-read-only (get-completed-withdrawal-sweep-data (id uint))
	(map-get? completed-withdrawal-sweep id))

;; Records a request and returns its number.
(define-public (create-withdrawal-request
		(amount uint)
		(max-fee uint)
		(sender principal)
		(recipient { version: (buff 1), hashbytes: (buff 32) })
		(height uint))
	(let ((id (+ (var-get last-withdrawal-request-id) u1)))
		(try! (is-protocol-caller withdrawal-role contract-caller))
		(var-set last-withdrawal-request-id id)
		(map-insert withdrawal-requests id {
			amount: amount,
			max-fee: max-fee,
			sender: sender,
			recipient: recipient,
			block-height: height,
		})
		(print {
			topic: "withdrawal-create",
			amount: amount,
			request-id: id,
			sender: sender,
			recipient: recipient,
			block-height: height,
			max-fee: max-fee,
		})
		(ok id)))

;; Records that a request was paid on Bitcoin.
(define-public (complete-withdrawal-accept (request-id uint)
                                           (bitcoin-txid (buff 32))
                                           (output-index uint)
                                           (signer-bitmap uint)
                                           (fee uint)
                                           (burn-hash (buff 32))
                                           (burn-height uint)
                                           (sweep-txid (buff 32)))
	(begin
		(try! (is-protocol-caller withdrawal-role contract-caller))
		(map-insert withdrawal-status request-id true)
		(map-insert completed-withdrawal-sweep request-id {
			sweep-txid: sweep-txid,
			sweep-burn-hash: burn-hash,
			sweep-burn-height: burn-height,
		})
		(print {
			topic: "withdrawal-accept",
			request-id: request-id,
			bitcoin-txid: bitcoin-txid,
			signer-bitmap: signer-bitmap,
			output-index: output-index,
			fee: fee,
			burn-hash: burn-hash,
			burn-height: burn-height,
			sweep-txid: sweep-txid,
		})
		(ok true)))

;; Records that a request will not be paid.
(define-public (complete-withdrawal-reject (request-id uint)
                                           (signer-bitmap uint))
	(begin
		(try! (is-protocol-caller withdrawal-role contract-caller))
		(map-insert withdrawal-status request-id false)
		(print {
			topic: "withdrawal-reject",
			request-id: request-id,
			signer-bitmap: signer-bitmap,
		})
		(ok true)))

;;; Who holds the roles at first

(map-set active-protocol-contracts governance-role .sbtc-bootstrap-signers)
(map-set active-protocol-contracts deposit-role .sbtc-deposit)
(map-set active-protocol-contracts withdrawal-role .sbtc-withdrawal)
(map-set active-protocol-roles .sbtc-bootstrap-signers governance-role)
(map-set active-protocol-roles .sbtc-deposit deposit-role)
(map-set active-protocol-roles .sbtc-withdrawal withdrawal-role)
