/* tests/unit/pox/test_cycle.c - Claims about pox/cycle.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "pox/cycle.h"

/* Twenty blocks, the last five of them for preparing. */
static const struct cycle_params small = { .first_height = 0,
	                                   .len = 20,
	                                   .prepare = 5 };

static void block_0_is_the_cycle_s_own_and_block_1_pays(void **state)
{
	(void)state;
	uint64_t cycle = 99;

	assert_true(cycle_of(&small, 55, &cycle));
	assert_int_equal(cycle, 2);
	assert_true(cycle_of(&small, 60, &cycle));
	assert_int_equal(cycle, 3);
	assert_int_equal(cycle_signing_start(&small, 3), 60);
	assert_int_equal(cycle_payout_start(&small, 3), 61);
	assert_int_equal(cycle_prepare_start(&small, 2), 56);
	assert_int_equal(cycle_reward_slots(&small), 30);
	assert_int_equal(cycle_reward_slots(&cycle_mainnet), 4000);
}

static void below_the_first_height_is_no_cycle(void **state)
{
	(void)state;
	uint64_t cycle = 99;

	assert_false(cycle_of(&cycle_mainnet, 666049, &cycle));
	assert_int_equal(cycle, 99);
	assert_true(cycle_of(&cycle_mainnet, 666050, &cycle));
	assert_int_equal(cycle, 0);
	assert_false(cycle_is_prepare(&cycle_mainnet, 666050));
	assert_int_equal(cycle_signing_start(&cycle_mainnet, 141), 962150);
}

static void the_two_prepare_phases_differ_in_block_0(void **state)
{
	(void)state;
	for (uint64_t h = 41; h <= 80; h++) {
		bool naka = (h >= 56 && h <= 59) || (h >= 76 && h <= 79);
		bool classic = naka || h == 60 || h == 80;
		uint64_t cycle = 0;

		assert_int_equal(cycle_is_naka_prepare(&small, h), naka);
		assert_int_equal(cycle_is_prepare(&small, h), classic);
		assert_int_equal(cycle_prepared(&small, h, &cycle), classic);
		assert_int_equal(cycle, !classic ? 0 : h <= 60 ? 3 : 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_0_is_the_cycle_s_own_and_block_1_pays),
		cmocka_unit_test(below_the_first_height_is_no_cycle),
		cmocka_unit_test(the_two_prepare_phases_differ_in_block_0),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
