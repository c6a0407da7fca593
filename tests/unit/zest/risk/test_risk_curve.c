/* tests/unit/zest/risk/test_risk_curve.c - Claims about
 * zest/risk/risk_curve.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "zest/risk/risk_curve.h"
#include "zest/risk/risk_math.h"

static const struct risk_curve usd = {
	.util = { 0, 2000, 4000, 6000, 8000, 8500, 9250, 10000 },
	.rate = { 0, 118, 235, 353, 471, 500, 4850, 9200 },
};

static void rates_lie_on_the_line_rounded_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < RISK_CURVE_POINTS; i++)
		assert_int_equal(risk_curve_rate(&usd, usd.util[i]),
		                 usd.rate[i]);
	assert_int_equal(risk_curve_rate(&usd, 4199), 246);
	assert_int_equal(risk_curve_rate(&usd, 3937), 231);
	assert_int_equal(risk_curve_rate(&usd, 1), 0);
	assert_int_equal(risk_curve_rate(&usd, 9999), 9194);
}

static void a_rate_never_falls_as_more_is_lent(void **state)
{
	(void)state;
	for (uint32_t u = 0; u < RISK_BPS; u++)
		assert_true(risk_curve_rate(&usd, u) <=
		            risk_curve_rate(&usd, u + 1));
}

static void a_curve_spans_all_rises_and_stays_below_the_maximum(void **state)
{
	(void)state;
	struct risk_curve c = usd;

	assert_int_equal(risk_curve_check(&c), ERR_OK);
	c.rate[7] = RISK_CURVE_RATE_MAX;
	assert_int_equal(risk_curve_check(&c), ERR_OK);
	c.rate[7]++;
	assert_int_equal(risk_curve_check(&c), ERR_RISK_CURVE);
	c = usd;
	c.util[0] = 1;
	assert_int_equal(risk_curve_check(&c), ERR_RISK_CURVE);
	c = usd;
	c.util[7] = 10001;
	assert_int_equal(risk_curve_check(&c), ERR_RISK_CURVE);
	c.util[7] = 9999;
	assert_int_equal(risk_curve_check(&c), ERR_RISK_CURVE);
	for (size_t i = 0; i + 1 < RISK_CURVE_POINTS; i++) {
		c = usd;
		c.rate[i] = c.rate[i + 1];
		assert_int_equal(risk_curve_check(&c),
		                 i > 0 && c.rate[i - 1] > c.rate[i]
		                     ? ERR_RISK_CURVE
		                     : ERR_OK);
		c.rate[i]++;
		assert_int_equal(risk_curve_check(&c), ERR_RISK_CURVE);
		c = usd;
		c.util[i] = c.util[i + 1];
		assert_int_equal(risk_curve_check(&c), ERR_RISK_CURVE);
	}
}

static void growth_is_the_exponential_to_its_fourth_term(void **state)
{
	(void)state;
	/* x = 1: 1 + 1 + 1/2 + 1/6, the last rounded up. */
	assert_true(risk_curve_growth(10000, RISK_YEAR) ==
	            (u128)2666666666666666667u);
	/* x = 5: 1 + 5 + 25/2 + 125/6. */
	assert_true(risk_curve_growth(50000, RISK_YEAR) ==
	            39 * RISK_WAD + (u128)333333333333333334u);
	/* x = 246 bps for 600 s = 4.68036529...e-7. */
	assert_true(risk_curve_growth(246, 600) ==
	            RISK_WAD + (u128)468036529681 + (u128)109530 + 1);
	assert_true(risk_curve_growth(0, RISK_YEAR) == RISK_WAD);
	assert_true(risk_curve_growth(50000, 0) == RISK_WAD);
}

static void time_beyond_a_year_counts_as_a_year(void **state)
{
	(void)state;
	u128 year = risk_curve_growth(777, RISK_YEAR);

	assert_true(risk_curve_growth(777, RISK_YEAR - 1) < year);
	assert_true(risk_curve_growth(777, RISK_YEAR + 1) == year);
	assert_true(risk_curve_growth(777, UINT64_MAX) == year);
}

/* 365 days one by one, against the year at once: at 20 % the difference is the
 * fifth term's, below a ten-thousandth. */
static void touching_each_day_costs_what_touching_once_does(void **state)
{
	(void)state;
	u128 once = risk_curve_growth(2000, RISK_YEAR);
	u128 daily = RISK_WAD;

	for (int i = 0; i < 365; i++) {
		u128 day = risk_curve_growth(2000, 86400);

		/* In units of 10^-12 so that the product fits. */
		daily = daily / 1000000 * (day / 1000000) / 1000000;
	}
	assert_true(daily > once - once / 10000);
	assert_true(daily < once + once / 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_lie_on_the_line_rounded_down),
		cmocka_unit_test(a_rate_never_falls_as_more_is_lent),
		cmocka_unit_test(
		    a_curve_spans_all_rises_and_stays_below_the_maximum),
		cmocka_unit_test(growth_is_the_exponential_to_its_fourth_term),
		cmocka_unit_test(time_beyond_a_year_counts_as_a_year),
		cmocka_unit_test(
		    touching_each_day_costs_what_touching_once_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
