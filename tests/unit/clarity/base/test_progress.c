/* tests/unit/clarity/base/test_progress.c - Claims about progress.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/progress.h"

static uint64_t clock_ms;
static char seen[512];
static unsigned n_seen;

static uint64_t clock_now(void *ctx)
{
	(void)ctx;
	return clock_ms;
}

static void remember(void *ctx, struct span text)
{
	(void)ctx;
	assert_true(text.len < sizeof(seen));
	memcpy(seen, text.p, text.len);
	seen[text.len] = '\0';
	n_seen++;
}

static struct progress progress_for(bool is_terminal, unsigned width)
{
	struct progress p = { .write = remember,
		              .now_ms = clock_now,
		              .what = "contracts",
		              .is_terminal = is_terminal,
		              .width = width,
		              .total = 200 };

	n_seen = 0;
	seen[0] = '\0';
	clock_ms = 1000;
	progress_start(&p);
	return p;
}

static void a_bar_is_drawn_on_a_terminal_at_most_so_often(void **state)
{
	(void)state;
	struct progress p = progress_for(true, 80);

	clock_ms += PROGRESS_BAR_MS - 1;
	progress_set(&p, 50);
	assert_int_equal(n_seen, 0);
	clock_ms += 1;
	progress_set(&p, 50);
	assert_int_equal(n_seen, 1);
	assert_string_equal(
	    seen, "\r\x1b[K[##########..............................] "
		  "50 of 200 contracts, 500 a second");
	progress_set(&p, 51);
	assert_int_equal(n_seen, 1);
}

static void a_full_bar_is_full_and_fits(void **state)
{
	(void)state;

	for (unsigned width = 0; width < 120; width++) {
		struct progress p = progress_for(true, width);

		clock_ms += 1000;
		progress_set(&p, 200);
		assert_null(strchr(seen, '.'));
		if (width >= 60)
			assert_non_null(strstr(seen, "##########] 200 of "));
		if (width >= 40)
			assert_true(strlen(seen) - 4 <= width);
	}
}

static void a_pipe_gets_plain_lines_now_and_then(void **state)
{
	(void)state;
	struct progress p = progress_for(false, 80);

	clock_ms += PROGRESS_LINE_MS - 1;
	progress_set(&p, 100);
	assert_int_equal(n_seen, 0);
	clock_ms += 1;
	progress_set(&p, 100);
	assert_string_equal(seen, "100 of 200 contracts, 20 a second\n");
	progress_hide(&p);
	assert_int_equal(n_seen, 1);
}

static void an_unknown_total_counts_only(void **state)
{
	(void)state;
	struct progress p = progress_for(true, 80);

	p.total = 0;
	clock_ms += 2000;
	progress_set(&p, UINT64_MAX);
	assert_string_equal(
	    seen, "\r\x1b[K18446744073709551615 contracts, 0 a second");
}

static void huge_totals_do_not_overflow_the_bar(void **state)
{
	(void)state;
	struct progress p = progress_for(true, 120);

	p.total = UINT64_MAX;
	clock_ms += 1000;
	progress_set(&p, UINT64_MAX / 2);
	assert_non_null(strstr(seen, "###."));
	assert_null(strstr(seen, "#] "));
}

static void hiding_clears_the_bar_once(void **state)
{
	(void)state;
	struct progress p = progress_for(true, 80);

	progress_hide(&p);
	assert_int_equal(n_seen, 0);
	clock_ms += 1000;
	progress_set(&p, 1);
	progress_hide(&p);
	assert_string_equal(seen, "\r\x1b[K");
	progress_hide(&p);
	assert_int_equal(n_seen, 2);
}

static void without_a_sink_nothing_happens(void **state)
{
	(void)state;
	struct progress p = { .what = "x" };

	n_seen = 0;
	progress_start(&p);
	progress_set(&p, 1);
	progress_hide(&p);
	assert_int_equal(n_seen, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bar_is_drawn_on_a_terminal_at_most_so_often),
		cmocka_unit_test(a_full_bar_is_full_and_fits),
		cmocka_unit_test(a_pipe_gets_plain_lines_now_and_then),
		cmocka_unit_test(an_unknown_total_counts_only),
		cmocka_unit_test(huge_totals_do_not_overflow_the_bar),
		cmocka_unit_test(hiding_clears_the_bar_once),
		cmocka_unit_test(without_a_sink_nothing_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
