/*
 * zest/risk/risk_math.h - Products and quotients that name their rounding.
 *
 * In a lending market each rounding is a decision about who loses the last
 * unit.  So no quotient is taken without saying its direction, and a product
 * that does not fit 128 bits is an error, as it is in the contracts.
 *
 * Layer:    zest/risk; uses clarity/base only.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     docs/LENDING.md, "Numbers".
 */
#ifndef ZEST_RISK_RISK_MATH_H
#define ZEST_RISK_RISK_MATH_H

#include "clarity/base/err.h"
#include "clarity/base/num.h"

/** One, in hundredths of a percent: rates, thresholds, shares of a fee. */
#define RISK_BPS 10000u
/** One, as a debt index counts. */
#define RISK_INDEX ((u128)1000000000000)
/** One, as growth over a time counts. */
#define RISK_WAD ((u128)1000000000000000000)
/** Seconds of a year of 365 days. */
#define RISK_YEAR 31536000u

/**
 * Computes `a` * `b` / `d`, rounded down or up.
 *
 * @param d  not 0 (a CHECK)
 * @return ERR_OK; ERR_OVERFLOW when a * b passes 2^128-1: `ret` is untouched.
 */
MUST_USE enum err risk_math_floor(u128 *ret, u128 a, u128 b, u128 d);
MUST_USE enum err risk_math_ceil(u128 *ret, u128 a, u128 b, u128 d);

/** @return the smaller of two. */
static inline u128 risk_math_min(u128 a, u128 b)
{
	return a < b ? a : b;
}

/** @return 10^`n`; `n` at most 38 (a CHECK). */
u128 risk_math_pow10(unsigned n);

#endif /* ZEST_RISK_RISK_MATH_H */
