/*
 * node/regtest/rt_fund.h - Chooses what a wallet spends.
 *
 * Layer:    node/regtest.
 * Memory:   the call's arena.
 * Threads:  one.
 */
#ifndef NODE_REGTEST_RT_FUND_H
#define NODE_REGTEST_RT_FUND_H

#include "node/regtest/rt_call.h"
#include "node/regtest/rt_wallet.h"

/** What is to be paid, and how; inputs and change are added. */
struct rt_fund {
	struct rt_wallet *wallet;
	struct btc_tx *tx;  /* in: what it has; out: whole, unsigned */
	uint64_t rate;      /* satoshi for 1,000 virtual bytes */
	struct span change; /* a script; empty: the wallet takes one */
	int64_t change_at;  /* in: -1 or where; out: -1 or where */
	bool adds_inputs;   /* besides those that are there */
	bool is_replaceable;
	const bool *pays_fee; /* outputs that it is taken from; NULL: none */
	uint64_t fee;         /* out */
};

/**
 * Adds inputs until the outputs and the fee are paid, and change.
 *
 * @return ERR_OK; ERR_BTC_RULE: the call has an error; faults.
 */
MUST_USE enum err rt_fund_tx(struct rt_call *c, struct rt_fund *f);

#endif /* NODE_REGTEST_RT_FUND_H */
