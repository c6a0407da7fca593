/* tests/unit/clarity/cost/test_meter.c - Claims about clarity/cost/meter.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/cost/meter.h"

static const struct cost limit_of_ten = {
	.of = { 10, 10, 10, 10, 10 },
};

static void the_limit_itself_is_allowed(void **state)
{
	(void)state;
	for (int u = 0; u < COST_UNITS; u++) {
		struct meter m;
		struct cost ten = { 0 };

		ten.of[u] = 10;
		meter_init(&m, &limit_of_ten);
		assert_int_equal(meter_charge(&m, &ten), ERR_OK);
		assert_int_equal(meter_room(&m, (enum cost_unit)u), 0);
	}
}

static void one_unit_past_the_limit_is_a_verdict(void **state)
{
	(void)state;
	struct meter m;
	struct cost eleven_reads = { .of = { [COST_READ_COUNT] = 11 } };

	meter_init(&m, &limit_of_ten);
	assert_int_equal(meter_charge(&m, &eleven_reads), ERR_COST_LIMIT);
	assert_int_equal(err_class(ERR_COST_LIMIT), ERR_CLASS_VERDICT);
	assert_int_equal(m.spent.of[COST_READ_COUNT], 11);
}

static void overflow_leaves_the_total_unchanged(void **state)
{
	(void)state;
	struct meter m;
	struct cost most = { .of = { 1, UINT64_MAX, 0, 0, 0 } };
	struct cost one = { .of = { 5, 1, 0, 0, 0 } };
	struct cost no_limit = {
		.of = { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
		        UINT64_MAX },
	};

	meter_init(&m, &no_limit);
	assert_int_equal(meter_charge(&m, &most), ERR_OK);
	assert_int_equal(meter_charge(&m, &one), ERR_COST_OVERFLOW);
	assert_int_equal(m.spent.of[COST_RUNTIME], 1);
	assert_int_equal(m.spent.of[COST_READ_COUNT], UINT64_MAX);
}

static void runtime_alone_charges_as_a_whole_price_does(void **state)
{
	(void)state;
	struct meter m;

	meter_init(&m, &limit_of_ten);
	assert_int_equal(meter_charge_runtime(&m, 10), ERR_OK);
	assert_int_equal(meter_charge_runtime(&m, 1), ERR_COST_LIMIT);
	assert_int_equal(m.spent.of[COST_RUNTIME], 11);
	assert_int_equal(meter_charge_runtime(&m, UINT64_MAX),
	                 ERR_COST_OVERFLOW);
	assert_int_equal(m.spent.of[COST_RUNTIME], 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_limit_itself_is_allowed),
		cmocka_unit_test(one_unit_past_the_limit_is_a_verdict),
		cmocka_unit_test(overflow_leaves_the_total_unchanged),
		cmocka_unit_test(runtime_alone_charges_as_a_whole_price_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
