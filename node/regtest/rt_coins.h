/*
 * node/regtest/rt_coins.h - The outputs that can still be spent.
 *
 * Layer:    node/regtest.
 * Memory:   the set holds pointers; coins and their scripts are the chain's,
 *           which keeps them as long as it lives, so that a block can be taken
 *           back.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_COINS_H
#define NODE_REGTEST_RT_COINS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/hmap.h"
#include "node/bitcoin/btc_tx.h"

struct rt_coin {
	struct btc_outpoint at; /* the key */
	uint32_t height;        /* of its block */
	bool is_coinbase;
	struct btc_out out;
};

struct rt_coins {
	struct hmap map;
};

/** Starts an empty set; `seed` as hmap_init. */
void rt_coins_init(struct rt_coins *c, const struct hmap_seed *seed);

/** Frees the set, not the coins. */
void rt_coins_fini(struct rt_coins *c);

/** @return the coin, or NULL if it does not exist or is spent. */
struct rt_coin *rt_coins_find(const struct rt_coins *c,
                              const struct btc_outpoint *at);

/** Adds a coin. @return ERR_OK; ERR_NO_MEMORY; ERR_TOO_LARGE. */
MUST_USE enum err rt_coins_add(struct rt_coins *c, struct rt_coin *coin);

/** Takes a coin out. @return whether it was there. */
bool rt_coins_remove(struct rt_coins *c, const struct btc_outpoint *at);

/** Walks the coins; start with `*place` 0. @return NULL at the end. */
const struct rt_coin *rt_coins_next(const struct rt_coins *c, uint32_t *place);

#endif /* NODE_REGTEST_RT_COINS_H */
