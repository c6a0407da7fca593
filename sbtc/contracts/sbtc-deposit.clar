;; sbtc-deposit - Mints sBTC for bitcoin that the signers swept.
;;
;; The signers name the Bitcoin block that holds their sweep.  On a fork of
;; this chain that does not know that block nothing is minted, so sBTC cannot
;; outlive a Bitcoin reorganisation that takes the sweep away.

(define-constant ERR_TXID_LEN (err u300))
(define-constant ERR_DEPOSIT_REPLAY (err u301))
(define-constant ERR_LOWER_THAN_DUST (err u302))
(define-constant ERR_DEPOSIT_INDEX_PREFIX u303)
(define-constant ERR_DEPOSIT (err u303))
(define-constant ERR_INVALID_CALLER (err u304))
(define-constant ERR_INVALID_BURN_HASH (err u305))

(define-constant dust-limit u546) ;; satoshis; this much is enough
(define-constant txid-length u32) ;; bytes
(define-constant deposit-role 0x01)

;; The first error of a list of deposits is this and the item's index.
(define-constant first-of-many (+ ERR_DEPOSIT_INDEX_PREFIX u10))

;; The hash of the Bitcoin block at a height, if the chain knows it.
(define-read-only (get-burn-header (height uint))
	(get-burn-block-info? header-hash height))

;; Mints `amount` satoshis to `recipient` for the output `txid`:`vout-index`,
;; which `sweep-txid` spent in Bitcoin's block `burn-height`.
(define-public (complete-deposit-wrapper (txid (buff 32))
                                         (vout-index uint)
                                         (amount uint)
                                         (recipient principal)
                                         (burn-hash (buff 32))
                                         (burn-height uint)
                                         (sweep-txid (buff 32)))
	(begin
		(asserts! (is-eq tx-sender
				(contract-call? .sbtc-registry get-current-signer-principal))
			ERR_INVALID_CALLER)
		(asserts! (>= amount dust-limit) ERR_LOWER_THAN_DUST)
		(asserts! (is-eq (len txid) txid-length) ERR_TXID_LEN)
		(asserts! (is-eq (len sweep-txid) txid-length) ERR_TXID_LEN)
		(asserts! (is-none (contract-call? .sbtc-registry get-deposit-status
				txid vout-index))
			ERR_DEPOSIT_REPLAY)
		(asserts! (is-eq (some burn-hash) (get-burn-header burn-height))
			ERR_INVALID_BURN_HASH)
		(try! (contract-call? .sbtc-token protocol-mint amount recipient
			deposit-role))
		(contract-call? .sbtc-registry complete-deposit txid vout-index amount
			recipient burn-hash burn-height sweep-txid)))

;; All deposits or none; returns how many.
(define-public (complete-deposits-wrapper (deposits (list 500 {
			txid: (buff 32),
			vout-index: uint,
			amount: uint,
			recipient: principal,
			burn-hash: (buff 32),
			burn-height: uint,
			sweep-txid: (buff 32),
		})))
	(begin
		(asserts! (is-eq tx-sender
				(contract-call? .sbtc-registry get-current-signer-principal))
			ERR_INVALID_CALLER)
		(fold complete-next deposits (ok u0))))

(define-private (complete-next
		(item {
			txid: (buff 32),
			vout-index: uint,
			amount: uint,
			recipient: principal,
			burn-hash: (buff 32),
			burn-height: uint,
			sweep-txid: (buff 32),
		})
		(done (response uint uint)))
	(match done
		index (match (complete-deposit-wrapper (get txid item)
				(get vout-index item) (get amount item)
				(get recipient item) (get burn-hash item)
				(get burn-height item) (get sweep-txid item))
			minted (ok (+ index u1))
			why (err (+ first-of-many index)))
		failed done))
