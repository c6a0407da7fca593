;; bns - Names for principals.
;;
;; A namespace is bought once: preordered by a hash, revealed, filled by its
;; importer, launched.  From then on names in it are bought: again preordered
;; by a hash, so that nobody can see which name and be quicker, then
;; registered.  A name is a token; a principal has one name at most.  A name
;; that is leased for a time can be renewed until a grace period is over.
;;
;; Times are heights of this chain, prices microSTX.  What a name stands for is
;; the hash of a zone file, printed for those who keep such files.

(define-constant ERR_PANIC 0)
(define-constant ERR_NAMESPACE_PREORDER_NOT_FOUND 1001)
(define-constant ERR_NAMESPACE_PREORDER_EXPIRED 1002)
(define-constant ERR_NAMESPACE_PREORDER_ALREADY_EXISTS 1003)
(define-constant ERR_NAMESPACE_UNAVAILABLE 1004)
(define-constant ERR_NAMESPACE_NOT_FOUND 1005)
(define-constant ERR_NAMESPACE_ALREADY_EXISTS 1006)
(define-constant ERR_NAMESPACE_NOT_LAUNCHED 1007)
(define-constant ERR_NAMESPACE_PRICE_FUNCTION_INVALID 1008)
(define-constant ERR_NAMESPACE_PREORDER_CLAIMABILITY_EXPIRED 1009)
(define-constant ERR_NAMESPACE_PREORDER_LAUNCHABILITY_EXPIRED 1010)
(define-constant ERR_NAMESPACE_OPERATION_UNAUTHORIZED 1011)
(define-constant ERR_NAMESPACE_STX_BURNT_INSUFFICIENT 1012)
(define-constant ERR_NAMESPACE_BLANK 1013)
(define-constant ERR_NAMESPACE_ALREADY_LAUNCHED 1014)
(define-constant ERR_NAMESPACE_HASH_MALFORMED 1015)
(define-constant ERR_NAMESPACE_CHARSET_INVALID 1016)
(define-constant ERR_NAME_PREORDER_NOT_FOUND 2001)
(define-constant ERR_NAME_PREORDER_EXPIRED 2002)
(define-constant ERR_NAME_PREORDER_FUNDS_INSUFFICIENT 2003)
(define-constant ERR_NAME_UNAVAILABLE 2004)
(define-constant ERR_NAME_OPERATION_UNAUTHORIZED 2006)
(define-constant ERR_NAME_STX_BURNT_INSUFFICIENT 2007)
(define-constant ERR_NAME_EXPIRED 2008)
(define-constant ERR_NAME_GRACE_PERIOD 2009)
(define-constant ERR_NAME_BLANK 2010)
(define-constant ERR_NAME_ALREADY_CLAIMED 2011)
(define-constant ERR_NAME_CLAIMABILITY_EXPIRED 2012)
(define-constant ERR_NAME_NOT_FOUND 2013)
(define-constant ERR_NAME_REVOKED 2014)
(define-constant ERR_NAME_TRANSFER_FAILED 2015)
(define-constant ERR_NAME_PREORDER_ALREADY_EXISTS 2016)
(define-constant ERR_NAME_HASH_MALFORMED 2017)
(define-constant ERR_NAME_PREORDERED_BEFORE_NAMESPACE_LAUNCH 2018)
(define-constant ERR_NAME_NOT_RESOLVABLE 2019)
(define-constant ERR_NAME_COULD_NOT_BE_MINTED 2020)
(define-constant ERR_NAME_COULD_NOT_BE_TRANSFERED 2021)
(define-constant ERR_NAME_CHARSET_INVALID 2022)
(define-constant ERR_PRINCIPAL_ALREADY_ASSOCIATED 3001)
(define-constant ERR_INSUFFICIENT_FUNDS 4001)

;; Blocks from a preorder to its use, from a reveal to the launch, from the end
;; of a lease to that of its grace
(define-constant NAMESPACE_PREORDER_CLAIMABILITY_TTL u144)
(define-constant NAMESPACE_LAUNCHABILITY_TTL u52595)
(define-constant NAME_PREORDER_CLAIMABILITY_TTL u144)
(define-constant NAME_GRACE_PERIOD_DURATION u5000)

