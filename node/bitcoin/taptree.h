/*
 * node/bitcoin/taptree.h - Taproot's tree of scripts and its commitment.
 *
 * An output's key is the owner's key plus the hash of that key and the root of
 * a tree of scripts.  Spending by script shows the script, the owner's key and
 * the path to the root: the control block.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     BIP-341, BIP-342.
 * Format:   control block = leaf version | parity, key[32], 0 to 128 times
 *           hash[32]
 */
#ifndef NODE_BITCOIN_TAPTREE_H
#define NODE_BITCOIN_TAPTREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

#define TAPTREE_HASH_LEN 32u
#define TAPTREE_LEAF_VERSION 0xc0u
#define TAPTREE_DEPTH_MAX 128u
#define TAPTREE_CONTROL_MIN 33u
#define TAPTREE_CONTROL_MAX (33u + 32u * TAPTREE_DEPTH_MAX)

/** Computes the hash of a script as a leaf; the version's lowest bit is 0. */
void taptree_leaf(uint8_t ret[TAPTREE_HASH_LEN], uint8_t version,
                  struct span script);

/** Computes the hash of two branches, in whichever order. */
void taptree_branch(uint8_t ret[TAPTREE_HASH_LEN],
                    const uint8_t a[TAPTREE_HASH_LEN],
                    const uint8_t b[TAPTREE_HASH_LEN]);

/** Computes by what a key is tweaked; `root` is NULL without scripts. */
void taptree_tweak(uint8_t ret[TAPTREE_HASH_LEN],
                   const uint8_t key[TAPTREE_HASH_LEN], const uint8_t *root);

/**
 * Computes an output's key.
 *
 * @param ret_odd  its parity, for control blocks
 * @return ERR_OK; ERR_BAD_KEY if `key` is no x coordinate, or (one in 2^128)
 *         the sum does not exist.
 */
MUST_USE enum err taptree_output(uint8_t ret[TAPTREE_HASH_LEN], bool *ret_odd,
                                 const uint8_t key[TAPTREE_HASH_LEN],
                                 const uint8_t *root);

/**
 * Judges whether a control block commits `output` to `script`.
 *
 * @param ret_leaf  the leaf's hash, which signatures cover
 * @return ERR_OK; ERR_BTC_CONTROL for a control block of a wrong length or one
 *         that leads elsewhere.
 */
MUST_USE enum err taptree_verify(uint8_t ret_leaf[TAPTREE_HASH_LEN],
                                 const uint8_t output[TAPTREE_HASH_LEN],
                                 struct span script, struct span control);

#endif /* NODE_BITCOIN_TAPTREE_H */
