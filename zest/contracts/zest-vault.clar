;; zest-vault - One asset's pool: cash, shares (SIP-010), debt, reserve.
;;
;; The same text serves each asset; set-up, once, says which.  The market lends
;; and takes back, governance sets terms.  Formulas and roundings are those of
;; docs/LENDING.md: every one favours the vault.  Cash is counted here; tokens
;; that are merely sent move nothing.

(impl-trait .zest-token-trait.token)
(use-trait token .zest-token-trait.token)

(define-constant ERR_NOT_OWNER (err u4))
(define-constant ERR_ROLE (err u2000))
(define-constant ERR_AMOUNT (err u2001))
(define-constant ERR_LOST (err u2002))
(define-constant ERR_CAP (err u2003))
(define-constant ERR_SHARES (err u2004))
(define-constant ERR_CASH (err u2005))
(define-constant ERR_TERMS (err u2006))
(define-constant ERR_CURVE (err u2007))
(define-constant ERR_TOKEN (err u2008))
(define-constant ERR_SET_UP (err u2009))
(define-constant ERR_SLIPPAGE (err u2010))
(define-constant ERR_ROUTED (err u2011))

(define-constant BPS u10000)
(define-constant INDEX u1000000000000)
(define-constant WAD u1000000000000000000)
(define-constant YEAR u31536000)
(define-constant MAX_AMOUNT u100000000000000000)
(define-constant MAX_TOTAL u200000000000000000)
(define-constant MAX_SHARES u1000000000000000000000)
(define-constant MAX_INDEX u1000000000000000000)
(define-constant MAX_RATE u50000)
(define-constant VIRTUAL_SHARES u1000)

(define-constant deployer tx-sender)

(define-fungible-token share)

(define-data-var roles (optional {
		token: principal, market: principal, governor: principal,
		name: (string-ascii 32), symbol: (string-ascii 32), decimals: uint })
	none)
(define-data-var terms {
		supply-cap: uint, debt-cap: uint, reserve-part: uint,
		curve: (list 8 { util: uint, rate: uint }) }
	{ supply-cap: u0, debt-cap: u0, reserve-part: u0, curve: (list) })
(define-data-var state {
		cash: uint, shares: uint, scaled: uint, index: uint, reserve: uint,
		rem: uint, time: uint }
	{ cash: u0, shares: u0, scaled: u0, index: INDEX, reserve: u0, rem: u0,
		time: stacks-block-time })

;;; Arithmetic

(define-private (div-up (n uint) (d uint))
	(+ (/ n d) (if (is-eq (mod n d) u0) u0 u1)))

(define-private (lower (a uint) (b uint))
	(if (< a b) a b))

(define-private (is-amount (amount uint))
	(and (> amount u0) (<= amount MAX_AMOUNT)))

;; The line from the point before to this one, if utilisation has come so far.
(define-private (rate-step (to { util: uint, rate: uint })
		(at { util: uint, from: uint, base: uint, rate: uint }))
	(merge at {
		from: (get util to),
		base: (get rate to),
		rate: (if (or (<= (get util to) (get from at))
				(< (get util at) (get from at)))
			(get rate at)
			(+ (get base at)
				(/ (* (- (get util at) (get from at))
					(- (get rate to) (get base at)))
					(- (get util to) (get from at))))) }))

(define-read-only (rate-at (util uint))
	(let ((base (match (element-at? (get curve (var-get terms)) u0)
				point (get rate point) u0)))
		(get rate (fold rate-step (get curve (var-get terms))
			{ util: util, from: u0, base: base, rate: base }))))

;; 1 + x + x^2/2 + x^3/6 of rate times time, each term rounded up.
(define-read-only (growth (rate uint) (seconds uint))
	(let ((x (div-up (* rate (lower seconds YEAR) WAD) (* YEAR BPS)))
			(square (div-up (* x x) (* u2 WAD)))
			(cube (div-up (* square x) (* u3 WAD))))
		(+ WAD x square cube)))

(define-private (owed-at (scaled uint) (index uint))
	(div-up (* scaled index) INDEX))

