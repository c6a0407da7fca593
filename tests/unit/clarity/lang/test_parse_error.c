/* tests/unit/clarity/lang/test_parse_error.c - Claims about
 * clarity/lang/parse_error.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/lang/parse_error.h"

static void every_rule_has_a_name_and_a_text(void **state)
{
	(void)state;
	for (int i = 0; i < PARSE_ERROR_COUNT; i++) {
		enum parse_error e = (enum parse_error)i;
		struct diag d;

		assert_true(strlen(parse_error_rule(e)) > 0);
		assert_int_equal(parse_error_set(&d, e,
		                                 (struct diag_span){ 3, 4 },
		                                 span_str("x")),
		                 ERR_PARSE);
		assert_true(strlen(d.message) > 0);
		assert_null(strchr(d.message, '@'));
		assert_int_equal(d.rule.code, i);
		assert_string_equal(d.rule.name, parse_error_rule(e));
		assert_int_equal(d.span.end, 4);
	}
}

static void the_piece_of_source_is_in_the_text(void **state)
{
	struct diag d;

	(void)state;
	assert_int_equal(parse_error_at(&d, PARSE_ERROR_CHAR_INT,
	                                span_str("12x4"),
	                                (struct diag_span){ 2, 3 }),
	                 ERR_PARSE);
	assert_string_equal(d.message, "'x' cannot be part of an integer");
}

static void a_long_piece_is_cut(void **state)
{
	struct diag d;
	char piece[1000];

	(void)state;
	memset(piece, 'x', sizeof(piece));
	assert_int_equal(parse_error_set(&d, PARSE_ERROR_TOKEN,
	                                 (struct diag_span){ 0, 1 },
	                                 span_of(piece, sizeof(piece))),
	                 ERR_PARSE);
	assert_string_equal(d.message + strlen(d.message) - 22,
	                    "' does not belong here");
}

static void nobody_needs_to_listen(void **state)
{
	(void)state;
	assert_int_equal(parse_error_set(NULL, PARSE_ERROR_TOKEN,
	                                 (struct diag_span){ 0, 1 },
	                                 span_str("x")),
	                 ERR_PARSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_has_a_name_and_a_text),
		cmocka_unit_test(the_piece_of_source_is_in_the_text),
		cmocka_unit_test(a_long_piece_is_cut),
		cmocka_unit_test(nobody_needs_to_listen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
