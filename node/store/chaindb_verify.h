/*
 * node/store/chaindb_verify.h - Is the store what it says it is?
 *
 * Everything that a root commits to is computed again from what is stored:
 * each node of each block's trie, each block's root, and for every key of the
 * state that the tip's trie holds the hash of its value.  What is not under a
 * root (headers, bytes, receipts) is read, so that the database's own
 * checksums are looked at.
 *
 * Layer:    node/store.
 * Memory:   the nodes of one block at a time.
 * Threads:  as chaindb.
 */
#ifndef NODE_STORE_CHAINDB_VERIFY_H
#define NODE_STORE_CHAINDB_VERIFY_H

#include <stdint.h>

#include "node/store/chaindb.h"

/** What was looked at. */
struct chaindb_report {
	uint32_t n_blocks;     /* whose roots are right */
	uint32_t n_receipts;   /* that could be read */
	uint32_t n_keys;       /* of the state */
	uint32_t n_keys_right; /* contracts included, which no root holds */
	uint32_t bad_block;    /* where it stopped, or CHAINDB_NONE */
};

/**
 * Looks at the tip's branch from height `from` on, and at the state, moving it
 * to the tip.  None may be open.
 *
 * @return ERR_OK: all is right; ERR_STORE_CORRUPT: `ret` says how far it came;
 *         other faults.
 */
MUST_USE enum err chaindb_verify(struct chaindb *db, uint32_t from,
                                 struct chaindb_report *ret);

#endif /* NODE_STORE_CHAINDB_VERIFY_H */
