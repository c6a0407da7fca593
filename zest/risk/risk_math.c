/* zest/risk/risk_math.c - Directed rounding; contract in risk_math.h. */
#include "config.h"

#include "zest/risk/risk_math.h"

#include "clarity/base/check.h"

enum err risk_math_floor(u128 *ret, u128 a, u128 b, u128 d)
{
	u128 product;

	CHECK(d != 0);
	if (!u128_mul(&product, a, b))
		return ERR_OVERFLOW;
	*ret = product / d;
	return ERR_OK;
}

enum err risk_math_ceil(u128 *ret, u128 a, u128 b, u128 d)
{
	u128 product;

	CHECK(d != 0);
	if (!u128_mul(&product, a, b))
		return ERR_OVERFLOW;
	*ret = product / d + (product % d != 0);
	return ERR_OK;
}

u128 risk_math_pow10(unsigned n)
{
	u128 power = 1;

	CHECK(n <= 38);
	while (n-- > 0)
		power *= 10;
	return power;
}
