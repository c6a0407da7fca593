/* tests/unit/pox/test_distribution.c - Claims about pox/distribution.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/pox/window.h"

static void assert_point(const struct burn_point *p,
                         const struct history_line *l)
{
	uint8_t bytes[32];

	assert_int_equal(p->burns, history_number(l->word[1]));
	assert_int_equal(p->median, history_number(l->word[2]));
	assert_int_equal(p->frequency, history_number(l->word[3]));
	u256_write_be(bytes, p->start);
	assert_hex(bytes, 32, l->word[4]);
	u256_write_be(bytes, p->end);
	assert_hex(bytes, 32, l->word[5]);
}

static void shares_of_histories_are_the_reference_s(void **state)
{
	(void)state;
	static struct window w;
	struct history_line l;
	struct burn_point *points = NULL;
	size_t at = 0;
	size_t seen = 0;
	struct arena a;
	FILE *f = histories_open();

	arena_init(&a, 1 << 20);
	while (histories_next(f, &l)) {
		if (window_add(&w, &l)) {
			points = NULL;
			at = 0;
		} else if (history_is(&l, "point")) {
			if (!points)
				assert_int_equal(distribution_make(&a, &points,
				                                   w.blocks,
				                                   w.n),
				                 ERR_OK);
			assert_true(at < w.blocks[w.n - 1].n);
			assert_point(&points[at++], &l);
			seen++;
		} else if (history_is(&l, "result")) {
			assert_int_equal(at, w.blocks[w.n - 1].n);
			arena_reset(&a);
		}
	}
	assert_true(seen > 30);
	(void)fclose(f);
	arena_fini(&a);
}

static void no_range_without_burns_or_above_64_bits(void **state)
{
	(void)state;
	struct arena a;
	struct burn_point *points = NULL;
	struct burn_commit two[2] = { 0 };
	struct burn_block block = { .commits = two, .n = 2 };

	arena_init(&a, 1 << 16);
	assert_int_equal(distribution_make(&a, &points, &block, 1),
	                 ERR_BURN_TOTAL);
	two[0].burn_fee = UINT64_MAX;
	two[1].burn_fee = 1;
	assert_int_equal(distribution_make(&a, &points, &block, 1),
	                 ERR_BURN_TOTAL);
	two[0].burn_fee--;
	assert_int_equal(distribution_make(&a, &points, &block, 1), ERR_OK);
	arena_fini(&a);
}

static void the_window_is_one_block_in_prepare_phases(void **state)
{
	(void)state;
	assert_int_equal(distribution_window(true, false, 100), 1);
	assert_int_equal(distribution_window(false, true, 100), 1);
	assert_int_equal(distribution_window(false, false, 100), 6);
	assert_int_equal(distribution_window(false, false, 4), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_of_histories_are_the_reference_s),
		cmocka_unit_test(no_range_without_burns_or_above_64_bits),
		cmocka_unit_test(the_window_is_one_block_in_prepare_phases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
