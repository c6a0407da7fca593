/* tests/unit/clarity/lang/test_diag.c - Claims about clarity/lang/diag.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/lang/diag.h"

static const struct diag_rule some_rule = { DIAG_CHECK, 7, "SomeRule" };

static void is_place(const char *source, uint32_t offset, uint32_t line,
                     uint32_t column)
{
	struct diag_place p = diag_place(span_str(source), offset);

	assert_int_equal(p.line, line);
	assert_int_equal(p.column, column);
}

static void places_count_from_one(void **state)
{
	(void)state;
	is_place("", 0, 1, 1);
	is_place("ab\ncd", 0, 1, 1);
	is_place("ab\ncd", 2, 1, 3);
	is_place("ab\ncd", 3, 2, 1);
	is_place("ab\ncd", 4, 2, 2);
	is_place("\n\n\nx", 3, 4, 1);
}

static void the_end_is_behind_the_last_byte_even_of_a_line_end(void **state)
{
	(void)state;
	is_place("ab\ncd", 5, 2, 3);
	is_place("ab\n", 3, 1, 4);
	is_place("ab\n", 99, 1, 4);
}

static void a_report_is_filled_and_reset(void **state)
{
	struct diag d;

	(void)state;
	diag_reset(&d);
	assert_int_equal(d.rule.stage, DIAG_NONE);
	diag_set(&d, some_rule, (struct diag_span){ 1, 2 }, "%s is %d", "x", 3);
	diag_suggest(&d, "try %s", "y");
	assert_string_equal(d.message, "x is 3");
	assert_string_equal(d.suggestion, "try y");
	assert_string_equal(d.rule.name, "SomeRule");
	diag_set(&d, some_rule, (struct diag_span){ 1, 2 }, "z");
	assert_string_equal(d.suggestion, "");
	diag_set(NULL, some_rule, (struct diag_span){ 1, 2 }, "z");
	diag_suggest(NULL, "z");
}

static void a_long_message_is_cut_and_says_so(void **state)
{
	struct diag d;
	char text[DIAG_MESSAGE_MAX + 1];

	(void)state;
	memset(text, 'a', sizeof(text));
	text[DIAG_MESSAGE_MAX - 1] = '\0';
	diag_set(&d, some_rule, (struct diag_span){ 0, 0 }, "%s", text);
	assert_string_equal(d.message, text);
	text[DIAG_MESSAGE_MAX - 1] = 'a';
	text[DIAG_MESSAGE_MAX] = '\0';
	diag_set(&d, some_rule, (struct diag_span){ 0, 0 }, "%s", text);
	assert_int_equal(strlen(d.message), DIAG_MESSAGE_MAX - 1);
	assert_string_equal(d.message + DIAG_MESSAGE_MAX - 4, "...");
}

/* The nearest of some names, or "". */
static void nearest_is(const char *name, const char *want)
{
	static const char *const names[] = { "map-get?", "map-set",  "var-get",
		                             "balance",  "balances", "ok",
		                             "total" };
	struct span best = span_of(NULL, 0);

	for (size_t i = 0; i < COUNT_OF(names); i++)
		(void)diag_nearest(span_str(name), &best, span_str(names[i]));
	assert_int_equal(best.len, strlen(want));
	assert_memory_equal(best.p ? best.p : (const uint8_t *)"", want,
	                    best.len);
}

static void the_nearest_name_is_found_if_any_is_near(void **state)
{
	(void)state;
	nearest_is("map-get", "map-get?");
	nearest_is("map_set", "map-set");
	nearest_is("balnace", "balance");
	nearest_is("balancse", "balance");
	nearest_is("tota", "total");
	nearest_is("completely-other", "");
	nearest_is("x", "");
	nearest_is("", "");
}

static void is_rendered(const char *source, struct diag_span span,
                        const char *file, const char *want)
{
	struct diag d;
	struct buf out;

	diag_set(&d, some_rule, span, "it is wrong");
	buf_init(&out, 4096);
	diag_render(&out, &d, file, span_str(source), false);
	(void)buf_add_u8(&out, '\0');
	assert_string_equal((const char *)out.p, want);
	buf_fini(&out);
}

static void a_report_shows_the_line_and_a_caret(void **state)
{
	(void)state;
	is_rendered("(a)\n(b\tcde)\n", (struct diag_span){ 7, 10 }, "f.clar",
	            "f.clar:2:4: error: it is wrong [SomeRule]\n"
	            "    (b cde)\n"
	            "       ^~~\n");
	is_rendered("(a", (struct diag_span){ 2, 2 }, NULL,
	            "1:3: error: it is wrong [SomeRule]\n"
	            "    (a\n"
	            "      ^\n");
	is_rendered("(a\n", (struct diag_span){ 3, 3 }, NULL,
	            "1:4: error: it is wrong [SomeRule]\n"
	            "    (a\n"
	            "       ^\n");
}

static void a_report_without_place_shows_none(void **state)
{
	(void)state;
	is_rendered("(a)", (struct diag_span){ 0, 0 }, "f",
	            "f: error: it is wrong [SomeRule]\n");
	is_rendered("(a)", (struct diag_span){ 0, 0 }, NULL,
	            "error: it is wrong [SomeRule]\n");
}

static void a_span_over_lines_is_marked_on_its_first(void **state)
{
	(void)state;
	is_rendered("(a\n b)", (struct diag_span){ 0, 6 }, NULL,
	            "1:1: error: it is wrong [SomeRule]\n"
	            "    (a\n"
	            "    ^~\n");
}

static void bytes_of_no_terminal_are_question_marks(void **state)
{
	(void)state;
	is_rendered("a\x1b[31m\xc3\xa9", (struct diag_span){ 1, 2 }, NULL,
	            "1:2: error: it is wrong [SomeRule]\n"
	            "    a?[31m??\n"
	            "     ^\n");
}

static void a_long_line_is_cut_around_the_place(void **state)
{
	char line[1001];
	struct diag d;
	struct buf out;

	(void)state;
	memset(line, '-', sizeof(line));
	line[500] = 'X';
	line[1000] = '\0';
	for (uint32_t at = 0; at <= 1000; at += 50) {
		diag_set(&d, some_rule, (struct diag_span){ at, at + 1 }, "w");
		buf_init(&out, 4096);
		diag_render(&out, &d, NULL, span_str(line), false);
		(void)buf_add_u8(&out, '\0');
		assert_true(out.len < 500);

		const char *shown = strchr((const char *)out.p, '\n') + 1;
		const char *caret = strchr(strchr(shown, '\n'), '^');
		size_t column = (size_t)(caret - strchr(shown, '\n') - 1);

		assert_int_equal(shown[column], at == 500    ? 'X'
		                                : at == 1000 ? '\n'
		                                             : '-');
		buf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_count_from_one),
		cmocka_unit_test(
		    the_end_is_behind_the_last_byte_even_of_a_line_end),
		cmocka_unit_test(a_report_is_filled_and_reset),
		cmocka_unit_test(a_long_message_is_cut_and_says_so),
		cmocka_unit_test(the_nearest_name_is_found_if_any_is_near),
		cmocka_unit_test(a_report_shows_the_line_and_a_caret),
		cmocka_unit_test(a_report_without_place_shows_none),
		cmocka_unit_test(a_span_over_lines_is_marked_on_its_first),
		cmocka_unit_test(bytes_of_no_terminal_are_question_marks),
		cmocka_unit_test(a_long_line_is_cut_around_the_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
