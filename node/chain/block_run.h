/*
 * node/chain/block_run.h - A block being executed: begin, transactions, end.
 *
 * The order of everything that a block writes is consensus:
 *
 *   begin  the block's time, where the state's epoch keeps one (the epoch
 *          before a change that happens next); each epoch that begins, with
 *          its contracts; the tenure's height, in a tenure's first block;
 *          operations from Bitcoin, in such a block; the signer set of the
 *          next cycle, when it is due; votes from Bitcoin
 *   then   transactions
 *   end    the miner of the tenure that matures, then the miner of the tenure
 *          before that one, then the supply by the coinbase (these in a
 *          tenure's first block); grants of this height; the supply by them,
 *          in every block and also by nothing; the emission, in a tenure's
 *          first block
 *
 * The block that enters an epoch follows its rules, but pays by the prices and
 * within the budget of its parent's epoch.
 *
 * The same steps append a block and assemble one, so they cannot differ.
 *
 * Layer:    node/chain; a pure function of the parent's state, the block and
 *           the view of Bitcoin.
 * Memory:   borrows everything; the arena holds one transaction's receipt.
 * Threads:  one machine, one thread.
 * Spec:     docs/CONSENSUS.md, "Blocks".
 */
#ifndef NODE_CHAIN_BLOCK_RUN_H
#define NODE_CHAIN_BLOCK_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/chain/block_shape.h"
#include "node/chain/burn_view.h"
#include "node/chain/chain_block.h"
#include "node/chain/exec.h"
#include "node/chain/genesis.h"
#include "node/store/receipt.h"

/** What others do in a block's beginning; each may be NULL.  They write
 * through the machine, in transactions of their own, and answer ERR_OK or a
 * fault. */
struct block_hooks {
	void *ctx;
	/** Operations that came from Bitcoin; in a tenure's first block. */
	enum err (*operations)(void *ctx, struct vm *vm,
	                       const struct chain_block *block);
	/** The signer set of the next cycle; in every block, it decides. */
	enum err (*signers)(void *ctx, struct vm *vm,
	                    const struct chain_block *block);
	/** Votes that came from Bitcoin; in a tenure's first block. */
	enum err (*votes)(void *ctx, struct vm *vm,
	                  const struct chain_block *block);
};

/** Who is told of a block. */
struct block_sink {
	void *ctx;
	/** Takes the next receipt, borrowed for the call; what was taken is
	 * void unless the block is appended. @return ERR_OK or a fault. */
	enum err (*receipt)(void *ctx, const struct receipt *r);
};

/** What blocks run on; lives as long as the machine. */
struct block_host {
	const struct genesis *genesis;
	struct vm *vm;
	const struct store *store;       /* the machine's */
	enum epoch rules;                /* that the machine follows now */
	enum epoch prices;               /* by which it charges now */
	const struct block_hooks *hooks; /* NULL: none */
	void *ctx;                       /* of tenure_at */
	/** Reads facts of a tenure of the fork that is being built on.
	 * @return ERR_OK; a fault, also if there is no such tenure. */
	enum err (*tenure_at)(void *ctx, uint32_t tenure_height,
	                      struct chain_tenure *ret);
};

/** What a block says about itself before its transactions run. */
struct block_frame {
	const struct chain_block *parent;
	const struct burn_view *burn;
	struct block_shape shape;
	uint64_t time; /* seconds */
};

/** A block being executed. */
struct block_run {
	struct block_host *host;
	struct block_sink sink; /* `receipt` may be NULL */
	struct block_frame frame;
	struct arena *arena;      /* reset for each transaction */
	struct exec exec;         /* its `spent` is the tenure's */
	struct cost begun;        /* `spent` when the block began */
	struct chain_block facts; /* what is known so far */
	struct store_view view;
	struct exec_receipt receipt; /* of the newest transaction */
};

/** @return whether the tenure's spent budget is undone by a block of this
 * shape, all of it or one unit; NULL means a block without tenure change. */
struct cost block_run_budget(const struct cost *spent,
                             const struct payload_tenure *change);

/**
 * Makes the facts that hold before anything is executed: also what the
 * store's view of the new block must answer (height, view of Bitcoin).
 */
void block_run_facts(struct chain_block *ret, const struct block_frame *frame,
                     const struct chain_params *params);

/**
 * Writes a block's beginning.  The store must have a block open on the
 * parent, and its view must answer as of the new block.
 *
 * @return ERR_OK; faults, ERR_GENESIS among them when an epoch's contracts
 *         cannot be installed: drop the block.
 */
MUST_USE enum err block_run_begin(struct block_run *r, struct block_host *host,
                                  const struct block_frame *frame,
                                  const struct block_sink *sink,
                                  struct arena *arena);

/** A transaction of a block. */
struct block_run_tx {
	const struct tx *tx;
	const uint8_t *id; /* WIRE_HASH_LEN bytes */
	bool is_verified;  /* its signatures are known to be good */
	bool is_marked;    /* the header marks it: its payload is skipped */
};

/**
 * Runs the next transaction and tells its receipt.
 *
 * @param ret  what it did, until the next call; may be NULL
 * @return as exec_run: after a verdict nothing of it is kept, and another
 *         transaction may take its place.
 */
MUST_USE enum err block_run_tx(struct block_run *r,
                               const struct block_run_tx *tx,
                               const struct exec_receipt **ret);

/** Writes a block's end; r->facts then lacks only ids and roots.
 * @return ERR_OK; faults. */
MUST_USE enum err block_run_end(struct block_run *r);

#endif /* NODE_CHAIN_BLOCK_RUN_H */
