/* tests/unit/clarity/check/test_rule.c - words by version. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void a_word_is_unknown_outside_of_its_versions(void **state)
{
	static char source[256];

	(void)state;
	for (uint32_t id = 0; id < NATIVE_KEYWORDS; id++) {
		const struct native_info *w = &native_table[id];

		(void)snprintf(source, sizeof(source), "(%s)", w->name);
		for (int v = CLARITY_1; v <= CLARITY_6; v++) {
			struct judged_setting s = {
				.epoch = EPOCH_4_1,
				.version = (enum clarity_version)v
			};
			struct judged j;
			bool is_known = v >= w->first && v <= w->last;

			judged_open(&j, source, &s);
			assert_int_equal(
			    strcmp(judged_verdict(&j), "UnknownFunction") != 0,
			    is_known);
			judged_close(&j);
		}
	}
}

static void too_few_arguments_are_refused_by_every_word(void **state)
{
	static char source[256];

	(void)state;
	for (uint32_t id = 0; id < NATIVE_KEYWORDS; id++) {
		const struct native_info *w = &native_table[id];
		struct judged_setting s = { .epoch = EPOCH_4_1,
			                    .version =
			                        (enum clarity_version)w->last };
		struct judged j;

		if (w->min == 0 || w->family == NATIVE_FAMILY_ALLOWANCE)
			continue;
		(void)snprintf(source, sizeof(source), "(%s)", w->name);
		judged_open(&j, source, &s);
		if (!strstr(judged_verdict(&j), "Argument"))
			fail_msg("%s: %s", w->name, judged_verdict(&j));
		judged_close(&j);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_unknown_outside_of_its_versions),
		cmocka_unit_test(too_few_arguments_are_refused_by_every_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
