/*
 * node/store/node_cache.h - Trie nodes that were read or written lately.
 *
 * A block's trie copies the nodes on the way to each key that it writes.  Near
 * the root these are the same nodes for every block, so reading them from the
 * database each time would cost more than hashing them.
 *
 * Two generations: what is put goes to the young one, what is found in the
 * old one is moved up.  When the young one is full it becomes the old one, and
 * what nobody asked for meanwhile is forgotten at once.  So there is no list
 * to keep in order, and no single object to free.
 *
 * Layer:    node/store.
 * Memory:   init/fini; at most the bytes given at the start, and tables of
 *           about a third as much.
 * Threads:  one at a time.
 */
#ifndef NODE_STORE_NODE_CACHE_H
#define NODE_STORE_NODE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/hmap.h"
#include "clarity/base/span.h"

struct node_cache {
	struct arena arenas[2]; /* records of the young and the old ones */
	struct hmap maps[2];    /* block and index: struct cached */
	uint32_t young;         /* which of the two */
	size_t half;            /* bytes of a generation */
};

/** Starts an empty cache. @param max_bytes  of both generations */
void node_cache_init(struct node_cache *c, size_t max_bytes);

/** Frees everything. */
void node_cache_fini(struct node_cache *c);

/** Forgets everything. */
void node_cache_reset(struct node_cache *c);

/**
 * Finds a record.
 *
 * @param ret  valid until the next call
 * @return whether it is there.
 */
bool node_cache_get(struct node_cache *c, uint32_t block, uint32_t index,
                    struct span *ret);

/** Keeps a copy of a record, if there is memory; nodes never change. */
void node_cache_put(struct node_cache *c, uint32_t block, uint32_t index,
                    struct span record);

#endif /* NODE_STORE_NODE_CACHE_H */
