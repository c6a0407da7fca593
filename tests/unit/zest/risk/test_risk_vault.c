/* tests/unit/zest/risk/test_risk_vault.c - Claims about
 * zest/risk/risk_vault.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>

#include "zest/risk/risk_math.h"
#include "zest/risk/risk_vault.h"

#define MILLION ((u128)1000000)

static const struct risk_vault_terms terms = {
	.supply_cap = RISK_VAULT_AMOUNT_MAX,
	.debt_cap = RISK_VAULT_AMOUNT_MAX,
	.reserve_part = 1000,
	.curve = { .util = { 0, 2000, 4000, 6000, 8000, 8500, 9250, 10000 },
	           .rate = { 0, 118, 235, 353, 471, 500, 4850, 9200 } },
};

/* A vault with a deposit and a loan. */
static struct risk_vault lent(u128 deposit, u128 loan)
{
	struct risk_vault v;
	u128 r;

	risk_vault_init(&v, &terms, 1000);
	assert_int_equal(risk_vault_deposit(&v, &r, deposit), ERR_OK);
	if (loan > 0)
		assert_int_equal(risk_vault_borrow(&v, &r, loan), ERR_OK);
	return v;
}

static void terms_are_bounded(void **state)
{
	(void)state;
	struct risk_vault_terms t = terms;

	assert_int_equal(risk_vault_terms_check(&t), ERR_OK);
	t.supply_cap++;
	assert_int_equal(risk_vault_terms_check(&t), ERR_RISK_TERMS);
	t = terms;
	t.debt_cap++;
	assert_int_equal(risk_vault_terms_check(&t), ERR_RISK_TERMS);
	t = terms;
	t.reserve_part = 10000;
	assert_int_equal(risk_vault_terms_check(&t), ERR_OK);
	t.reserve_part++;
	assert_int_equal(risk_vault_terms_check(&t), ERR_RISK_TERMS);
	t = terms;
	t.curve.rate[0] = 119;
	assert_int_equal(risk_vault_terms_check(&t), ERR_RISK_CURVE);
}

/* The loan of the known vector: 42,000 of 100,000.001 lent for ten minutes. */
static void a_known_loan_has_its_known_numbers(void **state)
{
	(void)state;
	struct risk_vault v = lent(100000 * MILLION + 1000, 42000 * MILLION);

	assert_int_equal(risk_vault_util(&v), 4199);
	assert_true(v.scaled == (u128)42000000000);
	risk_vault_accrue(&v, 1600);
	/* Growth of 1.000000468036639212, where simple interest has
	 * 1.000000468037: the index is a unit above a rounded-down one. */
	assert_true(v.index == (u128)1000000468037);
	assert_true(risk_vault_debt(&v) == (u128)42000019658);
	assert_int_equal(risk_vault_util(&v), 4200);
	/* A tenth of 19,658 is the reserve's. */
	assert_true(v.reserve == 1965 && v.reserve_rem == 8000);
	assert_true(risk_vault_assets(&v) ==
	            100000 * MILLION + 1000 + 19658 - 1965);
}

static void the_first_unit_makes_a_thousand_shares(void **state)
{
	(void)state;
	struct risk_vault v = lent(1, 0);

	assert_true(v.shares == 1000 && v.cash == 1);
	assert_true(risk_vault_worth(&v, 1000) == 1);
	assert_true(risk_vault_worth(&v, 999) == 0);
}

static void the_clock_moves_when_nothing_is_owed(void **state)
{
	(void)state;
	struct risk_vault v = lent(MILLION, 0);
	u128 r;

	risk_vault_accrue(&v, 5000000);
	assert_true(v.index == RISK_INDEX && v.time == 5000000);
	assert_int_equal(risk_vault_borrow(&v, &r, 800000), ERR_OK);
	risk_vault_accrue(&v, 5000000);
	assert_true(risk_vault_debt(&v) == 800000);
	/* A clock that goes back changes nothing. */
	risk_vault_accrue(&v, 4000000);
	assert_true(risk_vault_debt(&v) == 800000 && v.time == 5000000);
	/* At the same rate a second is a second. */
	risk_vault_accrue(&v, 5000001);
	assert_true(risk_vault_debt(&v) == 800001);
}