;; What a namespace costs, by its length; from 8 characters on the same
(define-constant NAMESPACE_PRICE_TIERS (list u640000000000
	u64000000000 u64000000000
	u6400000000 u6400000000 u6400000000 u6400000000
	u640000000 u640000000 u640000000 u640000000 u640000000 u640000000
	u640000000 u640000000 u640000000 u640000000 u640000000 u640000000
	u640000000))

;; a-z 0-9 - _ and some of them
(define-constant letters-and-others
	0x6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435363738392d5f)
(define-constant others 0x303132333435363738392d5f)
(define-constant vowels 0x6165696f7579) ;; with y

;; Where a lease is in its time
(define-constant is-live u0)
(define-constant is-in-grace u1)
(define-constant is-over u2)

;;; State

(define-data-var attachment-index uint u0) ;; of the next zone file's hash

(define-map namespaces (buff 20) {
	namespace-import: principal, ;; the importer, who also launches it
	revealed-at: uint,
	launched-at: (optional uint),
	lifetime: uint, ;; of a lease; 0: names are for ever
	can-update-price-function: bool,
	price-function: {
		buckets: (list 16 uint), ;; exponents by length
		base: uint,
		coeff: uint,
		nonalpha-discount: uint,
		no-vowel-discount: uint,
	},
})
(define-map namespace-preorders
	{ hashed-salted-namespace: (buff 20), buyer: principal }
	{ created-at: uint, claimed: bool, stx-burned: uint })

(define-non-fungible-token names { name: (buff 48), namespace: (buff 20) })
(define-map owner-name principal { name: (buff 48), namespace: (buff 20) })
(define-map name-properties { name: (buff 48), namespace: (buff 20) } {
	registered-at: (optional uint), ;; or else imported-at
	imported-at: (optional uint),
	revoked-at: (optional uint),
	zonefile-hash: (buff 20),
})
(define-map name-preorders { hashed-salted-fqn: (buff 20), buyer: principal }
	{ created-at: uint, claimed: bool, stx-burned: uint })

;;; Characters and prices

(define-private (is-allowed (char (buff 1)))
	(is-some (index-of letters-and-others char)))

(define-private (is-other (char (buff 1)))
	(is-some (index-of others char)))

(define-private (is-vowel (char (buff 1)))
	(is-some (index-of vowels char)))

(define-private (has-allowed-only (text (buff 48)))
	(is-eq (len (filter is-allowed text)) (len text)))

;; coeff * base ^ exponent, over the greater discount that applies, times 10.
(define-private (price-of
		(name (buff 48))
		(price {
			buckets: (list 16 uint),
			base: uint,
			coeff: uint,
			nonalpha-discount: uint,
			no-vowel-discount: uint,
		}))
	(let ((last (- (len name) u1))
			(exponent (unwrap-panic (element-at (get buckets price)
				(if (< last u15) last u15))))
			(no-vowel (if (is-eq (len (filter is-vowel name)) u0)
				(get no-vowel-discount price)
				u1))
			(nonalpha (if (> (len (filter is-other name)) u0)
				(get nonalpha-discount price)
				u1)))
		(* u10 (/ (* (get coeff price) (pow (get base price) exponent))
			(if (> nonalpha no-vowel) nonalpha no-vowel)))))

(define-read-only (get-namespace-price (namespace (buff 20)))
	(let ((n (len namespace)))
		(asserts! (> n u0) (err ERR_NAMESPACE_BLANK))
		(ok (unwrap-panic (element-at NAMESPACE_PRICE_TIERS
			(if (< n u8) (- n u1) u7))))))

(define-read-only (get-name-price (namespace (buff 20)) (name (buff 48)))
	(ok (price-of name (get price-function
		(unwrap! (map-get? namespaces namespace)
			(err ERR_NAMESPACE_NOT_FOUND))))))

;;; Namespaces

;; Tells whether it is not known, or was revealed and not launched in time.
(define-private (is-free (namespace (buff 20)))
	(match (map-get? namespaces namespace)
		space (and (is-none (get launched-at space))
			(> block-height
				(+ (get revealed-at space) NAMESPACE_LAUNCHABILITY_TTL)))
		true))

(define-read-only (can-namespace-be-registered (namespace (buff 20)))
	(ok (is-free namespace)))

