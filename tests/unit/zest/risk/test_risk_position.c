/* tests/unit/zest/risk/test_risk_position.c - Claims about
 * zest/risk/risk_position.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>

#include "zest/risk/risk_math.h"
#include "zest/risk/risk_position.h"

/* Dollars and whole bitcoins in their units. */
#define USD ((u128)100000000)
#define MUSD ((u128)1000000)
#define BTC ((u128)100000000)

static const struct risk_group group = {
	.bonus_min = 400,
	.bonus_max = 1000,
	.target = 10500,
	.fee_part = 2000,
	.debt_min = 10 * USD,
	.coll_min = 5 * USD,
};

static const struct risk_limits limits = { 6500, 7500, 8000 };

/* One bitcoin at `price` dollars against `owed` dollars of six decimals. */
static struct risk_position one(u128 price, u128 owed)
{
	return (struct risk_position){
		.coll = { { .units = BTC,
		            .worth_of = 1,
		            .worth_units = 1,
		            .price = price * USD,
		            .decimals = 8,
		            .limits = limits } },
		.debt = { { .scaled = owed * MUSD,
		            .index = RISK_INDEX,
		            .price = USD,
		            .decimals = 6 } },
		.n_coll = 1,
		.n_debt = 1,
	};
}

static const struct risk_ask everything = { .amount = U128_MAX };

static void limits_are_parts_of_the_value(void **state)
{
	(void)state;
	struct risk_position p = one(60000, 30000);
	struct risk_measure m = risk_position_measure(&p);

	assert_true(m.coll == 60000 * USD && m.debt == 30000 * USD);
	assert_true(m.borrow == 39000 * USD && m.partial == 45000 * USD);
	assert_true(m.full == 48000 * USD);
	assert_true(risk_position_health(&m) == 15000);
	p.n_debt = 0;
	m = risk_position_measure(&p);
	assert_true(risk_position_health(&m) == RISK_POSITION_NEVER);
}

static void collateral_rounds_down_and_debt_up(void **state)
{
	(void)state;
	struct risk_position p = one(60000, 0);

	p.coll[0].units = 1;
	p.coll[0].price = 199999999;
	p.debt[0].scaled = 1;
	p.debt[0].index = RISK_INDEX + 1;
	p.debt[0].price = 1;

	struct risk_measure m = risk_position_measure(&p);

	assert_true(m.coll == 1 && m.debt == 1);
	/* Shares count as the assets that they are worth, rounded down. */
	p.coll[0].units = 1999;
	p.coll[0].worth_units = 1000;
	p.coll[0].price = 7 * USD;
	assert_true(risk_position_measure(&p).coll == 7);
}

static void listing_refuses_what_liquidation_could_not_pay(void **state)
{
	(void)state;
	struct risk_group g = group;
	struct risk_limits l = { 6500, 7500, 9090 };

	assert_int_equal(risk_position_group_check(&g), ERR_OK);
	assert_int_equal(risk_position_limits_check(&g, &l), ERR_OK);
	l.full = 9091; /* 1.1 times it is above one */
	assert_int_equal(risk_position_limits_check(&g, &l), ERR_RISK_TERMS);
	l = (struct risk_limits){ 7500, 7500, 8000 };
	assert_int_equal(risk_position_limits_check(&g, &l), ERR_RISK_TERMS);
	l = (struct risk_limits){ 6500, 8000, 8000 };
	assert_int_equal(risk_position_limits_check(&g, &l), ERR_RISK_TERMS);
	g.bonus_min = g.bonus_max = 0;
	l = (struct risk_limits){ 6500, 9999, 10000 };
	assert_int_equal(risk_position_limits_check(&g, &l), ERR_OK);
	l.full = 10001;
	assert_int_equal(risk_position_limits_check(&g, &l), ERR_RISK_TERMS);
}

static void groups_are_bounded(void **state)
{
	(void)state;
	struct risk_group g = group;

	g.bonus_min = 1000;
	assert_int_equal(risk_position_group_check(&g), ERR_OK);
	g.bonus_min = 1001;
	assert_int_equal(risk_position_group_check(&g), ERR_RISK_TERMS);
	g = group;
	g.bonus_max = 10001;
	assert_int_equal(risk_position_group_check(&g), ERR_RISK_TERMS);
	g = group;
	g.target = 10000;
	assert_int_equal(risk_position_group_check(&g), ERR_RISK_TERMS);
	g.target = 20000;
	assert_int_equal(risk_position_group_check(&g), ERR_OK);
	g.target = 20001;
	assert_int_equal(risk_position_group_check(&g), ERR_RISK_TERMS);
	g = group;
	g.fee_part = 10001;
	assert_int_equal(risk_position_group_check(&g), ERR_RISK_TERMS);
}

