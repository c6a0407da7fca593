/*
 * node/regtest/rt_keys.h - Keys and scripts by what outputs show of them.
 *
 * Layer:    node/regtest.
 * Memory:   from the given arena, which its owner wipes; keys of a test chain
 *           are worth nothing.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_KEYS_H
#define NODE_REGTEST_RT_KEYS_H

#include "clarity/base/arena.h"
#include "clarity/base/hmap.h"
#include "node/bitcoin/btc_sign.h"
#include "node/regtest/rt_desc.h"

struct rt_keys {
	struct arena *a;
	struct hmap keys;    /* private keys by the hash of the public one */
	struct hmap outputs; /* tweaked private keys by taproot output */
	struct hmap scripts; /* struct span by HASH160 */
};

/** Starts an empty set in an arena. */
void rt_keys_init(struct rt_keys *k, struct arena *a);

/** Adds a key, for all ways to pay to it. @return ERR_OK; ERR_BAD_KEY;
 * ERR_NO_MEMORY. */
MUST_USE enum err rt_keys_add(struct rt_keys *k, const uint8_t key[32]);

/** Adds a script that stands behind a hash; copied. */
MUST_USE enum err rt_keys_add_script(struct rt_keys *k, struct span script);

/** Adds what a descriptor knows. */
MUST_USE enum err rt_keys_add_desc(struct rt_keys *k, const struct rt_desc *d);

/** @return the set as what signs. */
struct btc_sign_source rt_keys_source(struct rt_keys *k);

#endif /* NODE_REGTEST_RT_KEYS_H */