(define-read-only (get-namespace-properties (namespace (buff 20)))
	(ok {
		namespace: namespace,
		properties: (unwrap! (map-get? namespaces namespace)
			(err ERR_NAMESPACE_NOT_FOUND)),
	}))

;; Burns STX for a namespace yet unnamed; returns the last height but one at
;; which it can be revealed.
(define-public (namespace-preorder
		(hashed-salted-namespace (buff 20)) (stx-to-burn uint))
	(let ((key {
			hashed-salted-namespace: hashed-salted-namespace,
			buyer: tx-sender,
		}))
		(asserts! (match (map-get? namespace-preorders key)
				former (>= block-height (+ (get created-at former)
					NAMESPACE_PREORDER_CLAIMABILITY_TTL))
				true)
			(err ERR_NAMESPACE_PREORDER_ALREADY_EXISTS))
		(asserts! (is-eq (len hashed-salted-namespace) u20)
			(err ERR_NAMESPACE_HASH_MALFORMED))
		(asserts! (> stx-to-burn u0)
			(err ERR_NAMESPACE_STX_BURNT_INSUFFICIENT))
		(unwrap! (stx-burn? stx-to-burn tx-sender)
			(err ERR_INSUFFICIENT_FUNDS))
		(map-set namespace-preorders key {
			created-at: block-height,
			claimed: false,
			stx-burned: stx-to-burn,
		})
		(ok (+ block-height NAMESPACE_PREORDER_CLAIMABILITY_TTL))))

(define-public (namespace-reveal
		(namespace (buff 20)) (namespace-salt (buff 20))
		(p-func-base uint) (p-func-coeff uint)
		(p-func-b1 uint) (p-func-b2 uint) (p-func-b3 uint)
		(p-func-b4 uint) (p-func-b5 uint) (p-func-b6 uint)
		(p-func-b7 uint) (p-func-b8 uint) (p-func-b9 uint)
		(p-func-b10 uint) (p-func-b11 uint) (p-func-b12 uint)
		(p-func-b13 uint) (p-func-b14 uint) (p-func-b15 uint)
		(p-func-b16 uint)
		(p-func-non-alpha-discount uint) (p-func-no-vowel-discount uint)
		(lifetime uint) (namespace-import principal))
	(let ((key {
				hashed-salted-namespace:
					(hash160 (concat namespace namespace-salt)),
				buyer: tx-sender,
			})
			(preorder (unwrap! (map-get? namespace-preorders key)
				(err ERR_NAMESPACE_PREORDER_NOT_FOUND)))
			(price (try! (get-namespace-price namespace))))
		(asserts! (has-allowed-only namespace)
			(err ERR_NAMESPACE_CHARSET_INVALID))
		(asserts! (is-free namespace) (err ERR_NAMESPACE_ALREADY_EXISTS))
		(asserts! (>= (get stx-burned preorder) price)
			(err ERR_NAMESPACE_STX_BURNT_INSUFFICIENT))
		(asserts! (< block-height (+ (get created-at preorder)
				NAMESPACE_PREORDER_CLAIMABILITY_TTL))
			(err ERR_NAMESPACE_PREORDER_CLAIMABILITY_EXPIRED))
		(map-set namespace-preorders key (merge preorder { claimed: true }))
		(map-set namespaces namespace {
			namespace-import: namespace-import,
			revealed-at: block-height,
			launched-at: none,
			lifetime: lifetime,
			can-update-price-function: true,
			price-function: {
			base: p-func-base,
			coeff: p-func-coeff,
			buckets: (list
				p-func-b1 p-func-b2 p-func-b3 p-func-b4
				p-func-b5 p-func-b6 p-func-b7 p-func-b8
				p-func-b9 p-func-b10 p-func-b11 p-func-b12
				p-func-b13 p-func-b14 p-func-b15 p-func-b16),
			nonalpha-discount: p-func-non-alpha-discount,
			no-vowel-discount: p-func-no-vowel-discount,
		},
		})
		(ok true)))

