/* zest/risk/risk_curve.c - Rates and growth; contract in risk_curve.h. */
#include "config.h"

#include "zest/risk/risk_curve.h"

#include <stddef.h>

#include "clarity/base/check.h"
#include "zest/risk/risk_math.h"

static u128 div_ceil(u128 n, u128 d)
{
	return n / d + (n % d != 0);
}

enum err risk_curve_check(const struct risk_curve *c)
{
	const size_t last = RISK_CURVE_POINTS - 1;

	if (c->util[0] != 0 || c->util[last] != RISK_BPS ||
	    c->rate[last] > RISK_CURVE_RATE_MAX)
		return ERR_RISK_CURVE;
	for (size_t i = 0; i < last; i++) {
		if (c->util[i] >= c->util[i + 1] || c->rate[i] > c->rate[i + 1])
			return ERR_RISK_CURVE;
	}
	return ERR_OK;
}

uint32_t risk_curve_rate(const struct risk_curve *c, uint32_t util)
{
	size_t i = 0;

	CHECK(util <= RISK_BPS);
	while (i < RISK_CURVE_POINTS - 2 && util >= c->util[i + 1])
		i++;

	uint64_t rise = c->rate[i + 1] - c->rate[i];
	uint64_t run = c->util[i + 1] - c->util[i];

	return c->rate[i] + (uint32_t)((util - c->util[i]) * rise / run);
}

u128 risk_curve_growth(uint32_t rate, uint64_t seconds)
{
	CHECK(rate <= RISK_CURVE_RATE_MAX);

	u128 dt = risk_math_min(seconds, RISK_YEAR);
	u128 x = div_ceil(rate * dt * RISK_WAD, (u128)RISK_YEAR * RISK_BPS);
	u128 square = div_ceil(x * x, 2 * RISK_WAD);
	u128 cube = div_ceil(square * x, 3 * RISK_WAD);

	return RISK_WAD + x + square + cube;
}