static void deposits_stop_at_their_limits(void **state)
{
	(void)state;
	struct risk_vault v = lent(5, 0);
	u128 r = 7;

	assert_int_equal(risk_vault_deposit(&v, &r, 0), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_deposit(&v, &r, U128_MAX), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_deposit(&v, &r, RISK_VAULT_AMOUNT_MAX + 1),
	                 ERR_RISK_AMOUNT);
	v.terms.supply_cap = 1005;
	assert_int_equal(risk_vault_deposit(&v, &r, 1001), ERR_VAULT_CAP);
	assert_true(r == 7 && v.cash == 5 && v.shares == 5000);
	assert_int_equal(risk_vault_deposit(&v, &r, 1000), ERR_OK);
	assert_true(r == 1000000);
	assert_int_equal(risk_vault_deposit(&v, &r, 1), ERR_VAULT_CAP);
}

static void deposits_that_make_no_share_or_too_many_are_refused(void **state)
{
	(void)state;
	struct risk_vault v = lent(1, 0);
	u128 r;

	/* A share is worth 1,001 units: one less buys none. */
	v.cash = 2002 * (u128)1000 - 1;
	assert_int_equal(risk_vault_deposit(&v, &r, 1000), ERR_VAULT_SHARES);
	assert_int_equal(risk_vault_deposit(&v, &r, 1001), ERR_OK);
	assert_true(r == 1);
	/* Shares that lost almost all: too many would be made. */
	v.cash = 1;
	v.shares = RISK_VAULT_SHARES_MAX - 1000;
	assert_int_equal(risk_vault_deposit(&v, &r, 1), ERR_VAULT_SHARES);
	v.shares = RISK_VAULT_SHARES_MAX / 2 - 1000;
	assert_int_equal(risk_vault_deposit(&v, &r, 2), ERR_OK);
	assert_true(r == RISK_VAULT_SHARES_MAX / 2);
	v.cash = 0;
	assert_int_equal(risk_vault_deposit(&v, &r, 1), ERR_VAULT_LOST);
}

static void payouts_stop_at_shares_cash_and_the_reserve(void **state)
{
	(void)state;
	struct risk_vault v = lent(1000, 0);
	u128 r = 7;

	assert_int_equal(risk_vault_redeem(&v, &r, 0), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_redeem(&v, &r, 999), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_redeem(&v, &r, 1000001), ERR_VAULT_SHARES);
	assert_int_equal(risk_vault_redeem(&v, &r, U128_MAX), ERR_VAULT_SHARES);
	assert_int_equal(risk_vault_withdraw(&v, &r, 0), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_withdraw(&v, &r, 1001), ERR_VAULT_CASH);
	v.cash += 500;
	v.reserve = 500;
	assert_int_equal(risk_vault_withdraw(&v, &r, 1001), ERR_VAULT_SHARES);
	assert_true(r == 7);
	assert_int_equal(risk_vault_withdraw(&v, &r, 400), ERR_OK);
	assert_true(r == 400000 && v.shares == 600000);
	v.cash = 599;
	assert_int_equal(risk_vault_redeem(&v, &r, 600000), ERR_OK);
	assert_true(r == 99 && v.cash == 500);
	v = lent(1000, 1);
	assert_int_equal(risk_vault_redeem(&v, &r, 1000000), ERR_VAULT_CASH);
	assert_int_equal(risk_vault_redeem(&v, &r, 999000), ERR_OK);
	assert_true(r == 999 && v.cash == 0);
}

static void loans_stop_at_cash_and_cap(void **state)
{
	(void)state;
	struct risk_vault v = lent(1000, 0);
	u128 r = 7;

	assert_int_equal(risk_vault_borrow(&v, &r, 0), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_borrow(&v, &r, U128_MAX), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_borrow(&v, &r, 1001), ERR_VAULT_CASH);
	v.terms.debt_cap = 999;
	assert_int_equal(risk_vault_borrow(&v, &r, 1000), ERR_VAULT_CAP);
	assert_true(r == 7 && v.scaled == 0);
	assert_int_equal(risk_vault_borrow(&v, &r, 999), ERR_OK);
	assert_int_equal(risk_vault_borrow(&v, &r, 1), ERR_VAULT_CAP);
}

