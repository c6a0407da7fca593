/*
 * node/chain/exec.h - One transaction: who pays, what it does, what is kept.
 *
 * The origin and whoever pays must show their next nonce; the fee leaves the
 * payer first, then the payload runs, then the nonces move on.  All of it is
 * one transaction of the machine: a payload that fails, or whose
 * post-conditions do not hold, is undone alone, the fee stays paid.  What
 * cannot be in a block at all changes nothing, and says why.
 *
 * Layer:    node/chain; a pure function of the state, the transaction and the
 *           view of Bitcoin.
 * Memory:   receipts borrow from the machine, the transaction and `struct exec`
 *           until the next exec_run.
 * Threads:  one machine, one thread.
 * Spec:     SIP-005; docs/CONSENSUS.md, "Transactions".
 */
#ifndef NODE_CHAIN_EXEC_H
#define NODE_CHAIN_EXEC_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/cost/meter.h"
#include "clarity/vm/vm.h"
#include "node/chain/postcheck.h"
#include "node/wire/tx.h"

/** Sizes of results and printed values that a block may add up to, less one. */
#define EXEC_RECEIPTS_MAX (UINT64_C(50) * 1024 * 1024)

/** What transactions run on. */
struct exec {
	struct vm *vm;
	const struct store *store; /* the machine's, for the view */
	struct vm_chain chain;
	struct cost limit; /* of the tenure */
	struct cost spent; /* in the tenure; exec_run adds to it */
	uint64_t told;     /* sizes of results and printed values in the
	                      block; exec_run adds to it */
	/* What the newest receipt points to: */
	struct principal_room origin_room, payer_room, contract_room;
};

/** How a transaction that a block may contain ended. */
enum exec_end {
	EXEC_DONE,    /* it took effect; a response may still be an error */
	EXEC_FAILED,  /* the payload failed: see `vm` */
	EXEC_ABORTED, /* a post-condition did not hold: see `fault` */
	EXEC_SKIPPED  /* the block marks it: its payload was not run */
};

struct exec_receipt {
	enum exec_end end;
	struct value result; /* `(err none)` of a payload that failed or was
	                        skipped */
	struct vm_result vm; /* of calls and publications */
	struct postcheck_fault fault;
	struct event transfer; /* the event of a native transfer */
	const struct event *events;
	uint32_t n_events;
	struct cost cost;
	uint64_t fee;    /* microSTX */
	u128 stx_burned; /* by the payload */
};

/**
 * Runs a transaction and keeps what it changed.
 *
 * @param is_verified  its signatures are known to be good
 * @return ERR_OK, and `x->spent` has grown; otherwise nothing has changed:
 *         ERR_TX_CHAIN, ERR_TX_EPOCH, those of tx_verify: not valid here;
 *         ERR_TX_NONCE; ERR_TX_FEE: the payer has less than the fee;
 *         ERR_TX_POSTCONDS, ERR_TX_TRANSFER, ERR_TX_DUPLICATE,
 *         ERR_TX_REJECTED: no block may contain it;
 *         ERR_TX_RECEIPTS: the block's receipts would reach
 *         EXEC_RECEIPTS_MAX;
 *         ERR_COST_LIMIT: it does not fit what is left of the tenure;
 *         faults.
 */
MUST_USE enum err exec_run(struct exec *x, const struct tx *tx,
                           bool is_verified, struct exec_receipt *ret);

/**
 * Takes a marked transaction's fee and moves its nonces on, and no more.
 *
 * @return as exec_run; also ERR_TX_EPOCH before 4.0.
 */
MUST_USE enum err exec_skip(struct exec *x, const struct tx *tx,
                            bool is_verified, struct exec_receipt *ret);

#endif /* NODE_CHAIN_EXEC_H */
