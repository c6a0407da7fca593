;; signers-voting - The signers of a cycle vote for a key of their group.
;;
;; A vote has the weight of its signer; a key that gets 70 of 100 is approved.
;; When a vote fails, a next round may begin.  Blocks are not signed with this
;; key; the contract stays for those who read it.

(define-constant ERR_SIGNER_INDEX_MISMATCH u10)
(define-constant ERR_INVALID_SIGNER_INDEX u11)
(define-constant ERR_OUT_OF_VOTING_WINDOW u12)
(define-constant ERR_ILL_FORMED_AGGREGATE_PUBLIC_KEY u13)
(define-constant ERR_DUPLICATE_AGGREGATE_PUBLIC_KEY u14)
(define-constant ERR_DUPLICATE_VOTE u15)
(define-constant ERR_FAILED_TO_RETRIEVE_SIGNERS u16)
(define-constant ERR_INVALID_ROUND u17)

(define-constant threshold-consensus u70) ;; of 100

;; How cycles are counted: what pox-4 says when this contract begins
(define-constant pox-info
	(unwrap-panic (contract-call? .pox-4 get-pox-info)))

(define-map votes { reward-cycle: uint, round: uint, signer: principal }
	{ aggregate-public-key: (buff 33), signer-weight: uint })
(define-map tally
	{ reward-cycle: uint, round: uint, aggregate-public-key: (buff 33) }
	uint)
(define-map round-data { reward-cycle: uint, round: uint }
	{ votes-count: uint, votes-weight: uint })

;; By cycle
(define-map rounds uint uint) ;; the last one
(define-map aggregate-public-keys uint (buff 33)) ;; the approved one
(define-map cycle-total-weight uint uint)

;; The cycle in which a key was last voted for
(define-map used-aggregate-public-keys (buff 33) uint)

;;; Cycles

(define-read-only (burn-height-to-reward-cycle (height uint))
	(/ (- height (get first-burnchain-block-height pox-info))
		(get reward-cycle-length pox-info)))

(define-read-only (reward-cycle-to-burn-height (reward-cycle uint))
	(+ (* reward-cycle (get reward-cycle-length pox-info))
		(get first-burnchain-block-height pox-info)))

(define-read-only (current-reward-cycle)
	(burn-height-to-reward-cycle burn-block-height))

;; The prepare phase is the end of a cycle.
(define-read-only (is-in-prepare-phase (height uint))
	(let ((prepare (get prepare-cycle-length pox-info)))
		(< (mod (+ (- height (get first-burnchain-block-height pox-info))
				prepare)
				(get reward-cycle-length pox-info))
			prepare)))

;;; What is known

(define-read-only (get-last-round (reward-cycle uint))
	(map-get? rounds reward-cycle))

(define-read-only (get-vote (reward-cycle uint) (round uint) (signer principal))
	(map-get? votes
		{ reward-cycle: reward-cycle, round: round, signer: signer }))

(define-read-only (get-round-info (reward-cycle uint) (round uint))
	(map-get? round-data { reward-cycle: reward-cycle, round: round }))

(define-read-only (get-tally
		(reward-cycle uint) (round uint)
		(aggregate-public-key (buff 33)))
	(map-get? tally {
		reward-cycle: reward-cycle,
		round: round,
		aggregate-public-key: aggregate-public-key,
	}))

(define-read-only (get-candidate-info
		(reward-cycle uint) (round uint) (candidate (buff 33)))
	{
		candidate-weight: (default-to u0
			(get-tally reward-cycle round candidate)),
		total-weight: (map-get? cycle-total-weight reward-cycle),
	})

(define-read-only (get-approved-aggregate-key (reward-cycle uint))
	(map-get? aggregate-public-keys reward-cycle))

;; The weight that approves a key: 70 of 100, rounded up.
(define-read-only (get-threshold-weight (reward-cycle uint))
	(/ (+ u99 (* threshold-consensus
			(default-to u0 (map-get? cycle-total-weight reward-cycle))))
		u100))

