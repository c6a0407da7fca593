/*
 * node/wire/txtree.h - The Merkle root over a block's transactions.
 *
 * A leaf is the tagged hash of a transaction id, an inner node the tagged hash
 * of two.  A row of odd length repeats its last node, and so does the row of
 * leaves: the root over one transaction has that leaf on both sides.  Only one
 * node per row is kept, so a tree of any size takes 1 kB.
 *
 * Layer:    node/wire; pure.
 * Memory:   never allocates.
 * Threads:  plain data.
 * Spec:     SIP-005, "Transaction Merkle tree".
 */
#ifndef NODE_WIRE_TXTREE_H
#define NODE_WIRE_TXTREE_H

#include <stdint.h>

#define TXTREE_LEN 32u
#define TXTREE_ROWS 33u

struct txtree {
	uint32_t n; /* leaves so far */
	uint8_t node[TXTREE_ROWS]
		    [TXTREE_LEN]; /* bit i of n: row i waits here */
};

/** Starts an empty tree. */
void txtree_init(struct txtree *t);

/** Adds the next leaf; at most 2^32 - 1 (a CHECK). */
void txtree_add(struct txtree *t, const uint8_t id[TXTREE_LEN]);

/** Computes the root of what was added; of nothing, 32 zero bytes. */
void txtree_root(const struct txtree *t, uint8_t ret[TXTREE_LEN]);

#endif /* NODE_WIRE_TXTREE_H */
