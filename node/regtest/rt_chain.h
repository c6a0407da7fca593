/*
 * node/regtest/rt_chain.h - All blocks, and which of them count.
 *
 * Blocks form a tree.  The tip is the one with the most work above which
 * nothing is invalid; of equals, the one that came first.  When the tip moves,
 * blocks are taken back to where the branches part and others are put on; a
 * block that turns out to be invalid while it is put on is marked, and the
 * best of the others is sought.
 *
 * Everything stays in memory: this is a chain for tests and developers.  What
 * makes it durable is a log of the blocks and of what the operator did to
 * them (rt_log.h), from which the same tree grows again.
 *
 * Layer:    node/regtest.
 * Memory:   the chain's arena holds blocks, coins and places; nothing is freed
 *           before the chain.
 * Threads:  one.
 * Spec:     Bitcoin Core, src/validation.cpp.
 */
#ifndef NODE_REGTEST_RT_CHAIN_H
#define NODE_REGTEST_RT_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/num.h"
#include "node/bitcoin/btc_block.h"
#include "node/regtest/rt_coins.h"
#include "node/regtest/rt_reason.h"

/** Blocks whose median is a block's median time. */
#define RT_CHAIN_MEDIAN_BLOCKS 11u

struct rt_block;

/** Where a transaction stands. */
struct rt_place {
	const struct rt_block *block;
	uint32_t at; /* its number in the block */
};

struct rt_block {
	btc_hash hash;
	struct rt_block *prev; /* NULL: the first */
	uint32_t height;
	uint32_t header_time;
	uint32_t median; /* median time of it and the ten below */
	u128 work;       /* of it and all below */
	int64_t seq;     /* as it came; a precious one is set below all */
	struct span bytes;
	struct btc_block block;
	struct rt_coin *made;    /* one for each output, in order */
	struct rt_coin **spent;  /* those that it spends, while it is active */
	struct rt_place *places; /* one for each transaction */
	bool is_active;
	bool is_checked; /* it was once active, or is known to be valid */
	bool is_failed;  /* it is invalid, or was declared so */
	bool has_failed_below;
};

/** A move of the tip, in order. */
struct rt_move {
	struct rt_block *block;
	bool is_connect;
};

struct rt_chain {
	struct arena *arena; /* for good */
	struct arena *work;  /* for the time of a call */
	struct hmap blocks;  /* by hash, in the order of coming */
	struct hmap txs;     /* struct rt_place by id, of active blocks */
	struct rt_coins coins;
	struct rt_block **active; /* by height */
	uint32_t n_active;
	uint32_t cap_active;
	int64_t next_seq;
	int64_t lowest_seq; /* that a precious block was given */
	struct buf moves;   /* struct rt_move, since rt_chain_moves_clear */
};

/** Starts a chain that has the first block only.
 * @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err rt_chain_init(struct rt_chain *c, struct arena *arena,
                                struct arena *work,
                                const struct hmap_seed *seed);

/** Frees what is not in the arenas. */
void rt_chain_fini(struct rt_chain *c);

/** @return the best block. */
struct rt_block *rt_chain_tip(const struct rt_chain *c);

/** @return the active block at a height, or NULL. */
struct rt_block *rt_chain_at(const struct rt_chain *c, uint32_t height);

/** @return the block with a hash, active or not, or NULL. */
struct rt_block *rt_chain_find(const struct rt_chain *c,
                               const uint8_t hash[BTC_WIRE_HASH_LEN]);

/** @return where an active block has the transaction, or NULL. */
const struct rt_place *rt_chain_tx(const struct rt_chain *c,
                                   const uint8_t id[BTC_WIRE_HASH_LEN]);

/** @return the last block that both are on. */
const struct rt_block *rt_chain_fork(const struct rt_block *a,
                                     const struct rt_block *b);

/**
 * Judges a block as far as that needs no coins, and makes it part of the tree;
 * the tip does not move yet.
 *
 * @param bytes  the whole block; copied
 * @param now    the clock, seconds; UINT32_MAX: any time is allowed
 * @param ret    the block; also one that is there already
 * @param ret_is_new  whether it was not
 * @return ERR_OK; ERR_BTC_RULE: refused, with the reason; ERR_SYNTAX: these
 *         bytes are no block; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_chain_add(struct rt_chain *c, struct rt_reason *why,
                               struct span bytes, uint32_t now,
                               struct rt_block **ret, bool *ret_is_new);

/**
 * Moves the tip to the best block; what moved is appended to `moves`.
 *
 * @param why    why `about` was found to be invalid, if it was
 * @param about  the block that the caller cares for; may be NULL
 * @return ERR_OK, also if blocks were found invalid; ERR_NO_MEMORY: a fault,
 *         after which the chain may not be used.
 */
MUST_USE enum err rt_chain_activate(struct rt_chain *c, struct rt_reason *why,
                                    const struct rt_block *about);

/** Judges a block that would be put on the tip, without keeping it.
 * @return as rt_chain_add. */
MUST_USE enum err rt_chain_try(struct rt_chain *c, struct rt_reason *why,
                               struct span bytes, uint32_t now);

/** Declares a block invalid, with all above; the caller activates. */
void rt_chain_invalidate(struct rt_chain *c, struct rt_block *b);

/** Takes back that a block, those below or above are invalid; the caller
 * activates. */
void rt_chain_reconsider(struct rt_chain *c, struct rt_block *b);

/** Prefers a block to others of the same work; the caller activates. */
void rt_chain_precious(struct rt_chain *c, struct rt_block *b);

/** @return the moves since the last clear, and how many. */
const struct rt_move *rt_chain_moves(const struct rt_chain *c, size_t *ret_n);
void rt_chain_moves_clear(struct rt_chain *c);

/** @return whether the block is on the active chain or a valid way to it. */
bool rt_chain_is_valid(const struct rt_block *b);

#endif /* NODE_REGTEST_RT_CHAIN_H */
