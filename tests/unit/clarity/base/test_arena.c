/* tests/unit/clarity/base/test_arena.c - Claims about clarity/base/arena.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/arena.h"
#include "tests/lib/alloc_fault.h"

static void no_bytes_still_have_an_aligned_address(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1024);
	uint8_t *p = arena_alloc(&a, 0);

	assert_non_null(p);
	assert_int_equal((uintptr_t)p % ARENA_ALIGN, 0);
	assert_int_equal(arena_err(&a), ERR_OK);
	assert_int_equal(a.held, 0);
	arena_fini(&a);
}

static void every_object_is_aligned(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1 << 20);
	for (size_t n = 0; n < 300; n++)
		assert_int_equal((uintptr_t)arena_alloc(&a, n) % ARENA_ALIGN,
		                 0);
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

static void one_object_may_be_as_large_as_the_maximum(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 4096);
	assert_null(arena_alloc(&a, 4097));
	arena_reset(&a);
	assert_non_null(arena_alloc(&a, 4095));
	arena_fini(&a);
	arena_init(&a, 4096);
	assert_non_null(arena_alloc(&a, 4096));
	assert_int_equal(a.held, 4096);
	arena_fini(&a);
}

static void sizes_that_would_wrap_are_refused(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, SIZE_MAX);
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_alloc(&a, SIZE_MAX - 14));
	assert_null(arena_array(&a, SIZE_MAX / 2 + 1, 2));
	assert_null(arena_str(&a, "", SIZE_MAX));
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

static void a_mark_of_an_empty_arena_cuts_everything(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1 << 20);
	struct arena_mark m = arena_mark(&a);

	assert_non_null(arena_alloc(&a, 1000));
	arena_cut(&a, m);
	assert_int_equal(a.held, 0);
	arena_fini(&a);
}

static void a_reset_keeps_a_block_and_forgets_the_failure(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1 << 20);
	for (int i = 0; i < 100; i++)
		assert_non_null(arena_alloc(&a, 1000));
	assert_null(arena_alloc(&a, 1 << 21));
	arena_reset(&a);
	assert_int_equal(arena_err(&a), ERR_OK);
	assert_true(a.held > 0);
	alloc_fault_after(0);
	assert_non_null(arena_alloc(&a, 64));
	assert_false(alloc_fault_off());
	arena_fini(&a);
}

static void a_reset_gives_a_huge_block_back(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1 << 26);
	assert_non_null(arena_alloc(&a, 16));
	assert_non_null(arena_alloc(&a, 1 << 24));
	arena_reset(&a);
	assert_true(a.held > 0 && a.held < 1 << 24);
	arena_fini(&a);
}

static void text_gets_its_nul_and_copies_are_copies(void **state)
{
	(void)state;
	struct arena a;
	char source[] = "abc";

	arena_init(&a, 1024);
	char *s = arena_str(&a, source, 2);
	uint8_t *none = arena_copy(&a, NULL, 0);
	uint8_t *zero = arena_zalloc(&a, 33);

	source[0] = 'x';
	assert_string_equal(s, "ab");
	assert_non_null(none);
	for (int i = 0; i < 33; i++)
		assert_int_equal(zero[i], 0);
	arena_fini(&a);
}

static void each_failing_allocation_leaves_the_rest_valid(void **state)
{
	(void)state;

	for (size_t n = 0; n < 4; n++) {
		struct arena a;
		uint8_t *last = NULL;

		arena_init(&a, 1 << 24);
		alloc_fault_after(n);
		for (int i = 0; i < 4096 && !a.failed; i++) {
			uint8_t *p = arena_alloc(&a, 500);

			if (p)
				last = memset(p, i & 255, 500);
		}
		assert_true(alloc_fault_off());
		assert_int_equal(arena_err(&a), ERR_NO_MEMORY);
		assert_true(n == 0 ? last == NULL : last[0] == last[499]);
		assert_non_null(arena_alloc(&a, 1 << 20));
		arena_fini(&a);
		assert_int_equal(a.held, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_bytes_still_have_an_aligned_address),
		cmocka_unit_test(every_object_is_aligned),
		cmocka_unit_test(the_maximum_is_reached_exactly),
		cmocka_unit_test(one_object_may_be_as_large_as_the_maximum),
		cmocka_unit_test(sizes_that_would_wrap_are_refused),
		cmocka_unit_test(a_cut_forgets_what_came_after_the_mark),
		cmocka_unit_test(a_mark_of_an_empty_arena_cuts_everything),
		cmocka_unit_test(a_reset_keeps_a_block_and_forgets_the_failure),
		cmocka_unit_test(a_reset_gives_a_huge_block_back),
		cmocka_unit_test(text_gets_its_nul_and_copies_are_copies),
		cmocka_unit_test(each_failing_allocation_leaves_the_rest_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
