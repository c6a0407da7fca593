/* tests/unit/clarity/value/test_version.c - Claims about version.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/base/check.h"
#include "clarity/value/version.h"

static void each_epoch_has_its_newest_version(void **state)
{
	(void)state;
	assert_int_equal(version_max(EPOCH_2_05), CLARITY_1);
	assert_int_equal(version_max(EPOCH_2_1), CLARITY_2);
	assert_int_equal(version_max(EPOCH_3_0), CLARITY_3);
	assert_int_equal(version_max(EPOCH_3_2), CLARITY_3);
	assert_int_equal(version_max(EPOCH_3_3), CLARITY_4);
	assert_int_equal(version_max(EPOCH_3_4), CLARITY_5);
	assert_int_equal(version_max(EPOCH_4_0), CLARITY_6);
	assert_int_equal(version_max(EPOCH_4_1), CLARITY_6);
}

static void every_way_to_write_a_version_is_read(void **state)
{
	(void)state;
	for (int i = CLARITY_FIRST; i <= CLARITY_LAST; i++) {
		enum clarity_version v = (enum clarity_version)i;
		enum clarity_version got;
		char digit[] = { (char)('0' + i), '\0' };

		assert_true(version_parse(&got, span_str(version_text(v))));
		assert_int_equal(got, v);
		assert_true(version_parse(&got, span_str(version_name(v))));
		assert_int_equal(got, v);
		assert_true(version_parse(&got, span_str(digit)));
		assert_int_equal(got, v);
	}
}

static void other_texts_are_no_version(void **state)
{
	(void)state;
	static const char *const bad[] = { "0",        "7",          "",
		                           "12",       "clarity",    "clarity ",
		                           "clarity7", "Clarity  2", "cl4" };
	enum clarity_version v = CLARITY_3;

	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(version_parse(&v, span_str(bad[i])));
	assert_int_equal(v, CLARITY_3);
}

static void gates_open_exactly_at_their_version(void **state)
{
	(void)state;
	for (int i = CLARITY_FIRST; i <= CLARITY_LAST; i++) {
		enum clarity_version v = (enum clarity_version)i;

		assert_int_equal(version_has_callables(v), i >= 2);
		assert_int_equal(version_compares_sequences(v), i >= 2);
		assert_int_equal(version_principal_of_knows_network(v), i >= 2);
		assert_int_equal(version_hashes_r1_twice(v), i <= 4);
		assert_int_equal(version_guards_log_of_zero(v), i >= 5);
		assert_int_equal(version_concat_is_variadic(v), i >= 6);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_epoch_has_its_newest_version),
		cmocka_unit_test(every_way_to_write_a_version_is_read),
		cmocka_unit_test(other_texts_are_no_version),
		cmocka_unit_test(gates_open_exactly_at_their_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