;; Launches it: from now on names are for all.
(define-public (namespace-ready (namespace (buff 20)))
	(let ((space (unwrap! (map-get? namespaces namespace)
			(err ERR_NAMESPACE_NOT_FOUND))))
		(asserts! (is-eq (get namespace-import space) tx-sender)
			(err ERR_NAMESPACE_OPERATION_UNAUTHORIZED))
		(asserts! (is-none (get launched-at space))
			(err ERR_NAMESPACE_ALREADY_LAUNCHED))
		(asserts! (< block-height
				(+ (get revealed-at space) NAMESPACE_LAUNCHABILITY_TTL))
			(err ERR_NAMESPACE_PREORDER_LAUNCHABILITY_EXPIRED))
		(let ((launched (merge space { launched-at: (some block-height) })))
			(map-set namespaces namespace launched)
			(print {
				namespace: namespace,
				status: "ready",
				properties: launched,
			})
			(ok true))))

(define-public (namespace-update-function-price
		(namespace (buff 20)) (p-func-base uint) (p-func-coeff uint)
		(p-func-b1 uint) (p-func-b2 uint) (p-func-b3 uint)
		(p-func-b4 uint) (p-func-b5 uint) (p-func-b6 uint)
		(p-func-b7 uint) (p-func-b8 uint) (p-func-b9 uint)
		(p-func-b10 uint) (p-func-b11 uint) (p-func-b12 uint)
		(p-func-b13 uint) (p-func-b14 uint) (p-func-b15 uint)
		(p-func-b16 uint)
		(p-func-non-alpha-discount uint) (p-func-no-vowel-discount uint))
	(let ((space (unwrap! (map-get? namespaces namespace)
			(err ERR_NAMESPACE_NOT_FOUND))))
		(asserts! (and (is-eq (get namespace-import space) tx-sender)
				(get can-update-price-function space))
			(err ERR_NAMESPACE_OPERATION_UNAUTHORIZED))
		(map-set namespaces namespace (merge space { price-function: {
			base: p-func-base,
			coeff: p-func-coeff,
			buckets: (list
				p-func-b1 p-func-b2 p-func-b3 p-func-b4
				p-func-b5 p-func-b6 p-func-b7 p-func-b8
				p-func-b9 p-func-b10 p-func-b11 p-func-b12
				p-func-b13 p-func-b14 p-func-b15 p-func-b16),
			nonalpha-discount: p-func-non-alpha-discount,
			no-vowel-discount: p-func-no-vowel-discount,
		} }))
		(ok true)))

(define-public (namespace-revoke-function-price-edition
		(namespace (buff 20)))
	(let ((space (unwrap! (map-get? namespaces namespace)
			(err ERR_NAMESPACE_NOT_FOUND))))
		(asserts! (is-eq (get namespace-import space) tx-sender)
			(err ERR_NAMESPACE_OPERATION_UNAUTHORIZED))
		(map-set namespaces namespace
			(merge space { can-update-price-function: false }))
		(ok true)))

;;; Leases

;; When a lease began: an imported name's with the launch.
(define-private (lease-start
		(launched-at (optional uint)) (revealed-at uint)
		(registered-at (optional uint)) (imported-at (optional uint)))
	(match launched-at
		launch (match registered-at
			registration (if (is-none imported-at)
				(ok registration)
				(err ERR_PANIC))
			(match imported-at
				import (ok (if (and (>= import revealed-at) (<= import launch))
					launch
					u0))
				(err ERR_PANIC)))
		(begin
			(asserts! (> (+ revealed-at NAMESPACE_LAUNCHABILITY_TTL)
					block-height)
				(err ERR_NAMESPACE_PREORDER_LAUNCHABILITY_EXPIRED))
			(ok (unwrap-panic imported-at)))))

;; Where a lease that began at `start` is now.
(define-private (lease-phase (start uint) (lifetime uint))
	(if (is-eq lifetime u0)
		is-live
		(let ((now block-height) (end (+ lifetime start)))
			(if (<= now end)
				is-live
				(if (<= now (+ end NAME_GRACE_PERIOD_DURATION))
					is-in-grace
					is-over)))))

(define-private (name-phase (namespace (buff 20)) (name (buff 48)))
	(let ((space (unwrap! (map-get? namespaces namespace)
				(err ERR_NAMESPACE_NOT_FOUND)))
			(record (unwrap! (map-get? name-properties
				{ name: name, namespace: namespace })
				(err ERR_NAME_NOT_FOUND))))
		(ok (lease-phase
			(try! (lease-start (get launched-at space)
				(get revealed-at space) (get registered-at record)
				(get imported-at record)))
			(get lifetime space)))))

