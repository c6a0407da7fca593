/* clarity/cost/meter.c - Cost accounting in five units; contract in meter.h. */
#include "config.h"

#include "clarity/cost/meter.h"

#include <stdbool.h>
#include <stddef.h>

#include "clarity/base/check.h"

void meter_init(struct meter *m, const struct cost *limit)
{
	*m = (struct meter){ .limit = *limit };
}

/*
 * Nothing is charged when a unit overflows.  The units are taken one by one:
 * copying all at once would wait for the last charge, which often was of one
 * unit only, to leave for the cache (vm.tuple.get 60 to 35 ns).  The limit
 * itself is allowed: a block "may not exceed" it (SIP-006).
 */
enum err meter_charge(struct meter *m, const struct cost *price)
{
	uint64_t total[COST_UNITS];
	bool fits = true;
	bool within = true;

	for (size_t u = 0; u < COST_UNITS; u++) {
		fits &= u64_add(&total[u], m->spent.of[u], price->of[u]);
		within &= total[u] <= m->limit.of[u];
	}
	if (!fits)
		return ERR_COST_OVERFLOW;
	for (size_t u = 0; u < COST_UNITS; u++)
		m->spent.of[u] = total[u];
	return within ? ERR_OK : ERR_COST_LIMIT;
}

uint64_t meter_room(const struct meter *m, enum cost_unit unit)
{
	CHECK(unit < COST_UNITS);

	uint64_t limit = m->limit.of[unit];
	uint64_t spent = m->spent.of[unit];

	return spent < limit ? limit - spent : 0;
}
