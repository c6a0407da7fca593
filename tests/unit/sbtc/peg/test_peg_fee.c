/* tests/unit/sbtc/peg/test_peg_fee.c - Claims about sbtc/peg/peg_fee.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "sbtc/peg/peg_fee.h"

static const struct peg_fee_last none;

static void fees_round_up(void **state)
{
	(void)state;
	assert_true(peg_fee_total(200, 1000, none) == 200);
	assert_true(peg_fee_total(200, 1001, none) == 201);
	assert_true(peg_fee_total(200, PEG_FEE_RATE_MIN, none) == 1);
	assert_true(peg_fee_total(1000000, PEG_FEE_RATE_MAX, none) ==
	            1000000000);
}

static void a_replacement_pays_more_in_total_and_by_rate(void **state)
{
	(void)state;
	struct peg_fee_last last = { .total = 1000, .rate = 5000 };

	/* Its own rate is the highest bound. */
	assert_true(peg_fee_total(1000, 6000, last) == 6000);
	/* The old rate and a thousandth. */
	assert_true(peg_fee_total(1000, 2000, last) == 5005);
	/* The old total and the relay of its size. */
	last.total = 9000;
	assert_true(peg_fee_total(1000, 2000, last) == 10000);
	assert_true(peg_fee_total(1001, 2000, last) == 10001);
}

static void parts_cover_the_fee(void **state)
{
	(void)state;
	for (uint64_t fee = 0; fee < 2000; fee += 7) {
		uint64_t all = 3 * 401 + 2 * 172;
		uint64_t sum = 3 * peg_fee_part(fee, 401, all) +
		               2 * peg_fee_part(fee, 172, all);

		assert_true(sum >= fee && sum < fee + 5);
	}
	assert_true(peg_fee_part(77, 5, 5) == 77);
	assert_true(peg_fee_part(2100000000000000, 3, 4) == 1575000000000000);
}

static void weights_count_witnesses_once_and_the_rest_four_times(void **state)
{
	(void)state;
	/* 41 bytes, 1 + 66 + (1 + 66) + (1 + 65) of witness. */
	assert_true(peg_fee_deposit_weight(66) == 4 * 41 + 200);
	/* From 253 on a length takes three bytes. */
	assert_true(peg_fee_deposit_weight(252) + 3 ==
	            peg_fee_deposit_weight(253));
	assert_true(peg_fee_output_weight(22) == 4 * 31);
	assert_true(peg_fee_output_weight(34) == 4 * 43);
	assert_true(peg_fee_vsize(400) == 100);
	assert_true(peg_fee_vsize(401) == 101);
}

static void counts_take_more_bytes_past_252(void **state)
{
	(void)state;
	uint64_t few = peg_fee_base_weight(0, 250, 5);

	assert_true(peg_fee_base_weight(0, 251, 5) == few + 8);
	assert_true(peg_fee_base_weight(251, 250, 5) == few);
	assert_true(peg_fee_base_weight(252, 250, 5) == few + 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fees_round_up),
		cmocka_unit_test(a_replacement_pays_more_in_total_and_by_rate),
		cmocka_unit_test(parts_cover_the_fee),
		cmocka_unit_test(
		    weights_count_witnesses_once_and_the_rest_four_times),
		cmocka_unit_test(counts_take_more_bytes_past_252),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
