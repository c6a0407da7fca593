/* tests/unit/clarity/base/test_env.c - Claims about clarity/base/env.c. What a
 * filling must do is in tests/lib/env_contract.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/base/env.h"
#include "tests/lib/env_sim.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct world {
	struct env_sim_world *w;
	struct env_sim *s;
	struct env e;
};

static void world_open(struct world *x, uint64_t seed)
{
	x->w = env_sim_world_new(seed);
	x->s = env_sim_new(x->w, &x->e);
	OK(env_make_dir(&x->e, "/d"));
	OK(env_sync_dir(&x->e, "/"));
}

static void world_close(struct world *x)
{
	env_sim_free(x->s);
	env_sim_world_free(x->w);
}

/* What /d/f holds. */
static char content(struct world *x)
{
	struct arena a;
	struct span got;

	arena_init(&a, 1 << 16);
	OK(env_read_file(&x->e, &a, "/d/f", 100, &got));

	char c = got.len == 3 ? (char)got.p[0] : '?';

	arena_fini(&a);
	return c;
}

static void a_replaced_file_is_old_or_new_whatever_fails(void **state)
{
	(void)state;
	enum err err = ERR_IO;
	unsigned n_old = 0;

	for (uint64_t n = 1; err != ERR_OK; n++) {
		for (uint64_t seed = 0; seed < 16; seed++) {
			struct env_sim_faults fail = { .short_io = true,
				                       .fail_after = n,
				                       .fail_with = ERR_IO,
				                       .fail_all = true };
			struct env_sim_faults none = { .short_io = false };
			struct world x;

			world_open(&x, seed);
			OK(env_replace_file(&x.e, "/d/f", span_str("old")));
			env_sim_faults(x.s, &fail);
			err = env_replace_file(&x.e, "/d/f", span_str("new"));
			env_sim_faults(x.s, &none);
			env_sim_crash(x.s);

			char c = content(&x);

			assert_true(c == 'o' || c == 'n');
			assert_true(err != ERR_OK || c == 'n');
			n_old += c == 'o';
			world_close(&x);
		}
		assert_true(n < 100);
	}
	assert_true(n_old > 0);
}

static void every_fault_of_the_disk_reaches_the_caller(void **state)
{
	(void)state;
	static const enum err faults[] = { ERR_IO, ERR_NO_SPACE, ERR_DENIED };

	for (size_t f = 0; f < 3; f++) {
		enum err err = ERR_IO;

		for (uint64_t n = 1; err != ERR_OK; n++) {
			struct env_sim_faults fail = { .fail_after = n,
				                       .fail_with = faults[f] };
			struct arena a;
			struct span got;
			struct world x;

			world_open(&x, n);
			arena_init(&a, 1 << 16);
			OK(env_replace_file(&x.e, "/d/f", span_str("old")));
			env_sim_faults(x.s, &fail);
			err = env_read_file(&x.e, &a, "d/f", 9, &got);
			if (err != ERR_OK)
				assert_int_equal(err, faults[f]);
			arena_fini(&a);
			world_close(&x);
			assert_true(n < 100);
		}
	}
}

static void an_arena_that_is_full_is_a_fault(void **state)
{
	(void)state;
	struct world x;
	struct arena a;
	struct span got;

	world_open(&x, 1);
	arena_init(&a, 3);
	OK(env_replace_file(&x.e, "/d/f", span_str("old")));
	assert_int_equal(env_read_file(&x.e, &a, "/d/f", 9, &got),
	                 ERR_NO_MEMORY);
	arena_fini(&a);
	world_close(&x);
}

static void a_file_in_the_working_directory_is_replaced(void **state)
{
	(void)state;
	struct world x;

	world_open(&x, 1);
	OK(env_replace_file(&x.e, "f", span_str("abc")));
	OK(env_replace_file(&x.e, "/g", span_str("abc")));
	env_sim_crash(x.s);

	struct env_stat st;

	OK(env_stat(&x.e, "/f", &st));
	assert_true(st.size == 3);
	OK(env_stat(&x.e, "/g", &st));
	world_close(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_replaced_file_is_old_or_new_whatever_fails),
		cmocka_unit_test(every_fault_of_the_disk_reaches_the_caller),
		cmocka_unit_test(an_arena_that_is_full_is_a_fault),
		cmocka_unit_test(a_file_in_the_working_directory_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
