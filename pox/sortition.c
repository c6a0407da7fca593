/* pox/sortition.c - Winners of burn blocks; contract in sortition.h. */
#include "config.h"

#include "pox/sortition.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"

#define ATC_STEPS 1024u
#define ATC_STEP_SHIFT 54u /* 64 bits of fraction, 10 of them the step */

static const uint64_t advantage[] = {
#define X(value) value,
#include "pox/atc.def"
#undef X
};

_Static_assert(sizeof(advantage) / sizeof(advantage[0]) == ATC_STEPS,
               "the table has a row for each step");

void sortition_mix(uint8_t ret[32], const uint8_t hash[32],
                   const uint8_t other[32])
{
	uint8_t both[64];

	memcpy(both, hash, 32);
	memcpy(both + 32, other, 32);
	hash_sha256(ret, both, sizeof(both));
}

size_t sortition_pick(const struct burn_point *points, size_t n,
                      struct u256 index)
{
	CHECK(n >= 1);
	for (size_t i = 0; n > 1 && i < n; i++) {
		if (u256_cmp(points[i].start, index) <= 0 &&
		    u256_cmp(index, points[i].end) < 0)
			return i;
	}
	return n - 1;
}

bool sortition_is_active(uint32_t frequency, size_t window_len)
{
	return frequency >= SORTITION_MIN_COMMITS || frequency >= window_len;
}

struct u256 sortition_null_range(uint64_t total, uint64_t median)
{
	CHECK(median == 0 || total < median);

	/* Fractions of 2^64.  Nothing carried over: the null miner has all. */
	uint64_t atc =
	    median == 0 ? 0 : (uint64_t)(((u128)total << 64) / median);
	uint64_t adv = advantage[atc >> ATC_STEP_SHIFT];
	u128 chance = ((u128)1 << 64) - atc + (((u128)atc * adv) >> 64);

	if (chance >> 64 != 0)
		chance = UINT64_MAX;
	return u256_shifted((uint64_t)chance, 192);
}

/* Says whether the null miner takes the point from whoever has it. */
static bool null_wins(const struct sortition_input *in, struct u256 index)
{
	uint64_t total;
	uint64_t median;

	if (!distribution_total(&in->window[in->n - 1], &total) ||
	    !distribution_median_total(in->window, in->n, &median))
		return false;
	if (median != 0 && total >= median)
		return false;
	return u256_cmp(index, sortition_null_range(total, median)) < 0;
}

static enum sortition_outcome decide(struct sortition *ret,
                                     const struct sortition_input *in)
{
	const struct burn_block *last = &in->window[in->n - 1];
	uint64_t paid;
	uint64_t total;
	uint8_t point[32];

	if (last->n == 0)
		return SORTITION_NO_COMMIT;
	if (!distribution_total(last, &paid) || paid == 0 ||
	    !u64_add(&total, in->total_burn, paid))
		return SORTITION_BAD_TOTAL;

	sortition_mix(point, ret->hash, in->last_seed);

	struct u256 index = u256_read_le(point);
	size_t winner = sortition_pick(in->points, last->n, index);

	if (!sortition_is_active(in->points[winner].frequency, in->n))
		return SORTITION_RARE_MINER;
	if (null_wins(in, index))
		return SORTITION_NULL_MINER;

	ret->winner = winner;
	ret->total_burn = total;
	sortition_mix(ret->hash, ret->hash, last->commits[winner].new_seed);
	return SORTITION_WON;
}

void sortition_run(struct sortition *ret, const struct sortition_input *in)
{
	CHECK(in->n >= 1 && in->n <= DISTRIBUTION_WINDOW);
	*ret = (struct sortition){ .total_burn = in->total_burn };
	sortition_mix(ret->hash, in->parent_hash, in->burn_hash);
	ret->outcome = decide(ret, in);
}
