/* tests/unit/clarity/base/test_num.c - Claims about clarity/base/num.h. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/num.h"

static void sums_say_when_they_pass_the_type(void **state)
{
	(void)state;
	uint32_t a;
	uint64_t b;
	u128 c;
	i128 d;

	assert_true(u32_add(&a, UINT32_MAX - 1, 1) && a == UINT32_MAX);
	assert_false(u32_add(&a, UINT32_MAX, 1));
	assert_true(u64_add(&b, UINT64_MAX - 1, 1) && b == UINT64_MAX);
	assert_false(u64_add(&b, UINT64_MAX, 1));
	assert_true(u128_add(&c, U128_MAX - 1, 1) && c == U128_MAX);
	assert_false(u128_add(&c, U128_MAX, 1));
	assert_true(i128_add(&d, I128_MAX - 1, 1) && d == I128_MAX);
	assert_false(i128_add(&d, I128_MAX, 1));
	assert_false(i128_add(&d, I128_MIN, -1));
}

static void differences_say_when_they_pass_zero(void **state)
{
	(void)state;
	uint32_t a;
	uint64_t b;
	u128 c;
	i128 d;

	assert_true(u32_sub(&a, 1, 1) && a == 0);
	assert_false(u32_sub(&a, 1, 2));
	assert_true(u64_sub(&b, 1, 1) && b == 0);
	assert_false(u64_sub(&b, 1, 2));
	assert_true(u128_sub(&c, 1, 1) && c == 0);
	assert_false(u128_sub(&c, 1, 2));
	assert_true(i128_sub(&d, I128_MIN + 1, 1) && d == I128_MIN);
	assert_false(i128_sub(&d, I128_MIN, 1));
}

static void products_say_when_they_pass_the_type(void **state)
{
	(void)state;
	uint32_t a;
	uint64_t b;
	u128 c;
	i128 d;

	assert_true(u32_mul(&a, 0xffff, 0x10001) && a == UINT32_MAX);
	assert_false(u32_mul(&a, 0x10000, 0x10000));
	assert_true(u64_mul(&b, UINT32_MAX, 0x100000001) && b == UINT64_MAX);
	assert_false(u64_mul(&b, 0x100000000, 0x100000000));
	assert_true(u128_mul(&c, U128_MAX / 3, 3) && c == U128_MAX);
	assert_false(u128_mul(&c, (u128)1 << 64, (u128)1 << 64));
	assert_true(i128_mul(&d, I128_MIN / 2, 2) && d == I128_MIN);
	assert_false(i128_mul(&d, I128_MIN, -1));
}

static void saturating_arithmetic_stops_at_the_top(void **state)
{
	(void)state;

	assert_true(u64_add_sat(UINT64_MAX - 1, 1) == UINT64_MAX);
	assert_true(u64_add_sat(UINT64_MAX, 1) == UINT64_MAX);
	assert_true(u64_add_sat(1, 2) == 3);
	assert_true(u64_mul_sat(UINT64_MAX, 2) == UINT64_MAX);
	assert_true(u64_mul_sat(UINT64_MAX, 1) == UINT64_MAX);
	assert_true(u64_mul_sat(6, 7) == 42);
}

static void the_logarithm_is_floored(void **state)
{
	(void)state;

	assert_int_equal(u64_log2(1), 0);
	for (unsigned k = 1; k < 64; k++) {
		assert_int_equal(u64_log2(((uint64_t)1 << k) - 1), k - 1);
		assert_int_equal(u64_log2((uint64_t)1 << k), k);
	}
	assert_int_equal(u64_log2(UINT64_MAX), 63);
}

static bool parses(const char *s, uint64_t want)
{
	uint64_t v = 7;

	return u64_parse(&v, s, strlen(s)) ? v == want : want == 7 && v == 7;
}

static void numbers_are_parsed_up_to_the_last(void **state)
{
	(void)state;

	assert_true(parses("0", 0));
	assert_true(parses("0012", 12));
	assert_true(parses("18446744073709551614", UINT64_MAX - 1));
	assert_true(parses("18446744073709551615", UINT64_MAX));
	assert_true(parses("18446744073709551616", 7));
	assert_true(parses("99999999999999999999", 7));
	assert_true(parses("", 7));
	assert_true(parses("-1", 7));
	assert_true(parses("1 ", 7));
	assert_true(parses("/", 7));
	assert_true(parses(":", 7));
}

static void numbers_are_formatted_up_to_the_last(void **state)
{
	(void)state;
	char text[U128_TEXT];

	assert_int_equal(u128_format(text, 0), 1);
	assert_string_equal(text, "0");
	assert_int_equal(u128_format(text, 1000), 4);
	assert_string_equal(text, "1000");
	assert_int_equal(u128_format(text, U128_MAX), 39);
	assert_string_equal(text, "340282366920938463463374607431768211455");
}

static void loads_undo_stores(void **state)
{
	(void)state;
	uint8_t b[17];

	for (int shift = 0; shift < 128; shift++) {
		u128 v = ((u128)0xf1 << shift) ^ 0x5a;

		be128_write(b + 1, v);
		assert_true(be128_read(b + 1) == v);
		be64_write(b + 1, (uint64_t)v);
		assert_true(be64_read(b + 1) == (uint64_t)v);
		le64_write(b + 1, (uint64_t)v);
		assert_true(le64_read(b + 1) == (uint64_t)v);
		be32_write(b + 1, (uint32_t)v);
		assert_true(be32_read(b + 1) == (uint32_t)v);
		le32_write(b + 1, (uint32_t)v);
		assert_true(le32_read(b + 1) == (uint32_t)v);
		be16_write(b + 1, (uint16_t)v);
		assert_true(be16_read(b + 1) == (uint16_t)v);
	}
	be32_write(b, 0x01020304);
	assert_memory_equal(b, "\x01\x02\x03\x04", 4);
	le32_write(b, 0x01020304);
	assert_memory_equal(b, "\x04\x03\x02\x01", 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_say_when_they_pass_the_type),
		cmocka_unit_test(differences_say_when_they_pass_zero),
		cmocka_unit_test(products_say_when_they_pass_the_type),
		cmocka_unit_test(saturating_arithmetic_stops_at_the_top),
		cmocka_unit_test(the_logarithm_is_floored),
		cmocka_unit_test(numbers_are_parsed_up_to_the_last),
		cmocka_unit_test(numbers_are_formatted_up_to_the_last),
		cmocka_unit_test(loads_undo_stores),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
