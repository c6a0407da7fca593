;; pox-4 - Stacking: who locks STX, for which Bitcoin address, for how long,
;; and whose key signs blocks in return.
;;
;; This contract keeps the books.  The chain locks the STX itself: after a
;; call succeeds it reads the returned tuple and sets, extends or increases
;; the account's lock.  In each prepare phase it reads the entries of the next
;; reward cycle here, and makes the reward set and the signers from them.
;;
;; Two ways lead into a cycle's entries:
;; - alone: stack-stx writes one entry for each cycle of the lock;
;; - in a pool: delegate-stx allows an operator to lock, delegate-stack-stx
;;   locks and adds to the operator's sum of a cycle, and
;;   stack-aggregation-commit makes an entry of that sum.

(define-constant ERR_STACKING_UNREACHABLE 255)
(define-constant ERR_STACKING_CORRUPTED_STATE 254)
(define-constant ERR_STACKING_INSUFFICIENT_FUNDS 1)
(define-constant ERR_STACKING_INVALID_LOCK_PERIOD 2)
(define-constant ERR_STACKING_ALREADY_STACKED 3)
(define-constant ERR_STACKING_NO_SUCH_PRINCIPAL 4)
(define-constant ERR_STACKING_EXPIRED 5)
(define-constant ERR_STACKING_STX_LOCKED 6)
(define-constant ERR_STACKING_PERMISSION_DENIED 9)
(define-constant ERR_STACKING_THRESHOLD_NOT_MET 11)
(define-constant ERR_STACKING_POX_ADDRESS_IN_USE 12)
(define-constant ERR_STACKING_INVALID_POX_ADDRESS 13)
(define-constant ERR_STACKING_INVALID_AMOUNT 18)
(define-constant ERR_NOT_ALLOWED 19)
(define-constant ERR_STACKING_ALREADY_DELEGATED 20)
(define-constant ERR_DELEGATION_EXPIRES_DURING_LOCK 21)
(define-constant ERR_DELEGATION_TOO_MUCH_LOCKED 22)
(define-constant ERR_DELEGATION_POX_ADDR_REQUIRED 23)
(define-constant ERR_INVALID_START_BURN_HEIGHT 24)
(define-constant ERR_NOT_CURRENT_STACKER 25)
(define-constant ERR_STACK_EXTEND_NOT_LOCKED 26)
(define-constant ERR_STACK_INCREASE_NOT_LOCKED 27)
(define-constant ERR_DELEGATION_NO_REWARD_SLOT 28)
(define-constant ERR_DELEGATION_WRONG_REWARD_SLOT 29)
(define-constant ERR_STACKING_IS_DELEGATED 30)
(define-constant ERR_STACKING_NOT_DELEGATED 31)
(define-constant ERR_INVALID_SIGNER_KEY 32)
(define-constant ERR_REUSED_SIGNER_KEY 33)
(define-constant ERR_DELEGATION_ALREADY_REVOKED 34)
(define-constant ERR_INVALID_SIGNATURE_PUBKEY 35)
(define-constant ERR_INVALID_SIGNATURE_RECOVER 36)
(define-constant ERR_INVALID_REWARD_CYCLE 37)
(define-constant ERR_SIGNER_AUTH_AMOUNT_TOO_HIGH 38)
(define-constant ERR_SIGNER_AUTH_USED 39)
(define-constant ERR_INVALID_INCREASE 40)

;; Reward cycles that one lock may last
(define-constant MIN_POX_REWARD_CYCLES u1)
(define-constant MAX_POX_REWARD_CYCLES u12)

;; In Bitcoin blocks, until the chain sets its own
(define-constant PREPARE_CYCLE_LENGTH (if is-in-mainnet u100 u50))
(define-constant REWARD_CYCLE_LENGTH (if is-in-mainnet u2100 u1050))

;; An entry takes at least the liquid supply over this
(define-constant STACKING_THRESHOLD_25 (if is-in-mainnet u20000 u8000))

;; Versions of Bitcoin addresses.  The hash has 20 bytes up to version 4, then
;; 32 up to version 6.
(define-constant ADDRESS_VERSION_P2PKH 0x00)
(define-constant ADDRESS_VERSION_P2SH 0x01)
(define-constant ADDRESS_VERSION_P2WPKH 0x02) ;; in P2SH
(define-constant ADDRESS_VERSION_P2WSH 0x03) ;; in P2SH
(define-constant ADDRESS_VERSION_NATIVE_P2WPKH 0x04)
(define-constant ADDRESS_VERSION_NATIVE_P2WSH 0x05)
(define-constant ADDRESS_VERSION_NATIVE_P2TR 0x06)
(define-constant MAX_ADDRESS_VERSION u6)
(define-constant MAX_ADDRESS_VERSION_BUFF_20 u4)
(define-constant MAX_ADDRESS_VERSION_BUFF_32 u6)

