/* tests/unit/pox/test_u256.c - Claims about pox/u256.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "pox/u256.h"
#include "tests/lib/hex.h"

static void bytes_are_read_lowest_first(void **state)
{
	(void)state;
	uint8_t bytes[32] = { 1, 2 };
	uint8_t shown[32];

	bytes[31] = 0xfe;
	u256_write_be(shown, u256_read_le(bytes));
	for (size_t i = 0; i < 32; i++)
		assert_int_equal(shown[i], bytes[31 - i]);
}

static void a_quotient_is_exact_and_rounds_down(void **state)
{
	(void)state;
	uint8_t shown[32];

	u256_write_be(shown, u256_mul_div(u256_max, 1, 3));
	assert_hex(shown, 32,
	           "5555555555555555555555555555555555555555555555555555555555"
	           "555555");
	u256_write_be(shown, u256_mul_div(u256_max, 1, 4));
	assert_hex(shown, 32,
	           "3fffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
	           "ffffff");
	assert_int_equal(
	    u256_cmp(u256_mul_div(u256_max, UINT64_MAX, UINT64_MAX), u256_max),
	    0);
	assert_int_equal(
	    u256_cmp(u256_mul_div(u256_max, 0, 7), u256_shifted(0, 0)), 0);
}

static void shifts_cross_words(void **state)
{
	(void)state;
	struct u256 x = u256_shifted(3, 63);

	assert_int_equal(x.w[0], (uint64_t)1 << 63);
	assert_int_equal(x.w[1], 1);
	assert_int_equal(u256_shifted(5, 192).w[3], 5);
	assert_int_equal(u256_shifted(2, 255).w[3], 0);
	assert_true(u256_cmp(u256_shifted(1, 64), u256_shifted(9, 0)) > 0);
	assert_true(u256_cmp(u256_shifted(1, 64), u256_shifted(1, 65)) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_read_lowest_first),
		cmocka_unit_test(a_quotient_is_exact_and_rounds_down),
		cmocka_unit_test(shifts_cross_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
