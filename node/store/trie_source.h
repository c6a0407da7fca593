/*
 * node/store/trie_source.h - Where the tries of earlier blocks are read from.
 *
 * The trie does not know whether sealed nodes lie in memory or in a database:
 * it asks this table.  Blocks have local numbers, given once and never reused;
 * a number stands for the block's 32-byte id, also when the block was sealed
 * under a placeholder and got its id later.
 *
 * Layer:    node/store.
 * Memory:   a record is valid until the filling is called again.
 * Threads:  as the filling says.
 */
#ifndef NODE_STORE_TRIE_SOURCE_H
#define NODE_STORE_TRIE_SOURCE_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

struct trie_source {
	void *ctx; /* the filling's own; passed to each call */

	/**
	 * Reads the record of node `index` of the trie of `block`.
	 *
	 * @param a    scratch that the filling may use
	 * @param ret  valid until the next call
	 * @return ERR_OK; a fault (ERR_STORE_CORRUPT if there is no such node).
	 */
	enum err (*node)(void *ctx, struct arena *a, uint32_t block,
	                 uint32_t index, struct span *ret);

	/**
	 * Tells the id that stands for `block` in hashes.
	 *
	 * @param ret  32 bytes
	 * @return ERR_OK; a fault.
	 */
	enum err (*block_id)(void *ctx, uint32_t block, uint8_t *ret);
};

#endif /* NODE_STORE_TRIE_SOURCE_H */
