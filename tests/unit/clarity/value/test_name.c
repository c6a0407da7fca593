/* tests/unit/clarity/value/test_name.c - Claims about clarity/value/name.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/value/name.h"

static bool clarity(const char *s)
{
	return name_is_clarity(span_str(s));
}

static bool contract(const char *s)
{
	return name_is_contract(span_str(s));
}

static void a_letter_may_start_a_name(void **state)
{
	(void)state;
	assert_true(clarity("a"));
	assert_true(clarity("Z9-_!?+<>=/*"));
	assert_false(clarity("9a"));
	assert_false(clarity("_a"));
	assert_false(clarity("a b"));
	assert_false(clarity("a.b"));
	assert_false(clarity(""));
}

static void operators_are_names_alone_only(void **state)
{
	(void)state;
	static const char *const good[] = { "-", "+", "=",  "/", "*",
		                            "<", ">", "<=", ">=" };
	static const char *const bad[] = { "==", "--", "=<",  "<>", "!",
		                           "?",  "_",  "<=a", "+1" };

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(clarity(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(clarity(bad[i]));
}

static void only_the_listed_bytes_may_follow(void **state)
{
	(void)state;
	static const char allowed[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "-_!?+<>=/*";

	for (unsigned c = 0; c < 256; c++) {
		uint8_t name[2] = { 'a', (uint8_t)c };
		bool is_allowed = c && strchr(allowed, (int)c);

		assert_int_equal(name_is_clarity(span_of(name, 2)), is_allowed);
		assert_int_equal(name_has_char((uint8_t)c), is_allowed);
	}
}

static void names_end_at_128_bytes(void **state)
{
	(void)state;
	char name[130];

	memset(name, 'x', sizeof(name));
	assert_true(name_is_clarity(span_of(name, 127)));
	assert_true(name_is_clarity(span_of(name, 128)));
	assert_false(name_is_clarity(span_of(name, 129)));
	assert_true(name_is_contract(span_of(name, 128)));
	assert_false(name_is_contract(span_of(name, 129)));
}

static void contract_names_have_no_operators(void **state)
{
	(void)state;
	assert_true(contract("hello-world_9"));
	assert_true(contract("__transient"));
	assert_false(contract("__transienT"));
	assert_false(contract("_a"));
	assert_false(contract("a!"));
	assert_false(contract("a+b"));
	assert_false(contract("-"));
	assert_false(contract(""));
}

static void a_newline_behind_a_name_is_no_name(void **state)
{
	(void)state;
	assert_false(clarity("a\n"));
	assert_false(contract("a\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_may_start_a_name),
		cmocka_unit_test(operators_are_names_alone_only),
		cmocka_unit_test(only_the_listed_bytes_may_follow),
		cmocka_unit_test(names_end_at_128_bytes),
		cmocka_unit_test(contract_names_have_no_operators),
		cmocka_unit_test(a_newline_behind_a_name_is_no_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