;; Versions of this chain's addresses for one key
(define-constant STACKS_ADDR_VERSION_MAINNET 0x16)
(define-constant STACKS_ADDR_VERSION_TESTNET 0x1a)

(define-constant SIP018_MSG_PREFIX 0x534950303138) ;; "SIP018"

;;; State

;; What the chain sets at genesis, once
(define-data-var pox-prepare-cycle-length uint PREPARE_CYCLE_LENGTH)
(define-data-var pox-reward-cycle-length uint REWARD_CYCLE_LENGTH)
(define-data-var first-burnchain-block-height uint u0)
(define-data-var first-pox-4-reward-cycle uint u0)
(define-data-var configured bool false)

;; Who is stacking.  A row outlives its lock: see get-stacker-info.
(define-map stacking-state { stacker: principal } {
	pox-addr: { version: (buff 1), hashbytes: (buff 32) },
	lock-period: uint, ;; cycles
	first-reward-cycle: uint,
	reward-set-indexes: (list 12 uint), ;; of its entries; none in a pool
	delegated-to: (optional principal), ;; the pool's operator
})

;; Who may lock on whose behalf.  A row outlives its end: see
;; get-check-delegation.
(define-map delegation-state { stacker: principal } {
	amount-ustx: uint, ;; at most
	delegated-to: principal,
	until-burn-ht: (optional uint), ;; the last block
	pox-addr: (optional { version: (buff 1), hashbytes: (buff 32) }),
})

;; Contracts that may call for a sender
(define-map allowance-contract-callers
	{ sender: principal, contract-caller: principal }
	{ until-burn-ht: (optional uint) }) ;; the first block of the end

;; The entries of a cycle, from which its reward set is made
(define-map reward-cycle-total-stacked { reward-cycle: uint }
	{ total-ustx: uint })
(define-map reward-cycle-pox-address-list-len { reward-cycle: uint }
	{ len: uint })
(define-map reward-cycle-pox-address-list { reward-cycle: uint, index: uint } {
	pox-addr: { version: (buff 1), hashbytes: (buff 32) },
	total-ustx: uint,
	stacker: (optional principal), ;; none: an operator's
	signer: (buff 33),
})

;; What an operator locked for a cycle, not yet and already an entry
(define-map partial-stacked-by-cycle {
	pox-addr: { version: (buff 1), hashbytes: (buff 32) },
	reward-cycle: uint,
	sender: principal,
} { stacked-amount: uint })
(define-map logged-partial-stacked-by-cycle {
	pox-addr: { version: (buff 1), hashbytes: (buff 32) },
	reward-cycle: uint,
	sender: principal,
} { stacked-amount: uint })

;; What keys consented to on the chain; and every consent that was used
(define-map signer-key-authorizations {
	signer-key: (buff 33),
	reward-cycle: uint,
	period: uint,
	topic: (string-ascii 14),
	pox-addr: { version: (buff 1), hashbytes: (buff 32) },
	auth-id: uint,
	max-amount: uint,
} bool)
(define-map used-signer-key-authorizations {
	signer-key: (buff 33),
	reward-cycle: uint,
	period: uint,
	topic: (string-ascii 14),
	pox-addr: { version: (buff 1), hashbytes: (buff 32) },
	auth-id: uint,
	max-amount: uint,
} bool)

;;; Cycles

(define-public (set-burnchain-parameters
		(first-burn-height uint) (prepare-cycle-length uint)
		(reward-cycle-length uint) (begin-pox-4-reward-cycle uint))
	(begin
		(asserts! (not (var-get configured)) (err ERR_NOT_ALLOWED))
		(var-set configured true)
		(var-set first-burnchain-block-height first-burn-height)
		(var-set pox-prepare-cycle-length prepare-cycle-length)
		(var-set pox-reward-cycle-length reward-cycle-length)
		(var-set first-pox-4-reward-cycle begin-pox-4-reward-cycle)
		(ok true)))

(define-read-only (burn-height-to-reward-cycle (height uint))
	(/ (- height (var-get first-burnchain-block-height))
		(var-get pox-reward-cycle-length)))

(define-read-only (reward-cycle-to-burn-height (cycle uint))
	(+ (var-get first-burnchain-block-height)
		(* cycle (var-get pox-reward-cycle-length))))

(define-read-only (current-pox-reward-cycle)
	(burn-height-to-reward-cycle burn-block-height))

(define-read-only (get-stacking-minimum)
	(/ stx-liquid-supply STACKING_THRESHOLD_25))

(define-read-only (get-pox-info)
	(ok {
		min-amount-ustx: (get-stacking-minimum),
		reward-cycle-id: (current-pox-reward-cycle),
		prepare-cycle-length: (var-get pox-prepare-cycle-length),
		first-burnchain-block-height: (var-get first-burnchain-block-height),
		reward-cycle-length: (var-get pox-reward-cycle-length),
		total-liquid-supply-ustx: stx-liquid-supply,
	}))

;;; What is known

