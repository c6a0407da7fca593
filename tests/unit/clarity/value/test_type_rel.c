/* tests/unit/clarity/value/test_type_rel.c - Claims about type_rel.c; pairs of
 * types with their answers are in tests/vectors/value. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/repr.h"
#include "clarity/value/type.h"
#include "tests/lib/type_text.h"

#define A "(principal SP000000000000000000002Q6VF78.a)"
#define B "(principal SP000000000000000000002Q6VF78.b)"
#define T "<SP000000000000000000002Q6VF78.a.t>"

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

static const struct type *super(const char *x, const char *y)
{
	const struct type *t = NULL;

	assert_int_equal(type_supertype(&arena, &t, type(x), type(y), NULL),
	                 ERR_OK);
	return t;
}

static void a_supertype_drops_keys_of_the_second_tuple_only(void **state)
{
	(void)state;
	struct type_diag diag;
	const struct type *t;

	assert_true(type_eq(super("(tuple (a int))", "(tuple (a int) (b int))"),
	                    type("(tuple (a int))")));
	assert_int_equal(type_supertype(&arena, &t,
	                                type("(tuple (a int) (b int))"),
	                                type("(tuple (a int))"), &diag),
	                 ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_MISMATCH);
}

/* Whether two unions have the same members. */
static bool same_members(const struct type *x, const struct type *y)
{
	const struct type_callable *a, *b;
	uint32_t n, m;

	assert_int_equal(type_union_members(&arena, &a, &n, x), ERR_OK);
	assert_int_equal(type_union_members(&arena, &b, &m, y), ERR_OK);
	for (uint32_t i = 0; n == m && i < n; i++) {
		if (!a[i].trait != !b[i].trait ||
		    (a[i].trait ? !principal_trait_eq(a[i].trait, b[i].trait)
		                : !principal_eq(a[i].contract, b[i].contract)))
			return false;
	}
	return n == m;
}

static void unions_hold_each_callable_once_in_order(void **state)
{
	(void)state;
	const struct type *t = super("(union " B " " A ")", A);
	const struct type_callable *members;
	uint32_t n;

	assert_int_equal(t->kind, TYPE_LIST_UNION);
	assert_int_equal(t->len, 0);
	assert_int_equal(type_union_members(&arena, &members, &n, t), ERR_OK);
	assert_int_equal(n, 2);
	assert_true(same_members(t, super(A, "(union " A " " B ")")));
	t = super(T, "(union " A " " B ")");
	assert_int_equal(t->len, 1);
	assert_int_equal(type_union_members(&arena, &members, &n, t), ERR_OK);
	assert_int_equal(n, 3);
	assert_non_null(members[2].trait);
	assert_true(same_members(t, super("(union " B " " T ")", A)));
}

/* Each union is made of the two before it: the ways to its members double. */
static void a_union_is_walked_once_whatever_it_shares(void **state)
{
	(void)state;
	const struct type *x = type(A);
	const struct type *y = type(B);
	const struct type_callable *members;
	uint32_t n;

	for (int i = 0; i < 200; i++) {
		const struct type *next;

		assert_int_equal(type_union(&arena, &next, x, y), ERR_OK);
		x = y;
		y = next;
	}
	assert_int_equal(type_union_members(&arena, &members, &n, y), ERR_OK);
	assert_int_equal(n, 2);
}

static void a_union_is_a_principal_unless_it_holds_a_trait(void **state)
{
	(void)state;
	const struct type *t;

	assert_int_equal(type_concretize(&t, super(A, B), NULL), ERR_OK);
	assert_ptr_equal(t, type_atom(TYPE_PRINCIPAL));
	assert_int_equal(type_concretize(&t, type(A), NULL), ERR_OK);
	assert_ptr_equal(t, type_atom(TYPE_PRINCIPAL));
	assert_int_equal(type_concretize(&t, type(T), NULL), ERR_OK);
	assert_int_equal(t->kind, TYPE_CALLABLE_TRAIT);
	assert_int_equal(type_concretize(&t, super(A, T), NULL), ERR_TYPE);
}

