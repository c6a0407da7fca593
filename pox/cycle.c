/* pox/cycle.c - Reward cycles; contract in cycle.h. */
#include "config.h"

#include "pox/cycle.h"

#include "clarity/base/check.h"

#define OUTPUTS_PER_COMMIT 2u

const struct cycle_params cycle_mainnet = { .first_height = 666050,
	                                    .len = 2100,
	                                    .prepare = 100 };

bool cycle_of(const struct cycle_params *p, uint64_t height, uint64_t *ret)
{
	if (height < p->first_height)
		return false;
	*ret = (height - p->first_height) / p->len;
	return true;
}

uint32_t cycle_index(const struct cycle_params *p, uint64_t height)
{
	CHECK(height >= p->first_height);
	return (uint32_t)((height - p->first_height) % p->len);
}

uint64_t cycle_signing_start(const struct cycle_params *p, uint64_t cycle)
{
	return p->first_height + cycle * p->len;
}

uint64_t cycle_payout_start(const struct cycle_params *p, uint64_t cycle)
{
	return cycle_signing_start(p, cycle) + 1;
}

bool cycle_is_naka_prepare(const struct cycle_params *p, uint64_t height)
{
	return height > p->first_height &&
	       cycle_index(p, height) > p->len - p->prepare;
}

bool cycle_is_prepare(const struct cycle_params *p, uint64_t height)
{
	return height > p->first_height && (cycle_index(p, height) == 0 ||
	                                    cycle_is_naka_prepare(p, height));
}

bool cycle_prepared(const struct cycle_params *p, uint64_t height,
                    uint64_t *ret)
{
	if (!cycle_is_prepare(p, height))
		return false;

	uint64_t cycle = (height - p->first_height) / p->len;

	*ret = cycle_index(p, height) == 0 ? cycle : cycle + 1;
	return true;
}

uint64_t cycle_prepare_start(const struct cycle_params *p, uint64_t cycle)
{
	return cycle_payout_start(p, cycle) + p->len - p->prepare;
}

uint32_t cycle_reward_slots(const struct cycle_params *p)
{
	return (p->len - p->prepare) * OUTPUTS_PER_COMMIT;
}
