/* tests/unit/clarity/value/test_int128.c - Claims about int128.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/value/int128.h"

static void every_power_of_two_survives_text(void **state)
{
	(void)state;
	for (unsigned shift = 0; shift < 128; shift++) {
		for (int near = -1; near <= 1; near++) {
			u128 u = ((u128)1 << shift) + (u128)near;
			i128 i = (i128)u;
			char text[INT128_MAX_TEXT];
			u128 got_u;
			i128 got_i;
			size_t n = int128_format_unsigned(text, u);

			assert_true(
			    int128_parse_unsigned(&got_u, span_of(text, n)));
			assert_true(got_u == u);
			n = int128_format(text, i);
			assert_true(int128_parse(&got_i, span_of(text, n)));
			assert_true(got_i == i);
		}
	}
}

static void the_longest_texts_fit(void **state)
{
	(void)state;
	char text[INT128_MAX_TEXT];

	assert_int_equal(int128_format(text, I128_MIN), INT128_MAX_TEXT);
	assert_memory_equal(text, "-170141183460469231731687303715884105728",
	                    INT128_MAX_TEXT);
	assert_int_equal(int128_format_unsigned(text, U128_MAX), 39);
}

static void hex_takes_32_digits_of_either_case(void **state)
{
	(void)state;
	u128 u = 7;

	assert_true(
	    int128_parse_hex(&u, span_str("FFffFFffFFffFFffFFffFFffFFffFFff")));
	assert_true(u == U128_MAX);
	assert_true(int128_parse_hex(&u, span_str("0a")));
	assert_true(u == 10);
	assert_false(int128_parse_hex(
	    &u, span_str("000000000000000000000000000000000")));
	assert_false(int128_parse_hex(&u, span_str("")));
	assert_false(int128_parse_hex(&u, span_str("0x1")));
	assert_false(int128_parse_hex(&u, span_str("g")));
	assert_true(u == 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_power_of_two_survives_text),
		cmocka_unit_test(the_longest_texts_fit),
		cmocka_unit_test(hex_takes_32_digits_of_either_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