(define-read-only (is-name-lease-expired
		(namespace (buff 20)) (name (buff 48)))
	(ok (> (try! (name-phase namespace name)) is-live)))

(define-read-only (is-name-in-grace-period
		(namespace (buff 20)) (name (buff 48)))
	(ok (is-eq (try! (name-phase namespace name)) is-in-grace)))

;;; Who may have what

;; Tells whether a principal has no name, or only one that has ended.
(define-read-only (can-receive-name (owner principal))
	(match (map-get? owner-name owner)
		held (ok (or (is-free (get namespace held))
			(> (try! (name-phase (get namespace held) (get name held)))
				is-live)
			(is-some (get revoked-at (unwrap-panic
				(map-get? name-properties held))))))
		(ok true)))

(define-read-only (can-name-be-registered
		(namespace (buff 20)) (name (buff 48)))
	(let ((space (unwrap! (map-get? namespaces namespace) (ok false))))
		(asserts! (has-allowed-only name) (err ERR_NAME_CHARSET_INVALID))
		(asserts! (is-some (get launched-at space)) (ok false))
		(asserts! (is-some (nft-get-owner? names
				{ name: name, namespace: namespace }))
			(ok true))
		(is-name-lease-expired namespace name)))

;; Whoever changes a name must own it, live and not revoked.
(define-read-only (check-name-ops-preconditions
		(namespace (buff 20)) (name (buff 48)))
	(let ((id { name: name, namespace: namespace })
			(owner (unwrap! (nft-get-owner? names id)
				(err ERR_NAME_NOT_FOUND)))
			(space (unwrap! (map-get? namespaces namespace)
				(err ERR_NAMESPACE_NOT_FOUND)))
			(record (unwrap! (map-get? name-properties id)
				(err ERR_NAME_NOT_FOUND))))
		(asserts! (is-some (get launched-at space))
			(err ERR_NAMESPACE_NOT_LAUNCHED))
		(asserts! (is-eq owner tx-sender)
			(err ERR_NAME_OPERATION_UNAUTHORIZED))
		(try! (check-live
			(try! (lease-start (get launched-at space)
				(get revealed-at space) (get registered-at record)
				(get imported-at record)))
			(get lifetime space) (get revoked-at record)))
		(ok { namespace-props: space, name-props: record, owner: owner })))

(define-private (check-live
		(start uint) (lifetime uint) (revoked-at (optional uint)))
	(let ((phase (lease-phase start lifetime)))
		(asserts! (not (is-eq phase is-in-grace)) (err ERR_NAME_GRACE_PERIOD))
		(asserts! (is-eq phase is-live) (err ERR_NAME_EXPIRED))
		(asserts! (is-none revoked-at) (err ERR_NAME_REVOKED))
		(ok true)))

;; What a name stands for.
(define-read-only (name-resolve (namespace (buff 20)) (name (buff 48)))
	(let ((id { name: name, namespace: namespace })
			(owner (unwrap! (nft-get-owner? names id)
				(err ERR_NAME_NOT_FOUND)))
			(record (unwrap! (map-get? name-properties id)
				(err ERR_NAME_NOT_FOUND)))
			(space (unwrap! (map-get? namespaces namespace)
				(err ERR_NAMESPACE_NOT_FOUND)))
			(start (try! (lease-start (get launched-at space)
				(get revealed-at space) (get registered-at record)
				(get imported-at record))))
			(lifetime (get lifetime space)))
		(try! (check-live start lifetime (get revoked-at record)))
		(ok {
			zonefile-hash: (get zonefile-hash record),
			owner: owner,
			lease-started-at: start,
			lease-ending-at: (if (is-eq lifetime u0)
				none
				(some (+ start lifetime))),
		})))

;; The name of a principal, if it stands for something.
(define-read-only (resolve-principal (owner principal))
	(match (map-get? owner-name owner)
		held (match (name-resolve (get namespace held) (get name held))
			resolved (ok held)
			code (err { code: code, name: (some held) }))
		(err { code: ERR_NAME_NOT_FOUND, name: none })))

;;; Changes of a name