static void repayments_take_what_is_owed_and_no_more(void **state)
{
	(void)state;
	struct risk_vault v = lent(10000, 3000);
	struct risk_vault_repaid r = { 0 };
	u128 more;

	v.index = 3 * RISK_INDEX / 2;
	assert_int_equal(risk_vault_borrow(&v, &more, 100), ERR_OK);
	assert_true(more == 67); /* of 66.67 */
	assert_int_equal(risk_vault_repay(&v, &r, 67, 0), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_repay(&v, &r, 0, 10), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_repay(&v, &r, 67, 1), ERR_RISK_AMOUNT);
	assert_true(r.paid == 0 && r.scaled == 0);
	assert_int_equal(risk_vault_repay(&v, &r, 67, 4), ERR_OK);
	assert_true(r.scaled == 2 && r.paid == 3);
	assert_int_equal(risk_vault_repay(&v, &r, 65, U128_MAX), ERR_OK);
	assert_true(r.scaled == 65 && r.paid == 98);
	assert_true(v.scaled == 3000 && v.cash == 7000 - 100 + 101);
}

static void losses_fall_on_the_reserve_then_stakers_then_suppliers(void **state)
{
	(void)state;
	struct risk_vault v = lent(10000, 5000);
	struct risk_vault_loss by;

	v.reserve = 300;
	by = risk_vault_write_off(&v, 200, 50);
	assert_true(by.reserve == 200 && by.staked == 0 && by.suppliers == 0);
	assert_true(v.reserve == 100 && risk_vault_assets(&v) == 9700);
	by = risk_vault_write_off(&v, 160, 70);
	assert_true(by.reserve == 100 && by.staked == 60 && by.suppliers == 0);
	assert_true(v.reserve == 0 && risk_vault_assets(&v) == 9700);
	by = risk_vault_write_off(&v, 4640, 40);
	assert_true(by.reserve == 0 && by.staked == 40 && by.suppliers == 4600);
	assert_true(v.scaled == 0 && risk_vault_assets(&v) == 5100);
	/* All lost: shares are worth nothing, and nobody may join. */
	v = lent(10000, 10000);
	by = risk_vault_write_off(&v, 10000, 0);
	assert_true(by.suppliers == 10000 && risk_vault_assets(&v) == 0);
	assert_true(risk_vault_worth(&v, v.shares) == 0);
}

static void fees_are_shared_with_the_reserve_to_the_last_fraction(void **state)
{
	(void)state;
	struct risk_vault v = lent(10000, 0);

	for (int i = 0; i < 25; i++)
		assert_int_equal(risk_vault_earn(&v, 1), ERR_OK);
	assert_true(v.cash == 10025 && v.reserve == 2 && v.reserve_rem == 5000);
	assert_int_equal(risk_vault_earn(&v, RISK_VAULT_TOTAL_MAX - 10024),
	                 ERR_VAULT_CAP);
	assert_int_equal(risk_vault_earn(&v, U128_MAX), ERR_VAULT_CAP);
	assert_int_equal(risk_vault_earn(&v, RISK_VAULT_TOTAL_MAX - 10025),
	                 ERR_OK);
	assert_int_equal(risk_vault_earn(&v, 1), ERR_VAULT_CAP);
}

static void the_reserve_pays_what_it_has_in_cash(void **state)
{
	(void)state;
	struct risk_vault v = lent(10000, 9990);

	v.reserve = 20;
	assert_int_equal(risk_vault_spend_reserve(&v, 0), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_spend_reserve(&v, 21), ERR_RISK_AMOUNT);
	assert_int_equal(risk_vault_spend_reserve(&v, 11), ERR_VAULT_CASH);
	u128 assets = risk_vault_assets(&v);

	assert_int_equal(risk_vault_spend_reserve(&v, 10), ERR_OK);
	assert_true(v.reserve == 10 && v.cash == 0);
	assert_true(risk_vault_assets(&v) == assets);
}

