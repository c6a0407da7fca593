/*
 * node/store/chaindb_past.h - What keys held in earlier blocks.
 *
 * The trie of a block leads to the block that wrote a key last, and that
 * block's list of changes has the value.  It is slower than a look at the
 * state, and only at-block, gone since epoch 3.4, asks for it.
 *
 * Layer:    node/store; fills struct vmstore_past.
 * Memory:   as its functions say.
 * Threads:  as chaindb.
 */
#ifndef NODE_STORE_CHAINDB_PAST_H
#define NODE_STORE_CHAINDB_PAST_H

#include "node/store/chaindb.h"

/** Fills the table for a store. */
void chaindb_past_init(struct vmstore_past *ret, struct chaindb *db);

#endif /* NODE_STORE_CHAINDB_PAST_H */
