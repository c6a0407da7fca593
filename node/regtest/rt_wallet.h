/*
 * node/regtest/rt_wallet.h - Keys, addresses and what belongs to them.
 *
 * A wallet is a seed, how many addresses were taken from it, and what was
 * imported.  It has no history of its own: what it owns is looked up in the
 * coins and the pool each time, so that it is right after every
 * reorganisation.
 *
 * Layer:    node/regtest.
 * Memory:   new/free; a wallet's arena holds its keys and scripts.
 * Threads:  one.
 * Spec:     BIP-32, 44, 49, 84, 86.
 */
#ifndef NODE_REGTEST_RT_WALLET_H
#define NODE_REGTEST_RT_WALLET_H

#include "clarity/crypto/bip32.h"
#include "node/regtest/rt_keys.h"
#include "node/regtest/rt_node.h"

/** Kinds of addresses, in the order of their purposes. */
enum rt_wallet_type {
	RT_WALLET_LEGACY,
	RT_WALLET_P2SH,
	RT_WALLET_BECH32,
	RT_WALLET_BECH32M,
	RT_WALLET_TYPES
};

/** A script that a wallet knows. */
struct rt_owned {
	struct span script;
	struct span label;
	struct span desc; /* as imported; empty for its own */
	uint8_t pub[33];
	bool has_pub;
	bool has_key; /* it can be spent */
	bool is_change;
	bool is_own; /* derived, with these: */
	enum rt_wallet_type type;
	uint32_t index;
};

struct rt_wallet {
	struct rt_node *node;
	struct span name;
	struct arena arena;
	bool has_seed;
	bool is_watching; /* it was made without private keys */
	uint8_t seed[32];
	struct bip32_key parents[RT_WALLET_TYPES][2];
	uint32_t next[RT_WALLET_TYPES][2];
	struct rt_keys keys;
	struct hmap scripts; /* struct rt_owned by script */
	struct hmap locked;  /* struct rt_coin's place, that is not to be
	                      * spent */
	uint64_t fee_rate;   /* satoshi for 1,000 virtual bytes */
};

struct rt_wallets {
	struct rt_node *node;
	struct hmap loaded; /* struct rt_wallet by name */
	struct hmap values; /* without a folder: struct span by name */
	struct arena arena; /* of `values` */
};

/** Starts without any wallet loaded. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err rt_wallets_open(struct rt_wallets **ret,
                                  struct rt_node *node);

/** Frees all wallets; NULL is accepted. */
void rt_wallets_close(struct rt_wallets *ws);

/** @return a loaded wallet, or NULL. */
struct rt_wallet *rt_wallets_find(const struct rt_wallets *ws,
                                  struct span name);

/** Makes a wallet and loads it. @return ERR_OK; ERR_EXISTS; faults. */
MUST_USE enum err rt_wallets_create(struct rt_wallets *ws, struct span name,
                                    bool has_seed, bool is_watching);

/** Loads a wallet. @return ERR_OK; ERR_ABSENT; ERR_STORE_CORRUPT; faults. */
MUST_USE enum err rt_wallets_load(struct rt_wallets *ws, struct span name);

/** Forgets a loaded wallet; it can be loaded again. */
void rt_wallets_unload(struct rt_wallets *ws, struct rt_wallet *w);

/** Keeps what was changed. @return ERR_OK or a fault. */
MUST_USE enum err rt_wallets_save(struct rt_wallets *ws,
                                  const struct rt_wallet *w);

/** Takes the next address. @return ERR_OK; ERR_BAD_KEY; ERR_NO_MEMORY. */
MUST_USE enum err rt_wallet_take(struct rt_wallet *w, enum rt_wallet_type type,
                                 bool is_change, struct span label,
                                 struct rt_owned **ret);

/** Imports a descriptor. @return ERR_OK; ERR_SYNTAX, with the reason;
 * ERR_NO_MEMORY. */
MUST_USE enum err rt_wallet_import(struct rt_wallet *w, struct span desc,
                                   struct span label, bool needs_checksum,
                                   const char **ret_why);

/** @return what the wallet knows of a script, or NULL. */
struct rt_owned *rt_wallet_find(const struct rt_wallet *w, struct span script);

/** @return whether it counts as the wallet's. */
bool rt_wallet_is_mine(const struct rt_wallet *w, const struct rt_owned *o);

/** A coin that a wallet knows. */
struct rt_unspent {
	struct rt_coin coin;
	const struct rt_owned *owned;
	uint32_t depth; /* blocks; 0 while it waits */
	bool is_mature;
	bool is_trusted; /* in a block, or all from this wallet */
};

/** Lists what can be spent, now or when it is mature, into the arena. */
MUST_USE enum err rt_wallet_list(struct rt_wallet *w, struct arena *a,
                                 struct rt_unspent **ret, uint32_t *ret_n);

#endif /* NODE_REGTEST_RT_WALLET_H */