;; The row of one whose cycles are not over.
(define-read-only (get-stacker-info (stacker principal))
	(let ((state (try! (map-get? stacking-state { stacker: stacker }))))
		(if (> (+ (get first-reward-cycle state) (get lock-period state))
				(current-pox-reward-cycle))
			(some state)
			none)))

;; The delegation, if it has not ended.
(define-read-only (get-check-delegation (stacker principal))
	(let ((row (try! (map-get? delegation-state { stacker: stacker }))))
		(match (get until-burn-ht row)
			until (if (<= burn-block-height until) (some row) none)
			(some row))))

(define-read-only (get-delegation-info (stacker principal))
	(get-check-delegation stacker))

(define-read-only (get-allowance-contract-callers
		(sender principal) (calling-contract principal))
	(map-get? allowance-contract-callers
		{ sender: sender, contract-caller: calling-contract }))

(define-read-only (get-total-ustx-stacked (reward-cycle uint))
	(default-to u0 (get total-ustx
		(map-get? reward-cycle-total-stacked { reward-cycle: reward-cycle }))))

(define-read-only (get-reward-set-size (reward-cycle uint))
	(default-to u0 (get len (map-get? reward-cycle-pox-address-list-len
		{ reward-cycle: reward-cycle }))))

(define-read-only (get-num-reward-set-pox-addresses (reward-cycle uint))
	(get-reward-set-size reward-cycle))

(define-read-only (get-reward-set-pox-address (reward-cycle uint) (index uint))
	(map-get? reward-cycle-pox-address-list
		{ reward-cycle: reward-cycle, index: index }))

(define-read-only (get-partial-stacked-by-cycle
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (sender principal))
	(map-get? partial-stacked-by-cycle
		{ pox-addr: pox-addr, reward-cycle: reward-cycle, sender: sender }))

;;; Rules

(define-read-only (check-pox-addr-version (version (buff 1)))
	(<= (buff-to-uint-be version) MAX_ADDRESS_VERSION))

(define-read-only (check-pox-addr-hashbytes
		(version (buff 1)) (hashbytes (buff 32)))
	(let ((number (buff-to-uint-be version)))
		(if (<= number MAX_ADDRESS_VERSION_BUFF_20)
			(is-eq (len hashbytes) u20)
			(and (<= number MAX_ADDRESS_VERSION_BUFF_32)
				(is-eq (len hashbytes) u32)))))

(define-read-only (check-pox-lock-period (lock-period uint))
	(and (>= lock-period MIN_POX_REWARD_CYCLES)
		(<= lock-period MAX_POX_REWARD_CYCLES)))

;; What holds for every lock.
(define-read-only (minimal-can-stack-stx
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(amount-ustx uint) (first-reward-cycle uint) (num-cycles uint))
	(begin
		(asserts! (> amount-ustx u0) (err ERR_STACKING_INVALID_AMOUNT))
		(asserts! (check-pox-lock-period num-cycles)
			(err ERR_STACKING_INVALID_LOCK_PERIOD))
		(asserts! (and (check-pox-addr-version (get version pox-addr))
				(check-pox-addr-hashbytes (get version pox-addr)
					(get hashbytes pox-addr)))
			(err ERR_STACKING_INVALID_POX_ADDRESS))
		(ok true)))

;; What holds for every entry of a cycle.
(define-read-only (can-stack-stx
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(amount-ustx uint) (first-reward-cycle uint) (num-cycles uint))
	(begin
		(asserts! (>= amount-ustx (get-stacking-minimum))
			(err ERR_STACKING_THRESHOLD_NOT_MET))
		(minimal-can-stack-stx pox-addr amount-ustx first-reward-cycle
			num-cycles)))

;; Tells whether the sender calls in person or through a contract it allowed.
(define-read-only (check-caller-allowed)
	(or (is-eq tx-sender contract-caller)
		(match (map-get? allowance-contract-callers
				{ sender: tx-sender, contract-caller: contract-caller })
			allowance (match (get until-burn-ht allowance)
				until (< burn-block-height until)
				true)
			false)))

(define-public (allow-contract-caller
		(caller principal) (until-burn-ht (optional uint)))
	(begin
		(asserts! (is-eq tx-sender contract-caller)
			(err ERR_STACKING_PERMISSION_DENIED))
		(ok (map-set allowance-contract-callers
			{ sender: tx-sender, contract-caller: caller }
			{ until-burn-ht: until-burn-ht }))))

(define-public (disallow-contract-caller (caller principal))
	(begin
		(asserts! (is-eq tx-sender contract-caller)
			(err ERR_STACKING_PERMISSION_DENIED))
		(ok (map-delete allowance-contract-callers
			{ sender: tx-sender, contract-caller: caller }))))

;;; The signer's consent
;;
;; A signer's key says which address it signs for, from which cycle on, for how
;; many, up to which amount, in which kind of call (the topic): by a signature
;; (SIP-018), or by its own account on the chain.  A consent counts once;
;; `auth-id` tells equal ones apart.

