/* clarity/cost/price.c - The price tables; contract in price.h. */
#include "config.h"

#include "clarity/cost/price.h"

#include "clarity/base/check.h"

enum table {
	TABLE_COSTS_3,
	TABLE_COSTS_4,
	TABLE_COSTS_5,
	TABLE_COUNT
};

/* A formula before the other units are known: shape, shift, a, b. */
#define LIN(a, b) PRICE_SHAPE_CPU, 0, a, b
#define SHR(k, a, b) PRICE_SHAPE_CPU, k, a, b
#define LOG(a, b) PRICE_SHAPE_LOG, 0, a, b
#define NLOG(a, b) PRICE_SHAPE_NLOG, 0, a, b
#define NONE PRICE_SHAPE_ABSENT, 0, 0, 0

/* A length in a row is a constant or this mark for n + 1. */
#define N1 255

#define BY_N(length) ((length) == N1)
#define FIXED(length) (BY_N(length) ? 0 : (length))

/* A linear price that also moves other units is of the STATE shape. */
#define SHAPE(form, rc, wc)                                                    \
	((form) == PRICE_SHAPE_CPU && (rc) + (wc) > 0 ? PRICE_SHAPE_STATE      \
	                                              : (form))

#define ROW_OF(form, k, fa, fb, rc, rl, wc, wl)                                \
	{                                                                      \
		.a = fa, .b = fb, .shape = SHAPE(form, rc, wc), .shift = k,    \
		.read_count = rc, .write_count = wc, .read_length = FIXED(rl), \
		.write_length = FIXED(wl), .read_by_n = BY_N(rl),              \
		.write_by_n = BY_N(wl)                                         \
	}
/* One more round of expansion splits a formula into its four parts. */
#define ROW(...) ROW_OF(__VA_ARGS__)

static const struct price tables[TABLE_COUNT][PRICE_COUNT] = {
	[TABLE_COSTS_3] = {
#define X(id, name, c3, c4, c5, rc, rl, wc, wl)                                \
	[PRICE_##id] = ROW(c3, rc, rl, wc, wl),
#include "clarity/cost/price.def"
#undef X
	},
	[TABLE_COSTS_4] = {
#define X(id, name, c3, c4, c5, rc, rl, wc, wl)                                \
	[PRICE_##id] = ROW(c4, rc, rl, wc, wl),
#include "clarity/cost/price.def"
#undef X
	},
	[TABLE_COSTS_5] = {
#define X(id, name, c3, c4, c5, rc, rl, wc, wl)                                \
	[PRICE_##id] = ROW(c5, rc, rl, wc, wl),
#include "clarity/cost/price.def"
#undef X
	},
};

static const char *const names[PRICE_COUNT] = {
#define X(id, name, c3, c4, c5, rc, rl, wc, wl) [PRICE_##id] = name,
#include "clarity/cost/price.def"
#undef X
};

const struct price *price_table(enum epoch e)
{
	if (e >= EPOCH_4_0)
		return tables[TABLE_COSTS_5];
	return tables[e >= EPOCH_3_3 ? TABLE_COSTS_4 : TABLE_COSTS_3];
}

const char *price_name(enum price_id id)
{
	CHECK(id < PRICE_COUNT);
	return names[id];
}

/* The formula's variable part, to be multiplied by `a`. */
static uint64_t price_factor(const struct price *p, uint64_t n)
{
	switch ((enum price_shape)p->shape) {
	case PRICE_SHAPE_CPU:
	case PRICE_SHAPE_STATE:
		return n >> p->shift;
	case PRICE_SHAPE_LOG:
		return u64_log2(n);
	case PRICE_SHAPE_NLOG:
		return u64_mul_sat(u64_log2(n), n);
	case PRICE_SHAPE_ABSENT:
		break;
	}
	return 0;
}

static bool price_is_defined(const struct price *p, uint64_t n)
{
	if (p->shape == PRICE_SHAPE_LOG || p->shape == PRICE_SHAPE_NLOG)
		return n > 0;
	return p->shape != PRICE_SHAPE_ABSENT;
}

enum err price_eval(const struct price *p, uint64_t n, struct cost *ret)
{
	if (!price_is_defined(p, n))
		return ERR_COST_COMPUTE;

	uint64_t n1 = u64_add_sat(n, 1);

	ret->of[COST_RUNTIME] =
	    u64_add_sat(u64_mul_sat(p->a, price_factor(p, n)), p->b);
	ret->of[COST_READ_COUNT] = p->read_count;
	ret->of[COST_READ_LENGTH] = p->read_by_n ? n1 : p->read_length;
	ret->of[COST_WRITE_COUNT] = p->write_count;
	ret->of[COST_WRITE_LENGTH] = p->write_by_n ? n1 : p->write_length;
	return ERR_OK;
}

enum err price_charge_slow(const struct price *p, uint64_t n, struct meter *m)
{
	struct cost c;

	TRY(price_eval(p, n, &c));
	if (p->shape != PRICE_SHAPE_STATE)
		return meter_charge_runtime(m, c.of[COST_RUNTIME]);
	return meter_charge(m, &c);
}
