/* pox/distribution.c - Shares of a sortition; contract in distribution.h. */
#include "config.h"

#include "pox/distribution.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"

/* What stands for a block without a linked commit, and for a missed one. */
#define BURN_GAP 1u

/* The commits of one miner, going back. */
struct chain {
	const struct burn_commit *end; /* the oldest found so far */
	uint64_t fees[DISTRIBUTION_WINDOW];
	uint32_t links;
};

/* Sorts a handful of numbers. */
static void sort_up(uint64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* Sorts `v`. @return its median. */
static uint64_t median_of(uint64_t *v, size_t n)
{
	sort_up(v, n);
	if (n % 2 != 0)
		return v[n / 2];
	return (uint64_t)(((u128)v[n / 2 - 1] + v[n / 2]) / 2);
}

/* Takes the commit `txid` out of a list: nobody else can link to it. */
static const struct burn_commit *take(const struct burn_commit *list, size_t n,
                                      bool *taken, const uint8_t *txid)
{
	for (size_t i = 0; i < n; i++) {
		if (taken[i] || memcmp(list[i].txid, txid, 32) != 0)
			continue;
		taken[i] = true;
		return &list[i];
	}
	return NULL;
}

/* Extends each chain by its commit in block `b`, `back` blocks ago. */
static enum err link_block(struct arena *a, struct chain *chains, size_t n,
                           const struct burn_block *b, size_t back)
{
	uint32_t change = b->is_single ? 2 : 3;
	bool *taken = arena_zalloc(a, b->n + b->missed_n);

	if (!taken)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		struct chain *c = &chains[i];
		const struct burn_commit *found;

		if (c->end->spent_output != change)
			continue;
		found = take(b->commits, b->n, taken, c->end->spent_txid);
		if (found) {
			c->fees[back] = found->burn_fee;
		} else {
			found = take(b->missed, b->missed_n, taken + b->n,
			             c->end->spent_txid);
			if (!found)
				continue;
		}
		c->end = found;
		c->links++;
	}
	return ERR_OK;
}

/* Cuts the 256-bit space; a single commit gets all of it. */
static enum err cut_ranges(struct burn_point *points, size_t n)
{
	uint64_t total = 0;
	uint64_t sum = 0;
	struct u256 start = { { 0 } };

	if (n == 1) {
		points[0].start = start;
		points[0].end = u256_max;
		return ERR_OK;
	}
	for (size_t i = 0; i < n; i++) {
		if (!u64_add(&total, total, points[i].burns))
			return ERR_BURN_TOTAL;
	}
	if (n != 0 && total == 0)
		return ERR_BURN_TOTAL;
	for (size_t i = 0; i < n; i++) {
		sum += points[i].burns;
		points[i].start = start;
		start = u256_mul_div(u256_max, sum, total);
		points[i].end = start;
	}
	return ERR_OK;
}

enum err distribution_make(struct arena *a, struct burn_point **ret,
                           const struct burn_block *window, size_t n)
{
	CHECK(n >= 1 && n <= DISTRIBUTION_WINDOW);

	const struct burn_block *last = &window[n - 1];
	struct chain *chains = arena_new_array(a, struct chain, last->n);
	struct burn_point *points =
	    arena_new_array(a, struct burn_point, last->n);

	if (!chains || !points)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < last->n; i++) {
		chains[i].end = &last->commits[i];
		chains[i].links = 1;
		chains[i].fees[0] = last->commits[i].burn_fee;
		for (size_t k = 1; k < n; k++)
			chains[i].fees[k] = BURN_GAP;
	}
	for (size_t back = 1; back < n; back++) {
		TRY(link_block(a, chains, last->n, &window[n - 1 - back],
		               back));
	}
	for (size_t i = 0; i < last->n; i++) {
		uint64_t latest = last->commits[i].burn_fee;
		uint64_t median = median_of(chains[i].fees, n);

		points[i].commit = &last->commits[i];
		points[i].median = median;
		points[i].burns = median < latest ? median : latest;
		points[i].frequency = chains[i].links;
	}
	TRY(cut_ranges(points, last->n));
	*ret = points;
	return ERR_OK;
}

size_t distribution_window(bool is_prepare, bool is_straddle, uint64_t known)
{
	CHECK(known >= 1);
	if (is_prepare || is_straddle)
		return 1;
	return known < DISTRIBUTION_WINDOW ? (size_t)known
	                                   : DISTRIBUTION_WINDOW;
}

bool distribution_total(const struct burn_block *b, uint64_t *ret)
{
	uint64_t total = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (!u64_add(&total, total, b->commits[i].burn_fee))
			return false;
	}
	*ret = total;
	return true;
}

bool distribution_median_total(const struct burn_block *window, size_t n,
                               uint64_t *ret)
{
	uint64_t totals[DISTRIBUTION_WINDOW];

	CHECK(n >= 1 && n <= DISTRIBUTION_WINDOW);
	for (size_t i = 0; i < n; i++) {
		if (!distribution_total(&window[i], &totals[i]))
			return false;
	}
	*ret = median_of(totals, n);
	return true;
}
