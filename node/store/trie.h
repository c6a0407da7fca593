/*
 * node/store/trie.h - One block's trie: copied from its parent, grown, sealed.
 *
 * A block's state root commits to every key of the chain, yet costs only the
 * nodes that the block touches.  A new trie starts as a copy of its parent's
 * root, all children behind back-pointers.  An insert copies each node on its
 * way into the new trie, then attaches, splits or promotes.  The order of
 * inserts, duplicates included, decides slot orders and so the root.
 *
 * Hashes are not kept up to date during inserts: trie_seal computes each
 * touched node's hash once.
 *
 * Layer:    node/store.
 * Memory:   everything lives in the arena given at the start.
 * Threads:  a trie belongs to one thread; sealed tries are read-only.
 * Spec:     SIP-004.
 */
#ifndef NODE_STORE_TRIE_H
#define NODE_STORE_TRIE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "node/store/trie_node.h"
#include "node/store/trie_source.h"

/** No parent: the first trie of a chain starts empty. */
#define TRIE_NO_BLOCK UINT32_MAX

/** The root's number in every trie. */
#define TRIE_ROOT 0u

struct trie {
	struct arena *arena;
	const struct trie_source *source;
	struct trie_node **nodes; /* by number; the root is TRIE_ROOT */
	uint32_t n;               /* nodes in use */
	uint32_t cap;             /* room in `nodes` */
};

/**
 * Starts a block's trie as a copy of its parent's root.
 *
 * @param source  borrowed for the trie's life
 * @param parent  the parent's local number, or TRIE_NO_BLOCK
 * @return ERR_OK; a fault of the source; ERR_NO_MEMORY.
 */
MUST_USE enum err trie_begin(struct trie *t, struct arena *a,
                             const struct trie_source *source, uint32_t parent);

/**
 * Sets the data of one path.
 *
 * @return ERR_OK; a fault: the trie is then unusable (drop its arena).
 */
MUST_USE enum err trie_insert(struct trie *t, const uint8_t path[TRIE_PATH_LEN],
                              const uint8_t data[TRIE_DATA_LEN]);

/**
 * As trie_insert, for a path that surely has data already, here or in an
 * ancestor: the ancestor's leaf is then replaced without being read, for what
 * is left of the path can only be what it holds.  On a path without data the
 * trie would be wrong.
 */
MUST_USE enum err trie_update(struct trie *t, const uint8_t path[TRIE_PATH_LEN],
                              const uint8_t data[TRIE_DATA_LEN]);

/**
 * Reads the data of one path, here or in any ancestor.
 *
 * @param ret       TRIE_DATA_LEN bytes; untouched when not found
 * @param ret_found whether the path has data
 * @return ERR_OK; a fault.
 */
MUST_USE enum err trie_get(const struct trie *t,
                           const uint8_t path[TRIE_PATH_LEN], uint8_t *ret,
                           bool *ret_found);

/** As trie_get in the sealed trie of `block`; `a` holds what is read. */
MUST_USE enum err trie_get_sealed(struct arena *a,
                                  const struct trie_source *source,
                                  uint32_t block,
                                  const uint8_t path[TRIE_PATH_LEN],
                                  uint8_t *ret, bool *ret_found);

/** A leaf, and the block in whose trie it is: the one that last wrote the path,
 * or a later one that attached something beside it and so had to take the leaf
 * along. */
struct trie_leaf {
	uint8_t data[TRIE_DATA_LEN];
	uint32_t owner;
};

/** As trie_get_sealed; also tells whose leaf it is. */
MUST_USE enum err trie_find_sealed(struct arena *a,
                                   const struct trie_source *source,
                                   uint32_t block,
                                   const uint8_t path[TRIE_PATH_LEN],
                                   struct trie_leaf *ret, bool *ret_found);

/**
 * Computes again what the hashes of a sealed block's nodes should be, and
 * compares with what is stored.
 *
 * @param a    holds the block's nodes meanwhile
 * @param ret  the hash of the root node, as trie_seal gives it
 * @return ERR_OK; ERR_STORE_CORRUPT: a node is not what was sealed; other
 *         faults.
 */
MUST_USE enum err trie_verify(struct arena *a, const struct trie_source *source,
                              uint32_t block, uint8_t ret[TRIE_HASH_LEN]);

/**
 * Computes every node's hash.  More inserts may follow; seal again then.
 *
 * @param ret  the hash of the root node, not yet joined with the ancestors'
 *             (see trie_root_hash)
 * @return ERR_OK; a fault of the source.
 */
MUST_USE enum err trie_seal(struct trie *t, uint8_t ret[TRIE_HASH_LEN]);

/**
 * Joins the root node's hash with ancestors' root hashes into what a block
 * header commits to.
 *
 * @param node       the root node's hash
 * @param ancestors  the root hashes of the blocks 1, 2, 4, 8 … below, as far
 *                   as there are any; `n` of them
 */
void trie_root_hash(uint8_t ret[TRIE_HASH_LEN],
                    const uint8_t node[TRIE_HASH_LEN],
                    const uint8_t (*ancestors)[TRIE_HASH_LEN], uint32_t n);

#endif /* NODE_STORE_TRIE_H */