static void room_is_exact_to_the_unit(void **state)
{
	(void)state;
	struct risk_position p = one(60000, 30000);

	assert_true(risk_position_room(&p, 0) == 9000 * MUSD);
	p.debt[0].scaled += 9000 * MUSD;
	assert_true(risk_position_room(&p, 0) == 0);
	/* At an odd index, the room can be borrowed and a unit more cannot. */
	p = one(60000, 30000);
	p.debt[0].index = (u128)1234567890123;
	p.debt[0].price = (u128)98765432;
	for (u128 extra = 0; extra < 2; extra++) {
		struct risk_position q = p;
		u128 a = risk_position_room(&p, 0) + extra;
		u128 scaled;

		assert_int_equal(
		    risk_math_ceil(&scaled, a, RISK_INDEX, p.debt[0].index),
		    ERR_OK);
		q.debt[0].scaled += scaled;

		struct risk_measure m = risk_position_measure(&q);

		assert_true((m.debt <= m.borrow) == (extra == 0));
	}
}

static void the_trigger_is_the_last_sound_price(void **state)
{
	(void)state;
	struct risk_position p = one(60000, 30000);

	assert_true(risk_position_trigger(&p, 0) == 40000 * USD);
	for (int i = 0; i < 2; i++) {
		p.coll[0].price = 40000 * USD - (u128)i;

		struct risk_measure m = risk_position_measure(&p);

		assert_true((m.debt <= m.partial) == (i == 0));
	}
	p.debt[0].scaled = 0;
	assert_true(risk_position_trigger(&p, 0) == 0);
	p = one(60000, 30000);
	p.coll[0].units = 1;
	assert_true(risk_position_trigger(&p, 0) == RISK_POSITION_NEVER);
	p.coll[0].units = 0;
	assert_true(risk_position_trigger(&p, 0) == RISK_POSITION_NEVER);
}

static void a_sound_position_is_left_alone(void **state)
{
	(void)state;
	struct risk_position p = one(40000, 30000);
	struct risk_sale s;

	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_RISK_HEALTHY);
	p.debt[0].scaled++;
	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_OK);
}

/* 39,000 dollars: limits 29,250 and 31,200; depth 3846; bonus 630.
 * R = (1.05 * 30,000 - 29,250) / (1.05 - 1.063 * 0.75) = 8,902.08. */
static void a_partial_sale_restores_the_target(void **state)
{
	(void)state;
	struct risk_position p = one(39000, 30000);
	struct risk_sale s;

	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_OK);
	assert_int_equal(s.bonus, 630);
	assert_true(s.repaid == (u128)8902077152);
	assert_true(s.scaled == s.repaid);
	assert_true(s.seized == (u128)24263866);
	/* 230 of 10,630 parts, a fifth of it. */
	assert_true(s.fee == (u128)104998);
	assert_false(s.is_bad);

	struct risk_measure m = risk_position_measure(&p);

	assert_true(risk_position_health(&m) == 10500);
}

static void beyond_the_full_limit_all_may_go_and_no_fee_is_taken(void **state)
{
	(void)state;
	struct risk_position p = one(37000, 30000);
	struct risk_sale s;

	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_OK);
	assert_int_equal(s.bonus, 1000);
	assert_true(s.repaid == 30000 * MUSD && s.fee == 0);
	/* 33,000 dollars of 37,000. */
	assert_true(s.seized == 33000 * BTC / 37000);
	assert_true(p.debt[0].scaled == 0 && !s.is_bad);
}

static void a_loss_is_seen_by_value(void **state)
{
	(void)state;
	struct risk_position p = one(22000, 30000);
	struct risk_sale s;

	/* A second collateral of a cent does not hide it. */
	p.coll[1] = p.coll[0];
	p.coll[1].units = 45;
	p.n_coll = 2;
	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_OK);
	assert_true(s.seized == BTC && s.repaid == 20000 * MUSD);
	assert_true(s.is_bad);
	assert_true(p.debt[0].scaled == 10000 * MUSD);
}

