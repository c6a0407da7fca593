/*
 * node/regtest/rt_proof.h - Proofs that transactions are in a block, as
 * Bitcoin's node writes them.
 *
 * A proof is a header and the part of the tree that leads to some of the
 * leaves, depth first, with a bit for each node: whether it leads on.
 *
 * Layer:    node/regtest; pure.
 * Memory:   hashes lie in the given arena.
 * Threads:  pure functions.
 * Spec:     BIP-37, "Partial Merkle branch format"; CVE-2012-2459.
 * Format:   header[80], transactions[4], count, hashes[32 each], count, bits
 */
#ifndef NODE_REGTEST_RT_PROOF_H
#define NODE_REGTEST_RT_PROOF_H

#include <stdbool.h>

#include "node/bitcoin/btc_block.h"

/**
 * Appends a proof for some of a block's transactions.
 *
 * @param is_wanted  for each transaction, whether it is proved
 * @return ERR_OK; ERR_NO_MEMORY; as buf_add.
 */
MUST_USE enum err rt_proof_write(struct arena *a, struct buf *ret,
                                 const struct btc_block *block,
                                 const bool *is_wanted);

/** What a proof says. */
struct rt_proof {
	struct btc_header header;
	uint32_t n_txs;
	btc_hash *ids; /* those that are proved */
	uint32_t n_ids;
};

/**
 * Reads a proof and follows it to the header's root.
 *
 * @return ERR_OK; ERR_SYNTAX: not a proof, or one that leads elsewhere;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err rt_proof_read(struct arena *a, struct rt_proof *ret,
                                struct span bytes);

#endif /* NODE_REGTEST_RT_PROOF_H */
