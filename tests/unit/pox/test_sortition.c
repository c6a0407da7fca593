/* tests/unit/pox/test_sortition.c - Claims about pox/sortition.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "pox/sortition.h"
#include "tests/unit/pox/window.h"

static const char *const outcomes[SORTITION_OUTCOMES] = {
	[SORTITION_WON] = "won",         [SORTITION_NO_COMMIT] = "none",
	[SORTITION_BAD_TOTAL] = "total", [SORTITION_RARE_MINER] = "rare",
	[SORTITION_NULL_MINER] = "null",
};

/* The burn total grows by what was paid, and only when somebody wins. */
static void assert_total(const struct window *w, const struct sortition *s)
{
	uint64_t paid = 0;

	assert_true(distribution_total(&w->blocks[w->n - 1], &paid));
	assert_int_equal(s->total_burn,
	                 s->outcome == SORTITION_WON ? 1000 + paid : 1000);
}

static void assert_result(struct arena *a, const struct window *w,
                          const struct history_line *l)
{
	struct burn_point *points = NULL;
	struct sortition s;

	assert_int_equal(distribution_make(a, &points, w->blocks, w->n),
	                 ERR_OK);
	struct sortition_input in = {
		.parent_hash = w->parent,
		.burn_hash = w->burn,
		.last_seed = w->seed,
		.total_burn = 1000,
		.window = w->blocks,
		.n = w->n,
		.points = points,
	};

	sortition_run(&s, &in);
	assert_string_equal(outcomes[s.outcome], l->word[1]);
	assert_int_equal(s.winner, history_number(l->word[2]));
	assert_hex(s.hash, 32, l->word[3]);
	assert_total(w, &s);
}

static void assert_null_range(const struct window *w,
                              const struct history_line *l)
{
	uint64_t total;
	uint64_t median;
	uint8_t bytes[32];

	assert_true(distribution_total(&w->blocks[w->n - 1], &total));
	assert_true(distribution_median_total(w->blocks, w->n, &median));
	u256_write_be(bytes, sortition_null_range(total, median));
	assert_hex(bytes, 32, l->word[1]);
}

static void winners_of_histories_are_the_reference_s(void **state)
{
	(void)state;
	static struct window w;
	struct history_line l;
	struct arena a;
	size_t seen = 0;
	FILE *f = histories_open();

	arena_init(&a, 1 << 20);
	while (histories_next(f, &l)) {
		if (window_add(&w, &l))
			continue;
		if (history_is(&l, "null"))
			assert_null_range(&w, &l);
		if (!history_is(&l, "result"))
			continue;
		assert_result(&a, &w, &l);
		arena_reset(&a);
		seen++;
	}
	assert_true(seen >= 30);
	(void)fclose(f);
	arena_fini(&a);
}

static void a_commit_of_nothing_wins_nothing(void **state)
{
	(void)state;
	uint8_t zeros[32] = { 0 };
	struct burn_commit commit = { 0 };
	struct burn_block block = { .commits = &commit, .n = 1 };
	struct burn_point point = { .commit = &commit, .end = u256_max };
	struct sortition_input in = {
		.parent_hash = zeros,
		.burn_hash = zeros,
		.last_seed = zeros,
		.total_burn = UINT64_MAX,
		.window = &block,
		.n = 1,
		.points = &point,
	};
	struct sortition s;

	sortition_run(&s, &in);
	assert_int_equal(s.outcome, SORTITION_BAD_TOTAL);
	commit.burn_fee = 1;
	sortition_run(&s, &in);
	assert_int_equal(s.outcome, SORTITION_BAD_TOTAL);
	assert_int_equal(s.total_burn, UINT64_MAX);
}

static void three_commits_are_active_or_all_of_a_short_window(void **state)
{
	(void)state;
	assert_true(sortition_is_active(3, 6));
	assert_false(sortition_is_active(2, 6));
	assert_true(sortition_is_active(2, 2));
	assert_false(sortition_is_active(1, 2));
	assert_true(sortition_is_active(1, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(winners_of_histories_are_the_reference_s),
		cmocka_unit_test(a_commit_of_nothing_wins_nothing),
		cmocka_unit_test(
		    three_commits_are_active_or_all_of_a_short_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
