/* clarity/cost/meter.c - Cost accounting in five units; contract in meter.h. */
#include "config.h"

#include "clarity/cost/meter.h"

#include <stdbool.h>
#include <stddef.h>

#include "clarity/base/check.h"

/* Adds `price` to `sum`; on false some unit overflowed and `sum` is garbage. */
static bool cost_add(struct cost *sum, const struct cost *price)
{
	for (size_t u = 0; u < COST_UNITS; u++) {
		if (!u64_add(&sum->of[u], sum->of[u], price->of[u]))
			return false;
	}
	return true;
}

/* The limit itself is allowed: a block "may not exceed" it (SIP-006). */
static bool cost_within(const struct cost *total, const struct cost *limit)
{
	for (size_t u = 0; u < COST_UNITS; u++) {
		if (total->of[u] > limit->of[u])
			return false;
	}
	return true;
}

void meter_init(struct meter *m, const struct cost *limit)
{
	*m = (struct meter){ .limit = *limit };
}

enum err meter_charge(struct meter *m, const struct cost *price)
{
	struct cost total = m->spent;

	/* Add into a copy: a failed sum must not leave some units charged. */
	if (!cost_add(&total, price))
		return ERR_COST_OVERFLOW;

	m->spent = total;
	return cost_within(&m->spent, &m->limit) ? ERR_OK : ERR_COST_LIMIT;
}

uint64_t meter_room(const struct meter *m, enum cost_unit unit)
{
	CHECK(unit < COST_UNITS);

	uint64_t limit = m->limit.of[unit];
	uint64_t spent = m->spent.of[unit];

	return spent < limit ? limit - spent : 0;
}