;; Writes a name's record, and prints its zone file's hash.
(define-private (write-record
		(id { name: (buff 48), namespace: (buff 20) })
		(record {
			registered-at: (optional uint),
			imported-at: (optional uint),
			revoked-at: (optional uint),
			zonefile-hash: (buff 20),
		})
		(op (string-ascii 16)))
	(let ((index (var-get attachment-index)))
		(var-set attachment-index (+ index u1))
		(map-set name-properties id record)
		(print {
			attachment: {
				hash: (get zonefile-hash record),
				attachment-index: index,
				metadata: {
					name: (get name id),
					namespace: (get namespace id),
					tx-sender: tx-sender,
					op: op,
				},
			},
		})
		true))

(define-private (move-name
		(id { name: (buff 48), namespace: (buff 20) })
		(from principal) (to principal))
	(if (is-eq from to)
		(ok true)
		(begin
			(unwrap! (nft-transfer? names id from to)
				(err ERR_NAME_COULD_NOT_BE_TRANSFERED))
			(map-delete owner-name from)
			(ok (map-set owner-name to id)))))

;; Gives a name to one who can receive it, whosever it was.
(define-private (give-name
		(id { name: (buff 48), namespace: (buff 20) }) (to principal))
	(begin
		(asserts! (try! (can-receive-name to))
			(err ERR_PRINCIPAL_ALREADY_ASSOCIATED))
		(match (nft-get-owner? names id)
			owner (move-name id owner to)
			(begin
				(unwrap! (nft-mint? names id to)
					(err ERR_NAME_COULD_NOT_BE_MINTED))
				(ok (map-set owner-name to id))))))

;; The importer gives a name away before the launch.
(define-public (name-import
		(namespace (buff 20)) (name (buff 48))
		(beneficiary principal) (zonefile-hash (buff 20)))
	(let ((id { name: name, namespace: namespace })
			(space (unwrap! (map-get? namespaces namespace)
				(err ERR_NAMESPACE_NOT_FOUND))))
		(asserts! (has-allowed-only name) (err ERR_NAME_CHARSET_INVALID))
		(asserts! (is-eq (get namespace-import space) tx-sender)
			(err ERR_NAMESPACE_OPERATION_UNAUTHORIZED))
		(asserts! (is-none (get launched-at space))
			(err ERR_NAMESPACE_ALREADY_LAUNCHED))
		(asserts! (< block-height
				(+ (get revealed-at space) NAMESPACE_LAUNCHABILITY_TTL))
			(err ERR_NAMESPACE_PREORDER_LAUNCHABILITY_EXPIRED))
		(try! (give-name id beneficiary))
		(ok (write-record id {
			registered-at: none,
			imported-at: (some block-height),
			revoked-at: none,
			zonefile-hash: zonefile-hash,
		} "name-import"))))

;; Burns STX for a name yet unnamed; returns as namespace-preorder does.
(define-public (name-preorder
		(hashed-salted-fqn (buff 20)) (stx-to-burn uint))
	(let ((key { hashed-salted-fqn: hashed-salted-fqn, buyer: tx-sender }))
		(asserts! (match (map-get? name-preorders key)
				former (>= block-height (+ (get created-at former)
					NAME_PREORDER_CLAIMABILITY_TTL))
				true)
			(err ERR_NAME_PREORDER_ALREADY_EXISTS))
		(asserts! (> stx-to-burn u0)
			(err ERR_NAMESPACE_STX_BURNT_INSUFFICIENT))
		(asserts! (is-eq (len hashed-salted-fqn) u20)
			(err ERR_NAME_HASH_MALFORMED))
		(unwrap! (stx-burn? stx-to-burn tx-sender)
			(err ERR_INSUFFICIENT_FUNDS))
		(map-set name-preorders key {
			created-at: block-height,
			claimed: false,
			stx-burned: stx-to-burn,
		})
		(ok (+ block-height NAME_PREORDER_CLAIMABILITY_TTL))))

