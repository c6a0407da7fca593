/*
 * node/chain/signer_set.h - Writes down who signs the next reward cycle.
 *
 * The first block in a prepare phase computes, from what is stacked, who will
 * sign in the cycle that the phase prepares, and tells the signers' contract.
 * From then on everybody reads it from the state.
 *
 * This is the computation for the fourth stacking contract; cycles that belong
 * to its successor are left alone.
 *
 * Layer:    node/chain.
 * Memory:   own arenas, freed before it returns.
 * Threads:  the machine's.
 * Spec:     SIP-021, "Signer set"; docs/CONSENSUS.md, "Blocks".
 */
#ifndef NODE_CHAIN_SIGNER_SET_H
#define NODE_CHAIN_SIGNER_SET_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/vm/vm.h"
#include "node/chain/chain_block.h"
#include "node/chain/chain_params.h"
#include "pox/reward_set.h"

/** Signers at most, as the contract keeps them. */
#define SIGNER_SET_MAX 4000u

/** What the computation works on; the `ctx` of block_hooks. */
struct signer_set {
	const struct chain_params *params;
	struct span contract; /* the signers' contract */
	/** Is told of a set that a block computed; NULL: nobody is.  The set
	 * is borrowed for the call. */
	void (*told)(void *ctx, uint64_t cycle, const struct reward_set *set);
	void *ctx;
};

/** Starts with the usual name of the contract. */
void signer_set_init(struct signer_set *s, const struct chain_params *params);

/**
 * Computes and writes the set, if this block is the one that does; for
 * block_hooks' `signers`.
 *
 * @param signer_set  a struct signer_set
 * @return ERR_OK; ERR_REWARD_SET; ERR_STORE_CORRUPT if the contracts do not
 *         answer as they should; other faults.
 */
MUST_USE enum err signer_set_update(void *signer_set, struct vm *vm,
                                    const struct chain_block *block);

#endif /* NODE_CHAIN_SIGNER_SET_H */
