/*
 * node/regtest/rt_connect.h - Puts a block on the tip, or takes it back.
 *
 * Here it is judged what a block spends: that it exists, is old enough, is
 * enough, and is unlocked.
 *
 * Layer:    node/regtest.
 * Memory:   as rt_chain.h.
 * Threads:  one.
 * Spec:     Bitcoin Core, src/validation.cpp, ConnectBlock; BIP-30, 68, 113.
 */
#ifndef NODE_REGTEST_RT_CONNECT_H
#define NODE_REGTEST_RT_CONNECT_H

#include "node/regtest/rt_chain.h"

/**
 * Puts a block on the tip's coins.
 *
 * @return ERR_OK; ERR_BTC_RULE: the coins are as they were; ERR_NO_MEMORY: a
 *         fault, after which the chain may not be used.
 */
MUST_USE enum err rt_connect_block(struct rt_chain *c, struct rt_reason *why,
                                   struct rt_block *b);

/** Takes the tip's coins back; errors as rt_connect_block, no verdict. */
MUST_USE enum err rt_connect_undo(struct rt_chain *c, struct rt_block *b);

/** What a transaction spends, looked up. */
struct rt_spending {
	const struct btc_tx *tx;
	struct rt_coin *const *coins; /* one for each input */
	uint32_t height;              /* of the block it is for */
	uint32_t median;              /* median time below that block */
};

/**
 * Judges maturity and amounts.
 *
 * @param ret_fee  what it leaves to the miner
 * @return ERR_OK; ERR_BTC_RULE.
 */
MUST_USE enum err rt_connect_amounts(struct rt_reason *why,
                                     const struct rt_spending *s,
                                     uint64_t *ret_fee);

/** @return whether every input is as old as its sequence number asks. */
bool rt_connect_is_old_enough(const struct rt_chain *c,
                              const struct rt_spending *s);

/** @return what its signature checks cost. */
uint32_t rt_connect_sigop_cost(const struct rt_spending *s);

/**
 * Runs all scripts.
 *
 * @param ret  why the first one that fails does
 * @return ERR_OK; ERR_BTC_SCRIPT; ERR_NO_MEMORY.
 */
MUST_USE enum err rt_connect_scripts(struct arena *work,
                                     const struct rt_spending *s,
                                     unsigned flags, enum btc_verify_err *ret);

#endif /* NODE_REGTEST_RT_CONNECT_H */
