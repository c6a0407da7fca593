/*
 * node/regtest/rt_node.h - The embedded Bitcoin: chain, pool, log and clock.
 *
 * What comes from outside goes through here, so that the log has it, the pool
 * follows the chain, and the clock is the one that tests may set.
 *
 * Layer:    node/regtest.
 * Memory:   new/free; a step's temporary things are in `work`, which is empty
 *           between steps.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_NODE_H
#define NODE_REGTEST_RT_NODE_H

#include "clarity/base/env.h"
#include "node/regtest/rt_log.h"
#include "node/regtest/rt_pool.h"

struct rt_node {
	const struct env *env;
	struct arena arena; /* the chain's, for good */
	struct arena work;  /* for one step */
	struct rt_chain chain;
	struct rt_pool pool;
	struct rt_log *log;   /* NULL: everything is forgotten at the end */
	uint32_t mock_time;   /* seconds; 0: the clock's */
	uint64_t start_ms;    /* when it was made */
	uint64_t mined;       /* makes coinbases differ */
	uint64_t last_weight; /* of the last block that was mined here */
	uint32_t last_txs;    /* and its transactions but the coinbase */
	struct hmap_seed seed;
};

struct rt_node_options {
	const struct env *env;
	const char *folder; /* NULL: in memory */
	bool has_full_rbf;
	/** Told how far reading the log is; may be NULL. */
	void (*progress)(void *ctx, uint32_t height);
	void *progress_ctx;
};

/**
 * Makes a node, from its folder if there is something in it.
 *
 * @param ret_why  RT_LOG_WHY_MAX bytes; says in words what was wrong
 * @return ERR_OK; those of rt_log_open and rt_log_replay; ERR_IO without
 *         randomness; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_node_open(struct rt_node **ret,
                               const struct rt_node_options *options,
                               char *ret_why);

/** Frees a node; NULL is accepted. */
void rt_node_close(struct rt_node *n);

/** @return the time, in seconds, as tests may have set it. */
uint32_t rt_node_now(const struct rt_node *n);

/** What became of a block. */
struct rt_submitted {
	struct rt_block *block; /* NULL if it was refused at once */
	bool is_new;
	struct rt_reason why; /* set for ERR_BTC_RULE */
};

/**
 * Takes a block.
 *
 * @return ERR_OK, also for one that is known; ERR_BTC_RULE: it is invalid;
 *         ERR_SYNTAX; a fault, after which the node may only be closed.
 */
MUST_USE enum err rt_node_submit(struct rt_node *n, struct span bytes,
                                 struct rt_submitted *ret);

/** Mines a block of what waits. @return as rt_node_submit. */
MUST_USE enum err rt_node_mine(struct rt_node *n, struct span script,
                               struct rt_submitted *ret);

/** What an operator may say about a block. */
enum rt_node_word {
	RT_NODE_INVALIDATE,
	RT_NODE_RECONSIDER,
	RT_NODE_PRECIOUS
};

/** Says it. @return ERR_OK or a fault. */
MUST_USE enum err rt_node_say(struct rt_node *n, enum rt_node_word word,
                              struct rt_block *b);

/** Offers a transaction to the pool; as rt_pool_accept, `now` is filled. */
MUST_USE enum err rt_node_offer(struct rt_node *n, struct rt_offer *offer,
                                struct rt_reason *why, struct rt_accepted *ret);

#endif /* NODE_REGTEST_RT_NODE_H */
