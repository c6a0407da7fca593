/* tests/unit/clarity/check/test_keep.c - copies that last. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/check/keep.h"
#include "clarity/check/known.h"

static void a_copy_is_equal_and_shares_nothing(void **state)
{
	char name[] = "field";
	struct type_field f = { span_of(name, 5), &known_buff_32 };
	const struct type *t, *copy;
	struct arena work, to;
	struct keep k;

	(void)state;
	arena_init(&work, 1 << 20);
	arena_init(&to, 1 << 20);
	assert_int_equal(type_tuple(&work, &t, &f, 1, NULL), ERR_OK);
	keep_init(&k, &to, &work);
	assert_int_equal(keep_type(&k, &copy, t), ERR_OK);
	assert_true(type_eq(copy, t));
	memset(name, 'x', 5);
	assert_memory_equal(copy->fields[0].name.p, "field", 5);
	arena_fini(&work);
	assert_int_equal(copy->fields[0].type->len, 32);
	arena_fini(&to);
}

static void shared_parts_stay_shared(void **state)
{
	const struct type *t = KNOWN_BOOL;
	const struct type *copy;
	struct arena work, to;
	struct keep k;

	/* Each level has the one below twice: 2^12 parts if counted. */
	(void)state;
	arena_init(&work, 1 << 20);
	arena_init(&to, 1 << 20);
	for (int i = 0; i < 12; i++) {
		struct type_field f[] = { { span_str("a"), t },
			                  { span_str("b"), t } };

		assert_int_equal(type_tuple(&work, &t, f, 2, NULL), ERR_OK);
	}
	keep_init(&k, &to, &work);
	assert_int_equal(keep_type(&k, &copy, t), ERR_OK);
	assert_ptr_equal(copy->fields[0].type, copy->fields[1].type);
	assert_int_equal(copy->size, t->size);
	assert_true(to.held <= 128 * 1024);
	arena_fini(&work);
	arena_fini(&to);
}

static void atoms_are_the_one_of_their_kind(void **state)
{
	const struct type *copy;
	struct arena a;
	struct keep k;

	(void)state;
	arena_init(&a, 1 << 20);
	keep_init(&k, &a, &a);
	assert_int_equal(keep_type(&k, &copy, KNOWN_UINT), ERR_OK);
	assert_ptr_equal(copy, KNOWN_UINT);
	arena_fini(&a);
}

static void no_room_is_a_fault(void **state)
{
	const struct type *copy = NULL;
	struct arena work, to;
	struct keep k;

	(void)state;
	arena_init(&work, 1 << 20);
	arena_init(&to, 16);
	keep_init(&k, &to, &work);
	assert_int_equal(keep_type(&k, &copy, &known_stx_account),
	                 ERR_NO_MEMORY);
	assert_null(copy);
	arena_fini(&work);
	arena_fini(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_is_equal_and_shares_nothing),
		cmocka_unit_test(shared_parts_stay_shared),
		cmocka_unit_test(atoms_are_the_one_of_their_kind),
		cmocka_unit_test(no_room_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