;; What the key signs.
(define-read-only (get-signer-key-message-hash
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (topic (string-ascii 14)) (period uint)
		(max-amount uint) (auth-id uint))
	(sha256 (concat SIP018_MSG_PREFIX (concat
		(sha256 (unwrap-panic (to-consensus-buff? {
			name: "pox-4-signer",
			version: "1.0.0",
			chain-id: chain-id,
		})))
		(sha256 (unwrap-panic (to-consensus-buff? {
			pox-addr: pox-addr,
			reward-cycle: reward-cycle,
			topic: topic,
			period: period,
			auth-id: auth-id,
			max-amount: max-amount,
		})))))))

;; Judges a consent; without a signature it must stand on the chain.
(define-read-only (verify-signer-key-sig
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (topic (string-ascii 14)) (period uint)
		(signer-sig-opt (optional (buff 65))) (signer-key (buff 33))
		(amount uint) (max-amount uint) (auth-id uint))
	(let ((consent {
			signer-key: signer-key,
			reward-cycle: reward-cycle,
			period: period,
			topic: topic,
			pox-addr: pox-addr,
			auth-id: auth-id,
			max-amount: max-amount,
		}))
		(asserts! (>= max-amount amount)
			(err ERR_SIGNER_AUTH_AMOUNT_TOO_HIGH))
		(asserts! (is-none (map-get? used-signer-key-authorizations consent))
			(err ERR_SIGNER_AUTH_USED))
		(match signer-sig-opt
			signature (asserts! (is-eq signer-key (unwrap!
					(secp256k1-recover? (get-signer-key-message-hash pox-addr
						reward-cycle topic period max-amount auth-id)
						signature)
					(err ERR_INVALID_SIGNATURE_RECOVER)))
				(err ERR_INVALID_SIGNATURE_PUBKEY))
			(asserts! (is-eq (map-get? signer-key-authorizations consent)
					(some true))
				(err ERR_NOT_ALLOWED)))
		(ok true)))

(define-private (consume-signer-key-authorization
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (topic (string-ascii 14)) (period uint)
		(signer-sig-opt (optional (buff 65))) (signer-key (buff 33))
		(amount uint) (max-amount uint) (auth-id uint))
	(begin
		(try! (verify-signer-key-sig pox-addr reward-cycle topic period
			signer-sig-opt signer-key amount max-amount auth-id))
		(ok (map-set used-signer-key-authorizations {
			signer-key: signer-key,
			reward-cycle: reward-cycle,
			period: period,
			topic: topic,
			pox-addr: pox-addr,
			auth-id: auth-id,
			max-amount: max-amount,
		} true))))

;; The account of a key consents, or with `allowed` false takes it back.
(define-public (set-signer-key-authorization
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(period uint) (reward-cycle uint) (topic (string-ascii 14))
		(signer-key (buff 33)) (allowed bool) (max-amount uint)
		(auth-id uint))
	(begin
		(asserts! (check-caller-allowed) (err ERR_NOT_ALLOWED))
		(asserts! (is-eq (ok tx-sender) (principal-construct?
				(if is-in-mainnet
					STACKS_ADDR_VERSION_MAINNET
					STACKS_ADDR_VERSION_TESTNET)
				(hash160 signer-key)))
			(err ERR_NOT_ALLOWED))
		(asserts! (>= period u1) (err ERR_STACKING_INVALID_LOCK_PERIOD))
		(asserts! (>= reward-cycle (current-pox-reward-cycle))
			(err ERR_INVALID_REWARD_CYCLE))
		(map-set signer-key-authorizations {
			signer-key: signer-key,
			reward-cycle: reward-cycle,
			period: period,
			topic: topic,
			pox-addr: pox-addr,
			auth-id: auth-id,
			max-amount: max-amount,
		} allowed)
		(ok allowed)))

;;; Entries

;; Appends an entry to a cycle; returns its index.
(define-private (append-entry
		(entry {
			pox-addr: { version: (buff 1), hashbytes: (buff 32) },
			total-ustx: uint,
			stacker: (optional principal),
			signer: (buff 33),
		})
		(cycle uint))
	(let ((index (get-reward-set-size cycle)))
		(map-set reward-cycle-pox-address-list
			{ reward-cycle: cycle, index: index } entry)
		(map-set reward-cycle-pox-address-list-len { reward-cycle: cycle }
			{ len: (+ index u1) })
		(map-set reward-cycle-total-stacked { reward-cycle: cycle }
			{ total-ustx: (+ (get total-ustx entry)
				(get-total-ustx-stacked cycle)) })
		index))

;; Appends the sender's entry to `n` cycles from `first` on; returns where.
(define-private (append-entries
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(first uint) (n uint) (amount uint) (signer-key (buff 33)))
	(get indexes (fold append-at (below n) {
		entry: {
			pox-addr: pox-addr,
			total-ustx: amount,
			stacker: (some tx-sender),
			signer: signer-key,
		},
		first: first,
		indexes: (list),
	})))