static void interest_stops_before_a_product_overflows(void **state)
{
	(void)state;
	struct risk_vault v =
	    lent(RISK_VAULT_AMOUNT_MAX, RISK_VAULT_AMOUNT_MAX);
	uint64_t now = 1000;

	for (int i = 0; i < 200; i++)
		risk_vault_accrue(&v, now += RISK_YEAR / 12);
	assert_true(risk_vault_debt(&v) > RISK_VAULT_AMOUNT_MAX);
	assert_true(risk_vault_debt(&v) <= RISK_VAULT_TOTAL_MAX);
	assert_true(v.time == now);
	/* A small debt grows to the end of the index. */
	v = lent(1000, 1000);
	for (int i = 0; i < 200; i++)
		risk_vault_accrue(&v, now += RISK_YEAR);
	assert_true(v.index > RISK_VAULT_INDEX_MAX / 100);
	assert_true(v.index <= RISK_VAULT_INDEX_MAX);
	assert_true(risk_vault_worth(&v, v.shares) > 1000);
}

/* --- random runs ---------------------------------------------------------- */

#define ACTORS 4

/* Who has what outside of the vault; `gained` may become negative. */
struct run {
	struct risk_vault v;
	u128 shares[ACTORS];
	u128 scaled[ACTORS];
	i128 gained; /* by all actors together */
	uint64_t seed;
	uint64_t now;
};

static uint64_t next(struct run *r, uint64_t below)
{
	r->seed ^= r->seed << 13;
	r->seed ^= r->seed >> 7;
	r->seed ^= r->seed << 17;
	return r->seed % below;
}

/* Mostly small, sometimes huge, sometimes the very limits. */
static u128 some_amount(struct run *r)
{
	static const u128 edges[] = { 0, 1, 2, RISK_VAULT_AMOUNT_MAX,
		                      U128_MAX };

	if (next(r, 20) == 0)
		return edges[next(r, 5)];
	return next(r, (uint64_t)1 << (1 + next(r, 45)));
}

static void pay_in_or_out(struct run *r, size_t who)
{
	u128 amount = some_amount(r);
	u128 got = 0;

	switch (next(r, 4)) {
	case 0:
		if (risk_vault_deposit(&r->v, &got, amount) == ERR_OK) {
			r->shares[who] += got;
			r->gained -= (i128)amount;
		}
		return;
	case 1:
		got = risk_math_min(r->shares[who], amount * 1000);
		if (risk_vault_redeem(&r->v, &amount, got) == ERR_OK) {
			r->shares[who] -= got;
			r->gained += (i128)amount;
		}
		return;
	case 2:
		amount = risk_math_min(amount,
		                       risk_vault_worth(&r->v, r->shares[who]));
		if (risk_vault_withdraw(&r->v, &got, amount) == ERR_OK) {
			assert_true(got <= r->shares[who]);
			r->shares[who] -= got;
			r->gained += (i128)amount;
		}
		return;
	default:
		if (amount < 1000 && risk_vault_earn(&r->v, amount) == ERR_OK)
			r->gained -= (i128)amount;
	}
}

static void borrow_or_repay(struct run *r, size_t who)
{
	u128 amount = some_amount(r);
	struct risk_vault_repaid paid;
	u128 got;

	if (next(r, 2) == 0) {
		if (risk_vault_borrow(&r->v, &got, amount) == ERR_OK) {
			r->scaled[who] += got;
			r->gained += (i128)amount;
		}
	} else if (risk_vault_repay(&r->v, &paid, r->scaled[who], amount) ==
	           ERR_OK) {
		assert_true(paid.paid <= amount);
		r->scaled[who] -= paid.scaled;
		r->gained -= (i128)paid.paid;
	}
}

