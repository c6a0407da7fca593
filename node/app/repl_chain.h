/*
 * node/app/repl_chain.h - A chain for the prompt: blocks without a network.
 *
 * Programs ask for heights, times and facts of earlier blocks.  Here blocks
 * are numbers: each Stacks block is a tenure and sees a Bitcoin block of its
 * own, ten minutes after the last, and hashes hold nothing but the height.
 *
 * Layer:    node/app; uses clarity/vm.
 * Memory:   repl_chain_fini frees all.
 * Threads:  one thread.
 */
#ifndef NODE_APP_REPL_CHAIN_H
#define NODE_APP_REPL_CHAIN_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/value/principal.h"
#include "clarity/vm/mem_store.h"

/** Blocks that may be added at once. */
#define REPL_CHAIN_STEP_MAX 100000u

struct repl_chain {
	struct mem_store store;
	const struct principal *miner; /* of all blocks */
};

/**
 * Starts a chain that stands at its first block.
 *
 * @param miner  an account; must live as long as the chain
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err repl_chain_init(struct repl_chain *c,
                                  const struct principal *miner);

/** Frees the chain. */
void repl_chain_fini(struct repl_chain *c);

/** Which of the two chains gets blocks. */
enum repl_chain_part {
	REPL_CHAIN_BOTH,  /* each Stacks block sees a new Bitcoin block */
	REPL_CHAIN_STACKS /* they all see the same one */
};

/** Finishes the present block and `n` - 1 empty ones, at most
 * REPL_CHAIN_STEP_MAX. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err repl_chain_advance(struct repl_chain *c, uint32_t n,
                                     enum repl_chain_part part);

/**
 * Gives an account new microSTX.
 *
 * @return ERR_OK; ERR_OVERFLOW if there would be more than 2^128 - 1;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err repl_chain_mint(struct repl_chain *c,
                                  const struct principal *who, u128 amount);

#endif /* NODE_APP_REPL_CHAIN_H */
