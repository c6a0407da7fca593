/* tests/unit/pox/test_recipients.c - Claims about pox/recipients.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "pox/recipients.h"
#include "tests/unit/pox/histories.h"

static void draws_are_the_reference_s(void **state)
{
	(void)state;
	struct history_line l;
	size_t seen = 0;
	FILE *f = histories_open();

	while (histories_next(f, &l)) {
		uint8_t seed[32];
		uint32_t drawn[RECIPIENTS_MAX];

		if (!history_is(&l, "draw"))
			continue;
		history_bytes(seed, l.word[1]);

		size_t n = recipients_draw(drawn, seed,
		                           (uint32_t)history_number(l.word[2]));

		assert_int_equal(n, l.n - 3);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(drawn[i],
			                 history_number(l.word[3 + i]));
		seen++;
	}
	assert_true(seen >= 20);
	(void)fclose(f);
}

static void the_first_block_closes_gaps_by_moving_up(void **state)
{
	(void)state;
	uint32_t left[6] = { 10, 11, 12, 13, 14, 15 };
	const uint32_t after[4] = { 10, 12, 13, 15 };
	const uint32_t drawn[2] = { 1, 4 };
	uint32_t n = 6;

	recipients_take(left, &n, drawn, 2, true);
	assert_int_equal(n, 4);
	assert_memory_equal(left, after, sizeof(after));
}

static void other_blocks_fill_gaps_from_the_end(void **state)
{
	(void)state;
	uint32_t left[6] = { 10, 11, 12, 13, 14, 15 };
	const uint32_t after[4] = { 10, 14, 12, 13 };
	const uint32_t drawn[2] = { 1, 5 };
	const uint32_t both[2] = { 1, 0 };
	uint32_t n = 6;

	recipients_take(left, &n, drawn, 2, false);
	assert_int_equal(n, 4);
	assert_memory_equal(left, after, sizeof(after));
	n = 3;
	recipients_take(left, &n, both, 2, false);
	assert_int_equal(n, 1);
	assert_int_equal(left[0], 12);
	recipients_take(left, &n, both + 1, 1, false);
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_are_the_reference_s),
		cmocka_unit_test(the_first_block_closes_gaps_by_moving_up),
		cmocka_unit_test(other_blocks_fill_gaps_from_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
