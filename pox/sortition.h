/*
 * pox/sortition.h - Which block commit wins a burn block.
 *
 * A hash that runs along the Bitcoin chain, mixed with the seed of the last
 * winner, points into the ranges that the commits bought.  The commit found
 * there wins unless its miner was too rarely seen in the window, or unless all
 * miners together paid so much less than usual that the "null miner" holds the
 * same point: then nobody wins.
 *
 * Layer:    pox; uses clarity/base and clarity/crypto.
 * Memory:   never allocates; inputs are borrowed.
 * Threads:  pure functions.
 * Spec:     SIP-001, "Sortition"; SIP-021, "MEV mitigation".  The rules are
 *           those of epochs 3.0 and later.
 */
#ifndef POX_SORTITION_H
#define POX_SORTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pox/distribution.h"
#include "pox/u256.h"

/** Commits that a winner has in its window, or all blocks of a shorter one. */
#define SORTITION_MIN_COMMITS 3u

/** What became of a burn block; all but the first are "no sortition". */
enum sortition_outcome {
	SORTITION_WON,
	SORTITION_NO_COMMIT,  /* nobody took part */
	SORTITION_BAD_TOTAL,  /* the sum paid is 0 or passes 64 bits */
	SORTITION_RARE_MINER, /* too few commits in the window */
	SORTITION_NULL_MINER, /* too little was paid in all */
	SORTITION_OUTCOMES
};

/** What a sortition depends on. */
struct sortition_input {
	const uint8_t *parent_hash; /* 32 bytes: the parent's sortition hash */
	const uint8_t *burn_hash;   /* 32 bytes, as shown: highest byte first */
	const uint8_t *last_seed;   /* 32 bytes: of the last winner, or zeros */
	uint64_t total_burn;        /* satoshi, up to the parent */
	const struct burn_block *window; /* oldest first, this block last */
	size_t n;                        /* of the window */
	const struct burn_point *points; /* as distribution_make gave them */
};

/** A burn block's result. */
struct sortition {
	enum sortition_outcome outcome;
	size_t winner;       /* index of the commit; only with SORTITION_WON */
	uint8_t hash[32];    /* the block's sortition hash */
	uint64_t total_burn; /* satoshi; grows only with a winner */
};

/** Decides a burn block. */
void sortition_run(struct sortition *ret, const struct sortition_input *in);

/** Mixes 32 bytes into a sortition hash: a burn block's hash or a seed. `ret`
 * may be either. */
void sortition_mix(uint8_t ret[32], const uint8_t hash[32],
                   const uint8_t other[32]);

/** Finds whose range holds `index`; a single point holds all. 2^256-1, behind
 * the last range, goes to the last. @return its place; `n` is at least 1. */
size_t sortition_pick(const struct burn_point *points, size_t n,
                      struct u256 index);

/** @return whether a winner with so many commits may win. */
bool sortition_is_active(uint32_t frequency, size_t window_len);

/**
 * Computes the end of the null miner's range, which starts at 0.
 *
 * @param total   satoshi paid in this block; below `median`
 * @param median  of the totals in the window
 */
struct u256 sortition_null_range(uint64_t total, uint64_t median);

#endif /* POX_SORTITION_H */
