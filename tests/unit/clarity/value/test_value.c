/* tests/unit/clarity/value/test_value.c - Claims about clarity/value/value.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/value.h"

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

static struct value tuple(const char *name, struct value v)
{
	struct value_field field = { span_str(name), v };
	struct value t = value_none();

	assert_int_equal(value_tuple(&arena, &t, &field, 1, NULL), ERR_OK);
	return t;
}

static struct value list(const struct value *items, uint32_t n)
{
	struct value v = value_none();

	assert_int_equal(value_list(&arena, &v, items, n, EPOCH_LAST, NULL),
	                 ERR_OK);
	return v;
}

static void wrappers_come_off_from_outside_in(void **state)
{
	(void)state;
	struct value v = value_uint(5);

	assert_int_equal(value_wrap(&v, VALUE_SOME, &v, NULL), ERR_OK);
	assert_int_equal(value_wrap(&v, VALUE_OK, &v, NULL), ERR_OK);
	assert_int_equal(value_wrap(&v, VALUE_ERR, &v, NULL), ERR_OK);
	assert_int_equal(value_wrap_count(&v), 3);
	assert_int_equal(value_size(&v), 19);
	assert_int_equal(value_depth(&v), 4);
	assert_int_equal(value_outer(&v), VALUE_ERR);
	assert_true(value_is_response(&v));
	v = value_unwrap(&v);
	assert_int_equal(value_outer(&v), VALUE_OK);
	v = value_unwrap(&v);
	assert_true(value_is_optional(&v));
	v = value_unwrap(&v);
	assert_true(value_is(&v, VALUE_UINT));
	assert_true(v.u == 5);
}

static void thirty_one_wrappers_fit_and_no_more(void **state)
{
	(void)state;
	struct type_diag diag;
	struct value v = value_bool(true);

	for (unsigned i = 0; i < VALUE_MAX_WRAPS; i++)
		assert_int_equal(value_wrap(&v, VALUE_ERR, &v, NULL), ERR_OK);
	assert_int_equal(value_depth(&v), TYPE_MAX_DEPTH);
	assert_int_equal(value_wrap(&v, VALUE_SOME, &v, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_TOO_DEEP);
	for (unsigned i = 0; i < VALUE_MAX_WRAPS; i++)
		v = value_unwrap(&v);
	assert_true(value_is(&v, VALUE_BOOL));

	v = value_none();
	for (unsigned i = 0; i < VALUE_MAX_WRAPS - 1; i++)
		assert_int_equal(value_wrap(&v, VALUE_SOME, &v, NULL), ERR_OK);
	assert_int_equal(value_wrap(&v, VALUE_SOME, &v, &diag), ERR_TYPE);
}

static void a_wrapper_may_not_pass_the_largest_size(void **state)
{
	(void)state;
	struct type_diag diag;
	uint8_t *bytes = arena_zalloc(&arena, TYPE_MAX_SIZE);
	struct value v;

	v = value_buff(span_of(bytes, TYPE_MAX_SIZE - 5));
	assert_int_equal(value_wrap(&v, VALUE_SOME, &v, &diag), ERR_OK);
	v = value_buff(span_of(bytes, TYPE_MAX_SIZE - 4));
	assert_int_equal(value_wrap(&v, VALUE_SOME, &v, &diag), ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_VALUE_TOO_LARGE);
}

static void none_is_not_some_none(void **state)
{
	(void)state;
	struct value none = value_none();
	struct value some;

	assert_int_equal(value_wrap(&some, VALUE_SOME, &none, NULL), ERR_OK);
	assert_true(value_is_none(&none));
	assert_false(value_is_none(&some));
	assert_true(value_is_optional(&some));
	assert_false(value_eq(&none, &some));
	assert_int_equal(value_size(&none), 2);
	assert_int_equal(value_size(&some), 3);
}

static void ascii_takes_printable_and_blank_bytes_only(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 256; c++) {
		uint8_t bytes[20];
		struct value v;
		struct type_diag diag = { 0 };
		bool is_good = (c >= 32 && c < 127) || c == 9 || c == 10 ||
		               c == 12 || c == 13;

		memset(bytes, 'x', sizeof(bytes));
		bytes[17] = (uint8_t)c;
		assert_int_equal(value_string_ascii(
				     &v, span_of(bytes, sizeof(bytes)), &diag),
		                 is_good ? ERR_OK : ERR_TYPE);
		assert_int_equal(diag.number, is_good ? 0 : c);
	}
}

static void strings_end_at_their_limits(void **state)
{
	(void)state;
	struct type_diag diag;
	uint8_t *bytes = arena_alloc(&arena, TYPE_MAX_SIZE + 1);
	struct value v;

	memset(bytes, 'x', TYPE_MAX_SIZE + 1);
	assert_int_equal(value_buffer(&v, span_of(bytes, TYPE_MAX_SIZE), NULL),
	                 ERR_OK);
	assert_int_equal(value_size(&v), TYPE_MAX_SIZE + 4);
	assert_int_equal(
	    value_buffer(&v, span_of(bytes, TYPE_MAX_SIZE + 1), &diag),
	    ERR_TYPE);
	assert_int_equal(
	    value_string_ascii(&v, span_of(bytes, TYPE_MAX_SIZE + 1), &diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_VALUE_TOO_LARGE);
	assert_int_equal(
	    value_string_utf8(&v, span_of(bytes, TYPE_MAX_UTF8), NULL), ERR_OK);
	assert_int_equal(
	    value_string_utf8(&v, span_of(bytes, TYPE_MAX_UTF8 + 1), &diag),
	    ERR_TYPE);
	assert_int_equal(diag.kind, TYPE_ERROR_VALUE_TOO_LARGE);
}

static void utf8_is_strict_and_counts_characters(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int chars; /* -1: refused */
	} cases[] = {
		{ "", 0 },
		{ "abcdefghi", 9 },
		{ "12345678\xc3\xa9", 9 },
		{ "\xe6\xbc\xa2\xf0\x9f\x98\x80", 2 },
		{ "\xc2\x80", 1 },
		{ "\xc1\xbf", -1 },     /* long form */
		{ "\xe0\x9f\xbf", -1 }, /* long form */
		{ "\xe0\xa0\x80", 1 },
		{ "\xed\x9f\xbf", 1 },
		{ "\xed\xa0\x80", -1 }, /* surrogate */
		{ "\xee\x80\x80", 1 },
		{ "\xf0\x8f\xbf\xbf", -1 }, /* long form */
		{ "\xf0\x90\x80\x80", 1 },
		{ "\xf4\x8f\xbf\xbf", 1 },
		{ "\xf4\x90\x80\x80", -1 }, /* beyond the last */
		{ "\xf5\x80\x80\x80", -1 },
		{ "\x80", -1 },
		{ "abcdefgh\xe6\xbc", -1 }, /* cut short */
		{ "\xe6\xbc\x41", -1 },
		{ "\xff", -1 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct value v;
		enum err e =
		    value_string_utf8(&v, span_str(cases[i].text), NULL);

		assert_int_equal(e, cases[i].chars < 0 ? ERR_TYPE : ERR_OK);
		if (e == ERR_OK)
			assert_int_equal(v.n, cases[i].chars);
	}
}

