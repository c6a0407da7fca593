/* tests/unit/zest/risk/test_risk_math.c - Claims about zest/risk/risk_math.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "zest/risk/risk_math.h"

static void quotients_round_as_they_are_called(void **state)
{
	(void)state;
	u128 r;

	assert_int_equal(risk_math_floor(&r, 7, 3, 2), ERR_OK);
	assert_true(r == 10);
	assert_int_equal(risk_math_ceil(&r, 7, 3, 2), ERR_OK);
	assert_true(r == 11);
	assert_int_equal(risk_math_floor(&r, 8, 3, 2), ERR_OK);
	assert_true(r == 12);
	assert_int_equal(risk_math_ceil(&r, 8, 3, 2), ERR_OK);
	assert_true(r == 12);
	assert_int_equal(risk_math_ceil(&r, 0, 3, 2), ERR_OK);
	assert_true(r == 0);
	assert_int_equal(risk_math_ceil(&r, 1, 1, U128_MAX), ERR_OK);
	assert_true(r == 1);
}

static void the_largest_product_fits_and_the_next_is_an_error(void **state)
{
	(void)state;
	const u128 half = (u128)1 << 64;
	u128 r = 5;

	assert_int_equal(risk_math_floor(&r, U128_MAX, 1, 1), ERR_OK);
	assert_true(r == U128_MAX);
	assert_int_equal(risk_math_ceil(&r, U128_MAX, 1, 2), ERR_OK);
	assert_true(r == (u128)1 << 127);
	assert_int_equal(risk_math_ceil(&r, half, half - 1, 1), ERR_OK);
	r = 5;
	assert_int_equal(risk_math_floor(&r, half, half, 3), ERR_OVERFLOW);
	assert_int_equal(risk_math_ceil(&r, half, half, 3), ERR_OVERFLOW);
	assert_true(r == 5);
}

static void powers_of_ten_reach_the_largest(void **state)
{
	(void)state;
	assert_true(risk_math_pow10(0) == 1);
	assert_true(risk_math_pow10(12) == RISK_INDEX);
	assert_true(risk_math_pow10(38) / risk_math_pow10(37) == 10);
}

static void the_smaller_is_found_on_either_side(void **state)
{
	(void)state;
	assert_true(risk_math_min(3, 4) == 3);
	assert_true(risk_math_min(4, 3) == 3);
	assert_true(risk_math_min(4, 4) == 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotients_round_as_they_are_called),
		cmocka_unit_test(
		    the_largest_product_fits_and_the_next_is_an_error),
		cmocka_unit_test(powers_of_ten_reach_the_largest),
		cmocka_unit_test(the_smaller_is_found_on_either_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
