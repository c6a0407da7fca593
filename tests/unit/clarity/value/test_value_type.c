/* tests/unit/clarity/value/test_value_type.c - Claims about value_type.c;
 * values to be cut are in tests/vectors/value. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/value.h"
#include "clarity/value/value_codec.h"
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

static struct value read(const char *hex)
{
	struct value v = value_none();

	assert_int_equal(value_codec_read_hex(&arena, &v, span_str(hex), NULL),
	                 ERR_OK);
	return v;
}

static const struct type *type_of(const struct value *v)
{
	const struct type *t = NULL;

	assert_int_equal(value_type(&arena, &t, v, NULL), ERR_OK);
	return t;
}

static struct value contract(const char *text, const char *trait)
{
	const struct principal *p = NULL;
	const struct trait_id *id = NULL;

	assert_int_equal(principal_parse(&arena, &p, span_str(text)),
	                 PRINCIPAL_OK);
	if (!trait)
		return value_callable(p, NULL);
	assert_int_equal(principal_parse_trait(&arena, &id, span_str(trait)),
	                 PRINCIPAL_OK);
	return value_callable(p, id);
}

static void wrappers_leave_the_other_half_unknown(void **state)
{
	(void)state;
	struct value v = read("070a0803");

	assert_true(type_eq(type_of(&v),
	                    type("(response (optional (response UnknownType "
	                         "bool)) UnknownType)")));
	v = read("09");
	assert_true(type_eq(type_of(&v), &type_of_none));
}

static void callables_have_their_own_types(void **state)
{
	(void)state;
	struct value plain = contract("SP000000000000000000002Q6VF78.a", NULL);
	struct value seen = contract("SP000000000000000000002Q6VF78.a",
	                             "SP000000000000000000002Q6VF78.b.t");
	struct value literal = value_principal(plain.principal);
	const struct type *t;
	bool fits;

	assert_true(
	    type_eq(type_of(&plain),
	            type("(principal SP000000000000000000002Q6VF78.a)")));
	assert_true(type_eq(type_of(&seen),
	                    type("<SP000000000000000000002Q6VF78.b.t>")));
	assert_int_equal(value_size(&plain), 148);
	assert_int_equal(value_size(&seen), 276);
	assert_int_equal(value_literal_type(&arena, &t, &literal, NULL),
	                 ERR_OK);
	assert_int_equal(t->kind, TYPE_CALLABLE_PRINCIPAL);
	assert_int_equal(
	    value_admitted(type_atom(TYPE_PRINCIPAL), &plain, &fits, NULL),
	    ERR_OK);
	assert_true(fits);
	assert_int_equal(
	    value_admitted(type_atom(TYPE_PRINCIPAL), &seen, &fits, NULL),
	    ERR_OK);
	assert_false(fits);
}

/* Whatever value_admitted says must be what the value's type says. */
static void admission_needs_no_type_of_the_value(void **state)
{
	(void)state;
	static const char *const values[] = {
		"03",
		"09",
		"0a09",
		"0a03",
		"0703",
		"0803",
		"070a03",
		"0200000001ff",
		"0d0000000161",
		"0e0000000161",
		"0b00000000",
		"0b0000000103",
		"0c0000000101610d00000000",
		"0c00000001016103",
		"05160000000000000000000000000000000000000000",
		"0100000000000000000000000000000005",
	};
	static const char *const types[] = {
		"bool",
		"uint",
		"principal",
		"(optional bool)",
		"(optional UnknownType)",
		"(optional (optional bool))",
		"(response bool UnknownType)",
		"(response UnknownType bool)",
		"(response (optional bool) bool)",
		"(buff 0)",
		"(buff 1)",
		"(string-ascii 1)",
		"(string-utf8 1)",
		"(list 0 UnknownType)",
		"(list 1 bool)",
		"(tuple (a bool))",
		"UnknownType",
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct value v = read(values[i]);

		for (size_t j = 0; j < sizeof(types) / sizeof(*types); j++) {
			const struct type *t = type(types[j]);
			bool quick = false;
			bool slow = false;
			enum err e = value_admitted(t, &v, &quick, NULL);

			assert_int_equal(
			    e, type_admits(t, type_of(&v), &slow, NULL));
			if (e == ERR_OK)
				assert_int_equal(quick, slow);
		}
	}
}

static void a_list_cuts_its_items_from_2_4(void **state)
{
	(void)state;
	struct value items[] = {
		read("0c0000000101610100000000000000000000000000000001"),
		read("0c00000002016101000000000000000000000000000000020162"
		     "03"),
	};
	struct value old;
	struct value new;

	assert_int_equal(value_list(&arena, &old, items, 2, EPOCH_2_3, NULL),
	                 ERR_OK);
	assert_int_equal(value_list(&arena, &new, items, 2, EPOCH_2_4, NULL),
	                 ERR_OK);
	assert_int_equal(old.items[1].n, 2);
	assert_int_equal(new.items[1].n, 1);
	assert_true(type_eq(old.type, new.type));
	assert_false(value_eq(&old, &new));
}

