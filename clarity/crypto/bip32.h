/*
 * clarity/crypto/bip32.h - A tree of keys from one seed.
 *
 * Wallets back up one secret and derive all keys from it.  A step is hardened
 * when its number has the highest bit; only such a step keeps a leaked child
 * from giving away its parent.
 *
 * Layer:    clarity/crypto.
 * Memory:   never allocates; intermediates are wiped, the caller wipes results.
 * Threads:  pure functions.
 * Spec:     BIP-32; BIP-44 for the path, with 5757 as Stacks' number.
 */
#ifndef CLARITY_CRYPTO_BIP32_H
#define CLARITY_CRYPTO_BIP32_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/crypto/ecdsa.h"

#define BIP32_HARDENED 0x80000000u
#define BIP32_CHAIN_LEN 32u

/** Seeds are 16 to 64 bytes long. */
#define BIP32_SEED_MIN 16u
#define BIP32_SEED_MAX 64u

struct bip32_key {
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t chain[BIP32_CHAIN_LEN];
};

/**
 * Computes the root of the tree.
 *
 * @return ERR_OK; ERR_BAD_KEY for a seed of a wrong length, or one (in 2^127)
 *         that gives no key.
 */
MUST_USE enum err bip32_root(struct bip32_key *ret, struct span seed);

/** Goes one step down; `ret` may be `parent`. @return ERR_OK, or ERR_BAD_KEY
 * for a child (one in 2^127) that does not exist: `ret` is then unchanged. */
MUST_USE enum err bip32_child(struct bip32_key *ret,
                              const struct bip32_key *parent, uint32_t step);

/** Goes down a path of `n` steps from the root; errors as bip32_child. */
MUST_USE enum err bip32_path(struct bip32_key *ret,
                             const struct bip32_key *root,
                             const uint32_t *steps, size_t n);

/** Derives the key of Stacks account `index` (below 2^31, a CHECK), at
 * m/44'/5757'/0'/0/index; errors as bip32_child. */
MUST_USE enum err bip32_stacks(uint8_t ret[ECDSA_KEY_LEN],
                               const struct bip32_key *root, uint32_t index);

#endif /* CLARITY_CRYPTO_BIP32_H */