(define-private (append-at
		(offset uint)
		(done {
			entry: {
				pox-addr: { version: (buff 1), hashbytes: (buff 32) },
				total-ustx: uint,
				stacker: (optional principal),
				signer: (buff 33),
			},
			first: uint,
			indexes: (list 12 uint),
		}))
	(let ((entry (get entry done)) (first (get first done)))
		{
			entry: entry,
			first: first,
			indexes: (unwrap-panic (as-max-len? (append (get indexes done)
				(append-entry entry (+ first offset))) u12)),
		}))

;; The numbers below `n`, which is at most 12: every caller has checked.
(define-private (below (n uint))
	(unwrap-panic (slice? (list u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 u10 u11) u0 n)))

;;; Alone

(define-public (stack-stx
		(amount-ustx uint)
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(start-burn-ht uint) (lock-period uint)
		(signer-sig (optional (buff 65))) (signer-key (buff 33))
		(max-amount uint) (auth-id uint))
	(let ((cycle (current-pox-reward-cycle)) (first (+ cycle u1)))
		;; What arrives too late would lock for other cycles than was meant.
		(asserts! (is-eq cycle (burn-height-to-reward-cycle start-burn-ht))
			(err ERR_INVALID_START_BURN_HEIGHT))
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(asserts! (is-none (get-stacker-info tx-sender))
			(err ERR_STACKING_ALREADY_STACKED))
		(asserts! (is-none (get-check-delegation tx-sender))
			(err ERR_STACKING_ALREADY_DELEGATED))
		(asserts! (>= (stx-get-balance tx-sender) amount-ustx)
			(err ERR_STACKING_INSUFFICIENT_FUNDS))
		(try! (consume-signer-key-authorization pox-addr cycle
			"stack-stx" lock-period signer-sig signer-key
			amount-ustx max-amount auth-id))
		(try! (can-stack-stx pox-addr amount-ustx first lock-period))
		(map-set stacking-state { stacker: tx-sender } {
			pox-addr: pox-addr,
			lock-period: lock-period,
			first-reward-cycle: first,
			reward-set-indexes: (append-entries pox-addr first lock-period
				amount-ustx signer-key),
			delegated-to: none,
		})
		(ok {
			stacker: tx-sender,
			lock-amount: amount-ustx,
			signer-key: signer-key,
			unlock-burn-height: (reward-cycle-to-burn-height
				(+ first lock-period)),
		})))

;; Locks longer, for cycles that follow the present ones.
(define-public (stack-extend
		(extend-count uint)
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(signer-sig (optional (buff 65))) (signer-key (buff 33))
		(max-amount uint) (auth-id uint))
	(let ((account (stx-account tx-sender))
			(locked (get locked account))
			(state (unwrap! (get-stacker-info tx-sender)
				(err ERR_STACK_EXTEND_NOT_LOCKED)))
			(old-indexes (get reward-set-indexes state))
			(old-first (get first-reward-cycle state))
			(cycle (current-pox-reward-cycle))
			(first-added (burn-height-to-reward-cycle
				(get unlock-height account)))
			;; Cycles that are over leave the row.
			(first (if (> cycle old-first) cycle old-first)))
		(asserts! (>= extend-count u1) (err ERR_STACKING_INVALID_LOCK_PERIOD))
		(asserts! (and (> (len old-indexes) u0)
				(is-none (get delegated-to state)))
			(err ERR_STACKING_IS_DELEGATED))
		(try! (consume-signer-key-authorization pox-addr cycle
			"stack-extend" extend-count signer-sig signer-key u0
			max-amount auth-id))
		(let ((end (+ first-added extend-count))
				(lock-period (- end first))
				(unlock-height (reward-cycle-to-burn-height end)))
			(asserts! (> first-added cycle)
				(err ERR_STACKING_INVALID_LOCK_PERIOD))
			(asserts! (check-caller-allowed)
				(err ERR_STACKING_PERMISSION_DENIED))
			(asserts! (> locked u0) (err ERR_STACK_EXTEND_NOT_LOCKED))
			(asserts! (is-none (get-check-delegation tx-sender))
				(err ERR_STACKING_ALREADY_DELEGATED))
			(try! (can-stack-stx pox-addr locked first-added lock-period))
			(map-set stacking-state { stacker: tx-sender } {
				pox-addr: pox-addr,
				lock-period: lock-period,
				first-reward-cycle: first,
				reward-set-indexes: (unwrap-panic (as-max-len? (concat
					(unwrap-panic (slice? old-indexes (- first old-first)
						(len old-indexes)))
					(append-entries pox-addr first-added extend-count locked
						signer-key)) u12)),
				delegated-to: none,
			})
			(ok { stacker: tx-sender, unlock-burn-height: unlock-height }))))