static void a_tuple_finds_its_fields_in_any_order(void **state)
{
	(void)state;
	struct value_field fields[] = {
		{ span_str("z"), value_int(-1) },
		{ span_str("a"), value_uint(1) },
		{ span_str("m"), value_bool(true) },
	};
	struct value t;

	assert_int_equal(value_tuple(&arena, &t, fields, 3, NULL), ERR_OK);
	assert_true(value_tuple_get(&t, span_str("a"))->u == 1);
	assert_true(value_tuple_get(&t, span_str("m"))->n == 1);
	assert_true(value_tuple_get(&t, span_str("z"))->i == -1);
	assert_null(value_tuple_get(&t, span_str("b")));
}

static void equality_looks_at_content_and_not_at_types(void **state)
{
	(void)state;
	struct value one = value_uint(1);
	struct value x = list(&one, 1);
	struct value y = x;
	const struct type *longer;

	assert_int_equal(
	    type_list(&arena, &longer, type_atom(TYPE_UINT), 9, NULL), ERR_OK);
	y.type = longer;
	assert_true(value_eq(&x, &y));
	assert_false(value_eq(&x, &one));

	struct value signed_one = value_int(1);

	y = list(&signed_one, 1);
	assert_false(value_eq(&x, &y));

	struct value ascii = value_ascii(span_str("a"));
	struct value utf8 = value_utf8(span_str("a"), 1);

	assert_false(value_eq(&ascii, &utf8));
	x = tuple("a", value_uint(1));
	y = tuple("b", value_uint(1));
	assert_false(value_eq(&x, &y));
}