;; The preorder was of the hash of name, ".", namespace and salt.
(define-public (name-register
		(namespace (buff 20)) (name (buff 48))
		(salt (buff 20)) (zonefile-hash (buff 20)))
	(let ((id { name: name, namespace: namespace })
			(space (unwrap! (map-get? namespaces namespace)
				(err ERR_NAMESPACE_NOT_FOUND)))
			(preorder (unwrap! (map-get? name-preorders {
				hashed-salted-fqn: (hash160 (concat
					(concat (concat name 0x2e) namespace) salt)),
				buyer: tx-sender,
			}) (err ERR_NAME_PREORDER_NOT_FOUND)))
			(preordered-at (get created-at preorder)))
		(asserts! (try! (can-name-be-registered namespace name))
			(err ERR_NAME_UNAVAILABLE))
		(asserts! (> preordered-at (unwrap-panic (get launched-at space)))
			(err ERR_NAME_PREORDERED_BEFORE_NAMESPACE_LAUNCH))
		(asserts! (< block-height
				(+ preordered-at NAME_PREORDER_CLAIMABILITY_TTL))
			(err ERR_NAME_CLAIMABILITY_EXPIRED))
		(asserts! (>= (get stx-burned preorder)
				(price-of name (get price-function space)))
			(err ERR_NAME_STX_BURNT_INSUFFICIENT))
		(try! (give-name id tx-sender))
		(ok (write-record id {
			registered-at: (some block-height),
			imported-at: none,
			revoked-at: none,
			zonefile-hash: zonefile-hash,
		} "name-register"))))

(define-public (name-update
		(namespace (buff 20)) (name (buff 48)) (zonefile-hash (buff 20)))
	(let ((found (try! (check-name-ops-preconditions namespace name))))
		(ok (write-record { name: name, namespace: namespace }
			(merge (get name-props found) { zonefile-hash: zonefile-hash })
			"name-update"))))

(define-public (name-transfer
		(namespace (buff 20)) (name (buff 48))
		(new-owner principal) (zonefile-hash (optional (buff 20))))
	(let ((id { name: name, namespace: namespace })
			(found (try! (check-name-ops-preconditions namespace name))))
		(asserts! (try! (can-receive-name new-owner))
			(err ERR_PRINCIPAL_ALREADY_ASSOCIATED))
		(unwrap! (move-name id tx-sender new-owner)
			(err ERR_NAME_TRANSFER_FAILED))
		(ok (write-record id
			(merge (get name-props found)
				{ zonefile-hash: (default-to 0x zonefile-hash) })
			"name-transfer"))))

;; The name stays its owner's and stands for nothing.
(define-public (name-revoke (namespace (buff 20)) (name (buff 48)))
	(let ((found (try! (check-name-ops-preconditions namespace name))))
		(ok (write-record { name: name, namespace: namespace }
			(merge (get name-props found)
				{ revoked-at: (some block-height), zonefile-hash: 0x })
			"name-revoke"))))

;; Begins a new lease.  No STX are burned, and `new-owner` gets nothing: names
;; on Stacks behave so, and programs know it.
(define-public (name-renewal
		(namespace (buff 20)) (name (buff 48)) (stx-to-burn uint)
		(new-owner (optional principal))
		(zonefile-hash (optional (buff 20))))
	(let ((id { name: name, namespace: namespace })
			(space (unwrap! (map-get? namespaces namespace)
				(err ERR_NAMESPACE_NOT_FOUND)))
			(owner (unwrap! (nft-get-owner? names id)
				(err ERR_NAME_NOT_FOUND)))
			(record (unwrap! (map-get? name-properties id)
				(err ERR_NAME_NOT_FOUND))))
		(asserts! (is-some (get launched-at space))
			(err ERR_NAMESPACE_NOT_LAUNCHED))
		(asserts! (and (> (get lifetime space) u0) (is-eq owner tx-sender))
			(err ERR_NAME_OPERATION_UNAUTHORIZED))
		(asserts! (< (try! (name-phase namespace name)) is-over)
			(err ERR_NAME_EXPIRED))
		(asserts! (>= stx-to-burn (price-of name (get price-function space)))
			(err ERR_NAME_STX_BURNT_INSUFFICIENT))
		(asserts! (is-none (get revoked-at record)) (err ERR_NAME_REVOKED))
		(match new-owner other (try! (can-receive-name other)) true)
		(let ((renewed {
				registered-at: (some block-height),
				imported-at: none,
				revoked-at: none,
				zonefile-hash: (default-to (get zonefile-hash record)
					zonefile-hash),
			}))
			(ok (if (is-none zonefile-hash)
				(map-set name-properties id renewed)
				(write-record id renewed "name-renewal"))))))