;; Locks more, in all cycles of the lock that are still to come.
(define-public (stack-increase
		(increase-by uint) (signer-sig (optional (buff 65)))
		(signer-key (buff 33)) (max-amount uint) (auth-id uint))
	(let ((account (stx-account tx-sender))
			(locked (get locked account))
			(cycle (current-pox-reward-cycle))
			(state (unwrap! (map-get? stacking-state { stacker: tx-sender })
				(err ERR_STACK_INCREASE_NOT_LOCKED)))
			(indexes (get reward-set-indexes state)))
		(asserts! (> locked u0) (err ERR_STACK_INCREASE_NOT_LOCKED))
		(asserts! (>= increase-by u1) (err ERR_STACKING_INVALID_AMOUNT))
		(asserts! (>= (get unlocked account) increase-by)
			(err ERR_STACKING_INSUFFICIENT_FUNDS))
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(asserts! (and (> (len indexes) u0) (is-none (get delegated-to state)))
			(err ERR_STACKING_IS_DELEGATED))
		(asserts! (>= max-amount (+ increase-by locked))
			(err ERR_SIGNER_AUTH_AMOUNT_TOO_HIGH))
		(try! (consume-signer-key-authorization (get pox-addr state)
			cycle "stack-increase" (get lock-period state)
			signer-sig signer-key increase-by max-amount auth-id))
		(unwrap! (fold increase-at indexes (some {
			cycle: (get first-reward-cycle state),
			now: cycle,
			amount: increase-by,
			signer: signer-key,
		})) (err ERR_INVALID_INCREASE))
		(ok { stacker: tx-sender, total-locked: (+ locked increase-by) })))

;; Adds to the sender's entry of one cycle, unless the cycle has begun.
;; Returns none if the entry has another owner or signer.
(define-private (increase-at
		(index uint)
		(next (optional {
			cycle: uint,
			now: uint,
			amount: uint,
			signer: (buff 33),
		})))
	(let ((step (try! next))
			(cycle (get cycle step))
			(done (some (merge step { cycle: (+ cycle u1) }))))
		(if (<= cycle (get now step))
			done
			(let ((key { reward-cycle: cycle, index: index })
					(entry (unwrap-panic
						(map-get? reward-cycle-pox-address-list key)))
					(amount (get amount step)))
				(asserts! (is-eq (get stacker entry) (some tx-sender)) none)
				(asserts! (is-eq (get signer entry) (get signer step)) none)
				(add-to-entry key entry amount)
				done))))

(define-private (add-to-entry
		(key { reward-cycle: uint, index: uint })
		(entry {
			pox-addr: { version: (buff 1), hashbytes: (buff 32) },
			total-ustx: uint,
			stacker: (optional principal),
			signer: (buff 33),
		})
		(amount uint))
	(let ((cycle (get reward-cycle key)))
		(map-set reward-cycle-pox-address-list key
			(merge entry { total-ustx: (+ (get total-ustx entry) amount) }))
		(map-set reward-cycle-total-stacked { reward-cycle: cycle }
			{ total-ustx: (+ (get-total-ustx-stacked cycle) amount) })))

;;; In a pool: what its members do

;; Allows `delegate-to` to lock up to an amount, which need not be there yet.
(define-public (delegate-stx
		(amount-ustx uint) (delegate-to principal)
		(until-burn-ht (optional uint))
		(pox-addr (optional { version: (buff 1), hashbytes: (buff 32) })))
	(begin
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(asserts! (match pox-addr
				address (check-pox-addr-hashbytes (get version address)
					(get hashbytes address))
				true)
			(err ERR_STACKING_INVALID_POX_ADDRESS))
		(asserts! (is-none (get-check-delegation tx-sender))
			(err ERR_STACKING_ALREADY_DELEGATED))
		(map-set delegation-state { stacker: tx-sender } {
			amount-ustx: amount-ustx,
			delegated-to: delegate-to,
			until-burn-ht: until-burn-ht,
			pox-addr: pox-addr,
		})
		(ok true)))

;; Allows no more locks; what is locked stays.  Returns what was allowed.
(define-public (revoke-delegate-stx)
	(let ((delegation (get-check-delegation tx-sender)))
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(asserts! (is-some delegation) (err ERR_DELEGATION_ALREADY_REVOKED))
		(map-delete delegation-state { stacker: tx-sender })
		(ok delegation)))

;;; In a pool: what its operator, the sender, does

;; Passes if `stacker` lets the operator have `amount` locked in all, until
;; `unlock-height`, for `pox-addr`.
(define-private (check-delegation
		(stacker principal) (amount uint)
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(unlock-height uint))
	(let ((delegation (unwrap! (get-check-delegation stacker)
			(err ERR_STACKING_PERMISSION_DENIED))))
		(asserts! (is-eq (get delegated-to delegation) tx-sender)
			(err ERR_STACKING_PERMISSION_DENIED))
		(asserts! (>= (get amount-ustx delegation) amount)
			(err ERR_DELEGATION_TOO_MUCH_LOCKED))
		(asserts! (match (get pox-addr delegation)
				wanted (is-eq pox-addr wanted)
				true)
			(err ERR_DELEGATION_POX_ADDR_REQUIRED))
		(asserts! (match (get until-burn-ht delegation)
				until (>= until unlock-height)
				true)
			(err ERR_DELEGATION_EXPIRES_DURING_LOCK))
		(ok true)))

