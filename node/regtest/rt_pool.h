/*
 * node/regtest/rt_pool.h - Transactions that wait for a block.
 *
 * What is here could all go into the next block: each is valid on the tip and
 * on the others that it spends from, and no two spend the same.  A newcomer
 * that spends what another does replaces it, with all that depend on it, if
 * it pays enough more (BIP-125).
 *
 * Layer:    node/regtest.
 * Memory:   an arena that is started afresh whenever the pool is empty or
 *           most of it is no longer needed; entries are then moved, so that
 *           pointers to them hold until the next change.
 * Threads:  one.
 * Spec:     Bitcoin Core, src/validation.cpp, MemPoolAccept; BIP-125.
 */
#ifndef NODE_REGTEST_RT_POOL_H
#define NODE_REGTEST_RT_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/hmap.h"
#include "node/bitcoin/btc_merkle.h"
#include "node/regtest/rt_chain.h"

struct rt_entry {
	btc_hash id;
	btc_hash wid;
	struct span bytes;
	struct btc_tx tx;
	uint64_t fee;
	uint32_t weight;
	uint32_t vsize;
	uint32_t sigop_cost;
	uint32_t time;   /* when it came, seconds */
	uint32_t height; /* of the tip then */
	uint64_t seq;    /* as it came */
	uint64_t mark;   /* the last walk that met it */
};

struct rt_pool {
	struct rt_chain *chain;
	struct arena arenas[2]; /* entries are in one, moved to the other */
	unsigned current;
	size_t live;        /* bytes of transactions that are here */
	size_t dead;        /* and of those that were, in the arena */
	struct hmap by_id;  /* struct rt_entry, in the order of coming */
	struct hmap spends; /* struct rt_entry by what it spends */
	uint64_t next_seq;
	uint64_t walk;
	uint64_t bytes;    /* sum of vsize */
	uint64_t fees;     /* sum of fees */
	uint64_t changes;  /* counts every change */
	bool has_full_rbf; /* replace what does not say it may be, too */
};

/** What is known about a transaction that was judged. */
struct rt_accepted {
	btc_hash id;
	btc_hash wid;
	uint32_t vsize;
	uint64_t fee; /* known if `has_fee` */
	bool has_fee;
};

struct rt_offer {
	struct span bytes;
	uint32_t now;      /* seconds */
	uint64_t fee_max;  /* for 1,000 virtual bytes; 0: any */
	bool is_test;      /* judge only */
	bool is_returning; /* from a block that was taken back */
};

/** Starts an empty pool over a chain; `seed` as hmap_init. */
void rt_pool_init(struct rt_pool *p, struct rt_chain *chain,
                  const struct hmap_seed *seed);

/** Frees the pool. */
void rt_pool_fini(struct rt_pool *p);

/**
 * Judges a transaction and takes it.
 *
 * @param ret  what is known about it, also if it is refused; ids are always
 *             set unless ERR_SYNTAX
 * @return ERR_OK; ERR_BTC_RULE, with the reason; ERR_SYNTAX: no transaction;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err rt_pool_accept(struct rt_pool *p, struct rt_reason *why,
                                 const struct rt_offer *offer,
                                 struct rt_accepted *ret);

/** @return an entry by its id, or NULL. */
struct rt_entry *rt_pool_find(const struct rt_pool *p,
                              const uint8_t id[BTC_WIRE_HASH_LEN]);

/** @return who spends an output, or NULL. */
struct rt_entry *rt_pool_spender(const struct rt_pool *p,
                                 const struct btc_outpoint *at);

/** Walks the entries, first come first; start with `*place` 0. */
struct rt_entry *rt_pool_next(const struct rt_pool *p, uint32_t *place);

/** @return how many there are. */
uint32_t rt_pool_count(const struct rt_pool *p);

/** Which way a walk goes. */
enum rt_pool_way {
	RT_POOL_ANCESTORS,
	RT_POOL_DESCENDANTS
};

/**
 * Finds all that an entry depends on, or that depend on it.
 *
 * @param ret  in the arena; without `e` itself; parents before children
 *             only for single steps, not in all
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_pool_walk(struct rt_pool *p, struct arena *a,
                               struct rt_entry *e, enum rt_pool_way way,
                               struct rt_entry ***ret, uint32_t *ret_n);

/**
 * Follows the chain's moves: what a block has goes, with what conflicts; what
 * was in a block that was taken back returns, and everything is judged again.
 *
 * @param now  seconds
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_pool_follow(struct rt_pool *p, uint32_t now);

/** Finds a coin on the tip or in the pool, spent by the pool or not; `room` is
 * filled for one of the pool. @return NULL if there is none. */
struct rt_coin *rt_pool_coin(const struct rt_pool *p,
                             const struct btc_outpoint *at,
                             struct rt_coin *room);

#endif /* NODE_REGTEST_RT_POOL_H */
