/*
 * clarity/base/check.h - Assertions about our own code.
 *
 * CHECK stays in release builds: going on with broken invariants could write a
 * wrong state, which is worse than stopping.  DCHECK is for hot paths and
 * exists only in the HARD_TESTS build.
 *
 * Layer:    clarity/base; uses nothing.
 * Memory:   never allocates.
 * Threads:  any.
 */
#ifndef CLARITY_BASE_CHECK_H
#define CLARITY_BASE_CHECK_H

#include <stdio.h>
#include <stdlib.h>

/** Aborts with the place and the claim when `claim` does not hold. */
#define CHECK(claim)                                                           \
	do {                                                                   \
		if (__builtin_expect(!(claim), 0)) {                           \
			(void)fprintf(stderr, "%s:%d: bug: %s\n", __FILE__,    \
			              __LINE__, #claim);                       \
			abort();                                               \
		}                                                              \
	} while (0)

/** CHECK in the HARD_TESTS build, otherwise only a syntax check. */
#ifdef HARD_TESTS
#define DCHECK(claim) CHECK(claim)
#else
#define DCHECK(claim) ((void)sizeof(!(claim)))
#endif

/** The number of elements of an array (not of a pointer). */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif /* CLARITY_BASE_CHECK_H */
