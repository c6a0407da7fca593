/*
 * node/chain/chain.h - The chain: its blocks, their state, and the tip.
 *
 * This is what the rest of a node talks to.  Below it lies the store
 * (chaindb.h), which keeps forks apart; within it the machine and the rules.
 * A block is appended to any known parent that is not settled (append.h), and
 * becomes the tip if it is better.  Blocks are made the same way they are
 * judged (assemble.h).
 *
 * The better of two blocks is the higher one; of equal height, the one whose
 * tenure was elected later; within a tenure, the first that came.  This knows
 * nothing of reorganisations of Bitcoin: whoever follows Bitcoin says which
 * views still stand, and chain_choose finds the best tip among them.
 *
 * Layer:    node/chain; all of the world comes in through the options.
 * Memory:   open/close; bounded by the store's options.
 * Threads:  one at a time.
 * Spec:     docs/CONSENSUS.md, "Blocks".
 */
#ifndef NODE_CHAIN_CHAIN_H
#define NODE_CHAIN_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/vm/vm.h"
#include "node/chain/block_run.h"
#include "node/chain/chain_block.h"
#include "node/chain/genesis.h"
#include "node/chain/txcheck.h"
#include "node/store/chaindb.h"

struct chain;

/** Who knows Bitcoin's blocks, for programs that ask about them. */
struct chain_bitcoin {
	void *ctx;
	/** As store_ops' `burn`, on the fork that ends in the given view. */
	enum err (*burn)(void *ctx, struct arena *a,
	                 const uint8_t view[WIRE_CONSENSUS_HASH_LEN],
	                 uint32_t burn_height, struct store_burn *ret,
	                 bool *found);
};

struct chain_options {
	const struct genesis *genesis;   /* borrowed */
	struct chaindb_options db;       /* chain id and facts are filled in */
	const struct block_hooks *hooks; /* borrowed; NULL: none.  Without
	                                    `signers` the chain computes
	                                    signer sets itself */
	const struct chain_bitcoin *bitcoin; /* borrowed; NULL: nothing known */
	const struct txcheck_pool *pool;     /* borrowed; NULL: one thread */
	uint32_t horizon; /* tenures that a fork may reach back; 0: all that
	                     the store holds */
};

/**
 * Opens a chain; an empty store is given genesis.
 *
 * @param ret_why  CHAINDB_WHY_MAX bytes; on failure what is wrong and what
 *                 to do about it
 * @return ERR_OK; ERR_GENESIS: it does not execute; ERR_STORE_CHAIN: the store
 *         was made from another genesis; as chaindb_open.
 */
MUST_USE enum err chain_open(struct chain **ret,
                             const struct chain_options *options,
                             char *ret_why);

/** Closes the chain and its store; NULL is accepted. */
void chain_close(struct chain *c);

/** @return the chain's numbers. */
const struct chain_params *chain_params(const struct chain *c);

/** @return the store, for blocks' bytes, receipts and the log.  Only to be
 * read from. */
struct chaindb *chain_db(struct chain *c);

/** @return the newest block of the best branch; valid until the tip moves. */
const struct chain_block *chain_tip(const struct chain *c);

/**
 * Reads a block's facts by its id, on any branch.
 *
 * @return ERR_OK; ERR_STORE_NO_BLOCK; faults.
 */
MUST_USE enum err chain_find(struct chain *c, const uint8_t id[WIRE_HASH_LEN],
                             struct chain_block *ret);

/** Reads the facts of the block at a height of the tip's branch; as
 * chain_find. */
MUST_USE enum err chain_at(struct chain *c, uint32_t height,
                           struct chain_block *ret);

/** Reads the facts of a tenure of the tip's branch; as chain_find. */
MUST_USE enum err chain_tenure_at(struct chain *c, uint32_t tenure_height,
                                  struct chain_tenure *ret);

/**
 * Lends the machine for calls that are not kept, at the tip's state: use
 * vm_begin before each, never vm_commit.
 *
 * @return ERR_OK; faults.
 */
MUST_USE enum err chain_look(struct chain *c, struct vm **ret);

/**
 * Makes a known block the tip.
 *
 * @return ERR_OK; ERR_STORE_NO_BLOCK; ERR_STORE_SETTLED; faults.
 */
MUST_USE enum err chain_set_tip(struct chain *c,
                                const uint8_t id[WIRE_HASH_LEN]);

/** Whether a block's view of Bitcoin still stands. */
struct chain_stands {
	void *ctx;
	bool (*stands)(void *ctx, const struct chain_block *block);
};

/**
 * Makes the best block whose view stands the tip; a settled block always
 * stands.
 *
 * @param ret_moved  whether the tip is another block now
 * @return ERR_OK; faults.
 */
MUST_USE enum err chain_choose(struct chain *c, const struct chain_stands *s,
                               bool *ret_moved);

/** @return whether block `a` is better than `b`; equal ones are not. */
bool chain_is_better(const struct chain_block *a, const struct chain_block *b);

#endif /* NODE_CHAIN_CHAIN_H */
