/*
 * node/bitcoin/btc_merkle.h - Bitcoin's tree over transactions, and its traps.
 *
 * A row of odd length repeats its last node, so a list whose end is repeated
 * has the root of the shorter list: another block with the same hash.  And an
 * inner node is the hash of 64 bytes, so a transaction of 64 bytes can pose as
 * one: a proof may then lead to something that is in no block.  Both are told
 * here, for nothing in the tree itself prevents them.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     CVE-2012-2459; CVE-2017-12842.
 */
#ifndef NODE_BITCOIN_BTC_MERKLE_H
#define NODE_BITCOIN_BTC_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "node/bitcoin/btc_wire.h"

/** Siblings that a proof may have: rows of a tree of 2^32 leaves. */
#define BTC_MERKLE_DEPTH_MAX 32u

/** The length of a transaction that could pose as an inner node. */
#define BTC_MERKLE_NODE_LEN 64u

typedef uint8_t btc_hash[BTC_WIRE_HASH_LEN];

/**
 * Computes the root over `n` hashes; of none, 32 zero bytes.
 *
 * @param nodes       the leaves; overwritten
 * @param ret_mutated whether two equal neighbours were joined, other than a
 *                    last node with itself: the list is then not to be trusted
 */
void btc_merkle_root(btc_hash ret, bool *ret_mutated, btc_hash *nodes,
                     uint32_t n);

/**
 * Computes the siblings that prove leaf `at` of `n`.
 *
 * @param ret    room for BTC_MERKLE_DEPTH_MAX hashes
 * @param nodes  the leaves; overwritten
 * @return how many siblings, from the leaf's row up
 */
size_t btc_merkle_prove(btc_hash *ret, btc_hash *nodes, uint32_t n,
                        uint32_t at);

/** A proof that a transaction is in a block. */
struct btc_merkle_proof {
	btc_hash leaf;           /* the transaction's id */
	size_t tx_len;           /* its length without witnesses */
	uint32_t at;             /* its place in the block */
	uint32_t n;              /* transactions in the block */
	const uint8_t *siblings; /* n_siblings hashes, the leaf's row first */
	size_t n_siblings;
};

/**
 * Judges a proof.
 *
 * @return whether it has the depth of a tree of `n` leaves, repeats a node
 *         exactly where a row is odd, is not of a transaction of
 *         BTC_MERKLE_NODE_LEN bytes, and leads to `root`.
 */
bool btc_merkle_verify(const struct btc_merkle_proof *p, const btc_hash root);

#endif /* NODE_BITCOIN_BTC_MERKLE_H */
