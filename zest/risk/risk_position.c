/* zest/risk/risk_position.c - Limits and liquidation; contract in
 * risk_position.h. */
#include "config.h"

#include "zest/risk/risk_position.h"

#include "clarity/base/check.h"
#include "zest/risk/risk_math.h"
#include "zest/risk/risk_vault.h"

/* The bounds of the header keep every product below 2^128: one that does not
 * fit is a bug. */
static u128 mul_floor(u128 a, u128 b, u128 d)
{
	u128 r = 0;

	CHECK(risk_math_floor(&r, a, b, d) == ERR_OK);
	return r;
}

static u128 mul_ceil(u128 a, u128 b, u128 d)
{
	u128 r = 0;

	CHECK(risk_math_ceil(&r, a, b, d) == ERR_OK);
	return r;
}

static u128 assets_of(const struct risk_coll *c)
{
	return mul_floor(c->units, c->worth_of, c->worth_units);
}

static u128 coll_value(const struct risk_coll *c)
{
	return mul_floor(assets_of(c), c->price, risk_math_pow10(c->decimals));
}

static u128 owed(const struct risk_debt *d)
{
	return mul_ceil(d->scaled, d->index, RISK_INDEX);
}

static u128 debt_value(const struct risk_debt *d)
{
	return mul_ceil(owed(d), d->price, risk_math_pow10(d->decimals));
}

enum err risk_position_group_check(const struct risk_group *g)
{
	return g->bonus_min <= g->bonus_max && g->bonus_max <= RISK_BPS &&
	               g->target > RISK_BPS && g->target <= 2 * RISK_BPS &&
	               g->fee_part <= RISK_BPS
	           ? ERR_OK
	           : ERR_RISK_TERMS;
}

enum err risk_position_limits_check(const struct risk_group *g,
                                    const struct risk_limits *l)
{
	uint64_t most = RISK_BPS + (uint64_t)g->bonus_max;

	if (l->borrow >= l->partial || l->partial >= l->full ||
	    l->full > RISK_BPS)
		return ERR_RISK_TERMS;
	if (most * l->full > (uint64_t)RISK_BPS * RISK_BPS ||
	    most * l->partial >= (uint64_t)g->target * RISK_BPS)
		return ERR_RISK_TERMS;
	return ERR_OK;
}

struct risk_measure risk_position_measure(const struct risk_position *p)
{
	struct risk_measure m = { 0 };

	for (uint32_t i = 0; i < p->n_coll; i++) {
		u128 value = coll_value(&p->coll[i]);

		m.coll += value;
		m.borrow += value * p->coll[i].limits.borrow;
		m.partial += value * p->coll[i].limits.partial;
		m.full += value * p->coll[i].limits.full;
	}
	m.borrow /= RISK_BPS;
	m.partial /= RISK_BPS;
	m.full /= RISK_BPS;
	for (uint32_t i = 0; i < p->n_debt; i++)
		m.debt += debt_value(&p->debt[i]);
	return m;
}

u128 risk_position_health(const struct risk_measure *m)
{
	if (m->debt == 0)
		return RISK_POSITION_NEVER;
	return mul_floor(m->partial, RISK_BPS, m->debt);
}

u128 risk_position_room(const struct risk_position *p, uint32_t debt)
{
	const struct risk_debt *d = &p->debt[debt];
	struct risk_measure m = risk_position_measure(p);
	u128 others = m.debt - debt_value(d);

	if (others >= m.borrow)
		return 0;

	/* The most that may be owed, in tokens, in scaled debt, and what
	 * borrowing, rounded up, makes of that. */
	u128 most = mul_floor(m.borrow - others, risk_math_pow10(d->decimals),
	                      d->price);
	u128 scaled = mul_floor(risk_math_min(most, RISK_VAULT_TOTAL_MAX),
	                        RISK_INDEX, d->index);

	if (scaled <= d->scaled)
		return 0;
	return mul_floor(scaled - d->scaled, d->index, RISK_INDEX);
}

u128 risk_position_trigger(const struct risk_position *p, uint32_t coll)
{
	const struct risk_coll *c = &p->coll[coll];
	u128 need = risk_position_measure(p).debt * RISK_BPS;
	u128 others = 0;
	u128 price;

	for (uint32_t i = 0; i < p->n_coll; i++) {
		if (i != coll)
			others +=
			    coll_value(&p->coll[i]) * p->coll[i].limits.partial;
	}
	if (need <= others)
		return 0;
	if (assets_of(c) == 0 || c->limits.partial == 0)
		return RISK_POSITION_NEVER;

	u128 value = mul_ceil(need - others, 1, c->limits.partial);

	if (risk_math_ceil(&price, value, risk_math_pow10(c->decimals),
	                   assets_of(c)) != ERR_OK ||
	    price > RISK_POSITION_PRICE_MAX)
		return RISK_POSITION_NEVER;
	return price;
}

