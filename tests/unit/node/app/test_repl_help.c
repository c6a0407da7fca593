/* tests/unit/node/app/test_repl_help.c - Claims about node/app/repl_help.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/app/repl_help.h"

static char *text_of(struct buf *out)
{
	(void)buf_add_u8(out, '\0');
	assert_int_equal(buf_err(out), ERR_OK);
	return (char *)out->p;
}

static void a_word_is_explained_with_versions_and_example(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1 << 16);
	assert_true(repl_help_word(&out, span_str("bit-not")));
	assert_string_equal(text_of(&out),
	                    "(bit-not A) -> A; A is int or uint\n"
	                    "Turns every bit over; for an int n that is -n - "
	                    "1.\n"
	                    "Since Clarity 2.\n"
	                    "Example:\n"
	                    "    (bit-not 5)\n"
	                    "    ;; -6\n");
	buf_fini(&out);
}

static void an_unknown_word_gets_a_near_one(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1 << 16);
	assert_false(repl_help_word(&out, span_str("map-gett?")));
	assert_string_equal(text_of(&out), "Clarity has no word 'map-gett?'; "
	                                   "did you mean 'map-get?'?\n");
	buf_reset(&out);
	assert_false(repl_help_word(&out, span_str("zzzzzz")));
	assert_string_equal(text_of(&out), "Clarity has no word 'zzzzzz'\n");
	buf_fini(&out);
}

/* Claims that no line is wider than the help is. */
static void fits(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len > REPL_HELP_WIDTH && memchr(text, ' ', len))
			fail_msg("too wide: %.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void every_word_has_a_page_that_fits(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < NATIVE_COUNT; i++) {
		struct span name = span_str(native_table[i].name);
		struct buf out;
		char *text;

		buf_init(&out, 1 << 16);
		assert_true(repl_help_word(&out, name));
		text = text_of(&out);
		/* The usage is one line, however long. */
		fits(strchr(text, '\n') + 1);
		buf_fini(&out);
	}
}

static void lists_are_of_the_version(void **state)
{
	struct buf out;
	char *text;

	(void)state;
	buf_init(&out, 1 << 16);
	repl_help_list(&out, CLARITY_3, false);
	text = text_of(&out);
	fits(text);
	assert_non_null(strstr(text, "as-contract "));
	assert_null(strstr(text, "as-contract?"));
	assert_non_null(strstr(text, "define-public"));
	assert_null(strstr(text, "tx-sender"));
	buf_reset(&out);
	repl_help_list(&out, CLARITY_3, true);
	text = text_of(&out);
	assert_non_null(strstr(text, "tx-sender"));
	assert_null(strstr(text, "current-contract"));
	buf_fini(&out);
}

static void verbs_stand_in_a_column(void **state)
{
	static const struct repl_verb rows[] = {
		{ "a", "", "one", NULL },
		{ "b", "X Y", "two", NULL },
	};
	const struct repl_verbs verbs = { rows, COUNT_OF(rows) };
	struct buf out;
	char *text;

	(void)state;
	buf_init(&out, 1 << 16);
	repl_help_verbs(&out, &verbs);
	text = text_of(&out);
	assert_non_null(strstr(text, "::b X Y  "));
	assert_int_equal(strstr(text, "one") - text,
	                 strstr(text, "two") - strstr(text, "::b"));
	buf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_explained_with_versions_and_example),
		cmocka_unit_test(an_unknown_word_gets_a_near_one),
		cmocka_unit_test(every_word_has_a_page_that_fits),
		cmocka_unit_test(lists_are_of_the_version),
		cmocka_unit_test(verbs_stand_in_a_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
