/* tests/unit/clarity/base/test_buf.c - Claims about clarity/base/buf.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/buf.h"
#include "tests/lib/alloc_fault.h"

static void the_maximum_can_be_filled_but_not_passed(void **state)
{
	(void)state;

	for (size_t len = 9; len <= 11; len++) {
		struct buf b;

		buf_init(&b, 10);
		assert_int_equal(buf_add(&b, "0123456789a", len),
		                 len <= 10 ? ERR_OK : ERR_TOO_LARGE);
		assert_int_equal(b.len, len <= 10 ? len : 0);
		buf_fini(&b);
	}
}

static void formatted_text_may_fill_the_maximum(void **state)
{
	(void)state;

	for (int width = 4; width <= 6; width++) {
		struct buf b;

		buf_init(&b, 5);
		assert_int_equal(buf_addf(&b, "%0*d", width, 7),
		                 width <= 5 ? ERR_OK : ERR_TOO_LARGE);
		assert_int_equal(b.len, width <= 5 ? width : 0);
		buf_fini(&b);
	}
}

static void a_maximum_of_nothing_takes_nothing(void **state)
{
	(void)state;
	struct buf b;

	buf_init(&b, 0);
	assert_int_equal(buf_add(&b, NULL, 0), ERR_OK);
	assert_non_null(buf_room(&b, 0));
	assert_int_equal(buf_addf(&b, "%s", ""), ERR_OK);
	assert_int_equal(buf_add_u8(&b, 1), ERR_TOO_LARGE);
	buf_fini(&b);
}

static void the_first_failure_stays_until_reset(void **state)
{
	(void)state;
	struct buf b;

	buf_init(&b, 3);
	assert_int_equal(buf_add_str(&b, "abcd"), ERR_TOO_LARGE);
	assert_int_equal(buf_add_u8(&b, 'a'), ERR_TOO_LARGE);
	assert_int_equal(buf_add_hex(&b, "a", 1), ERR_TOO_LARGE);
	assert_int_equal(buf_err(&b), ERR_TOO_LARGE);
	assert_int_equal(b.len, 0);
	buf_reset(&b);
	assert_int_equal(buf_add_str(&b, "abc"), ERR_OK);
	buf_fini(&b);
}

static void a_length_that_would_wrap_is_too_large(void **state)
{
	(void)state;
	struct buf b;

	buf_init(&b, 100);
	assert_int_equal(buf_add_str(&b, "a"), ERR_OK);
	assert_null(buf_room(&b, SIZE_MAX));
	assert_int_equal(buf_err(&b), ERR_TOO_LARGE);
	buf_reset(&b);
	assert_int_equal(buf_add_hex(&b, "a", SIZE_MAX / 2 + 1), ERR_TOO_LARGE);
	buf_fini(&b);
	buf_init(&b, SIZE_MAX);
	assert_null(buf_room(&b, SIZE_MAX));
	assert_int_equal(buf_err(&b), ERR_NO_MEMORY);
	buf_fini(&b);
}

static void integers_are_written_in_their_byte_order(void **state)
{
	(void)state;
	struct buf b;
	static const uint8_t want[] = {
		0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x00, 0x00,
		0x00, 0x00, 0x00, 0x00, 0x00, 0x08, 0x0c, 0x0b, 0x0a,
		0x09, 0x0d, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
		0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00,
		0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02,
	};

	buf_init(&b, sizeof(want));
	(void)buf_add_u8(&b, 1);
	(void)buf_add_be16(&b, 0x0203);
	(void)buf_add_be32(&b, 0x04050607);
	(void)buf_add_be64(&b, 8);
	(void)buf_add_le32(&b, 0x090a0b0c);
	(void)buf_add_le64(&b, 0x0d);
	(void)buf_add_be128(&b, (u128)1 << 64 | 2);
	assert_int_equal(buf_err(&b), ERR_OK);
	assert_int_equal(b.len, sizeof(want));
	assert_memory_equal(b.p, want, sizeof(want));
	buf_fini(&b);
}

static void hex_spans_and_text_are_appended_in_order(void **state)
{
	(void)state;
	struct buf b;

	buf_init(&b, 100);
	(void)buf_add_hex(&b, "\x00\x9f\xff", 3);
	(void)buf_add_span(&b, span_str("-"));
	(void)buf_add_span(&b, span_of(NULL, 0));
	(void)buf_addf(&b, "%d", 42);
	assert_string_equal(buf_str(&b), "009fff-42");
	assert_int_equal(b.len, 9);
	buf_fini(&b);
	assert_string_equal(buf_str(&b), "");
}

static void each_failing_allocation_keeps_the_content(void **state)
{
	(void)state;
	bool refused = true;

	for (size_t n = 0; refused; n++) {
		struct buf b;

		buf_init(&b, 4096);
		alloc_fault_after(n);
		for (int i = 0; i < 100; i++)
			(void)buf_addf(&b, "%08d", i);
		refused = alloc_fault_off();
		assert_int_equal(buf_err(&b), refused ? ERR_NO_MEMORY : ERR_OK);
		assert_int_equal(b.len % 8, 0);
		if (b.len)
			assert_memory_equal(b.p, "00000000", 8);
		assert_true(refused || b.len == 800);
		buf_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_maximum_can_be_filled_but_not_passed),
		cmocka_unit_test(formatted_text_may_fill_the_maximum),
		cmocka_unit_test(a_maximum_of_nothing_takes_nothing),
		cmocka_unit_test(the_first_failure_stays_until_reset),
		cmocka_unit_test(a_length_that_would_wrap_is_too_large),
		cmocka_unit_test(integers_are_written_in_their_byte_order),
		cmocka_unit_test(hex_spans_and_text_are_appended_in_order),
		cmocka_unit_test(each_failing_allocation_keeps_the_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
