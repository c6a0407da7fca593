/*
 * node/chain/assemble.h - Makes a block out of candidates.
 *
 * A block is built by executing it on its parent's state, exactly as
 * append_block will, and is then taken back: what remains is its header with
 * both roots, waiting for the miner's signature, and the list of what is in
 * it.
 *
 * The tenure's own transactions come first and must succeed.  Then candidates
 * are tried in the order in which they are offered, until there are no more,
 * time is up, or the block is full:
 *   taken  it is in the block;
 *   later  it cannot be now: its nonce is too high, the payer cannot pay yet,
 *          or what is left of the budget or of the bytes is too small;
 *   never  no block on this state may contain it: it is malformed here, its
 *          nonce is used up, or it alone needs more than four fifths of a
 *          tenure's budget.
 *
 * A block takes at most a share of what is left of its tenure's budget, so
 * that one block does not use up what the next ones need.
 *
 * Layer:    node/chain.
 * Memory:   the result lies in the given arena and borrows the candidates'.
 * Threads:  the chain's.
 */
#ifndef NODE_CHAIN_ASSEMBLE_H
#define NODE_CHAIN_ASSEMBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/chain/block_rule.h"
#include "node/chain/burn_view.h"
#include "node/chain/chain.h"
#include "node/wire/block.h"

/** Percent of a tenure's budget: what does not fit into a tenure that has
 * spent less is too dear for any. */
#define ASSEMBLE_FRESH_PERCENT 20u

/** Percent of what is left of the budget that a block takes by default. */
#define ASSEMBLE_SHARE_PERCENT 25u

/** Candidates in a row that do not fit, upon which the block is full. */
#define ASSEMBLE_MISSES_MAX 64u

/** What became of a candidate. */
enum assemble_fate {
	ASSEMBLE_TAKEN,
	ASSEMBLE_LATER,
	ASSEMBLE_NEVER
};

/** A transaction that might go into the block. */
struct assemble_candidate {
	const struct tx *tx;
	const uint8_t *id; /* WIRE_HASH_LEN bytes */
	uint32_t len;      /* bytes */
	bool is_verified;  /* its signatures are known to be good */
	bool is_marked;    /* its fee is to be taken and its payload skipped:
	                      since 4.0, and agreed with the signers */
	uint8_t category;  /* of the marker */
};

/** Where candidates come from. */
struct assemble_source {
	void *ctx;
	/** Gives the next one. @return false if there is none. */
	bool (*next)(void *ctx, struct assemble_candidate *ret);
	/** Is told what became of it; `why` with LATER and NEVER. */
	void (*judge)(void *ctx, const struct assemble_candidate *tx,
	              enum assemble_fate fate, enum err why);
	/** Whether the time is up; NULL: never. */
	bool (*is_over)(void *ctx);
};

/** What block is to be made. */
struct assemble_order {
	const uint8_t *parent; /* block id */
	const struct burn_view *burn;
	uint64_t time;           /* seconds, of the header */
	struct bitvec treatment; /* of addresses */
	/** The tenure change, and the coinbase behind it, if any. */
	const struct assemble_candidate *tenure;
	uint32_t n_tenure;                    /* 0 to 2 */
	const struct assemble_source *source; /* NULL: no candidates */
	uint32_t share; /* percent of the budget that is left, at most 100;
	                   0: ASSEMBLE_SHARE_PERCENT */
};

/** The block that was made; neither miner nor signers have signed it. */
struct assemble_result {
	struct block block;
	struct chain_block facts; /* without ids */
	struct block_verdict verdict;
};

/**
 * Makes a block.
 *
 * @return ERR_OK; ERR_BLOCK_REFUSED if the order itself breaks a rule (an
 *         unknown or settled parent, tenure transactions that do not execute,
 * no transaction at all), see `ret->verdict`; faults.
 */
MUST_USE enum err assemble_block(struct chain *c, struct arena *a,
                                 const struct assemble_order *order,
                                 struct assemble_result *ret);

#endif /* NODE_CHAIN_ASSEMBLE_H */
