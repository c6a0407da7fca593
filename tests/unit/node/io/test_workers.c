/*
 * tests/unit/node/io/test_workers.c - Claims about threads that share jobs.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdatomic.h>

#include "node/io/workers.h"

#define JOBS 10000u

static atomic_uint done[JOBS];

static void mark(void *arg, uint32_t i)
{
	(void)arg;
	atomic_fetch_add(&done[i], 1);
}

static void each_job_is_done_once(void **state)
{
	(void)state;
	static const uint32_t counts[] = { 0, 1, 7, 8, 9, 1000, JOBS };

	for (uint32_t threads = 1; threads <= 4; threads++) {
		struct workers *w = workers_new(threads);
		unsigned want = 0;

		assert_non_null(w);
		assert_int_equal(workers_count(w), threads);
		for (uint32_t i = 0; i < JOBS; i++)
			atomic_store(&done[i], 0);
		for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]);
		     c++) {
			workers_run(w, counts[c], mark, NULL);
			want += counts[c] > 0;
			assert_int_equal(atomic_load(&done[0]), want);
		}
		assert_int_equal(atomic_load(&done[JOBS - 1]), 1);
		assert_int_equal(atomic_load(&done[999]), 2);
		workers_free(w);
	}
}

static void there_are_as_many_as_processors(void **state)
{
	(void)state;
	struct workers *w = workers_new(0);

	assert_non_null(w);
	assert_true(workers_count(w) >= 1 && workers_count(w) <= WORKERS_MAX);
	workers_free(w);
	workers_free(NULL);
}

static void threads_wait_for_the_next_round(void **state)
{
	(void)state;
	struct workers *w = workers_new(3);

	assert_non_null(w);
	for (uint32_t i = 0; i < JOBS; i++)
		atomic_store(&done[i], 0);
	for (int i = 0; i < 2000; i++)
		workers_run(w, 20, mark, NULL);
	for (int i = 0; i < 20; i++)
		assert_int_equal(atomic_load(&done[i]), 2000);
	workers_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_job_is_done_once),
		cmocka_unit_test(there_are_as_many_as_processors),
		cmocka_unit_test(threads_wait_for_the_next_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