;; Passes if a row is one of a lock that the operator made.
(define-private (check-operator
		(indexes (list 12 uint)) (operator (optional principal)))
	(begin
		(asserts! (is-eq (len indexes) u0) (err ERR_STACKING_NOT_DELEGATED))
		(asserts! (is-eq tx-sender
				(unwrap! operator (err ERR_STACKING_NOT_DELEGATED)))
			(err ERR_STACKING_PERMISSION_DENIED))
		(ok true)))

;; Adds to the operator's sums of `n` cycles from `first` on.
(define-private (add-to-sums
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(first uint) (n uint) (amount uint))
	(fold add-to-sum-at (below n)
		{ pox-addr: pox-addr, first: first, amount: amount }))

(define-private (add-to-sum-at
		(offset uint)
		(step {
			pox-addr: { version: (buff 1), hashbytes: (buff 32) },
			first: uint,
			amount: uint,
		}))
	(let ((key {
			pox-addr: (get pox-addr step),
			reward-cycle: (+ (get first step) offset),
			sender: tx-sender,
		}))
		(map-set partial-stacked-by-cycle key {
			stacked-amount: (+ (get amount step) (default-to u0
				(get stacked-amount
					(map-get? partial-stacked-by-cycle key)))),
		})
		step))

;; Locks for a member.
(define-public (delegate-stack-stx
		(stacker principal) (amount-ustx uint)
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(start-burn-ht uint) (lock-period uint))
	(let ((cycle (current-pox-reward-cycle))
			(first (+ cycle u1))
			(start-cycle (burn-height-to-reward-cycle start-burn-ht))
			(unlock-height (reward-cycle-to-burn-height
				(+ first lock-period))))
		(asserts! (is-eq cycle start-cycle)
			(err ERR_INVALID_START_BURN_HEIGHT))
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(try! (check-delegation stacker amount-ustx pox-addr unlock-height))
		(asserts! (is-none (get-stacker-info stacker))
			(err ERR_STACKING_ALREADY_STACKED))
		(asserts! (>= (stx-get-balance stacker) amount-ustx)
			(err ERR_STACKING_INSUFFICIENT_FUNDS))
		(try! (minimal-can-stack-stx pox-addr amount-ustx first lock-period))
		(add-to-sums pox-addr first lock-period amount-ustx)
		(map-set stacking-state { stacker: stacker } {
			pox-addr: pox-addr,
			lock-period: lock-period,
			first-reward-cycle: first,
			reward-set-indexes: (list),
			delegated-to: (some tx-sender),
		})
		(ok {
			stacker: stacker,
			lock-amount: amount-ustx,
			unlock-burn-height: unlock-height,
		})))

;; Locks longer for a member.
(define-public (delegate-stack-extend
		(stacker principal)
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(extend-count uint))
	(let ((account (stx-account stacker))
			(locked (get locked account))
			(state (unwrap! (get-stacker-info stacker)
				(err ERR_STACK_EXTEND_NOT_LOCKED)))
			(first-added (burn-height-to-reward-cycle
				(get unlock-height account)))
			(cycle (current-pox-reward-cycle))
			(old-first (get first-reward-cycle state))
			(first (if (> cycle old-first) cycle old-first)))
		(asserts! (>= extend-count u1) (err ERR_STACKING_INVALID_LOCK_PERIOD))
		(let ((end (+ first-added extend-count))
				(lock-period (- end first))
				(unlock-height (reward-cycle-to-burn-height end)))
			(asserts! (> first-added cycle)
				(err ERR_STACKING_INVALID_LOCK_PERIOD))
			(asserts! (check-caller-allowed)
				(err ERR_STACKING_PERMISSION_DENIED))
			(try! (check-operator (get reward-set-indexes state)
				(get delegated-to state)))
			(asserts! (check-pox-lock-period lock-period)
				(err ERR_STACKING_INVALID_LOCK_PERIOD))
			(asserts! (> locked u0) (err ERR_STACK_EXTEND_NOT_LOCKED))
			(try! (check-delegation stacker locked pox-addr unlock-height))
			(try! (minimal-can-stack-stx pox-addr locked first-added
				lock-period))
			(add-to-sums pox-addr first-added extend-count locked)
			(map-set stacking-state { stacker: stacker } {
				pox-addr: pox-addr,
				lock-period: lock-period,
				first-reward-cycle: first,
				reward-set-indexes: (list),
				delegated-to: (some tx-sender),
			})
			(ok { stacker: stacker, unlock-burn-height: unlock-height }))))

