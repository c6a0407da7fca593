/* tests/unit/node/app/test_repl_verb.c - Claims about node/app/repl_verb.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/app/repl_verb.h"

static void a_verb_is_found_by_its_whole_name(void **state)
{
	static const struct repl_verb rows[] = {
		{ "help", "", "", NULL },
		{ "he", "", "", NULL },
	};
	const struct repl_verbs verbs = { rows, 2 };
	const struct repl_verbs none = { NULL, 0 };

	(void)state;
	assert_ptr_equal(repl_verb_find(&verbs, span_str("help")), &rows[0]);
	assert_ptr_equal(repl_verb_find(&verbs, span_str("he")), &rows[1]);
	assert_null(repl_verb_find(&verbs, span_str("hel")));
	assert_null(repl_verb_find(&verbs, span_str("")));
	assert_null(repl_verb_find(&none, span_str("help")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verb_is_found_by_its_whole_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
