/*
 * node/mempool/mempool.h - Transactions that wait for a block.
 *
 * Everything is an index in memory: by id, by account and nonce, by what is
 * paid for a byte.  An account's nonce is held by one transaction; another one
 * takes its place only if it pays more.  A full pool lets go what pays least.
 *
 * Whether a transaction may come in at all is judged before (admit.h).  Time
 * is told by the caller, and whoever keeps the pool on disk, or tells clients
 * what left it, is told here through a table.
 *
 * Layer:    node/mempool.
 * Memory:   mempool_new/mempool_free; bounded by the options.
 * Threads:  one at a time.
 */
#ifndef NODE_MEMPOOL_MEMPOOL_H
#define NODE_MEMPOOL_MEMPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/hmap.h"
#include "clarity/base/span.h"
#include "node/wire/address.h"
#include "node/wire/tx.h"

/** How long a transaction waits before it is given up: 256 times 10 minutes. */
#define MEMPOOL_AGE_MAX_MS (256u * 600u * 1000u)

/** What an account's transactions may be at most, as origin or sponsor: the
 * nonces that admission lets in. */
#define MEMPOOL_ACCOUNT_MAX 64u

/** Why a transaction left; the words are the observers'. */
enum mempool_drop {
	MEMPOOL_REPLACED,  /* "ReplaceByFee" */
	MEMPOOL_EXPENSIVE, /* "TooExpensive": needs more than a tenure has */
	MEMPOOL_STALE,     /* "StaleGarbageCollect": too old, or its nonce is
	                    * used by another */
	MEMPOOL_PROBLEM,   /* "Problematic": no block may contain it */
	MEMPOOL_EVICTED,   /* "StaleGarbageCollect": the pool was full */
	MEMPOOL_MINED      /* it is in a block: observers are not told */
};

/** Is told what the pool does.  Functions may be NULL. */
struct mempool_watch {
	void *ctx;
	void (*came)(void *ctx, const uint8_t id[WIRE_HASH_LEN],
	             struct span bytes);
	/** @param replacer  with MEMPOOL_REPLACED, else NULL */
	void (*left)(void *ctx, const uint8_t id[WIRE_HASH_LEN],
	             enum mempool_drop why, const uint8_t *replacer);
};

struct mempool_options {
	uint32_t n_max;        /* transactions, 1 to HMAP_MAX / 2 */
	uint64_t bytes_max;    /* of all of them */
	struct hmap_seed seed; /* random: addresses are chosen by strangers */
	struct mempool_watch watch;
};

/** An account's nonce that a transaction uses. */
struct mempool_nonce {
	struct address who;
	uint64_t nonce;
};

/** A waiting transaction. */
struct mempool_tx {
	uint8_t id[WIRE_HASH_LEN];
	struct span bytes;
	uint64_t fee;      /* microSTX */
	uint64_t received; /* milliseconds */
	struct mempool_nonce origin;
	struct mempool_nonce sponsor; /* set only if sponsored */
	bool is_sponsored;
};

struct mempool;

/** Starts an empty pool. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err mempool_new(struct mempool **ret,
                              const struct mempool_options *options);

/** Frees the pool; NULL is allowed.  Nobody is told. */
void mempool_free(struct mempool *m);

/**
 * Takes a transaction that was admitted; one that is there already is left as
 * it is, which is a success.
 *
 * @param id     its id
 * @param bytes  its bytes; copied
 * @param now    milliseconds
 * @return ERR_OK; ERR_POOL_CONFLICT if one with the same nonce pays at least
 *         as much; ERR_POOL_FULL if all that wait pay as much for a byte, or an
 *         account of it has too many (verdicts); ERR_NO_MEMORY.  One that it
 *         replaces is gone even if there is then no room.
 */
MUST_USE enum err mempool_put(struct mempool *m, const struct tx *tx,
                              const uint8_t id[WIRE_HASH_LEN],
                              struct span bytes, uint64_t now);

/** @return the transaction, valid until the pool changes, or NULL. */
const struct mempool_tx *mempool_get(const struct mempool *m,
                                     const uint8_t id[WIRE_HASH_LEN]);

/** @return how many wait. */
uint32_t mempool_count(const struct mempool *m);

/** @return how many bytes they have in all. */
uint64_t mempool_bytes(const struct mempool *m);

/** Lets a transaction go; one that is not there is none. */
void mempool_drop(struct mempool *m, const uint8_t id[WIRE_HASH_LEN],
                  enum mempool_drop why);

/** Lets go what an account's transactions in blocks have made impossible: all
 * with a nonce below `next`. */
void mempool_settle(struct mempool *m, const struct address *who,
                    uint64_t next);

/** Lets go what is older than MEMPOOL_AGE_MAX_MS. */
void mempool_expire(struct mempool *m, uint64_t now);

/** An account's nonces, as wallets ask for them. */
struct mempool_nonces {
	uint64_t next;   /* the first that neither chain nor pool uses */
	bool has_last;   /* whether the pool has any */
	uint64_t last;   /* the highest in the pool */
	uint32_t n_used; /* in the pool, ascending */
	uint64_t used[MEMPOOL_ACCOUNT_MAX];
	uint32_t n_missing; /* below `last`, neither in chain nor pool */
	uint64_t missing[MEMPOOL_ACCOUNT_MAX];
};

/** Tells an account's nonces. @param next  the chain's next one */
void mempool_nonces(const struct mempool *m, const struct address *who,
                    uint64_t next, struct mempool_nonces *ret);

/**
 * Visits the transactions of an account, lowest nonce first.
 *
 * @param after  NULL to begin, else the one visited before
 * @return NULL at the end.
 */
const struct mempool_tx *mempool_of(const struct mempool *m,
                                    const struct address *who,
                                    const struct mempool_tx *after);

/**
 * Visits all transactions, the best paid for a byte first.
 *
 * @param after  NULL to begin, else the one visited before
 * @return NULL at the end.
 */
const struct mempool_tx *mempool_best(const struct mempool *m,
                                      const struct mempool_tx *after);

/** @return <0 if `a` is paid better for a byte than `b`, or as well and came
 * earlier; 0 if they are one; else >0.  Both are the pool's. */
int mempool_compare(const struct mempool_tx *a, const struct mempool_tx *b);

/** @return what observers call it, or NULL for MEMPOOL_MINED. */
const char *mempool_drop_word(enum mempool_drop why);

#endif /* NODE_MEMPOOL_MEMPOOL_H */
