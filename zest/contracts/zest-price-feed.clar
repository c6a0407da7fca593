;; zest-price-feed - Prices as signed messages, for test chains.
;;
;; Anybody may post a price that enough of the signers have signed.  A price's
;; time never goes back and is never ahead of the chain's; how old is too old
;; is for the reader to judge.  Prices are of one whole token, in 1/10^8 dollars.

(define-constant ERR_ROLE (err u2100))
(define-constant ERR_SIGNERS (err u2101))
(define-constant ERR_PRICE (err u2102))
(define-constant ERR_OLD (err u2103))
(define-constant ERR_FUTURE (err u2104))
(define-constant ERR_SIGNATURE (err u2105))

(define-constant MAX_PRICE u1000000000000000)

(define-data-var governor principal tx-sender)
(define-data-var signers (list 8 (buff 33)) (list))
(define-data-var quorum uint u1)

(define-map prices uint { price: uint, conf: uint, time: uint })

;; Signers are named by their place in the list: rising, so none counts twice.
(define-private (verify
		(by { signer: uint, signature: (buff 65) })
		(at { hash: (buff 32), next: uint, good: bool }))
	(merge at {
		next: (+ (get signer by) u1),
		good: (and (get good at)
			(>= (get signer by) (get next at))
			(match (element-at? (var-get signers) (get signer by)) key
				(secp256k1-verify (get hash at) (get signature by) key)
				false)) }))

(define-private (is-below (key (buff 33)) (at { good: bool, last: (buff 33) }))
	{ good: (and (get good at) (is-eq (len key) u33) (> key (get last at))),
		last: key })

;; Keys in rising order, so that none is there twice.
(define-public (set-signers (keys (list 8 (buff 33))) (needed uint))
	(begin
		(asserts! (is-eq contract-caller (var-get governor)) ERR_ROLE)
		(asserts! (and (> needed u0) (<= needed (len keys))
			(get good (fold is-below keys { good: true, last: 0x })))
			ERR_SIGNERS)
		(var-set signers keys)
		(var-set quorum needed)
		(print { event: "set-signers", keys: keys, needed: needed })
		(ok true)))

(define-public (set-governor (new principal))
	(begin
		(asserts! (is-eq contract-caller (var-get governor)) ERR_ROLE)
		(var-set governor new)
		(print { event: "set-governor", governor: new })
		(ok true)))

;; What is signed; it holds for this contract on this chain only.
(define-read-only (get-hash (id uint) (price uint) (conf uint) (time uint))
	(sha256 (unwrap-panic (to-consensus-buff? { chain: chain-id,
		feed: current-contract, id: id, price: price, conf: conf,
		time: time }))))

(define-public (post (id uint) (price uint) (conf uint) (time uint)
		(by (list 8 { signer: uint, signature: (buff 65) })))
	(let ((new { price: price, conf: conf, time: time }))
		(asserts! (and (> price u0) (<= price MAX_PRICE) (<= conf price))
			ERR_PRICE)
		(asserts! (> time (match (map-get? prices id) old
			(get time old) u0)) ERR_OLD)
		(asserts! (<= time stacks-block-time) ERR_FUTURE)
		(asserts! (and (>= (len by) (var-get quorum))
			(get good (fold verify by { next: u0, good: true,
				hash: (get-hash id price conf time) })))
			ERR_SIGNATURE)
		(map-set prices id new)
		(print { event: "post", id: id, price: new })
		(ok true)))

(define-read-only (get-price (id uint))
	(map-get? prices id))

(define-read-only (get-signers)
	{ keys: (var-get signers), needed: (var-get quorum) })
