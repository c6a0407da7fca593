;; sbtc-token - sBTC, a fungible token (SIP-010) of one satoshi a unit.
;;
;; The free token moves; the locked one is held for open withdrawals.  A
;; balance is both.  Contracts with a role in the registry mint and burn.

(define-constant ERR_NOT_OWNER (err u4))
(define-constant ERR_TRANSFER_INDEX_PREFIX u1000)
(define-constant token-decimals u8)

(define-fungible-token sbtc-token)
(define-fungible-token sbtc-token-locked)

(define-data-var token-name (string-ascii 32) "sBTC")
(define-data-var token-symbol (string-ascii 10) "sBTC")
(define-data-var token-uri (optional (string-utf8 256))
	(some u"https://ipfs.io/ipfs/bafkreibqnozdui4ntgoh3oo437lvhg7qrsccmbzhgumwwjf2smb3eegyqu"))

;;; SIP-010

;; Moves free tokens.  `sender` must ask: itself, or as the calling contract.
(define-public (transfer (amount uint) (sender principal)
		(recipient principal) (memo (optional (buff 34))))
	(begin
		(asserts! (or (is-eq tx-sender sender) (is-eq contract-caller sender))
			ERR_NOT_OWNER)
		(try! (ft-transfer? sbtc-token amount sender recipient))
		(match memo note (print note) 0x)
		(ok true)))

(define-read-only (get-name)
	(ok (var-get token-name)))

(define-read-only (get-symbol)
	(ok (var-get token-symbol)))

(define-read-only (get-decimals)
	(ok token-decimals))

(define-read-only (get-token-uri)
	(ok (var-get token-uri)))

(define-read-only (get-balance (who principal))
	(ok (+ (ft-get-balance sbtc-token who)
		(ft-get-balance sbtc-token-locked who))))

(define-read-only (get-total-supply)
	(ok (+ (ft-get-supply sbtc-token) (ft-get-supply sbtc-token-locked))))

;;; Beyond SIP-010

(define-read-only (get-balance-available (who principal))
	(ok (ft-get-balance sbtc-token who)))

(define-read-only (get-balance-locked (who principal))
	(ok (ft-get-balance sbtc-token-locked who)))

;; All or none; returns how many.  An error is 1000 and the item's index.
(define-public (transfer-many
		(recipients (list 200 {
			amount: uint,
			sender: principal,
			to: principal,
			memo: (optional (buff 34)),
		})))
	(fold transfer-next recipients (ok u0)))

(define-private (transfer-next
		(item {
			amount: uint,
			sender: principal,
			to: principal,
			memo: (optional (buff 34)),
		})
		(done (response uint uint)))
	(match done
		index (match (transfer (get amount item) (get sender item)
				(get to item) (get memo item))
			moved (ok (+ index u1))
			why (err (+ ERR_TRANSFER_INDEX_PREFIX index)))
		failed done))

;;; For the contracts with a role

(define-private (check-caller (flag (buff 1)))
	(contract-call? .sbtc-registry is-protocol-caller flag contract-caller))

(define-public (protocol-mint (amount uint) (recipient principal)
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ft-mint? sbtc-token amount recipient)))

(define-public (protocol-burn (amount uint) (owner principal)
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ft-burn? sbtc-token amount owner)))

;; Free tokens become locked ones.
(define-public (protocol-lock (amount uint) (owner principal)
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(try! (ft-burn? sbtc-token amount owner))
		(ft-mint? sbtc-token-locked amount owner)))

;; Locked tokens become free again.
(define-public (protocol-unlock (amount uint) (owner principal)
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(try! (ft-burn? sbtc-token-locked amount owner))
		(ft-mint? sbtc-token amount owner)))

(define-public (protocol-burn-locked (amount uint) (owner principal)
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ft-burn? sbtc-token-locked amount owner)))

;; Mints for each item by itself: one that fails leaves the others standing.
(define-public (protocol-mint-many
		(recipients (list 200 { amount: uint, recipient: principal }))
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ok (map mint-one recipients))))

(define-private (mint-one (item { amount: uint, recipient: principal }))
	(ft-mint? sbtc-token (get amount item) (get recipient item)))

(define-public (protocol-set-name (new-name (string-ascii 32))
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ok (var-set token-name new-name))))

(define-public (protocol-set-symbol (new-symbol (string-ascii 10))
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ok (var-set token-symbol new-symbol))))

(define-public (protocol-set-token-uri
		(new-uri (optional (string-utf8 256)))
		(contract-flag (buff 1)))
	(begin
		(try! (check-caller contract-flag))
		(ok (var-set token-uri new-uri))))
