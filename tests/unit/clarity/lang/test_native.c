/* tests/unit/clarity/lang/test_native.c - Claims about clarity/lang/native.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/lang/native.h"
#include "clarity/value/name.h"

static uint32_t functions_in(enum clarity_version v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < NATIVE_COUNT; i++)
		n += native_is_function(i, v);
	return n;
}

static void each_version_has_its_number_of_functions(void **state)
{
	(void)state;
	assert_int_equal(functions_in(CLARITY_1), 82);
	assert_int_equal(functions_in(CLARITY_2), 108);
	assert_int_equal(functions_in(CLARITY_3), 109);
	assert_int_equal(functions_in(CLARITY_4), 118);
	assert_int_equal(functions_in(CLARITY_5), 117);
	assert_int_equal(functions_in(CLARITY_6), 122);
}

static void the_table_has_126_functions_16_keywords_11_forms(void **state)
{
	(void)state;
	assert_int_equal(NATIVE_KEYWORDS, 126);
	assert_int_equal(NATIVE_DEFINES - NATIVE_KEYWORDS, 16);
	assert_int_equal(NATIVE_COUNT - NATIVE_DEFINES, 11);
}

static void every_word_is_found_by_its_name_and_is_a_name(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		const struct native_info *w = &native_table[i];
		struct span name = span_of(w->name, w->len);

		assert_int_equal(strlen(w->name), w->len);
		assert_int_equal(native_find(name), i);
		assert_true(name_is_clarity(name));
		assert_true(w->first <= w->last && w->last <= CLARITY_6);
		assert_true(w->min <= w->max);
	}
	assert_int_equal(native_find(span_str("define-everything")),
	                 NATIVE_COUNT);
}

static void words_come_and_go_with_versions(void **state)
{
	(void)state;
	assert_true(native_is_in(NATIVE_AS_CONTRACT, CLARITY_3));
	assert_false(native_is_in(NATIVE_AS_CONTRACT, CLARITY_4));
	assert_false(native_is_in(NATIVE_AS_CONTRACT_SAFE, CLARITY_3));
	assert_true(native_is_in(NATIVE_AS_CONTRACT_SAFE, CLARITY_4));
	assert_true(native_is_in(NATIVE_WITH_STACKING, CLARITY_5));
	assert_false(native_is_in(NATIVE_WITH_STACKING, CLARITY_6));
	assert_true(native_is_keyword(KEYWORD_BLOCK_HEIGHT, CLARITY_2));
	assert_false(native_is_keyword(KEYWORD_BLOCK_HEIGHT, CLARITY_3));
	assert_false(native_is_in(NATIVE_COUNT, CLARITY_6));
}

static void groups_do_not_overlap(void **state)
{
	(void)state;
	assert_false(native_is_function(KEYWORD_TX_SENDER, CLARITY_1));
	assert_false(native_is_keyword(NATIVE_ADD, CLARITY_1));
	assert_true(native_is_define(DEFINE_IMPL_TRAIT));
	assert_false(native_is_define(KEYWORD_CURRENT_CONTRACT));
	assert_false(native_is_define(NATIVE_COUNT));
}

static void concat_takes_more_than_two_from_clarity_6(void **state)
{
	(void)state;
	assert_int_equal(native_max(NATIVE_CONCAT, CLARITY_5), 2);
	assert_int_equal(native_max(NATIVE_CONCAT, CLARITY_6), NATIVE_MANY);
	assert_int_equal(native_max(NATIVE_FOLD, CLARITY_1), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_version_has_its_number_of_functions),
		cmocka_unit_test(
		    the_table_has_126_functions_16_keywords_11_forms),
		cmocka_unit_test(every_word_is_found_by_its_name_and_is_a_name),
		cmocka_unit_test(words_come_and_go_with_versions),
		cmocka_unit_test(groups_do_not_overlap),
		cmocka_unit_test(concat_takes_more_than_two_from_clarity_6),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
