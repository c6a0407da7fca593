/* tests/unit/clarity/base/test_near.c - Claims about clarity/base/near.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/near.h"

static unsigned apart(const char *a, const char *b)
{
	unsigned there = near_distance(span_str(a), span_str(b));

	assert_int_equal(there, near_distance(span_str(b), span_str(a)));
	return there;
}

static void each_slip_counts_one(void **state)
{
	(void)state;

	assert_int_equal(apart("", ""), 0);
	assert_int_equal(apart("", "abc"), 3);
	assert_int_equal(apart("same", "same"), 0);
	assert_int_equal(apart("balance", "balnce"), 1);
	assert_int_equal(apart("balance", "ballance"), 1);
	assert_int_equal(apart("balance", "balance?"), 1);
	assert_int_equal(apart("balance", "balamce"), 1);
	assert_int_equal(apart("balance", "balacne"), 1);
	assert_int_equal(apart("kitten", "sitting"), 3);
}

static void overlong_names_are_compared_by_their_start(void **state)
{
	(void)state;
	char a[NEAR_LEN_MAX + 3];
	char b[NEAR_LEN_MAX + 3];

	memset(a, 'a', sizeof(a));
	memset(b, 'a', sizeof(b));
	b[NEAR_LEN_MAX] = 'b';
	assert_int_equal(
	    near_distance(span_of(a, sizeof(a)), span_of(b, sizeof(b))), 0);
	b[NEAR_LEN_MAX - 1] = 'b';
	assert_int_equal(
	    near_distance(span_of(a, sizeof(a)), span_of(b, sizeof(b))), 1);
	memset(b, 'b', sizeof(b));
	assert_int_equal(
	    near_distance(span_of(a, sizeof(a)), span_of(b, sizeof(b))),
	    NEAR_LEN_MAX);
}

static const char *meant(const char *want)
{
	static const char *const names[] = { "check", "chuck", "abi", "ast",
		                             "x" };
	struct near n;

	near_init(&n, span_str(want));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		near_offer(&n, span_str(names[i]));
	return n.best.len ? (const char *)n.best.p : "";
}

static void the_nearest_wins_and_of_equals_the_first(void **state)
{
	(void)state;

	assert_string_equal(meant("chekc"), "check");
	assert_string_equal(meant("chck"), "check");
	assert_string_equal(meant("chuk"), "chuck");
	assert_string_equal(meant("abo"), "abi");
}

static void what_is_far_is_not_suggested(void **state)
{
	(void)state;

	assert_string_equal(meant("frobnicate"), "");
	assert_string_equal(meant("y"), "");
	assert_string_equal(meant(""), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_slip_counts_one),
		cmocka_unit_test(overlong_names_are_compared_by_their_start),
		cmocka_unit_test(the_nearest_wins_and_of_equals_the_first),
		cmocka_unit_test(what_is_far_is_not_suggested),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
