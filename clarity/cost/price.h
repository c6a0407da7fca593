/*
 * clarity/cost/price.h - What each operation costs, by epoch.
 *
 * The network has repriced the language several times; a price is a function
 * of one input size n, chosen by the running epoch and never by the version of
 * the contract.  All rows live in price.def.  Hot code asks once for the table
 * of its epoch and charges through it; everything else names epoch and id.
 *
 * Layer:    clarity/cost; uses clarity/base and clarity/value.
 * Memory:   never allocates; tables are static and constant.
 * Threads:  pure functions; a meter belongs to its caller.
 * Spec:     SIP-006; SIP-012 and SIP-015 (costs-3), SIP-033 (costs-4),
 *           SIP-044 (costs-5).
 */
#ifndef CLARITY_COST_PRICE_H
#define CLARITY_COST_PRICE_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/cost/meter.h"
#include "clarity/value/epoch.h"

/** The cost functions; PRICE_ADD is "cost_add" and so on. */
enum price_id {
#define X(id, name, c3, c4, c5, rc, rl, wc, wl) PRICE_##id,
#include "clarity/cost/price.def"
#undef X
	PRICE_COUNT
};

enum price_shape {
	PRICE_SHAPE_CPU,    /* a (n >> shift) + b, runtime only */
	PRICE_SHAPE_STATE,  /* the same runtime, and other units too */
	PRICE_SHAPE_LOG,    /* a log2 n + b, runtime only */
	PRICE_SHAPE_NLOG,   /* a n log2 n + b, runtime only */
	PRICE_SHAPE_ABSENT, /* the table lacks this function */
};

/** One cost function of one table. */
struct price {
	uint32_t a;
	uint32_t b;
	uint8_t shape;        /* enum price_shape */
	uint8_t shift;        /* bits */
	uint8_t read_count;   /* reads */
	uint8_t write_count;  /* writes */
	uint8_t read_length;  /* bytes, when not by n */
	uint8_t write_length; /* bytes, when not by n */
	uint8_t read_by_n;    /* 1: n + 1 bytes are read */
	uint8_t write_by_n;   /* 1: n + 1 bytes are written */
};

/** @return the PRICE_COUNT prices of the table in force in `e`. */
const struct price *price_table(enum epoch e);

/** @return the function's name, such as "cost_add". */
const char *price_name(enum price_id id);

/**
 * Evaluates a price for input size `n`.
 *
 * @return ERR_OK;
 *         ERR_COST_COMPUTE, a verdict, if the table lacks the function or if a
 *         logarithm of 0 is asked for (`ret` is then untouched).
 */
MUST_USE enum err price_eval(const struct price *p, uint64_t n,
                             struct cost *ret);

/** As price_charge, for prices of any shape; use price_charge. */
MUST_USE enum err price_charge_slow(const struct price *p, uint64_t n,
                                    struct meter *m);

/**
 * Evaluates a price for input size `n` and charges it.
 *
 * @return ERR_OK; ERR_COST_COMPUTE as price_eval (nothing is charged);
 *         ERR_COST_LIMIT or ERR_COST_OVERFLOW as meter_charge.
 */
MUST_USE static inline enum err price_charge(const struct price *p, uint64_t n,
                                             struct meter *m)
{
	if (__builtin_expect(p->shape != PRICE_SHAPE_CPU, 0))
		return price_charge_slow(p, n, m);
	return meter_charge_runtime(
	    m, u64_add_sat(u64_mul_sat(p->a, n >> p->shift), p->b));
}

#endif /* CLARITY_COST_PRICE_H */