static void an_oversize_merge_has_no_supertype(void **state)
{
	(void)state;
	struct type_diag diag;
	const struct type *big;
	const struct type *t;

	assert_int_equal(type_merge(&arena, &big,
	                            type("(tuple (a (buff 600000)))"),
	                            type("(tuple (b (buff 600000)))")),
	                 ERR_OK);
	assert_int_equal(type_supertype(&arena, &t, big, big, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_SUPERTYPE_TOO_LARGE);
}

static void only_lists_and_tuples_become_supertype_too_large(void **state)
{
	(void)state;
	struct type_diag diag;
	const struct type *t;

	/* The tuples' join has exactly the largest size, or one byte more. */
	assert_int_equal(
	    type_supertype(
		&arena, &t,
		type("(optional (tuple (a (buff 500000)) (b (buff 1))))"),
		type("(optional (tuple (a (buff 1)) (b (buff 548546))))"),
		&diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_VALUE_TOO_LARGE);
	assert_int_equal(
	    type_supertype(
		&arena, &t,
		type("(optional (tuple (a (buff 500000)) (b (buff 1))))"),
		type("(optional (tuple (a (buff 1)) (b (buff 548547))))"),
		&diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_SUPERTYPE_TOO_LARGE);
}

static void lists_infer_from_the_left(void **state)
{
	(void)state;
	const struct type *items[] = { type("(tuple (a int))"),
		                       type("(tuple (a int) (b int))") };
	const struct type *turned[] = { items[1], items[0] };
	const struct type *t;

	assert_int_equal(type_list_of(&arena, &t, items, 2, NULL), ERR_OK);
	assert_true(type_eq(t, type("(list 2 (tuple (a int)))")));
	assert_int_equal(type_list_of(&arena, &t, turned, 2, NULL), ERR_TYPE);
	assert_int_equal(type_list_of(&arena, &t, NULL, 0, NULL), ERR_OK);
	assert_true(type_eq(t, &type_empty_list));
}

static void trait_references_become_callables_everywhere(void **state)
{
	(void)state;
	struct type ref = *type(T);
	const struct type *list;
	const struct type *t;

	ref.kind = TYPE_TRAIT_REF;
	assert_int_equal(type_list(&arena, &list, &ref, 2, NULL), ERR_OK);
	assert_int_equal(type_canonicalize(&arena, &t, list), ERR_OK);
	assert_true(type_eq(t, type("(list 2 " T ")")));
	list = type("(list 2 (tuple (a (buff 3))))");
	assert_int_equal(type_canonicalize(&arena, &t, list), ERR_OK);
	assert_ptr_equal(t, list);
}

static void a_copy_outlives_its_source(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"(list 3 (tuple (a (optional uint)) (b (response int (buff "
		"9)))))",
		"(tuple (x (union " A " " T ")) (y " A ") (z " T "))",
	};

	for (size_t i = 0; i < 2; i++) {
		struct arena_mark m = arena_mark(&arena);
		struct arena other;
		const struct type *copy;

		arena_init(&other, 1 << 20);
		copy = type_copy(&other, type(texts[i]));
		arena_cut(&arena, m);
		/* Writes over what was cut. */
		(void)arena_zalloc(&arena, 4096);

		const struct type *again = type(texts[i]);

		if (i == 0) {
			assert_true(type_eq(copy, again));
		} else {
			assert_true(same_members(copy->fields[0].type,
			                         again->fields[0].type));
			assert_true(type_eq(copy->fields[1].type,
			                    again->fields[1].type));
			assert_true(type_eq(copy->fields[2].type,
			                    again->fields[2].type));
		}
		arena_fini(&other);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_supertype_drops_keys_of_the_second_tuple_only),
		cmocka_unit_test(unions_hold_each_callable_once_in_order),
		cmocka_unit_test(a_union_is_walked_once_whatever_it_shares),
		cmocka_unit_test(
		    a_union_is_a_principal_unless_it_holds_a_trait),
		cmocka_unit_test(an_oversize_merge_has_no_supertype),
		cmocka_unit_test(
		    only_lists_and_tuples_become_supertype_too_large),
		cmocka_unit_test(lists_infer_from_the_left),
		cmocka_unit_test(trait_references_become_callables_everywhere),
		cmocka_unit_test(a_copy_outlives_its_source),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
