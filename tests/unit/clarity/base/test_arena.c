/* tests/unit/clarity/base/test_arena.c - Claims about clarity/base/arena.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/base/arena.h"

static void no_bytes_still_have_an_address(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1024);
	assert_non_null(arena_alloc(&a, 0));
	assert_int_equal(arena_err(&a), ERR_OK);
	arena_fini(&a);
}

static void the_maximum_is_reached_exactly(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 4 * ARENA_ALIGN);
	for (int i = 0; i < 4; i++)
		assert_non_null(arena_alloc(&a, ARENA_ALIGN));
	assert_null(arena_alloc(&a, 1));
	assert_int_equal(arena_err(&a), ERR_NO_MEMORY);
	arena_fini(&a);
}

static void a_cut_forgets_what_came_after_the_mark(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1 << 20);
	uint8_t *kept = arena_copy(&a, "kept", 4);
	struct arena_mark m = arena_mark(&a);

	for (int i = 0; i < 1000; i++)
		assert_non_null(arena_alloc(&a, 100));
	arena_cut(&a, m);
	assert_memory_equal(kept, "kept", 4);
	assert_ptr_equal(arena_alloc(&a, 0), m.at);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_bytes_still_have_an_address),
		cmocka_unit_test(the_maximum_is_reached_exactly),
		cmocka_unit_test(a_cut_forgets_what_came_after_the_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
