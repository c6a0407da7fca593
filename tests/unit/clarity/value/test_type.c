/* tests/unit/clarity/value/test_type.c - Claims about clarity/value/type.c;
 * limits and refusals are in tests/vectors/value. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>

#include "clarity/value/type.h"
#include "tests/lib/type_text.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1u << 26);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static const struct type *type(const char *text)
{
	const struct type *t = NULL;

	assert_int_equal(type_text_parse(&arena, &t, span_str(text), NULL),
	                 ERR_OK);
	return t;
}

static void depth_32_is_the_deepest(void **state)
{
	(void)state;
	struct type_diag diag;
	const struct type *t = type_atom(TYPE_BOOL);
	const struct type *deeper;

	for (unsigned depth = 2; depth <= TYPE_MAX_DEPTH; depth++) {
		assert_int_equal(type_optional(&arena, &t, t, &diag), ERR_OK);
		assert_int_equal(t->depth, depth);
	}
	assert_int_equal(type_optional(&arena, &deeper, t, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_TOO_DEEP);
	assert_int_equal(type_list(&arena, &deeper, t, 1, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_TOO_DEEP);
	assert_int_equal(
	    type_response(&arena, &deeper, type_atom(TYPE_INT), t, &diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_TOO_DEEP);
	assert_int_equal(type_tuple(&arena, &deeper,
	                            &(struct type_field){ span_str("a"), t }, 1,
	                            &diag),
	                 ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_TOO_DEEP);
}

static void a_refusal_leaves_the_output_alone(void **state)
{
	(void)state;
	const struct type *t = type_atom(TYPE_INT);

	assert_int_equal(type_string(&arena, &t, TYPE_BUFF, -1, NULL),
	                 ERR_TYPE);
	assert_int_equal(
	    type_list(&arena, &t, type_atom(TYPE_UINT), 1u << 31, NULL),
	    ERR_TYPE);
	assert_ptr_equal(t, type_atom(TYPE_INT));
}

static void fields_are_found_whatever_their_number(void **state)
{
	(void)state;
	struct type_field fields[1000];
	char names[1000][8];
	const struct type *t;

	/* From last to first, so that they must be sorted. */
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "n%03d", 999 - i);
		fields[i].name = span_str(names[i]);
		fields[i].type = type_atom(i % 2 ? TYPE_INT : TYPE_BOOL);
	}
	assert_int_equal(type_tuple(&arena, &t, fields, 1000, NULL), ERR_OK);
	for (int i = 0; i < 1000; i++) {
		const struct type_field *f = type_field_find(t, fields[i].name);

		assert_non_null(f);
		assert_ptr_equal(f->type, fields[i].type);
		assert_int_equal(f - t->fields, 999 - i);
	}
	assert_null(type_field_find(t, span_str("n")));
	assert_null(type_field_find(t, span_str("n1000")));
}

static void a_double_field_is_named(void **state)
{
	(void)state;
	struct type_diag diag;
	const struct type *t;
	struct type_field fields[] = {
		{ span_str("b"), type_atom(TYPE_INT) },
		{ span_str("a"), type_atom(TYPE_INT) },
		{ span_str("b"), type_atom(TYPE_BOOL) },
	};

	assert_int_equal(type_tuple(&arena, &t, fields, 3, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_DUPLICATE_FIELD);
	assert_true(span_eq(diag.name, span_str("b")));
}

static void a_merge_takes_the_update_and_may_be_oversize(void **state)
{
	(void)state;
	struct type_diag diag;
	const struct type *t;
	const struct type *list;
	uint32_t size;

	assert_int_equal(type_merge(&arena, &t,
	                            type("(tuple (a int) (c bool))"),
	                            type("(tuple (a uint) (b bool))")),
	                 ERR_OK);
	assert_true(type_eq(t, type("(tuple (a uint) (b bool) (c bool))")));
	assert_int_equal(type_merge(&arena, &t,
	                            type("(tuple (a (buff 600000)))"),
	                            type("(tuple (b (buff 600000)))")),
	                 ERR_OK);
	assert_int_equal(t->size, TYPE_OVERSIZE);
	assert_int_equal(type_value_size(t, &size, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_INVARIANT);
	assert_int_equal(type_list(&arena, &list, t, 1, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_INVARIANT);
	assert_int_equal(type_optional(&arena, &list, t, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_INVARIANT);
	assert_int_equal(
	    type_response(&arena, &list, type_atom(TYPE_INT), t, &diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_INVARIANT);
}

static void shortening_never_lengthens(void **state)
{
	(void)state;
	const struct type *t = type("(list 5 uint)");
	const struct type *s;

	assert_int_equal(type_shorten(&arena, &s, t, 3), ERR_OK);
	assert_true(type_eq(s, type("(list 3 uint)")));
	assert_int_equal(type_shorten(&arena, &s, t, 6), ERR_OK);
	assert_ptr_equal(s, t);
}

/* Doubling at each level: 2^31 leaves, if types were trees. */
static void a_type_of_shared_parts_counts_every_path(void **state)
{
	(void)state;
	const struct type *t = type_atom(TYPE_BOOL);
	struct type_diag diag;
	uint32_t size;

	for (unsigned i = 1; i < 20; i++)
		assert_int_equal(type_response(&arena, &t, t, t, NULL), ERR_OK);
	assert_int_equal(t->type_size, (1u << 20) - 1);
	t = type("(buff 1)");
	for (unsigned i = 1; i < TYPE_MAX_DEPTH; i++)
		assert_int_equal(type_response(&arena, &t, t, t, NULL), ERR_OK);
	assert_int_equal(type_self_size(t, &size, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_VALUE_TOO_LARGE);
}

static void every_refused_allocation_is_a_fault(void **state)
{
	(void)state;
	struct type_field fields[] = {
		{ span_str("b"), type_atom(TYPE_INT) },
		{ span_str("a"), type_atom(TYPE_INT) },
	};

	for (size_t max = 0; max < 400; max += ARENA_ALIGN) {
		struct arena small;
		const struct type *t;

		arena_init(&small, max);
		enum err e = type_tuple(&small, &t, fields, 2, NULL);

		assert_true(e == ERR_OK || e == ERR_NO_MEMORY);
		arena_fini(&small);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(depth_32_is_the_deepest),
		cmocka_unit_test(a_refusal_leaves_the_output_alone),
		cmocka_unit_test(fields_are_found_whatever_their_number),
		cmocka_unit_test(a_double_field_is_named),
		cmocka_unit_test(a_merge_takes_the_update_and_may_be_oversize),
		cmocka_unit_test(shortening_never_lengthens),
		cmocka_unit_test(a_type_of_shared_parts_counts_every_path),
		cmocka_unit_test(every_refused_allocation_is_a_fault),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