;; The weight of the sender, which must be the signer with this index.
(define-read-only (get-signer-weight (signer-index uint) (reward-cycle uint))
	(let ((entry (unwrap! (try! (contract-call? .signers get-signer-by-index
			reward-cycle signer-index)) (err ERR_INVALID_SIGNER_INDEX))))
		(asserts! (is-eq (get signer entry) tx-sender)
			(err ERR_SIGNER_INDEX_MISMATCH))
		(ok (get weight entry))))

;; Tells whether a key was not voted for in another cycle.
(define-read-only (is-novel-aggregate-public-key
		(key (buff 33)) (reward-cycle uint))
	(match (map-get? used-aggregate-public-keys key)
		used (is-eq used reward-cycle)
		true))

;;; Votes

(define-private (add-weight
		(entry { signer: principal, weight: uint }) (sum uint))
	(+ sum (get weight entry)))

;; Adds up the weights of a cycle's signers when its first vote comes.
(define-private (ensure-total-weight (reward-cycle uint))
	(if (is-none (map-get? cycle-total-weight reward-cycle))
		(ok (map-set cycle-total-weight reward-cycle (fold add-weight
			(unwrap! (contract-call? .signers get-signers reward-cycle)
				(err ERR_FAILED_TO_RETRIEVE_SIGNERS))
			u0)))
		(ok true)))

;; Passes if `round` is an old one or the next.
(define-private (enter-round (reward-cycle uint) (round uint))
	(match (map-get? rounds reward-cycle)
		last (begin
			(asserts! (<= round (+ last u1)) (err ERR_INVALID_ROUND))
			(ok (and (> round last) (map-set rounds reward-cycle round))))
		(ok (map-set rounds reward-cycle round))))

(define-public (vote-for-aggregate-public-key
		(signer-index uint) (key (buff 33)) (round uint)
		(reward-cycle uint))
	(let ((weight (try! (get-signer-weight signer-index reward-cycle)))
			(old-total (default-to u0 (get-tally reward-cycle round key)))
			(new-total (+ weight old-total))
			(sums (default-to { votes-count: u0, votes-weight: u0 }
				(get-round-info reward-cycle round))))
		(try! (ensure-total-weight reward-cycle))
		(asserts! (is-none (get-approved-aggregate-key reward-cycle))
			(err ERR_OUT_OF_VOTING_WINDOW))
		(asserts! (is-eq (len key) u33)
			(err ERR_ILL_FORMED_AGGREGATE_PUBLIC_KEY))
		(asserts! (is-novel-aggregate-public-key key reward-cycle)
			(err ERR_DUPLICATE_AGGREGATE_PUBLIC_KEY))
		(asserts! (map-insert votes
				{ reward-cycle: reward-cycle, round: round, signer: tx-sender }
				{ aggregate-public-key: key, signer-weight: weight })
			(err ERR_DUPLICATE_VOTE))
		(try! (enter-round reward-cycle round))
		(map-set tally {
			reward-cycle: reward-cycle,
			round: round,
			aggregate-public-key: key,
		} new-total)
		(map-set round-data { reward-cycle: reward-cycle, round: round } {
			votes-count: (+ (get votes-count sums) u1),
			votes-weight: (+ (get votes-weight sums) weight),
		})
		(map-set used-aggregate-public-keys key reward-cycle)
		(print {
			event: "voted",
			signer: tx-sender,
			reward-cycle: reward-cycle,
			round: round,
			key: key,
			new-total: new-total,
		})
		(if (>= new-total (get-threshold-weight reward-cycle))
			(approve reward-cycle round key)
			false)
		(ok true)))

(define-private (approve (reward-cycle uint) (round uint) (key (buff 33)))
	(begin
		(map-set aggregate-public-keys reward-cycle key)
		(print {
			event: "approved-aggregate-public-key",
			reward-cycle: reward-cycle,
			round: round,
			key: key,
		})
		true))
