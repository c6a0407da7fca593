/*
 * node/store/marf.h - The forest: one trie for each block, forks included.
 *
 * Each block's trie grows from its parent's (trie.h).  The forest adds what
 * ties tries together: local numbers for blocks, heights, the keys by which a
 * trie knows its own ancestors, and the skip list of ancestor roots that makes
 * a block's state root commit to the whole history of its fork.
 *
 * A block is usually opened under a placeholder id, because its true id
 * depends on its root; it gets the true one when it is committed.
 *
 * Layer:    node/store.
 * Memory:   a block being built lives in its arena; what is committed belongs
 *           to the backend.
 * Threads:  one writer; a backend may allow readers of sealed tries.
 * Spec:     SIP-004.
 */
#ifndef NODE_STORE_MARF_H
#define NODE_STORE_MARF_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/store/trie.h"

/** Ancestors 1, 2, 4 … 2^31 below: heights are 32 bits. */
#define MARF_SKIPS 32u

/** A committed block. */
struct marf_block {
	uint8_t id[TRIE_HASH_LEN];
	uint8_t root[TRIE_HASH_LEN]; /* state root, ancestors joined in */
	uint32_t height;
	uint32_t n_skips;           /* how many ancestors exist, at most 32 */
	uint32_t skips[MARF_SKIPS]; /* numbers of those 2^i below */
};

/** Where committed blocks are kept; each call answers ERR_OK or a fault. */
struct marf_backend {
	struct trie_source source; /* nodes and block ids by number */

	/** Reads a committed block by its number. */
	enum err (*block)(void *ctx, uint32_t number, struct marf_block *ret);

	/**
	 * Keeps a committed block and the records of its trie, all or nothing.
	 *
	 * @param ret  the number it was given
	 */
	enum err (*commit)(void *ctx, const struct marf_block *block,
	                   const struct trie *trie, uint32_t *ret);
};

/** A block that is being built. */
struct marf {
	struct arena *arena;
	const struct marf_backend *backend;
	struct trie trie;
	struct marf_block block; /* id and root are set late */
	bool is_sealed;          /* block.root is up to date */
};

/**
 * Opens a block on its parent and inserts the keys that tell its ancestry.
 *
 * @param parent   the parent's number, or TRIE_NO_BLOCK for the first block
 * @param open_id  the id, or its placeholder, under which the block is opened
 * @return ERR_OK; a fault.
 */
MUST_USE enum err marf_begin(struct marf *m, struct arena *a,
                             const struct marf_backend *backend,
                             uint32_t parent,
                             const uint8_t open_id[TRIE_HASH_LEN]);

/** Hashes a key's text to its path. */
void marf_path(uint8_t ret[TRIE_PATH_LEN], struct span key);

/** Hashes a value's text to what a leaf holds. */
void marf_data(uint8_t ret[TRIE_DATA_LEN], struct span value);

/**
 * Sets a key; both are the texts that the network hashes.
 *
 * @return ERR_OK; a fault: drop the block's arena.
 */
MUST_USE enum err marf_put(struct marf *m, struct span key, struct span value);

/** As marf_put, for a key that surely has a value, in this block or above: see
 * trie_update. */
MUST_USE enum err marf_update(struct marf *m, struct span key,
                              struct span value);

/**
 * Computes the state root of what was put so far.
 *
 * @param ret  32 bytes
 * @return ERR_OK; a fault.
 */
MUST_USE enum err marf_seal(struct marf *m, uint8_t ret[TRIE_HASH_LEN]);

/**
 * Computes a committed block's root again from its stored nodes.
 *
 * @param a  holds the block's nodes meanwhile
 * @return ERR_OK; ERR_STORE_CORRUPT: the root, or a node's hash, is another;
 *         other faults.
 */
MUST_USE enum err marf_verify(struct arena *a,
                              const struct marf_backend *backend,
                              uint32_t number);

/**
 * Hands the sealed block to the backend under its true id.
 *
 * @param ret  the block's number
 * @return ERR_OK; a fault.
 */
MUST_USE enum err marf_commit(struct marf *m, const uint8_t id[TRIE_HASH_LEN],
                              uint32_t *ret);

#endif /* NODE_STORE_MARF_H */