/* What holds after each step, whatever it was. */
static void assert_sound(const struct run *r)
{
	u128 shares = 0;
	u128 scaled = 0;
	u128 owed = 0;

	for (size_t i = 0; i < ACTORS; i++) {
		shares += r->shares[i];
		scaled += r->scaled[i];
		owed += risk_vault_owed(&r->v, r->scaled[i]);
	}
	assert_true(shares == r->v.shares);
	assert_true(scaled == r->v.scaled);
	assert_true(owed >= risk_vault_debt(&r->v));
	/* No unit is made: the cash is what the actors gave. */
	assert_true((i128)r->v.cash == -r->gained);
	assert_true(r->v.reserve <= r->v.cash + risk_vault_debt(&r->v));
	assert_true(risk_vault_worth(&r->v, r->v.shares) <=
	            risk_vault_assets(&r->v));
	assert_true(risk_vault_util(&r->v) <= RISK_BPS);
}

/* Whether a share is worth at least as much as before.  The vault's own
 * bounds make the products fit. */
static bool price_held(const struct risk_vault *then,
                       const struct risk_vault *now)
{
	u128 was = risk_vault_assets(then) + 1;
	u128 is = risk_vault_assets(now) + 1;
	u128 lhs;
	u128 rhs;

	assert_true(
	    u128_mul(&lhs, is, then->shares + RISK_VAULT_VIRTUAL_SHARES));
	assert_true(
	    u128_mul(&rhs, was, now->shares + RISK_VAULT_VIRTUAL_SHARES));
	return lhs >= rhs;
}

static void no_run_makes_value_or_lowers_a_share(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct run r = { .seed = seed * 0x9e3779b97f4a7c15, .now = 1 };

		risk_vault_init(&r.v, &terms, r.now);
		for (int step = 0; step < 2000; step++) {
			struct risk_vault then = r.v;
			size_t who = next(&r, ACTORS);

			if (next(&r, 3) == 0)
				risk_vault_accrue(&r.v,
				                  r.now += next(&r, 90000));
			else if (next(&r, 2) == 0)
				pay_in_or_out(&r, who);
			else
				borrow_or_repay(&r, who);
			assert_sound(&r);
			assert_true(price_held(&then, &r.v));
			assert_true(r.v.index >= then.index);
		}
	}
}

static void going_in_and_out_at_once_never_pays(void **state)
{
	(void)state;
	struct run r = { .seed = 77 };

	for (int i = 0; i < 20000; i++) {
		struct risk_vault v = lent(1 + next(&r, 1u << 20), 0);
		u128 amount = 1 + next(&r, 1u << 20);
		u128 shares;
		u128 back;

		v.cash += next(&r, 1u << 20);
		if (risk_vault_deposit(&v, &shares, amount) != ERR_OK)
			continue;
		if (risk_vault_redeem(&v, &back, shares) == ERR_OK)
			assert_true(back <= amount);
		v = lent(amount + 5, 0);
		v.index = RISK_INDEX + next(&r, 1u << 30);

		struct risk_vault_repaid paid;

		assert_int_equal(risk_vault_borrow(&v, &shares, amount),
		                 ERR_OK);
		assert_int_equal(risk_vault_repay(&v, &paid, shares, U128_MAX),
		                 ERR_OK);
		assert_true(paid.scaled == shares && paid.paid >= amount &&
		            paid.paid <= amount + 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_are_bounded),
		cmocka_unit_test(a_known_loan_has_its_known_numbers),
		cmocka_unit_test(the_first_unit_makes_a_thousand_shares),
		cmocka_unit_test(the_clock_moves_when_nothing_is_owed),
		cmocka_unit_test(deposits_stop_at_their_limits),
		cmocka_unit_test(
		    deposits_that_make_no_share_or_too_many_are_refused),
		cmocka_unit_test(payouts_stop_at_shares_cash_and_the_reserve),
		cmocka_unit_test(loans_stop_at_cash_and_cap),
		cmocka_unit_test(repayments_take_what_is_owed_and_no_more),
		cmocka_unit_test(
		    losses_fall_on_the_reserve_then_stakers_then_suppliers),
		cmocka_unit_test(
		    fees_are_shared_with_the_reserve_to_the_last_fraction),
		cmocka_unit_test(the_reserve_pays_what_it_has_in_cash),
		cmocka_unit_test(interest_stops_before_a_product_overflows),
		cmocka_unit_test(no_run_makes_value_or_lowers_a_share),
		cmocka_unit_test(going_in_and_out_at_once_never_pays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
