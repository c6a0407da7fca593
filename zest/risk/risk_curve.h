/*
 * zest/risk/risk_curve.h - What borrowing costs, and how it compounds.
 *
 * A vault's rate is a line through eight points of utilisation.  The line may
 * not fall: the more of a vault is lent, the dearer the rest, so that
 * suppliers can leave again.  Interest compounds continuously, by the first
 * four terms of e^x: then it hardly matters how often a vault is touched, and
 * nobody can make a borrower pay more by touching it.
 *
 * Layer:    zest/risk; uses clarity/base only.
 * Memory:   never allocates; a curve is plain data.
 * Threads:  pure functions.
 * Spec:     docs/LENDING.md, "Rates".
 */
#ifndef ZEST_RISK_RISK_CURVE_H
#define ZEST_RISK_RISK_CURVE_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"

/** Points of a curve. */
#define RISK_CURVE_POINTS 8u
/** The highest rate, 500 % a year: growth over a year fits 128 bits. */
#define RISK_CURVE_RATE_MAX 50000u

/** Utilisations and the rates there, both in hundredths of a percent. */
struct risk_curve {
	uint32_t util[RISK_CURVE_POINTS]; /* from 0, rising, to 10,000 */
	uint32_t rate[RISK_CURVE_POINTS]; /* for a year; never falling */
};

/** @return ERR_OK; ERR_RISK_CURVE unless the curve is as described above. */
MUST_USE enum err risk_curve_check(const struct risk_curve *c);

/**
 * @param c     one that passes risk_curve_check
 * @param util  at most 10,000 (a CHECK)
 * @return the rate there, in hundredths of a percent a year, rounded down
 */
uint32_t risk_curve_rate(const struct risk_curve *c, uint32_t util);

/**
 * Computes what one unit of debt becomes: 1 + x + x^2/2 + x^3/6 of x = rate
 * times time, each term rounded up.
 *
 * @param rate     at most RISK_CURVE_RATE_MAX (a CHECK)
 * @param seconds  more than a year counts as a year
 * @return in units of RISK_WAD, from 1 to 39.4
 */
u128 risk_curve_growth(uint32_t rate, uint64_t seconds);

#endif /* ZEST_RISK_RISK_CURVE_H */
