/* tests/unit/clarity/base/test_span.c - Claims about clarity/base/span.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/base/span.h"

static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static void spans_compare_as_byte_strings(void **state)
{
	(void)state;

	assert_int_equal(span_cmp(span_str(""), span_str("")), 0);
	assert_int_equal(span_cmp(span_of(NULL, 0), span_str("")), 0);
	assert_true(span_cmp(span_str("a"), span_str("ab")) < 0);
	assert_true(span_cmp(span_str("b"), span_str("ab")) > 0);
	assert_true(span_cmp(span_str("\x7f"), span_str("\x80")) < 0);
	assert_true(span_eq(span_str("ab"), span_of("abc", 2)));
	assert_false(span_eq(span_str("ab"), span_str("ac")));
	assert_true(span_eq(span_of(NULL, 0), span_str("")));
}

static void integers_are_read_in_their_byte_order(void **state)
{
	(void)state;
	struct cursor c = cursor_of(span_of(bytes, 8));
	uint8_t u8;
	uint16_t u16;
	uint32_t u32;
	uint64_t u64;

	assert_int_equal(cursor_u8(&c, &u8), ERR_OK);
	assert_int_equal(u8, 1);
	assert_int_equal(cursor_be16(&c, &u16), ERR_OK);
	assert_int_equal(u16, 0x0203);
	assert_int_equal(cursor_be32(&c, &u32), ERR_OK);
	assert_int_equal(u32, 0x04050607);
	assert_int_equal(cursor_left(&c), 1);

	c = cursor_of(span_of(bytes, 8));
	assert_int_equal(cursor_le32(&c, &u32), ERR_OK);
	assert_int_equal(u32, 0x04030201);
	c = cursor_of(span_of(bytes, 8));
	assert_int_equal(cursor_be64(&c, &u64), ERR_OK);
	assert_int_equal(u64, 0x0102030405060708);
	c = cursor_of(span_of(bytes, 8));
	assert_int_equal(cursor_le64(&c, &u64), ERR_OK);
	assert_int_equal(u64, 0x0807060504030201);
	assert_int_equal(cursor_done(&c), ERR_OK);
}

static void a_short_input_moves_nothing(void **state)
{
	(void)state;

	for (size_t len = 7; len <= 9; len++) {
		uint8_t in[9] = { 0 };
		struct cursor c = cursor_of(span_of(in, len));
		uint64_t v = 42;
		enum err e = cursor_be64(&c, &v);

		assert_int_equal(e, len < 8 ? ERR_TRUNCATED : ERR_OK);
		assert_int_equal(v, len < 8 ? 42 : 0);
		assert_int_equal(cursor_left(&c), len < 8 ? len : len - 8);
	}
}

static void copies_and_the_end_are_checked(void **state)
{
	(void)state;
	struct cursor c = cursor_of(span_of(bytes, 3));
	uint8_t out[4] = { 0 };

	assert_int_equal(cursor_copy(&c, out, 4), ERR_TRUNCATED);
	assert_int_equal(cursor_copy(&c, out, 2), ERR_OK);
	assert_memory_equal(out, "\x01\x02\x00", 3);
	assert_int_equal(cursor_done(&c), ERR_TRAILING);
	assert_int_equal(cursor_copy(&c, out, 1), ERR_OK);
	assert_int_equal(cursor_done(&c), ERR_OK);
	assert_int_equal(cursor_copy(&c, NULL, 0), ERR_OK);
}

static void an_empty_span_needs_no_address(void **state)
{
	(void)state;
	struct cursor c = cursor_of(span_of(NULL, 0));
	uint8_t v;

	assert_int_equal(cursor_left(&c), 0);
	assert_int_equal(cursor_done(&c), ERR_OK);
	assert_int_equal(cursor_u8(&c, &v), ERR_TRUNCATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_compare_as_byte_strings),
		cmocka_unit_test(integers_are_read_in_their_byte_order),
		cmocka_unit_test(a_short_input_moves_nothing),
		cmocka_unit_test(copies_and_the_end_are_checked),
		cmocka_unit_test(an_empty_span_needs_no_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
