/*
 * node/mempool/mempool_walk.h - In which order a miner tries transactions.
 *
 * The best paid for a byte first, but each only when it could be next: both
 * its nonces are the accounts' next ones, given what was taken before it.
 * What becomes possible by taking another is offered in its turn.
 *
 * Layer:    node/mempool.
 * Memory:   all in the given arena; the pool must not change meanwhile.
 * Threads:  the pool's.
 * Spec:     Stacks core, "NextNonceWithHighestFeeRate".
 */
#ifndef NODE_MEMPOOL_MEMPOOL_WALK_H
#define NODE_MEMPOOL_MEMPOOL_WALK_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "node/mempool/mempool.h"

/** Tells the next nonces of accounts at the block that is built upon. */
struct mempool_chain {
	void *ctx;
	enum err (*nonce)(void *ctx, const struct address *who, uint64_t *ret);
};

struct mempool_walk {
	struct arena *arena;
	const struct mempool *pool;
	struct mempool_chain chain;
	const struct mempool_tx *at; /* the last one of the sorted list */
	bool is_at_end;
	const struct mempool_tx **ready; /* a heap: became possible later */
	uint32_t n_ready;
	uint32_t cap;
	struct hmap nonces;  /* by account: what comes next */
	struct hmap offered; /* by transaction */
};

/** Begins a walk. */
void mempool_walk_begin(struct mempool_walk *w, struct arena *a,
                        const struct mempool *pool,
                        const struct mempool_chain *chain,
                        const struct hmap_seed *seed);

/**
 * Gives the next transaction.
 *
 * @param ret  NULL at the end; valid until the pool changes
 * @return ERR_OK; the chain's fault; ERR_NO_MEMORY.
 */
MUST_USE enum err mempool_walk_next(struct mempool_walk *w,
                                    const struct mempool_tx **ret);

/** Is told that the transaction went into the block. @return as
 * mempool_walk_next. */
MUST_USE enum err mempool_walk_taken(struct mempool_walk *w,
                                     const struct mempool_tx *tx);

#endif /* NODE_MEMPOOL_MEMPOOL_WALK_H */
