/* tests/unit/clarity/value/test_value_codec.c - Claims about value_codec.c;
 * bytes with their answers are in tests/vectors/value. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/num.h"
#include "clarity/value/value_codec.h"
#include "tests/lib/type_text.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1u << 28);
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

static enum value_codec_fault fault_of(struct span bytes)
{
	struct value_codec_diag diag = { 0 };
	struct value v;
	enum err e = value_codec_read_all(&arena, &v, bytes, &diag);

	assert_int_equal(e, diag.fault ? ERR_VALUE_BYTES : ERR_OK);
	return diag.fault;
}

static void payloads_stay_where_they_are(void **state)
{
	(void)state;
	static const uint8_t bytes[] = { 0x02, 0, 0, 0, 3, 'a', 'b', 'c' };
	struct value v;

	assert_int_equal(value_codec_read_all(
			     &arena, &v, span_of(bytes, sizeof(bytes)), NULL),
	                 ERR_OK);
	assert_ptr_equal(v.bytes, bytes + 5);
}

static void a_failure_moves_nothing(void **state)
{
	(void)state;
	static const uint8_t bytes[] = { 0x0a, 0x0a, 0x00 };
	struct cursor in = cursor_of(span_of(bytes, sizeof(bytes)));
	struct value v = value_bool(true);

	assert_int_equal(value_codec_read(&arena, &v, &in, NULL),
	                 ERR_VALUE_BYTES);
	assert_ptr_equal(in.at, bytes);
	assert_true(value_is(&v, VALUE_BOOL));
}

static void every_shorter_input_ends_too_early(void **state)
{
	(void)state;
	static const char hex[] =
	    "0c00000003"
	    "01610b00000002070000000000000000000000000000000000080a02000000"
	    "02aabb"
	    "01620d000000026869"
	    "01630616000000000000000000000000000000000000000001"
	    "61";
	struct span bytes;
	struct value v;

	assert_int_equal(value_codec_read_hex(&arena, &v, span_str(hex), NULL),
	                 ERR_OK);
	assert_int_equal(value_codec_bytes(&arena, &bytes, &v), ERR_OK);
	assert_int_equal(fault_of(bytes), VALUE_CODEC_OK);
	for (size_t n = 0; n < bytes.len; n++)
		assert_int_equal(fault_of(span_of(bytes.p, n)), VALUE_CODEC_IO);
}

static void bytes_behind_the_value_are_left_over(void **state)
{
	(void)state;
	assert_int_equal(fault_of(span_of("\x03\x03", 2)),
	                 VALUE_CODEC_LEFTOVER);
}

/* Room is made as items come, so a claim costs nothing. */
static void a_claimed_count_reserves_no_memory(void **state)
{
	(void)state;
	static const uint8_t head[] = { 0x0b, 0, 0x10, 0, 0 };
	uint8_t bytes[15 * sizeof(head)];
	struct value_codec_diag diag;
	struct arena small;
	struct value v;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = head[i % sizeof(head)];
	arena_init(&small, 1 << 18);
	assert_int_equal(value_codec_read_all(
			     &small, &v, span_of(bytes, sizeof(bytes)), &diag),
	                 ERR_VALUE_BYTES);
	assert_int_equal(diag.fault, VALUE_CODEC_IO);
	arena_fini(&small);
}

/* An error that comes before the end of a claim is still the one that shows. */
static void a_claim_does_not_hide_an_earlier_error(void **state)
{
	(void)state;
	uint8_t bytes[5 + 100 * 17 + 22] = { 0x0b, 0, 0x10, 0, 0 };
	uint8_t *bad = bytes + 5 + 100 * 17;

	*bad = PRINCIPAL_STANDARD;
	bad[1] = PRINCIPAL_VERSIONS;
	assert_int_equal(fault_of(span_of(bytes, sizeof(bytes))),
	                 VALUE_CODEC_UNEXPECTED);
}

