/* tests/unit/clarity/cost/test_memory.c - Claims about clarity/cost/memory.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/cost/memory.h"

static void the_limit_itself_is_allowed(void **state)
{
	(void)state;
	struct memory m;

	memory_init(&m, MEMORY_LIMIT);
	assert_int_equal(memory_add(&m, MEMORY_LIMIT), ERR_OK);
	assert_int_equal(memory_add(&m, 1), ERR_MEMORY_LIMIT);
	assert_int_equal(m.used, MEMORY_LIMIT + 1);
}

static void bytes_given_back_may_be_taken_again(void **state)
{
	(void)state;
	struct memory m;

	memory_init(&m, 10);
	assert_int_equal(memory_add(&m, 10), ERR_OK);
	memory_drop(&m, 4);
	assert_int_equal(memory_add(&m, 4), ERR_OK);
	assert_int_equal(m.used, 10);
}

static void overflow_leaves_the_count_unchanged(void **state)
{
	(void)state;
	struct memory m;

	memory_init(&m, UINT64_MAX);
	assert_int_equal(memory_add(&m, UINT64_MAX), ERR_OK);
	assert_int_equal(memory_add(&m, 1), ERR_COST_OVERFLOW);
	assert_true(m.used == UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_limit_itself_is_allowed),
		cmocka_unit_test(bytes_given_back_may_be_taken_again),
		cmocka_unit_test(overflow_leaves_the_count_unchanged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
