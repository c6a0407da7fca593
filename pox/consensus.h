/*
 * pox/consensus.h - The hashes that name a view of the burn chain.
 *
 * A consensus hash commits to a burn block, its operations, all that was paid,
 * which anchor blocks are known, and to earlier consensus hashes at distances
 * that double: two nodes with the same hash agree on all that came before.
 *
 * Layer:    pox; uses clarity/base and clarity/crypto.
 * Memory:   never allocates; inputs are borrowed.
 * Threads:  pure functions.
 * Spec:     SIP-001, "Consensus hash"; SIP-007, "PoX identifier".
 */
#ifndef POX_CONSENSUS_H
#define POX_CONSENSUS_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/span.h"

#define CONSENSUS_HASH_LEN 20u

/** Earlier hashes there are at most. */
#define CONSENSUS_EARLIER_MAX 64u

/** What a consensus hash commits to.  Hashes of Bitcoin are as shown: highest
 * byte first. */
struct consensus_input {
	const uint8_t *burn_hash; /* 32 bytes */
	const uint8_t *ops_hash;  /* 32 bytes */
	uint64_t total_burn;      /* satoshi, this block's included */
	struct span pox_id;       /* a character a reward cycle, '1' if its
	                             anchor block is known, else '0' */
	const uint8_t (*earlier)[CONSENSUS_HASH_LEN]; /* latest first, of the
	                             heights that consensus_earlier gives */
	size_t n;
};

/** Computes the hash of the accepted operations' ids, in block order. */
void consensus_ops_hash(uint8_t ret[32], const uint8_t (*txids)[32], size_t n);

/** Computes a consensus hash. */
void consensus_hash(uint8_t ret[CONSENSUS_HASH_LEN],
                    const struct consensus_input *in);

/**
 * Lists the heights whose hashes go into the next one: the parent's, then 1,
 * 3, 7, … below it, down to the first block.
 *
 * @param parent  height of the parent; not below `first`, a CHECK
 * @return how many heights were written.
 */
size_t consensus_earlier(uint64_t ret[CONSENSUS_EARLIER_MAX], uint64_t parent,
                         uint64_t first);

/** Computes the id of a burn block under a PoX id (see consensus_input). */
void consensus_sortition_id(uint8_t ret[32], const uint8_t burn_hash[32],
                            struct span pox_id);

#endif /* POX_CONSENSUS_H */