;; Locks more for a member, in all cycles of the lock that are still to come.
(define-public (delegate-stack-increase
		(stacker principal)
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(increase-by uint))
	(let ((account (stx-account stacker))
			(locked (get locked account))
			(unlock-height (get unlock-height account)))
		(asserts! (>= increase-by u1) (err ERR_STACKING_INVALID_AMOUNT))
		(let ((last (- (burn-height-to-reward-cycle unlock-height) u1))
				(cycle (current-pox-reward-cycle)))
			(asserts! (> last cycle) (err ERR_STACKING_INVALID_LOCK_PERIOD))
			(let ((n (- last cycle))
					(total (+ increase-by locked))
					(state (unwrap! (map-get? stacking-state
						{ stacker: stacker })
						(err ERR_STACK_INCREASE_NOT_LOCKED))))
				(asserts! (check-caller-allowed)
					(err ERR_STACKING_PERMISSION_DENIED))
				(try! (check-operator (get reward-set-indexes state)
					(get delegated-to state)))
				(asserts! (> locked u0) (err ERR_STACK_INCREASE_NOT_LOCKED))
				(asserts! (>= (get unlocked account) increase-by)
					(err ERR_STACKING_INSUFFICIENT_FUNDS))
				(try! (check-delegation stacker total pox-addr unlock-height))
				(try! (minimal-can-stack-stx pox-addr total (+ cycle u1) n))
				(add-to-sums pox-addr (+ cycle u1) n increase-by)
				(ok { stacker: stacker, total-locked: total })))))

;; Makes an entry of the operator's sum of a cycle; returns its index.
(define-private (commit-sum
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (signature (optional (buff 65)))
		(signer-key (buff 33)) (max-amount uint) (auth-id uint))
	(let ((key {
				pox-addr: pox-addr,
				reward-cycle: reward-cycle,
				sender: tx-sender,
			})
			(sum (unwrap! (map-get? partial-stacked-by-cycle key)
				(err ERR_STACKING_NO_SUCH_PRINCIPAL)))
			(amount (get stacked-amount sum)))
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(try! (consume-signer-key-authorization pox-addr reward-cycle
			"agg-commit" u1 signature signer-key amount max-amount
			auth-id))
		(try! (can-stack-stx pox-addr amount reward-cycle u1))
		(map-delete partial-stacked-by-cycle key)
		(map-set logged-partial-stacked-by-cycle key sum)
		(ok (append-entry {
			pox-addr: pox-addr,
			total-ustx: amount,
			stacker: none,
			signer: signer-key,
		} reward-cycle))))

(define-public (stack-aggregation-commit
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (signer-sig (optional (buff 65)))
		(signer-key (buff 33)) (max-amount uint) (auth-id uint))
	(begin
		(try! (commit-sum pox-addr reward-cycle signer-sig signer-key
			max-amount auth-id))
		(ok true)))

(define-public (stack-aggregation-commit-indexed
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (signer-sig (optional (buff 65)))
		(signer-key (buff 33)) (max-amount uint) (auth-id uint))
	(commit-sum pox-addr reward-cycle signer-sig signer-key max-amount
		auth-id))

;; Adds the operator's sum of a cycle to an entry that was committed before.
(define-public (stack-aggregation-increase
		(pox-addr { version: (buff 1), hashbytes: (buff 32) })
		(reward-cycle uint) (reward-cycle-index uint)
		(signer-sig (optional (buff 65))) (signer-key (buff 33))
		(max-amount uint) (auth-id uint))
	(let ((sum-key {
				pox-addr: pox-addr,
				reward-cycle: reward-cycle,
				sender: tx-sender,
			})
			(sum (unwrap! (map-get? partial-stacked-by-cycle sum-key)
				(err ERR_STACKING_NO_SUCH_PRINCIPAL))))
		(asserts! (check-caller-allowed) (err ERR_STACKING_PERMISSION_DENIED))
		(asserts! (> reward-cycle (current-pox-reward-cycle))
			(err ERR_STACKING_INVALID_LOCK_PERIOD))
		(let ((key { reward-cycle: reward-cycle, index: reward-cycle-index })
				(entry (unwrap! (map-get? reward-cycle-pox-address-list key)
					(err ERR_DELEGATION_NO_REWARD_SLOT)))
				(amount (get stacked-amount sum))
				(total (+ (get total-ustx entry) amount)))
			(try! (can-stack-stx pox-addr total reward-cycle u1))
			(asserts! (and (is-none (get stacker entry))
					(is-eq pox-addr (get pox-addr entry)))
				(err ERR_DELEGATION_WRONG_REWARD_SLOT))
			(asserts! (>= max-amount total)
				(err ERR_SIGNER_AUTH_AMOUNT_TOO_HIGH))
			(asserts! (is-eq signer-key (get signer entry))
				(err ERR_INVALID_SIGNER_KEY))
			(try! (consume-signer-key-authorization pox-addr
				reward-cycle "agg-increase" u1 signer-sig
				signer-key total max-amount auth-id))
			(add-to-entry key entry amount)
			(map-delete partial-stacked-by-cycle sum-key)
			(map-set logged-partial-stacked-by-cycle sum-key sum)
			(ok true))))
