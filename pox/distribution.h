/*
 * pox/distribution.h - How a block's miners share the chance to win it.
 *
 * A miner who commits once cannot buy a block: what counts is the median of
 * its last commitments, and never more than the latest.  Commitments of one
 * miner are told by money, not by name: each spends the change of the one
 * before.  The 256-bit space is then cut in proportion, in the order of the
 * commitments in the block.
 *
 * Layer:    pox; uses clarity/base only.
 * Memory:   results live in the caller's arena, inputs are borrowed.
 * Threads:  pure functions.
 * Spec:     SIP-007, "Mining commitments"; SIP-021 for the frequency.
 */
#ifndef POX_DISTRIBUTION_H
#define POX_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "pox/u256.h"

/** Blocks that are looked at, the block itself included. */
#define DISTRIBUTION_WINDOW 6u

/** A block commit, as far as sortitions read it. */
struct burn_commit {
	uint8_t txid[32];
	uint8_t spent_txid[32]; /* what its first input spends */
	uint32_t spent_output;
	uint64_t burn_fee; /* satoshi; not read of a missed commit */
	uint8_t new_seed[32];
};

/** A block of the window. */
struct burn_block {
	const struct burn_commit *commits; /* in the block's order */
	size_t n;
	const struct burn_commit *missed; /* meant for this block, mined in
	                                     the next; none of the last block */
	size_t missed_n;
	bool is_single; /* its commits pay one output: prepare phase, waterfall;
	                   their change is output 2 then, else 3 */
};

/** A commit's share. */
struct burn_point {
	const struct burn_commit *commit;
	uint64_t burns;     /* satoshi that count */
	uint64_t median;    /* over the window, gaps and missed as 1 */
	uint32_t frequency; /* linked commits in the window, itself included */
	struct u256 start;  /* its range: start <= index < end */
	struct u256 end;
};

/**
 * Computes the shares in the last block of a window.
 *
 * @param a       for the result and temporary arrays
 * @param ret     `window[n - 1].n` points, in that order
 * @param window  oldest block first
 * @param n       1 to DISTRIBUTION_WINDOW, a CHECK
 * @return ERR_OK; ERR_NO_MEMORY;
 *         ERR_BURN_TOTAL, a fault, if the shares of several commits sum up to
 *         0 or to more than 64 bits, which no checked Bitcoin block does.
 */
MUST_USE enum err distribution_make(struct arena *a, struct burn_point **ret,
                                    const struct burn_block *window, size_t n);

/**
 * @return how many blocks the window of a block at `height` has.
 *
 * @param is_prepare   whether the block is in the classic prepare phase
 * @param is_straddle  whether the block 6 before its parent is of an older
 *                     epoch
 * @param known        burn blocks there are, this one included; at least 1
 */
size_t distribution_window(bool is_prepare, bool is_straddle, uint64_t known);

/** Sums what the commits of `b` pay. @return false if it passes 64 bits. */
bool distribution_total(const struct burn_block *b, uint64_t *ret);

/** Computes the median of the blocks' totals, of an even number of blocks the
 * mean of the middle two. @return false if a total passes 64 bits. */
bool distribution_median_total(const struct burn_block *window, size_t n,
                               uint64_t *ret);

#endif /* POX_DISTRIBUTION_H */