/* How far from the partial to the full limit the debt is. */
static u128 depth_of(const struct risk_measure *m)
{
	if (m->debt > m->full)
		return RISK_BPS;
	return mul_floor(m->debt - m->partial, RISK_BPS, m->full - m->partial);
}

/* The most of one debt that may be repaid, in tokens. */
static u128 most_of(const struct risk_measure *m, const struct risk_group *g,
                    uint32_t bonus, const struct risk_coll *c,
                    const struct risk_debt *d)
{
	u128 margin = (u128)g->target * RISK_BPS -
	              (u128)(RISK_BPS + bonus) * c->limits.partial;
	u128 value = mul_ceil(g->target * m->debt - RISK_BPS * m->partial,
	                      RISK_BPS, margin);

	if (m->debt > m->full || m->debt <= g->debt_min || value >= m->debt ||
	    m->debt - value < g->debt_min)
		return owed(d);
	return risk_math_min(
	    owed(d), mul_ceil(value, risk_math_pow10(d->decimals), d->price));
}

/* Sells all of a collateral that is worth less than the debt asked for. */
static void sell_all(struct risk_sale *s, const struct risk_coll *c,
                     const struct risk_debt *d)
{
	u128 value =
	    mul_ceil(assets_of(c), c->price, risk_math_pow10(c->decimals));
	u128 tokens = mul_ceil(mul_ceil(value, RISK_BPS, RISK_BPS + s->bonus),
	                       risk_math_pow10(d->decimals), d->price);

	s->seized = c->units;
	tokens = risk_math_min(tokens, s->repaid);
	s->scaled =
	    risk_math_min(mul_ceil(tokens, RISK_INDEX, d->index), s->scaled);
	s->repaid = mul_ceil(s->scaled, d->index, RISK_INDEX);
}

/* Fills in `s` but for the fee, for a repayment of at most `amount`. */
static void sell(struct risk_sale *s, u128 amount, const struct risk_coll *c,
                 const struct risk_debt *d)
{
	s->scaled =
	    risk_math_min(mul_floor(amount, RISK_INDEX, d->index), d->scaled);
	s->repaid = mul_ceil(s->scaled, d->index, RISK_INDEX);

	u128 value =
	    mul_floor(s->repaid, d->price, risk_math_pow10(d->decimals));
	u128 assets = mul_floor(mul_floor(value, RISK_BPS + s->bonus, RISK_BPS),
	                        risk_math_pow10(c->decimals), c->price);

	if (assets >= assets_of(c))
		sell_all(s, c, d);
	else
		s->seized = mul_floor(assets, c->worth_units, c->worth_of);
}

enum err risk_position_liquidate(struct risk_position *p, struct risk_sale *ret,
                                 const struct risk_group *g,
                                 const struct risk_ask *ask)
{
	struct risk_position after = *p;
	struct risk_coll *c = &after.coll[ask->coll];
	struct risk_debt *d = &after.debt[ask->debt];
	struct risk_measure m = risk_position_measure(p);
	struct risk_sale s = { 0 };

	CHECK(ask->coll < p->n_coll && ask->debt < p->n_debt);
	if (m.debt <= m.partial)
		return ERR_RISK_HEALTHY;

	u128 depth = depth_of(&m);

	s.bonus = g->bonus_min +
	          (uint32_t)((g->bonus_max - g->bonus_min) * depth / RISK_BPS);

	u128 most = most_of(&m, g, s.bonus, c, d);

	sell(&s, risk_math_min(ask->amount, most), c, d);
	if (s.scaled == 0 || s.seized == 0)
		return ERR_RISK_AMOUNT;
	/* Where the bonus is needed most, none of it is taken. */
	if (depth < RISK_BPS)
		s.fee = mul_floor(s.seized,
		                  (u128)(s.bonus - g->bonus_min) * g->fee_part,
		                  (u128)(RISK_BPS + s.bonus) * RISK_BPS);
	c->units -= s.seized;
	d->scaled -= s.scaled;
	m = risk_position_measure(&after);
	s.is_bad = m.debt > 0 && m.coll < g->coll_min;
	if (!s.is_bad && m.debt > 0 && m.debt < g->debt_min && c->units > 0 &&
	    ask->amount < most)
		return ERR_RISK_DUST;
	*p = after;
	*ret = s;
	return ERR_OK;
}
