/*
 * clarity/base/epoch.h - The rule sets of the chain and of the language.
 *
 * An epoch is a set of consensus rules with a start height; a Clarity version
 * is a set of words and meanings that a contract is bound to when it is
 * deployed.  Both only ever grow, so rules are asked for with >=, never with
 * ==: a rule of epoch 3.3 also holds in 4.0.
 *
 * Layer:    clarity/base; uses nothing.
 * Memory:   never allocates.
 * Threads:  plain constants.
 * Spec:     SIP-021 (3.0), SIP-029 (3.1), SIP-031 (3.2), SIP-033 (3.3),
 *           SIP-040 and SIP-042 (3.4), SIP-044 and SIP-045 (4.0).
 */
#ifndef CLARITY_BASE_EPOCH_H
#define CLARITY_BASE_EPOCH_H

#include <stdint.h>

/** Consecutive, so that an epoch can index a table. */
enum epoch {
	EPOCH_3_0,
	EPOCH_3_1,
	EPOCH_3_2,
	EPOCH_3_3,
	EPOCH_3_4,
	EPOCH_4_0,
	EPOCH_4_1,
	EPOCH_COUNT
};

/** The value is the version's number; 0 is no version. */
enum clarity_version {
	CLARITY_1 = 1,
	CLARITY_2,
	CLARITY_3,
	CLARITY_4,
	CLARITY_5,
	CLARITY_6,
	CLARITY_VERSION_END
};

/** @return the epoch's number in stored state: major << 12 | minor. */
static inline uint32_t epoch_id(enum epoch e)
{
	return e < EPOCH_4_0 ? 0x03000u + (uint32_t)e
	                     : 0x04000u + (uint32_t)(e - EPOCH_4_0);
}

/** @return the newest Clarity version deployable in `e`: also the version of
 * a contract that names none. */
static inline enum clarity_version epoch_clarity(enum epoch e)
{
	if (e >= EPOCH_4_0)
		return CLARITY_6;
	if (e >= EPOCH_3_4)
		return CLARITY_5;
	return e >= EPOCH_3_3 ? CLARITY_4 : CLARITY_3;
}

#endif /* CLARITY_BASE_EPOCH_H */
