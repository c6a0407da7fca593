/* tests/unit/clarity/cost/test_price.c - Claims about clarity/cost/price.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/cost/price.h"

static struct cost eval(enum epoch e, enum price_id id, uint64_t n)
{
	struct cost c;

	assert_int_equal(price_eval(&price_table(e)[id], n, &c), ERR_OK);
	return c;
}

static uint64_t runtime(enum epoch e, enum price_id id, uint64_t n)
{
	return eval(e, id, n).of[COST_RUNTIME];
}

static void there_are_148_functions(void **state)
{
	(void)state;
	assert_int_equal(PRICE_COUNT, 148);
	assert_string_equal(price_name(PRICE_ADD), "cost_add");
	assert_string_equal(price_name(PRICE_POISON_MICROBLOCK),
	                    "poison_microblock");
}

static void epochs_change_tables_at_3_3_and_4_0(void **state)
{
	(void)state;
	assert_ptr_equal(price_table(EPOCH_3_0), price_table(EPOCH_3_2));
	assert_ptr_equal(price_table(EPOCH_3_3), price_table(EPOCH_3_4));
	assert_ptr_equal(price_table(EPOCH_4_0), price_table(EPOCH_4_1));
	assert_int_equal(runtime(EPOCH_3_2, PRICE_ADD, 2), 147);
	assert_int_equal(runtime(EPOCH_3_4, PRICE_ADD, 2), 147);
	assert_int_equal(runtime(EPOCH_4_0, PRICE_ADD, 2), 31);
	assert_int_equal(runtime(EPOCH_4_0, PRICE_ADD, 32), 33);
}

/* The deploy of a 42-byte contract with 7 syntax nodes, summed by hand. */
static void a_deploy_costs_what_its_parts_cost(void **state)
{
	(void)state;
	enum epoch e = EPOCH_3_0;
	uint64_t sum = runtime(e, PRICE_AST_PARSE, 42) +
	               runtime(e, PRICE_AST_CYCLE_DETECTION, 0) +
	               runtime(e, PRICE_ANALYSIS_STORAGE, 7) +
	               runtime(e, PRICE_CONTRACT_STORAGE, 42) +
	               2 * runtime(e, PRICE_ANALYSIS_VISIT, 0) +
	               2 * runtime(e, PRICE_ANALYSIS_TYPE_ANNOTATE, 1) +
	               runtime(e, PRICE_ANALYSIS_TYPE_CHECK, 1) +
	               runtime(e, PRICE_ANALYSIS_BIND_NAME, 1) +
	               runtime(e, PRICE_BIND_NAME, 0);

	assert_int_equal(sum, 9434);
}

static void a_call_costs_what_its_parts_cost(void **state)
{
	(void)state;
	struct cost load = eval(EPOCH_3_4, PRICE_LOAD_CONTRACT, 42);

	assert_int_equal(load.of[COST_READ_COUNT], 3);
	assert_int_equal(load.of[COST_READ_LENGTH], 43);
	assert_int_equal(
	    load.of[COST_RUNTIME] +
		runtime(EPOCH_3_4, PRICE_USER_FUNCTION_APPLICATION, 0) +
		runtime(EPOCH_3_4, PRICE_LOOKUP_FUNCTION, 0) +
		runtime(EPOCH_3_4, PRICE_LOG2, 1),
	    276);
}

static void logarithms_of_zero_are_a_verdict(void **state)
{
	(void)state;
	struct cost c;
	const struct price *t = price_table(EPOCH_3_0);

	assert_int_equal(price_eval(&t[PRICE_FROM_CONSENSUS_BUFF], 0, &c),
	                 ERR_COST_COMPUTE);
	assert_int_equal(price_eval(&t[PRICE_ANALYSIS_CHECK_TUPLE_GET], 0, &c),
	                 ERR_COST_COMPUTE);
	assert_int_equal(runtime(EPOCH_3_0, PRICE_FROM_CONSENSUS_BUFF, 1), 185);
	assert_int_equal(runtime(EPOCH_3_0, PRICE_FROM_CONSENSUS_BUFF, 5),
	                 3 * 5 * 2 + 185);
	assert_int_equal(runtime(EPOCH_4_0, PRICE_FROM_CONSENSUS_BUFF, 0), 38);
}

static void a_function_missing_from_a_table_is_a_verdict(void **state)
{
	(void)state;
	struct cost c;

	assert_int_equal(
	    price_eval(&price_table(EPOCH_3_2)[PRICE_TO_ASCII], 1, &c),
	    ERR_COST_COMPUTE);
	assert_int_equal(
	    price_eval(&price_table(EPOCH_3_4)[PRICE_ED25519VERIFY], 1, &c),
	    ERR_COST_COMPUTE);
	assert_int_equal(runtime(EPOCH_3_3, PRICE_TO_ASCII, 1), 166);
}

static void huge_inputs_saturate(void **state)
{
	(void)state;
	struct cost c = eval(EPOCH_3_0, PRICE_SET_ENTRY, UINT64_MAX);

	assert_true(c.of[COST_RUNTIME] == UINT64_MAX);
	assert_true(c.of[COST_WRITE_LENGTH] == UINT64_MAX);
	assert_true(runtime(EPOCH_3_0, PRICE_TUPLE_CONS, UINT64_MAX) ==
	            UINT64_MAX);
}

static void charging_equals_evaluating_for_every_function(void **state)
{
	(void)state;
	static const uint64_t sizes[] = { 0, 1, 2, 255, 512, 1048576 };
	struct cost no_limit;

	memset(&no_limit, 0xff, sizeof(no_limit));
	for (enum epoch e = EPOCH_FIRST, last = EPOCH_1_0; e != last;
	     last = e, e = epoch_next(e)) {
		const struct price *t = price_table(e);

		for (int i = 0; i < PRICE_COUNT * 6; i++) {
			struct meter m;
			struct cost c = { 0 };
			uint64_t n = sizes[i % 6];

			meter_init(&m, &no_limit);
			assert_int_equal(price_charge(&t[i / 6], n, &m),
			                 price_eval(&t[i / 6], n, &c));
			assert_memory_equal(&m.spent, &c, sizeof(c));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_are_148_functions),
		cmocka_unit_test(epochs_change_tables_at_3_3_and_4_0),
		cmocka_unit_test(a_deploy_costs_what_its_parts_cost),
		cmocka_unit_test(a_call_costs_what_its_parts_cost),
		cmocka_unit_test(logarithms_of_zero_are_a_verdict),
		cmocka_unit_test(a_function_missing_from_a_table_is_a_verdict),
		cmocka_unit_test(huge_inputs_saturate),
		cmocka_unit_test(charging_equals_evaluating_for_every_function),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
