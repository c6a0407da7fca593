/* tests/unit/clarity/check/test_checker.c - charging and failing. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/checker.h"

static struct checker with_limit(struct meter *m, uint64_t runtime)
{
	struct cost limit = { .of = { runtime, 0, 0, 0, 0 } };

	meter_init(m, &limit);
	return (struct checker){ .prices = price_table(EPOCH_3_4),
		                 .meter = m,
		                 .epoch = EPOCH_3_4 };
}

static void the_limit_itself_may_be_spent(void **state)
{
	struct meter m;
	struct checker c = with_limit(&m, 2);

	/* A visit costs 1. */
	(void)state;
	assert_int_equal(checker_charge(&c, PRICE_ANALYSIS_VISIT, 0), ERR_OK);
	assert_int_equal(checker_charge(&c, PRICE_ANALYSIS_VISIT, 0), ERR_OK);
	assert_int_equal(checker_charge(&c, PRICE_ANALYSIS_VISIT, 0),
	                 ERR_CHECK);
	assert_int_equal(c.fault.kind, CHECK_COST_BALANCE_EXCEEDED);
	assert_int_equal(m.spent.of[COST_RUNTIME], 3);
}

static void without_a_meter_nothing_is_refused(void **state)
{
	struct checker c = { .epoch = EPOCH_3_4 };

	(void)state;
	assert_int_equal(checker_charge(&c, PRICE_ANALYSIS_VISIT, 0), ERR_OK);
	assert_int_equal(checker_hold(&c, UINT64_MAX), ERR_OK);
}

static void a_type_without_size_cannot_be_paid(void **state)
{
	const struct type t = { .kind = TYPE_TUPLE,
		                .type_size = TYPE_OVERSIZE };
	struct meter m;
	struct checker c = with_limit(&m, UINT64_MAX);

	(void)state;
	assert_int_equal(checker_charge_type(&c, PRICE_ANALYSIS_BIND_NAME, &t),
	                 ERR_CHECK);
	assert_int_equal(c.fault.kind, CHECK_VALUE_TOO_LARGE);
	assert_int_equal(
	    checker_charge_compare(&c, checker_compare_size(&t, KNOWN_INT)),
	    ERR_CHECK);
	assert_int_equal(c.fault.kind, CHECK_COST_OVERFLOW);
}

static void a_comparison_is_priced_by_the_larger_type(void **state)
{
	(void)state;
	assert_int_equal(checker_compare_size(KNOWN_INT, &known_buff_32), 5);
	assert_int_equal(checker_compare_size(&known_buff_32, KNOWN_INT), 5);
}

static void the_first_place_that_is_noted_stays(void **state)
{
	struct ast_node inner = { .id = 1 };
	struct ast_node outer = { .id = 2 };
	struct checker c = { .epoch = EPOCH_3_4 };

	(void)state;
	assert_int_equal(checker_fail(&c, CHECK_TYPE_ERROR), ERR_CHECK);
	checker_note(&c, &inner);
	checker_note(&c, &outer);
	assert_ptr_equal(c.fault.at, &inner);
	assert_int_equal(checker_fail(&c, CHECK_TYPE_ERROR), ERR_CHECK);
	assert_null(c.fault.at);
}

static void counts_are_compared_as_their_name_says(void **state)
{
	struct checker c = { .epoch = EPOCH_3_4 };

	(void)state;
	assert_int_equal(checker_exactly(&c, 2, 2), ERR_OK);
	assert_int_equal(checker_exactly(&c, 1, 2), ERR_CHECK);
	assert_int_equal(checker_exactly(&c, 3, 2), ERR_CHECK);
	assert_int_equal(checker_at_least(&c, 2, 2), ERR_OK);
	assert_int_equal(checker_at_least(&c, 1, 2), ERR_CHECK);
	assert_int_equal(checker_at_most(&c, 2, 2), ERR_OK);
	assert_int_equal(checker_at_most(&c, 3, 2), ERR_CHECK);
	assert_int_equal(c.fault.kind, CHECK_REQUIRES_AT_MOST_ARGUMENTS);
	assert_int_equal(c.fault.arg[0].number, 2);
	assert_int_equal(c.fault.arg[1].number, 3);
}

static void faults_of_the_machine_stay_themselves(void **state)
{
	struct type_diag d = { .kind = TYPE_ERROR_TOO_DEEP };
	struct checker c = { .epoch = EPOCH_3_4 };

	(void)state;
	assert_int_equal(checker_type_failed(&c, ERR_NO_MEMORY, &d),
	                 ERR_NO_MEMORY);
	assert_int_equal(c.fault.kind, CHECK_NONE);
	assert_int_equal(checker_type_failed(&c, ERR_TYPE, &d), ERR_CHECK);
	assert_int_equal(c.fault.kind, CHECK_TYPE_SIGNATURE_TOO_DEEP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_limit_itself_may_be_spent),
		cmocka_unit_test(without_a_meter_nothing_is_refused),
		cmocka_unit_test(a_type_without_size_cannot_be_paid),
		cmocka_unit_test(a_comparison_is_priced_by_the_larger_type),
		cmocka_unit_test(the_first_place_that_is_noted_stays),
		cmocka_unit_test(counts_are_compared_as_their_name_says),
		cmocka_unit_test(faults_of_the_machine_stay_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
