;; sbtc-withdrawal - Turns sBTC back into bitcoin.
;;
;; A holder locks the amount and the highest fee that may be spent on paying
;; it out.  The signers pay on Bitcoin and report the payment, which burns
;; what was locked and gives back what the fee left; or they reject, which
;; unlocks all.

(define-constant ERR_INVALID_ADDR_VERSION (err u500))
(define-constant ERR_INVALID_ADDR_HASHBYTES (err u501))
(define-constant ERR_DUST_LIMIT (err u502))
(define-constant ERR_INVALID_REQUEST (err u503))
(define-constant ERR_INVALID_CALLER (err u504))
(define-constant ERR_ALREADY_PROCESSED (err u505))
(define-constant ERR_FEE_TOO_HIGH (err u506))
(define-constant ERR_WITHDRAWAL_INDEX_PREFIX u507)
(define-constant ERR_WITHDRAWAL_INDEX (err u507))
(define-constant ERR_INVALID_BURN_HASH (err u508))

(define-constant DUST_LIMIT u546) ;; satoshis; more than this is paid out
(define-constant withdraw-role 0x02)

;; Versions of Bitcoin addresses: 0 P2PKH, 1 P2SH, 2 P2WPKH in P2SH, 3 P2WSH in
;; P2SH, 4 P2WPKH, 5 P2WSH, 6 P2TR.
(define-constant MAX_ADDRESS_VERSION u6)
(define-constant MAX_ADDRESS_VERSION_BUFF_20 u4) ;; to here 20 bytes
(define-constant MAX_ADDRESS_VERSION_BUFF_32 u6) ;; to here 32 bytes

;; The first error of a list of outcomes is this and the item's index.
(define-constant first-of-many (+ ERR_WITHDRAWAL_INDEX_PREFIX u10))

;; The hash of the Bitcoin block at a height, if the chain knows it.
(define-read-only (get-burn-header (height uint))
	(get-burn-block-info? header-hash height))

;; Judges the form of a Bitcoin address.  No byte of a version means 0.
(define-read-only (validate-recipient (recipient {
			version: (buff 1),
			hashbytes: (buff 32),
		}))
	(let ((version (buff-to-uint-be (get version recipient))))
		(asserts! (<= version MAX_ADDRESS_VERSION) ERR_INVALID_ADDR_VERSION)
		(asserts! (is-eq (len (get hashbytes recipient))
				(if (<= version MAX_ADDRESS_VERSION_BUFF_20) u20 u32))
			ERR_INVALID_ADDR_HASHBYTES)
		(ok true)))

;; Asks for `amount` satoshis on Bitcoin; returns the request's number.
(define-public (initiate-withdrawal-request
		(amount uint)
		(recipient { version: (buff 1), hashbytes: (buff 32) })
		(max-fee uint))
	(begin
		(try! (contract-call? .sbtc-token protocol-lock (+ amount max-fee)
			tx-sender withdraw-role))
		(asserts! (> amount DUST_LIMIT) ERR_DUST_LIMIT)
		(try! (validate-recipient recipient))
		(contract-call? .sbtc-registry create-withdrawal-request amount
			max-fee tx-sender recipient burn-block-height)))

;; The signers paid: the output `bitcoin-txid`:`output-index` cost `fee`.
(define-public (accept-withdrawal-request (request-id uint)
                                          (bitcoin-txid (buff 32))
                                          (signer-bitmap uint)
                                          (output-index uint)
                                          (fee uint)
                                          (burn-hash (buff 32))
                                          (burn-height uint)
                                          (sweep-txid (buff 32)))
	(let ((request (unwrap! (contract-call? .sbtc-registry
				get-withdrawal-request request-id)
				ERR_INVALID_REQUEST))
			(owner (get sender request))
			(max-fee (get max-fee request)))
		(asserts! (is-eq (some burn-hash) (get-burn-header burn-height))
			ERR_INVALID_BURN_HASH)
		(asserts! (is-eq tx-sender
				(contract-call? .sbtc-registry get-current-signer-principal))
			ERR_INVALID_CALLER)
		(asserts! (is-none (get status request)) ERR_ALREADY_PROCESSED)
		(asserts! (<= fee max-fee) ERR_FEE_TOO_HIGH)
		(try! (contract-call? .sbtc-token protocol-burn-locked
			(+ (get amount request) max-fee) owner withdraw-role))
		;; A mint of nothing would be an error.
		(if (< fee max-fee)
			(try! (contract-call? .sbtc-token protocol-mint (- max-fee fee)
				owner withdraw-role))
			true)
		(contract-call? .sbtc-registry complete-withdrawal-accept request-id
			bitcoin-txid output-index signer-bitmap fee burn-hash burn-height
			sweep-txid)))

;; The signers will not pay.
(define-public (reject-withdrawal-request (request-id uint)
                                          (signer-bitmap uint))
	(let ((request (unwrap! (contract-call? .sbtc-registry
				get-withdrawal-request request-id)
				ERR_INVALID_REQUEST)))
		(asserts! (is-eq tx-sender
				(contract-call? .sbtc-registry get-current-signer-principal))
			ERR_INVALID_CALLER)
		(asserts! (is-none (get status request)) ERR_ALREADY_PROCESSED)
		(try! (contract-call? .sbtc-token protocol-unlock
			(+ (get amount request) (get max-fee request))
			(get sender request) withdraw-role))
		(contract-call? .sbtc-registry complete-withdrawal-reject request-id
			signer-bitmap)))

;; Many outcomes, all or none: `status` is true for a payment.  Returns how
;; many.
(define-public (complete-withdrawals (withdrawals (list 600 {
			request-id: uint,
			status: bool,
			signer-bitmap: uint,
			bitcoin-txid: (optional (buff 32)),
			output-index: (optional uint),
			fee: (optional uint),
			burn-hash: (buff 32),
			burn-height: uint,
			sweep-txid: (optional (buff 32)),
		})))
	(begin
		(asserts! (is-eq tx-sender
				(contract-call? .sbtc-registry get-current-signer-principal))
			ERR_INVALID_CALLER)
		(fold complete-next withdrawals (ok u0))))

(define-private (complete-next
		(item {
			request-id: uint,
			status: bool,
			signer-bitmap: uint,
			bitcoin-txid: (optional (buff 32)),
			output-index: (optional uint),
			fee: (optional uint),
			burn-hash: (buff 32),
			burn-height: uint,
			sweep-txid: (optional (buff 32)),
		})
		(done (response uint uint)))
	(match done
		index (let ((failure (err (+ first-of-many index))))
			(if (get status item)
				(unwrap! (accept-withdrawal-request
						(get request-id item)
						(unwrap! (get bitcoin-txid item) failure)
						(get signer-bitmap item)
						(unwrap! (get output-index item) failure)
						(unwrap! (get fee item) failure)
						(get burn-hash item)
						(get burn-height item)
						(unwrap-panic (get sweep-txid item)))
					failure)
				(unwrap! (reject-withdrawal-request (get request-id item)
						(get signer-bitmap item))
					failure))
			(ok (+ index u1)))
		failed done))
