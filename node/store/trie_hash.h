/*
 * node/store/trie_hash.h - What is hashed of a trie node.
 *
 * Inner: kind, then for each slot (empty ones too) kind, character and 32
 * bytes of owner (the owning block's id for a back-pointer, else zeros), path
 * length, path; then for each slot the child's hash, the owning block's id for
 * a back-pointer, or the hash of nothing for an empty slot.  Leaf: kind, path
 * length, path, data.  All under SHA-512/256.
 *
 * Layer:    node/store.
 * Memory:   a scratch block of the caller's.
 * Threads:  pure functions of their arguments.
 * Spec:     SIP-004.
 */
#ifndef NODE_STORE_TRIE_HASH_H
#define NODE_STORE_TRIE_HASH_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "node/store/trie_node.h"
#include "node/store/trie_source.h"

/** Bytes that are hashed of the largest node. */
#define TRIE_HASH_SCRATCH (1u + 256u * 66u + 1u + TRIE_PATH_LEN)

/** SHA-512/256 of no bytes: the hash of an empty slot. */
extern const uint8_t trie_hash_empty[TRIE_HASH_LEN];

/** Hashes a leaf into `n->hash`. */
void trie_hash_leaf(struct trie_node *n);

/**
 * Hashes an inner node into `n->hash`; its inline children must be hashed.
 *
 * @param nodes    the trie's nodes by number, for inline children
 * @param scratch  TRIE_HASH_SCRATCH bytes
 * @return ERR_OK; a fault of the source.
 */
MUST_USE enum err trie_hash_inner(struct trie_node *n,
                                  struct trie_node *const *nodes,
                                  const struct trie_source *source,
                                  uint8_t *scratch);

#endif /* NODE_STORE_TRIE_HASH_H */