static void a_missing_field_is_missing_everywhere(void **state)
{
	(void)state;
	struct type_field parts[] = {
		{ span_str("a"), type_atom(TYPE_UINT) },
		{ span_str("b"), type_atom(TYPE_UINT) },
	};
	struct value_field twice[] = {
		{ span_str("a"), value_uint(1) },
		{ span_str("a"), value_uint(2) },
	};
	const struct type *type;
	struct value whole = tuple("a", value_uint(2));
	struct value cut;
	struct value v;
	bool is_cut;

	assert_int_equal(type_tuple(&arena, &type, parts, 2, NULL), ERR_OK);
	assert_int_equal(value_tuple_typed(&arena, &v, type, twice, 2, true),
	                 ERR_TYPE);
	assert_int_equal(value_tuple_typed(&arena, &v, type, twice, 2, false),
	                 ERR_OK);
	assert_int_equal(v.n, 1);
	assert_true(value_tuple_get(&v, span_str("a"))->u == 2);
	assert_null(value_tuple_get(&v, span_str("b")));
	assert_true(value_eq(&v, &whole));
	assert_true(value_eq(&whole, &v));
	assert_int_equal(
	    value_sanitize(&arena, &cut, &is_cut, EPOCH_4_0, type, &v),
	    ERR_TYPE);
}

static void a_merge_keeps_the_base_where_the_update_lacks_it(void **state)
{
	(void)state;
	struct value x = tuple("a", value_uint(1));
	struct value y = tuple("b", value_uint(2));
	struct value z = tuple("a", value_int(3));
	struct value v;

	assert_int_equal(value_tuple_merge(&arena, &v, &x, &y), ERR_OK);
	assert_int_equal(v.n, 2);
	assert_int_equal(value_tuple_merge(&arena, &v, &v, &z), ERR_OK);
	assert_int_equal(v.n, 2);
	assert_true(value_tuple_get(&v, span_str("a"))->i == 3);
	assert_int_equal(value_tuple_get(&v, span_str("a"))->kind, VALUE_INT);
	assert_int_equal(v.type->fields[0].type->kind, TYPE_INT);
}

static void order_is_by_number_and_by_bytes(void **state)
{
	(void)state;
	struct value minus = value_int(-1);
	struct value zero = value_int(0);
	struct value top = value_uint(U128_MAX);
	struct value one = value_uint(1);
	struct value short_ = value_buff(span_str("ab"));
	struct value longer = value_buff(span_str("ab\x01"));
	struct value high = value_buff(span_str("\xff"));

	assert_true(value_cmp(&minus, &zero) < 0);
	assert_true(value_cmp(&top, &one) > 0);
	assert_true(value_cmp(&short_, &longer) < 0);
	assert_true(value_cmp(&high, &longer) > 0);
	assert_int_equal(value_cmp(&one, &one), 0);
}

static void a_copy_outlives_its_source(void **state)
{
	(void)state;
	struct arena_mark m = arena_mark(&arena);
	struct principal_room room;
	struct value items[3];
	struct value copy;
	struct value v;
	struct arena other;

	arena_init(&other, 1 << 20);
	for (int pass = 0; pass < 2; pass++) {
		uint8_t hash[PRINCIPAL_HASH_LEN] = { 7 };
		char name[] = "name";
		char text[] = "text";

		items[0] = value_principal(principal_init(&room, 3, hash));
		v = tuple(arena_str(&arena, name, 4), items[0]);
		items[0] = v;
		items[1] = v;
		items[2] = v;
		v = tuple(arena_str(&arena, text, 4), list(items, 3));
		assert_int_equal(value_wrap(&v, VALUE_OK, &v, NULL), ERR_OK);
		if (pass == 1)
			break;
		assert_int_equal(value_copy(&other, &copy, &v), ERR_OK);
		assert_true(value_eq(&copy, &v));
		arena_cut(&arena, m);
		(void)arena_zalloc(&arena, 4096);
		memset(&room, 0, sizeof(room));
	}
	assert_true(value_eq(&copy, &v));
	assert_int_equal(value_size(&copy), value_size(&v));
	assert_true(type_eq(copy.type, v.type));
	arena_fini(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrappers_come_off_from_outside_in),
		cmocka_unit_test(thirty_one_wrappers_fit_and_no_more),
		cmocka_unit_test(a_wrapper_may_not_pass_the_largest_size),
		cmocka_unit_test(none_is_not_some_none),
		cmocka_unit_test(ascii_takes_printable_and_blank_bytes_only),
		cmocka_unit_test(strings_end_at_their_limits),
		cmocka_unit_test(utf8_is_strict_and_counts_characters),
		cmocka_unit_test(a_tuple_finds_its_fields_in_any_order),
		cmocka_unit_test(equality_looks_at_content_and_not_at_types),
		cmocka_unit_test(a_missing_field_is_missing_everywhere),
		cmocka_unit_test(
		    a_merge_keeps_the_base_where_the_update_lacks_it),
		cmocka_unit_test(order_is_by_number_and_by_bytes),
		cmocka_unit_test(a_copy_outlives_its_source),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
