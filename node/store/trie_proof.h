/*
 * node/store/trie_proof.h - Proofs that a path has some data under a root.
 *
 * A proof goes from the leaf up.  A *segment* climbs from a node to the root
 * of its trie, with the hashes of all siblings.  A *shunt* then leads from
 * that trie's root to a later block's, through the lists of ancestor roots.
 * Where the later block reaches the node by a back-pointer, the next segment
 * starts: there the child's place is filled by the earlier block's id.  So a
 * verifier must know which block id belongs to which root, as anyone does who
 * has the headers.
 *
 * Layer:    node/store.
 * Memory:   never allocates.
 * Threads:  pure.
 * Spec:     SIP-004; the wire form is the network's (`proof` in answers of
 *           /v2/accounts and /v2/data_var), integers big-endian:
 * Format:   u32 steps, then each: u8 type (0 to 3: node4 to node256; 4: leaf;
 *           5: shunt), then
 *             node:  u8 chr, u8 kind, u32 len, path, u32 slots, slots times
 *                    (u8 kind, u8 chr, 32 owner), slots - 1 times 32 hash
 *             leaf:  u8 chr, u32 len, path, 40 data
 *             shunt: i64 index, u32 n, n times 32 hash
 */
#ifndef NODE_STORE_TRIE_PROOF_H
#define NODE_STORE_TRIE_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"
#include "node/store/marf.h"

/** The longest proof in bytes, far above what 2^32 blocks can need. */
#define TRIE_PROOF_MAX ((size_t)4 << 20)

/** Types of steps. */
enum trie_step_type {
	TRIE_STEP_NODE4,
	TRIE_STEP_NODE16,
	TRIE_STEP_NODE48,
	TRIE_STEP_NODE256,
	TRIE_STEP_LEAF,
	TRIE_STEP_SHUNT,
	TRIE_STEP_COUNT
};

/** Tells which block has a root; given by whoever verifies. */
struct trie_roots {
	void *ctx;

	/** Writes the 32-byte id. @return false for an unknown root. */
	bool (*block_of)(void *ctx, const uint8_t root[TRIE_HASH_LEN],
	                 uint8_t *ret);
};

/**
 * Judges a proof, whatever its bytes.
 *
 * @param proof  the wire form; more than TRIE_PROOF_MAX is refused
 * @return whether it proves that `path` holds `data` under `root`.
 */
bool trie_proof_verify(struct span proof, const uint8_t path[TRIE_PATH_LEN],
                       const uint8_t data[TRIE_DATA_LEN],
                       const uint8_t root[TRIE_HASH_LEN],
                       const struct trie_roots *roots);

#endif /* NODE_STORE_TRIE_PROOF_H */