static void a_list_of_stored_lists_infers_their_types_again(void **state)
{
	(void)state;
	struct value one = value_uint(1);
	struct value stored;
	struct value outer;

	assert_int_equal(
	    value_list_typed(&stored, type("(list 100 uint)"), &one, 1, NULL),
	    ERR_OK);
	assert_int_equal(value_size(&stored), 1606);
	assert_int_equal(
	    value_list(&arena, &outer, &stored, 1, EPOCH_3_4, NULL), ERR_OK);
	assert_true(type_eq(outer.type, type("(list 1 (list 100 uint))")));
	assert_true(type_eq(outer.items[0].type, type("(list 1 uint)")));
}

static void a_trait_in_a_list_of_contracts_cannot_be_cut(void **state)
{
	(void)state;
	struct type_diag diag;
	struct value items[] = {
		contract("SP000000000000000000002Q6VF78.a", NULL),
		contract("SP000000000000000000002Q6VF78.a",
		         "SP000000000000000000002Q6VF78.b.t"),
	};
	struct value v;

	assert_int_equal(value_list_raw(&arena, &v, items, 2, NULL), ERR_OK);
	assert_int_equal(v.type->item->kind, TYPE_LIST_UNION);
	assert_int_equal(value_list(&arena, &v, items, 2, EPOCH_3_4, &diag),
	                 ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_LIST_MISMATCH);
}

/* Binding to a parameter can leave such a list behind. */
static void a_list_of_another_type_than_it_says_is_not_cut(void **state)
{
	(void)state;
	const struct type *t = type("(list 5 uint)");
	struct value item = read("0c00000001016103");
	struct value liar = {
		.kind = VALUE_LIST, .n = 1, .items = &item, .type = t
	};
	struct span bytes;
	struct value cut;
	bool is_cut;

	assert_int_equal(
	    value_sanitize(&arena, &cut, &is_cut, EPOCH_3_4, t, &liar),
	    ERR_TYPE);
	assert_int_equal(value_codec_bytes(&arena, &bytes, &liar), ERR_OK);
	assert_int_equal(bytes.len, 5 + 8);
	assert_memory_equal(bytes.p + 5,
	                    "\x0c\x00\x00\x00\x01\x01"
	                    "a\x03",
	                    8);
}

static void likeness_looks_inside_and_not_at_lengths(void **state)
{
	(void)state;
	const struct type *t =
	    type("(tuple (a (list 1 uint)) (b (optional (buff 1))))");
	struct value liar = read("0c00000002"
	                         "01610b0000000103"
	                         "016209");
	struct value longer = read("0c00000002"
	                           "01610b00000002"
	                           "0100000000000000000000000000000001"
	                           "0100000000000000000000000000000002"
	                           "01620a0200000002aabb");
	struct value part = read("0c0000000101620a09");

	liar.type = t;
	assert_false(value_is_like(t, &liar));
	assert_true(value_is_like(t, &longer));
	assert_false(value_is_like(t, &part));
	part = read("0c00000001016209");
	assert_false(value_is_like(t, &part));
	assert_false(value_is_like(type_atom(TYPE_NONE), &part));
}

static void a_typed_list_refuses_what_its_type_does(void **state)
{
	(void)state;
	struct type_diag diag;
	struct value items[] = { value_uint(1), value_uint(2) };
	struct value v;

	assert_int_equal(
	    value_list_typed(&v, type("(list 1 uint)"), items, 2, &diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_VALUE_TOO_LARGE);
	assert_int_equal(
	    value_list_typed(&v, type("(list 2 int)"), items, 2, &diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_LIST_MISMATCH);
	assert_int_equal(
	    value_list_typed(&v, type("(list 2 uint)"), items, 2, &diag),
	    ERR_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrappers_leave_the_other_half_unknown),
		cmocka_unit_test(callables_have_their_own_types),
		cmocka_unit_test(admission_needs_no_type_of_the_value),
		cmocka_unit_test(a_list_cuts_its_items_from_2_4),
		cmocka_unit_test(
		    a_list_of_stored_lists_infers_their_types_again),
		cmocka_unit_test(a_trait_in_a_list_of_contracts_cannot_be_cut),
		cmocka_unit_test(
		    a_list_of_another_type_than_it_says_is_not_cut),
		cmocka_unit_test(likeness_looks_inside_and_not_at_lengths),
		cmocka_unit_test(a_typed_list_refuses_what_its_type_does),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