static void a_long_list_comes_whole(void **state)
{
	(void)state;
	size_t n = 60000;
	uint8_t *bytes = arena_zalloc(&arena, 5 + n * 17);
	struct value v;

	bytes[0] = 0x0b;
	be32_write(bytes + 1, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		be64_write(bytes + 5 + i * 17 + 9, i);
	assert_int_equal(
	    value_codec_read_all(&arena, &v, span_of(bytes, 5 + n * 17), NULL),
	    ERR_OK);
	assert_int_equal(v.n, n);
	for (size_t i = 0; i < n; i++)
		assert_true(v.items[i].i == (i128)i);
}

static void depth_is_16_untyped_and_32_where_values_are_cut(void **state)
{
	(void)state;
	uint8_t bytes[32];
	struct value_codec_diag diag;
	const struct type *t = type_atom(TYPE_BOOL);
	struct value v;

	memset(bytes, 0x0a, sizeof(bytes));
	bytes[15] = 0x03;
	assert_int_equal(fault_of(span_of(bytes, 16)), VALUE_CODEC_OK);
	bytes[15] = 0x0a;
	bytes[16] = 0x03;
	assert_int_equal(fault_of(span_of(bytes, 17)), VALUE_CODEC_BAD_TYPE);
	for (unsigned i = 0; i < 31; i++)
		assert_int_equal(type_optional(&arena, &t, t, NULL), ERR_OK);
	bytes[16] = 0x0a;
	bytes[31] = 0x03;
	assert_int_equal(value_codec_read_typed_all(&arena, &v,
	                                            span_of(bytes, 32), t,
	                                            EPOCH_2_4, &diag),
	                 ERR_OK);
	assert_int_equal(value_wrap_count(&v), 31);
	assert_int_equal(value_codec_read_typed_all(&arena, &v,
	                                            span_of(bytes, 32), t,
	                                            EPOCH_2_3, &diag),
	                 ERR_VALUE_BYTES);
	assert_int_equal(diag.fault, VALUE_CODEC_BAD_TYPE);
	assert_int_equal(diag.type.kind, TYPE_ERROR_TOO_DEEP);
}

static void budgets_end_an_input_that_goes_on(void **state)
{
	(void)state;
	/* Three buffers of a MiB pass the 2 MiB of untyped reading. */
	size_t each = 5 + TYPE_MAX_SIZE - 16;
	uint8_t *bytes = arena_zalloc(&arena, 5 + 3 * each);
	struct value_codec_diag diag;
	struct cursor in = cursor_of(span_of(bytes, 5 + 3 * each));
	struct value v;

	bytes[0] = 0x0b;
	be32_write(bytes + 1, 3);
	for (size_t i = 0; i < 3; i++) {
		bytes[5 + i * each] = 0x02;
		be32_write(bytes + 5 + i * each + 1, TYPE_MAX_SIZE - 16);
	}
	assert_int_equal(value_codec_read(&arena, &v, &in, &diag),
	                 ERR_VALUE_BYTES);
	assert_int_equal(diag.fault, VALUE_CODEC_IO);
}

static void dropped_fields_leave_no_memory_behind(void **state)
{
	(void)state;
	/* {a: bool} with a list of 10000 bools in a field z before it. */
	size_t n = 10000;
	size_t len = 5 + 2 + 5 + n + 3;
	uint8_t *bytes = arena_zalloc(&arena, len);
	struct arena small;
	struct value v;

	memcpy(bytes, "\x0c\x00\x00\x00\x02\x01z\x0b", 8);
	be32_write(bytes + 8, (uint32_t)n);
	memset(bytes + 12, 0x03, n);
	memcpy(bytes + 12 + n,
	       "\x01"
	       "a\x04",
	       3);
	arena_init(&small, 1u << 20);
	for (int i = 0; i < 100; i++)
		assert_int_equal(value_codec_read_typed_all(
				     &small, &v, span_of(bytes, len),
				     type("(tuple (a bool))"), EPOCH_3_4, NULL),
		                 ERR_OK);
	assert_int_equal(v.n, 1);
	arena_fini(&small);
}

static void lists_and_tuples_keep_the_declared_type(void **state)
{
	(void)state;
	const struct type *t = type("(tuple (l (list 100 uint)))");
	struct value v;

	assert_int_equal(
	    value_codec_read_typed_all(
		&arena, &v,
		span_of("\x0c\x00\x00\x00\x01\x01l\x0b\x00\x00\x00\x00", 12), t,
		EPOCH_3_4, NULL),
	    ERR_OK);
	assert_ptr_equal(v.type, t);
	assert_ptr_equal(v.items[0].type, t->fields[0].type);
	assert_int_equal(value_size(&v.items[0]), 1606);
}

static void hex_is_read_with_and_without_prefix(void **state)
{
	(void)state;
	static const char *const bad[] = { "3", "0x3", "0g", "zz", "0x0x03" };
	struct value_codec_diag diag;
	struct value v;

	assert_int_equal(
	    value_codec_read_hex(&arena, &v, span_str("0x0A03"), NULL), ERR_OK);
	assert_int_equal(
	    value_codec_read_hex(&arena, &v, span_str("0a03"), NULL), ERR_OK);
	assert_int_equal(value_outer(&v), VALUE_SOME);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(
		    value_codec_read_hex(&arena, &v, span_str(bad[i]), &diag),
		    ERR_VALUE_BYTES);
		assert_int_equal(diag.fault, VALUE_CODEC_FAILURE);
	}
}

static void a_full_arena_is_a_fault_and_no_verdict(void **state)
{
	(void)state;
	static const char hex[] =
	    "0c0000000201620b000000020a030901610c00000001016103";
	struct span bytes;
	struct value v;

	assert_int_equal(value_codec_read_hex(&arena, &v, span_str(hex), NULL),
	                 ERR_OK);
	assert_int_equal(value_codec_bytes(&arena, &bytes, &v), ERR_OK);
	for (size_t max = 0; max < 2000; max += ARENA_ALIGN) {
		struct arena small;
		struct value got;

		arena_init(&small, max);
		enum err e = value_codec_read_all(&small, &got, bytes, NULL);

		if (e == ERR_OK)
			assert_true(value_eq(&got, &v));
		else
			assert_int_equal(e, ERR_NO_MEMORY);
		arena_fini(&small);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(payloads_stay_where_they_are),
		cmocka_unit_test(a_failure_moves_nothing),
		cmocka_unit_test(every_shorter_input_ends_too_early),
		cmocka_unit_test(bytes_behind_the_value_are_left_over),
		cmocka_unit_test(a_claimed_count_reserves_no_memory),
		cmocka_unit_test(a_claim_does_not_hide_an_earlier_error),
		cmocka_unit_test(a_long_list_comes_whole),
		cmocka_unit_test(
		    depth_is_16_untyped_and_32_where_values_are_cut),
		cmocka_unit_test(budgets_end_an_input_that_goes_on),
		cmocka_unit_test(dropped_fields_leave_no_memory_behind),
		cmocka_unit_test(lists_and_tuples_keep_the_declared_type),
		cmocka_unit_test(hex_is_read_with_and_without_prefix),
		cmocka_unit_test(a_full_arena_is_a_fault_and_no_verdict),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
