/*
 * node/regtest/rt_admit.h - Judges a transaction for the pool.
 *
 * Layer:    node/regtest.
 * Memory:   what is found out lies in the chain's working arena.
 * Threads:  one.
 * Spec:     Bitcoin Core, src/validation.cpp, MemPoolAccept; BIP-125.
 */
#ifndef NODE_REGTEST_RT_ADMIT_H
#define NODE_REGTEST_RT_ADMIT_H

#include "node/regtest/rt_policy.h"
#include "node/regtest/rt_pool.h"

struct rt_admission {
	struct rt_pool *pool;
	const struct rt_offer *offer;
	struct rt_reason *why;

	struct rt_entry entry; /* as it would be entered */
	struct rt_spending spending;
	struct rt_entry **replaced; /* those that spend the same */
	uint32_t n_replaced;
};

/** Judges the offer. @return as rt_pool_accept; nothing is changed. */
MUST_USE enum err rt_admit_judge(struct rt_admission *ad,
                                 struct rt_accepted *ret);

#endif /* NODE_REGTEST_RT_ADMIT_H */