static void dust_is_left_by_nobody(void **state)
{
	(void)state;
	struct risk_position p = one(37000, 30000);
	struct risk_position before = p;
	struct risk_ask ask = { .amount = 29991 * MUSD };
	struct risk_sale s;

	assert_int_equal(risk_position_liquidate(&p, &s, &group, &ask),
	                 ERR_RISK_DUST);
	assert_memory_equal(&p, &before, sizeof p);
	ask.amount = 29990 * MUSD;
	assert_int_equal(risk_position_liquidate(&p, &s, &group, &ask), ERR_OK);
	/* A debt at the minimum may go as a whole, though not yet deep. */
	p = one(13, 10);
	p.coll[0].limits = (struct risk_limits){ 6500, 7500, 9000 };
	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_OK);
	assert_true(s.repaid == 10 * MUSD);
}

static void nothing_is_no_liquidation(void **state)
{
	(void)state;
	struct risk_position p = one(39000, 30000);
	struct risk_ask ask = { .amount = 0 };
	struct risk_sale s;

	assert_int_equal(risk_position_liquidate(&p, &s, &group, &ask),
	                 ERR_RISK_AMOUNT);
	/* A millionth of a dollar buys no satoshi at this price. */
	ask.amount = 1;
	assert_int_equal(risk_position_liquidate(&p, &s, &group, &ask),
	                 ERR_RISK_AMOUNT);
	p.coll[0].units = 0;
	assert_int_equal(risk_position_liquidate(&p, &s, &group, &everything),
	                 ERR_RISK_AMOUNT);
}

/* --- random positions ----------------------------------------------------- */

static uint64_t next(uint64_t *seed, uint64_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % below;
}

static struct risk_coll some_coll(uint64_t *seed)
{
	uint32_t full = 2000 + (uint32_t)next(seed, 7091);
	struct risk_coll c = {
		.units = next(seed, (uint64_t)1 << next(seed, 50)),
		.worth_of = 1,
		.worth_units = 1,
		.price = 1 + next(seed, (uint64_t)1 << next(seed, 50)),
		.decimals = (uint8_t)(6 + next(seed, 5)),
		.limits = { full / 2, full - full / 10, full },
	};

	if (next(seed, 2) == 0) {
		c.worth_units = 1000 + next(seed, 1000000);
		c.worth_of = c.worth_units + next(seed, 1000);
		c.worth_units *= 1000;
		c.units *= 1000;
	}
	return c;
}

static struct risk_position some_position(uint64_t *seed)
{
	struct risk_position p = { 0 };

	p.n_coll = 1 + (uint32_t)next(seed, RISK_POSITION_COLLS);
	p.n_debt = 1 + (uint32_t)next(seed, RISK_POSITION_DEBTS);
	for (uint32_t i = 0; i < p.n_coll; i++)
		p.coll[i] = some_coll(seed);
	for (uint32_t i = 0; i < p.n_debt; i++)
		p.debt[i] = (struct risk_debt){
			.scaled = next(seed, (uint64_t)1 << next(seed, 50)),
			.index = RISK_INDEX + next(seed, 1000000000000),
			.price = 1 + next(seed, (uint64_t)1 << next(seed, 45)),
			.decimals = (uint8_t)(6 + next(seed, 5)),
		};
	/* Near the limit it is interesting: scale one debt. */
	u128 limit = risk_position_measure(&p).partial;

	p.n_debt = next(seed, 3) == 0 ? p.n_debt : 1;
	if (next(seed, 4) != 0 && p.n_debt == 1) {
		p.debt[0].price = USD;
		p.debt[0].decimals = 8;
		limit += limit * next(seed, 200) / 1000;
		p.debt[0].scaled = limit < (u128)1 << 56
		                       ? limit * RISK_INDEX / p.debt[0].index
		                       : 1000;
	}
	return p;
}

