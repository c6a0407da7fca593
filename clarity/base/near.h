/*
 * clarity/base/near.h - The known name that a mistyped one probably meant.
 *
 * An unknown option, verb or variable is most often a known one with a slip.
 * Candidates are offered one by one, and the nearest that is near enough is
 * kept; of equals the first, so that the answer does not depend on anything
 * but the order of the offers.
 *
 * Layer:    clarity/base.
 * Memory:   never allocates; borrows the names.
 * Threads:  plain data.
 */
#ifndef CLARITY_BASE_NEAR_H
#define CLARITY_BASE_NEAR_H

#include "clarity/base/span.h"

/** Longer names are compared by their first NEAR_LEN_MAX bytes. */
#define NEAR_LEN_MAX 64

struct near {
	struct span want;  /* the mistyped name */
	struct span best;  /* the nearest so far; `len` 0 if none */
	unsigned distance; /* of best, or the first that is too far */
};

/** Starts a search for what `want` meant. */
void near_init(struct near *n, struct span want);

/** Offers a candidate, which must outlive the search. */
void near_offer(struct near *n, struct span candidate);

/**
 * @return the number of single-byte insertions, deletions, replacements and
 *         swaps of neighbours that turn `a` into `b`.
 */
unsigned near_distance(struct span a, struct span b);

#endif /* CLARITY_BASE_NEAR_H */
