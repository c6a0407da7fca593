;; signers - Who signs the blocks of a reward cycle, with which weight.
;;
;; The chain writes here, by the private functions, when a prepare phase
;; begins; nobody else can.  Signers exchange messages through databases of
;; their own, signers-P-N: P is the cycle's parity, N the kind of message.

(define-constant ERR_NO_SUCH_PAGE u1)
(define-constant ERR_CYCLE_NOT_SET u2)

(define-constant CHUNK_SIZE (* u2 u1024 u1024)) ;; bytes of one message
(define-constant MAX_WRITES u4294967295)

;; The signers of each cycle, in the order that block signatures follow
(define-map cycle-signer-set uint
	(list 4000 { signer: principal, weight: uint }))
(define-map cycle-set-height uint uint) ;; the chain's height at that time
(define-data-var last-set-cycle uint u0)

;; The slots of the message databases, by parity
(define-data-var stackerdb-signer-slots-0
	(list 4000 { signer: principal, num-slots: uint }) (list))
(define-data-var stackerdb-signer-slots-1
	(list 4000 { signer: principal, num-slots: uint }) (list))

;;; For the chain

;; Comes first and opens the cycle.
(define-private (stackerdb-set-signer-slots
		(signer-slots (list 4000 { signer: principal, num-slots: uint }))
		(reward-cycle uint) (set-at-height uint))
	(begin
		(map-set cycle-set-height reward-cycle set-at-height)
		(var-set last-set-cycle reward-cycle)
		(ok (if (is-eq (mod reward-cycle u2) u0)
			(var-set stackerdb-signer-slots-0 signer-slots)
			(var-set stackerdb-signer-slots-1 signer-slots)))))

(define-private (set-signers
		(reward-cycle uint)
		(signers (list 4000 { signer: principal, weight: uint })))
	(begin
		(asserts! (is-eq reward-cycle (var-get last-set-cycle))
			(err ERR_CYCLE_NOT_SET))
		(ok (map-set cycle-signer-set reward-cycle signers))))

;;; For all

(define-read-only (get-last-set-cycle)
	(ok (var-get last-set-cycle)))

(define-read-only (get-signers (cycle uint))
	(map-get? cycle-signer-set cycle))

(define-read-only (get-signer-by-index (cycle uint) (signer-index uint))
	(ok (element-at?
		(unwrap! (map-get? cycle-signer-set cycle) (err ERR_CYCLE_NOT_SET))
		signer-index)))

;;; For the message databases

(define-read-only (stackerdb-get-signer-slots-page (page uint))
	(if (is-eq page u0)
		(ok (var-get stackerdb-signer-slots-0))
		(if (is-eq page u1)
			(ok (var-get stackerdb-signer-slots-1))
			(err ERR_NO_SUCH_PAGE))))

(define-read-only (stackerdb-get-config)
	(ok {
		chunk-size: CHUNK_SIZE,
		write-freq: u0,
		max-writes: MAX_WRITES,
		max-neighbors: u32,
		hint-replicas: (list),
	}))
