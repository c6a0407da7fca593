/*
 * node/regtest/rt_mine.h - Makes the next block.
 *
 * Layer:    node/regtest.
 * Memory:   the chain's working arena, for the time of a call.
 * Threads:  one.
 * Spec:     Bitcoin Core, src/node/miner.cpp; BIP-34, BIP-141.
 */
#ifndef NODE_REGTEST_RT_MINE_H
#define NODE_REGTEST_RT_MINE_H

#include "clarity/base/buf.h"
#include "node/regtest/rt_pool.h"

/** What a block is to have. */
struct rt_mine_job {
	struct span script;        /* where the reward goes */
	uint32_t now;              /* seconds */
	uint64_t extra;            /* makes coinbases differ */
	bool has_list;             /* take these and nothing else: */
	const struct btc_tx *list; /* parents before children */
	uint32_t n_list;
	uint64_t list_fees; /* what they leave to the miner */
};

/**
 * Appends the bytes of a block with its proof of work.
 *
 * Of the pool it takes what pays best, each transaction by what it and all
 * that it needs pay together.
 *
 * @return ERR_OK; ERR_NO_MEMORY; ERR_TOO_LARGE.
 */
MUST_USE enum err rt_mine_block(struct buf *ret, struct rt_pool *p,
                                const struct rt_mine_job *job);

#endif /* NODE_REGTEST_RT_MINE_H */
