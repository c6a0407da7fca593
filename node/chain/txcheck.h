/*
 * node/chain/txcheck.h - Signatures of many transactions, ahead of execution.
 *
 * Recovering a key costs more than most transactions do otherwise, needs no
 * state, and no two of them have anything in common.  So a block's are checked
 * before it runs, on as many cores as there are, and none that was checked
 * when it entered the mempool is checked again.
 *
 * Who spreads the work is the caller's: this layer knows no threads.
 *
 * Layer:    node/chain; pure.
 * Memory:   borrows everything.
 * Threads:  jobs share nothing that is written but their own result.
 */
#ifndef NODE_CHAIN_TXCHECK_H
#define NODE_CHAIN_TXCHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/wire/tx.h"

/** Runs jobs, in any order and at the same time. */
struct txcheck_pool {
	void *ctx;
	/** Calls `job` once with each number below `n`, and returns when all
	 * have returned. */
	void (*run)(void *ctx, uint32_t n, void (*job)(void *arg, uint32_t i),
	            void *arg);
};

/** Whether a transaction's signatures are known to be good. */
struct txcheck_known {
	void *ctx;
	bool (*is_known)(void *ctx, const uint8_t id[WIRE_HASH_LEN]);
};

/** How signatures are checked; all NULL is allowed. */
struct txcheck {
	const struct txcheck_pool *pool;   /* NULL: one after the other */
	const struct txcheck_known *known; /* NULL: none is */
	enum auth_rule rule;
};

/** A list of transactions and their ids. */
struct txcheck_list {
	const struct tx *txs;
	const uint8_t (*ids)[WIRE_HASH_LEN];
	uint32_t n;
};

/**
 * Verifies the signatures of all transactions.
 *
 * @param a          for one result each
 * @param ret_index  with a verdict: the first one that is wrong
 * @return ERR_OK; as tx_verify, of the first one that is wrong; ERR_NO_MEMORY.
 */
MUST_USE enum err txcheck_all(struct arena *a, const struct txcheck *how,
                              const struct txcheck_list *list,
                              uint32_t *ret_index);

#endif /* NODE_CHAIN_TXCHECK_H */