(define-private (assets-of (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(- (+ (get cash s) (owed-at (get scaled s) (get index s)))
		(get reserve s)))

(define-private (util-of (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((debt (owed-at (get scaled s) (get index s))))
		(if (is-eq debt u0)
			u0
			(/ (* debt BPS) (+ debt (get cash s))))))

(define-private (worth-of (shares uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(/ (* shares (+ (assets-of s) u1)) (+ (get shares s) VIRTUAL_SHARES)))

;;; Steps: the state afterwards, and what the caller gets

(define-private (step-accrue (now uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(if (<= now (get time s))
		s
		(let ((index (div-up (* (get index s) (growth (rate-at (util-of s))
					(- now (get time s)))) WAD))
				(before (owed-at (get scaled s) (get index s)))
				(after (if (> index MAX_INDEX)
					before
					(owed-at (get scaled s) index)))
				(due (+ (* (- after before)
						(get reserve-part (var-get terms)))
					(get rem s))))
			(if (or (is-eq (get scaled s) u0)
					(> index MAX_INDEX)
					(> (+ (get cash s) after) MAX_TOTAL))
				(merge s { time: now })
				(merge s {
					index: index,
					reserve: (+ (get reserve s) (/ due BPS)),
					rem: (mod due BPS),
					time: now })))))

(define-private (step-deposit (amount uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((assets (assets-of s))
			(ok-amount (asserts! (is-amount amount) ERR_AMOUNT))
			(ok-assets (asserts! (or (> assets u0)
				(is-eq (get shares s) u0)) ERR_LOST))
			(ok-cap (asserts! (and
				(<= (+ assets amount)
					(get supply-cap (var-get terms)))
				(<= (+ assets (get reserve s) amount) MAX_TOTAL))
				ERR_CAP))
			(shares (/ (* amount (+ (get shares s) VIRTUAL_SHARES))
				(+ assets u1))))
		(asserts! (and (> shares u0)
			(<= shares (- MAX_SHARES (get shares s)))) ERR_SHARES)
		(ok { out: shares, state: (merge s {
			cash: (+ (get cash s) amount),
			shares: (+ (get shares s) shares) }) })))

(define-private (step-redeem (shares uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((ok-some (asserts! (> shares u0) ERR_AMOUNT))
			(ok-shares (asserts! (<= shares (get shares s)) ERR_SHARES))
			(amount (worth-of shares s)))
		(asserts! (> amount u0) ERR_AMOUNT)
		(asserts! (<= amount (get cash s)) ERR_CASH)
		(ok { out: amount, state: (merge s {
			cash: (- (get cash s) amount),
			shares: (- (get shares s) shares) }) })))

(define-private (step-withdraw (amount uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((ok-amount (asserts! (is-amount amount) ERR_AMOUNT))
			(ok-cash (asserts! (<= amount (get cash s)) ERR_CASH))
			(assets (assets-of s))
			(shares (div-up
				(* amount (+ (get shares s) VIRTUAL_SHARES))
				(+ assets u1))))
		(asserts! (and (<= shares (get shares s)) (<= amount assets))
			ERR_SHARES)
		(ok { out: shares, state: (merge s {
			cash: (- (get cash s) amount),
			shares: (- (get shares s) shares) }) })))

(define-private (step-borrow (amount uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((ok-amount (asserts! (is-amount amount) ERR_AMOUNT))
			(ok-cash (asserts! (<= amount (get cash s)) ERR_CASH))
			(ok-cap (asserts! (<= (+ (owed-at (get scaled s)
				(get index s)) amount)
				(get debt-cap (var-get terms))) ERR_CAP))
			(scaled (div-up (* amount INDEX) (get index s))))
		(ok { out: scaled, state: (merge s {
			cash: (- (get cash s) amount),
			scaled: (+ (get scaled s) scaled) }) })))

;; Of an account's `scaled` debt, by at most `amount`.
(define-private (step-repay (scaled uint) (amount uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((ok-debt (asserts! (<= scaled (get scaled s)) ERR_AMOUNT))
			(offered (lower amount (owed-at scaled (get index s))))
			(off (lower (/ (* offered INDEX) (get index s)) scaled))
			(paid (owed-at off (get index s))))
		(asserts! (> off u0) ERR_AMOUNT)
		(ok { scaled: off, paid: paid, state: (merge s {
			cash: (+ (get cash s) paid),
			scaled: (- (get scaled s) off) }) })))

;; A loss: the reserve's, then the stakers', then the suppliers'.
(define-private (step-write-off (scaled uint) (staked uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(let ((ok-debt (asserts! (<= scaled (get scaled s)) ERR_AMOUNT))
			(left (- (get scaled s) scaled))
			(lost (- (owed-at (get scaled s) (get index s))
				(owed-at left (get index s))))
			(reserve (lower lost (get reserve s)))
			(stake (lower (- lost reserve) staked)))
		(ok { reserve: reserve, staked: stake,
			suppliers: (- lost reserve stake),
			state: (merge s {
				cash: (+ (get cash s) stake),
				scaled: left,
				reserve: (- (get reserve s) reserve) }) })))

(define-private (step-spend (amount uint) (s {
			cash: uint, shares: uint, scaled: uint, index: uint,
			reserve: uint, rem: uint, time: uint }))
	(begin
		(asserts! (and (> amount u0) (<= amount (get reserve s)))
			ERR_AMOUNT)
		(asserts! (<= amount (get cash s)) ERR_CASH)
		(ok (merge s {
			cash: (- (get cash s) amount),
			reserve: (- (get reserve s) amount) }))))

;;; Roles and terms

(define-private (check-governor)
	(ok (asserts! (is-eq contract-caller
		(get governor (unwrap! (var-get roles) ERR_ROLE))) ERR_ROLE)))

(define-private (check-market)
	(ok (asserts! (is-eq contract-caller
		(get market (unwrap! (var-get roles) ERR_ROLE))) ERR_ROLE)))

(define-private (check-token (asset <token>))
	(ok (asserts! (is-eq (contract-of asset)
		(get token (unwrap! (var-get roles) ERR_ROLE))) ERR_TOKEN)))

;; The deployer says, once, what this vault is.
(define-public (set-up (what {
			token: principal, market: principal, governor: principal,
			name: (string-ascii 32), symbol: (string-ascii 32),
			decimals: uint }))
	(begin
		(asserts! (is-eq contract-caller deployer) ERR_ROLE)
		(asserts! (is-none (var-get roles)) ERR_SET_UP)
		(asserts! (and (>= (get decimals what) u6)
			(<= (get decimals what) u10)) ERR_TERMS)
		(var-set roles (some what))
		(print { event: "set-up", what: what })
		(ok true)))

(define-private (curve-step (to { util: uint, rate: uint })
		(at { good: bool, util: uint, rate: uint, n: uint }))
	{
		good: (and (get good at)
			(if (is-eq (get n at) u0)
				(is-eq (get util to) u0)
				(> (get util to) (get util at)))
			(>= (get rate to) (get rate at))),
		util: (get util to),
		rate: (get rate to),
		n: (+ (get n at) u1) })

(define-private (is-curve (curve (list 8 { util: uint, rate: uint })))
	(let ((end (fold curve-step curve
			{ good: true, util: u0, rate: u0, n: u0 })))
		(and (get good end)
			(is-eq (get n end) u8)
			(is-eq (get util end) BPS)
			(<= (get rate end) MAX_RATE))))

;; Interest up to now is at the old terms.
(define-public (set-terms (new {
			supply-cap: uint, debt-cap: uint, reserve-part: uint,
			curve: (list 8 { util: uint, rate: uint }) }))
	(let ((role (try! (check-governor)))
			(s (step-accrue stacks-block-time (var-get state))))
		(asserts! (and (<= (get supply-cap new) MAX_AMOUNT)
			(<= (get debt-cap new) MAX_AMOUNT)
			(<= (get reserve-part new) BPS)) ERR_TERMS)
		(asserts! (is-curve (get curve new)) ERR_CURVE)
		(var-set state s)
		(var-set terms new)
		(print { event: "set-terms", terms: new, state: s })
		(ok true)))

;;; Suppliers

;; Sends this vault's tokens, and can send no others.
(define-private (pay (asset <token>) (amount uint) (to principal))
	(as-contract? ((with-ft (contract-of asset) "*" amount))
		(try! (contract-call? asset transfer amount tx-sender to none))))

(define-public (deposit (asset <token>) (amount uint) (min-shares uint)
		(recipient principal))
	(let ((direct (asserts! (is-eq tx-sender contract-caller) ERR_ROUTED))
			(ours (try! (check-token asset)))
			(done (try! (step-deposit amount
				(step-accrue stacks-block-time (var-get state))))))
		(asserts! (>= (get out done) min-shares) ERR_SLIPPAGE)
		(var-set state (get state done))
		(try! (ft-mint? share (get out done) recipient))
		(try! (contract-call? asset transfer amount tx-sender
			current-contract none))
		(print { event: "deposit", by: tx-sender, recipient: recipient,
			amount: amount, shares: (get out done),
			state: (get state done) })
		(ok (get out done))))

(define-public (redeem (asset <token>) (shares uint) (min-amount uint)
		(recipient principal))
	(let ((direct (asserts! (is-eq tx-sender contract-caller) ERR_ROUTED))
			(ours (try! (check-token asset)))
			(done (try! (step-redeem shares
				(step-accrue stacks-block-time (var-get state))))))
		(asserts! (>= (get out done) min-amount) ERR_SLIPPAGE)
		(var-set state (get state done))
		(try! (ft-burn? share shares tx-sender))
		(try! (pay asset (get out done) recipient))
		(print { event: "redeem", by: tx-sender, recipient: recipient,
			amount: (get out done), shares: shares,
			state: (get state done) })
		(ok (get out done))))

(define-public (withdraw (asset <token>) (amount uint) (max-shares uint)
		(recipient principal))
	(let ((direct (asserts! (is-eq tx-sender contract-caller) ERR_ROUTED))
			(ours (try! (check-token asset)))
			(done (try! (step-withdraw amount
				(step-accrue stacks-block-time (var-get state))))))
		(asserts! (<= (get out done) max-shares) ERR_SLIPPAGE)
		(var-set state (get state done))
		(try! (ft-burn? share (get out done) tx-sender))
		(try! (pay asset amount recipient))
		(print { event: "withdraw", by: tx-sender, recipient: recipient,
			amount: amount, shares: (get out done),
			state: (get state done) })
		(ok (get out done))))

;; Anybody may ask for interest to be counted.
(define-public (accrue)
	(let ((s (step-accrue stacks-block-time (var-get state))))
		(var-set state s)
		(print { event: "accrue", state: s })
		(ok s)))

;;; The market

;; Gives the scaled debt that the borrower has more.
(define-public (borrow (asset <token>) (amount uint) (recipient principal))
	(let ((role (try! (check-market)))
			(ours (try! (check-token asset)))
			(done (try! (step-borrow amount
				(step-accrue stacks-block-time (var-get state))))))
		(var-set state (get state done))
		(try! (pay asset amount recipient))
		(print { event: "borrow", recipient: recipient, amount: amount,
			scaled: (get out done), state: (get state done) })
		(ok (get out done))))

;; Takes from tx-sender; `scaled` is the debt of the account that he pays for.
(define-public (repay (asset <token>) (scaled uint) (amount uint))
	(let ((role (try! (check-market)))
			(ours (try! (check-token asset)))
			(done (try! (step-repay scaled amount
				(step-accrue stacks-block-time (var-get state))))))
		(var-set state (get state done))
		(try! (contract-call? asset transfer (get paid done) tx-sender
			current-contract none))
		(print { event: "repay", by: tx-sender, amount: (get paid done),
			scaled: (get scaled done), state: (get state done) })
		(ok { paid: (get paid done), scaled: (get scaled done) })))

;; What stakers bear, at most `staked`, comes from tx-sender.
(define-public (write-off (asset <token>) (scaled uint) (staked uint))
	(let ((role (try! (check-market)))
			(ours (try! (check-token asset)))
			(done (try! (step-write-off scaled staked
				(step-accrue stacks-block-time (var-get state)))))
			(by { reserve: (get reserve done), staked: (get staked done),
				suppliers: (get suppliers done) }))
		(var-set state (get state done))
		(and (> (get staked done) u0)
			(try! (contract-call? asset transfer (get staked done)
				tx-sender current-contract none)))
		(print { event: "write-off", scaled: scaled, by: by,
			state: (get state done) })
		(ok by)))

;;; Governance

(define-public (spend-reserve (asset <token>) (amount uint)
		(recipient principal))
	(let ((role (try! (check-governor)))
			(ours (try! (check-token asset)))
			(s (try! (step-spend amount
				(step-accrue stacks-block-time (var-get state))))))
		(var-set state s)
		(try! (pay asset amount recipient))
		(print { event: "spend-reserve", recipient: recipient,
			amount: amount, state: s })
		(ok true)))

;;; Reads, as of now

(define-read-only (get-state)
	(step-accrue stacks-block-time (var-get state)))

(define-read-only (get-terms)
	(var-get terms))

(define-read-only (get-roles)
	(var-get roles))

(define-read-only (get-assets)
	(assets-of (get-state)))

(define-read-only (get-util)
	(util-of (get-state)))

(define-read-only (get-owed (scaled uint))
	(if (> scaled (get scaled (var-get state)))
		ERR_AMOUNT
		(ok (owed-at scaled (get index (get-state))))))

(define-read-only (get-worth (shares uint))
	(if (> shares (get shares (var-get state)))
		ERR_SHARES
		(ok (worth-of shares (get-state)))))

;;; SIP-010

(define-public (transfer (amount uint) (sender principal)
		(recipient principal) (memo (optional (buff 34))))
	(begin
		(asserts! (or (is-eq tx-sender sender) (is-eq contract-caller sender))
			ERR_NOT_OWNER)
		(try! (ft-transfer? share amount sender recipient))
		(match memo note (print note) 0x)
		(ok true)))

(define-read-only (get-name)
	(ok (match (var-get roles) r (get name r) "")))

(define-read-only (get-symbol)
	(ok (match (var-get roles) r (get symbol r) "")))

;; Three more than the asset's: its unit makes a thousand shares at first.
(define-read-only (get-decimals)
	(ok (match (var-get roles) r (+ (get decimals r) u3) u0)))

(define-read-only (get-balance (who principal))
	(ok (ft-get-balance share who)))

(define-read-only (get-total-supply)
	(ok (ft-get-supply share)))

(define-read-only (get-token-uri)
	(ok none))
