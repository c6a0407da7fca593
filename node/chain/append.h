/*
 * node/chain/append.h - Judges a block, executes it, and keeps it.
 *
 * From cheap to dear: what the block shows by itself, its parent, Bitcoin, its
 * signers, its transactions' signatures, then the execution, and last of all
 * the state root.  A block that fails anywhere leaves nothing behind.  A fault
 * of this machine is never a verdict about a block.
 *
 * Layer:    node/chain.
 * Memory:   borrows the block; what it needs besides is the chain's.
 * Threads:  the chain's.
 * Spec:     docs/CONSENSUS.md, "Blocks".
 */
#ifndef NODE_CHAIN_APPEND_H
#define NODE_CHAIN_APPEND_H

#include <stdbool.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/chain/block_rule.h"
#include "node/chain/burn_view.h"
#include "node/chain/chain.h"
#include "node/chain/txcheck.h"
#include "node/wire/block.h"

/** A block that is to be appended. */
struct append_block {
	struct span bytes;         /* of the whole block, from the wire */
	const struct block *block; /* block_read of the same */
	const struct burn_view *burn;
	const struct txcheck_known *known; /* transactions whose signatures
	                                      were checked; NULL: none */
};

/** What came of it. */
struct append_result {
	struct chain_block facts;
	bool is_new;                  /* false: it was there already */
	bool is_tip;                  /* it is the tip now */
	struct block_verdict verdict; /* with ERR_BLOCK_REFUSED */
};

/**
 * Appends a block.
 *
 * @param ret  what came of it; of a refused block only the verdict
 * @return ERR_OK; ERR_BLOCK_REFUSED, a verdict, see `ret->verdict`; faults,
 *         upon which nothing is known about the block.
 */
MUST_USE enum err append_block(struct chain *c, const struct append_block *in,
                               struct append_result *ret);

#endif /* NODE_CHAIN_APPEND_H */
