/*
 * clarity/cost/meter.h - What an execution may spend and what it has spent.
 *
 * Clarity prices each operation in five units at once.  A meter holds a limit
 * and a running total for every unit.  The VM charges the meter before an
 * operation takes effect, so a program stops at the same operation on every
 * node, whatever the machine.
 *
 * Layer:    clarity/cost; uses clarity/base only.
 * Memory:   never allocates; a meter is plain data embedded by its owner.
 * Threads:  a meter belongs to one VM; nothing here is shared.
 * Spec:     SIP-006, "Runtime Cost Assessment".
 */
#ifndef CLARITY_COST_METER_H
#define CLARITY_COST_METER_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"

/** The units of cost; each one indexes `struct cost`. */
enum cost_unit {
	COST_RUNTIME,      /* unitless: compares programs, is not cycles */
	COST_READ_COUNT,   /* reads of the data store */
	COST_READ_LENGTH,  /* bytes read from it */
	COST_WRITE_COUNT,  /* writes to the data store */
	COST_WRITE_LENGTH, /* bytes written to it */
	COST_UNITS
};

struct cost {
	uint64_t of[COST_UNITS];
};

struct meter {
	struct cost limit; /* fixed by meter_init */
	struct cost spent; /* only grows; may end above limit, see charge */
};

/** Starts `m` at zero with a copy of `limit`. */
void meter_init(struct meter *m, const struct cost *limit);

/**
 * Charges for one operation, before the operation takes effect.
 *
 * @param m      the meter of the running transaction
 * @param price  the operation's cost, already evaluated for its input sizes
 * @return ERR_OK;
 *         ERR_COST_LIMIT if a unit passed its limit: the charge stays in
 *         `spent`, so that the caller can report both numbers;
 *         ERR_COST_OVERFLOW if a unit passed 2^64-1: `spent` is unchanged.
 *         Both failures are verdicts: the transaction aborts.
 */
MUST_USE enum err meter_charge(struct meter *m, const struct cost *price);

/**
 * As meter_charge for an operation that costs runtime only.  The other units
 * do not move, so they are not compared again.
 */
MUST_USE static inline enum err meter_charge_runtime(struct meter *m,
                                                     uint64_t runtime)
{
	uint64_t total;

	if (__builtin_expect(
		!u64_add(&total, m->spent.of[COST_RUNTIME], runtime), 0))
		return ERR_COST_OVERFLOW;
	m->spent.of[COST_RUNTIME] = total;
	if (__builtin_expect(total > m->limit.of[COST_RUNTIME], 0))
		return ERR_COST_LIMIT;
	return ERR_OK;
}

/** @return how much of `unit` is left; 0 once the limit is reached. */
uint64_t meter_room(const struct meter *m, enum cost_unit unit);

#endif /* CLARITY_COST_METER_H */