/* What the sale of `before` to `after` must be, whatever it was. */
static void assert_fair(const struct risk_position *before,
                        const struct risk_position *after,
                        const struct risk_ask *ask, const struct risk_sale *s)
{
	struct risk_measure m = risk_position_measure(before);
	struct risk_measure n = risk_position_measure(after);
	struct risk_coll taken = before->coll[ask->coll];
	struct risk_debt paid = before->debt[ask->debt];

	assert_true(s->repaid <= ask->amount);
	assert_true(s->fee <= s->seized && s->seized <= taken.units);
	assert_true(s->bonus >= group.bonus_min && s->bonus <= group.bonus_max);
	/* He never takes more than he pays, and the bonus. */
	taken.units = s->seized;
	paid.scaled = s->scaled;

	struct risk_position leg = {
		.coll = { taken }, .debt = { paid }, .n_coll = 1, .n_debt = 1
	};
	struct risk_measure l = risk_position_measure(&leg);

	assert_true(l.coll * RISK_BPS <= l.debt * (RISK_BPS + s->bonus));
	/* Not sold past the target: half a percent, and units of both, over. */
	if (n.debt > 0 && m.debt <= m.full && m.debt > group.debt_min &&
	    n.debt >= group.debt_min)
		assert_true(n.partial * 1000 <=
		            n.debt * 1055 +
		                1000 * (paid.price + taken.price + 10));
	assert_true(s->is_bad == (n.debt > 0 && n.coll < group.coll_min));
}

static void random_sales_are_fair(void **state)
{
	(void)state;
	uint64_t seed = 0x243f6a8885a308d3;
	int sold = 0;

	for (int i = 0; i < 200000; i++) {
		struct risk_position p = some_position(&seed);
		struct risk_position before = p;
		struct risk_ask ask = {
			.coll = (uint32_t)next(&seed, p.n_coll),
			.debt = (uint32_t)next(&seed, p.n_debt),
			.amount = next(&seed, 2) == 0
			              ? U128_MAX
			              : next(&seed, (uint64_t)1 << 45),
		};
		struct risk_sale s;
		struct risk_measure m = risk_position_measure(&p);
		enum err e = risk_position_liquidate(&p, &s, &group, &ask);

		assert_int_equal(e == ERR_RISK_HEALTHY, m.debt <= m.partial);
		if (e == ERR_OK) {
			sold++;
			assert_fair(&before, &p, &ask, &s);
		} else {
			assert_memory_equal(&p, &before, sizeof p);
		}
	}
	assert_true(sold > 20000);
}

static void random_rooms_and_triggers_are_exact(void **state)
{
	(void)state;
	uint64_t seed = 0x13198a2e03707344;
	int rooms = 0;
	int triggers = 0;

	for (int i = 0; i < 50000; i++) {
		struct risk_position p = some_position(&seed);
		struct risk_position q = p;
		u128 price = risk_position_trigger(&p, 0);
		u128 room = risk_position_room(&p, 0);
		u128 scaled;

		if (price > 0 && price != RISK_POSITION_NEVER) {
			triggers++;
			q.coll[0].price = price;
			struct risk_measure m = risk_position_measure(&q);

			assert_true(m.debt <= m.partial);
			q.coll[0].price = price - 1;
			m = risk_position_measure(&q);
			assert_true(m.debt > m.partial);
		}
		if (room == 0)
			continue;
		rooms++;
		q = p;
		assert_int_equal(
		    risk_math_ceil(&scaled, room, RISK_INDEX, p.debt[0].index),
		    ERR_OK);
		q.debt[0].scaled += scaled;
		struct risk_measure m = risk_position_measure(&q);

		assert_true(m.debt <= m.borrow);
	}
	assert_true(rooms > 5000 && triggers > 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_are_parts_of_the_value),
		cmocka_unit_test(collateral_rounds_down_and_debt_up),
		cmocka_unit_test(
		    listing_refuses_what_liquidation_could_not_pay),
		cmocka_unit_test(groups_are_bounded),
		cmocka_unit_test(room_is_exact_to_the_unit),
		cmocka_unit_test(the_trigger_is_the_last_sound_price),
		cmocka_unit_test(a_sound_position_is_left_alone),
		cmocka_unit_test(a_partial_sale_restores_the_target),
		cmocka_unit_test(
		    beyond_the_full_limit_all_may_go_and_no_fee_is_taken),
		cmocka_unit_test(a_loss_is_seen_by_value),
		cmocka_unit_test(dust_is_left_by_nobody),
		cmocka_unit_test(nothing_is_no_liquidation),
		cmocka_unit_test(random_sales_are_fair),
		cmocka_unit_test(random_rooms_and_triggers_are_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
