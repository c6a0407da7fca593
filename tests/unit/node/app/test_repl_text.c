/* tests/unit/node/app/test_repl_text.c - Claims about node/app/repl_text.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/app/repl_text.h"

static void is_state(const char *text, enum repl_text_state state,
                     unsigned depth)
{
	struct repl_text t;

	assert_int_equal(repl_text_look(span_str(text), &t), ERR_OK);
	if (t.state != state)
		fail_msg("%s: %d", text, t.state);
	assert_int_equal(t.depth, depth);
}

static void nothing_is_empty(void **state)
{
	(void)state;
	is_state("", REPL_TEXT_EMPTY, 0);
	is_state(" \t", REPL_TEXT_EMPTY, 0);
	is_state(";; only a remark", REPL_TEXT_EMPTY, 0);
}

static void an_open_bracket_wants_more(void **state)
{
	(void)state;
	is_state("(", REPL_TEXT_MORE, 1);
	is_state("(a (b", REPL_TEXT_MORE, 2);
	is_state("(define-public (f)\n  (ok {", REPL_TEXT_MORE, 3);
	is_state("{", REPL_TEXT_MORE, 1);
	is_state("{a", REPL_TEXT_MORE, 1);
	is_state("{a:", REPL_TEXT_MORE, 1);
	is_state("{a: 1", REPL_TEXT_MORE, 1);
	is_state("{a: 1,", REPL_TEXT_MORE, 1);
	is_state("(a) (b ;; )", REPL_TEXT_MORE, 1);
	is_state("(a \")\"", REPL_TEXT_MORE, 1);
}

static void what_is_closed_is_whole(void **state)
{
	(void)state;
	is_state("(a)", REPL_TEXT_WHOLE, 0);
	is_state("1", REPL_TEXT_WHOLE, 0);
	is_state("(a) b {c: 1}", REPL_TEXT_WHOLE, 0);
}

static void what_more_text_cannot_mend_is_whole(void **state)
{
	(void)state;
	is_state(")", REPL_TEXT_WHOLE, 0);
	is_state("(a ]", REPL_TEXT_WHOLE, 0);
	is_state("(a \"b", REPL_TEXT_WHOLE, 0);
	is_state("{a b", REPL_TEXT_WHOLE, 0);
	is_state("(a(b", REPL_TEXT_MORE, 2);
}

static void word_is(const char *line, size_t cursor, const char *want)
{
	struct span word = repl_text_word(span_str(line), cursor);

	assert_int_equal(word.len, strlen(want));
	assert_memory_equal(word.p, want, word.len);
}

static void the_word_ends_at_the_cursor(void **state)
{
	(void)state;
	word_is("(map-s x)", 6, "map-s");
	word_is("(map-s x)", 3, "ma");
	word_is("(map-s x)", 7, "");
	word_is("", 0, "");
	word_is("{a:fo", 5, "fo");
	word_is("::he", 4, "::he");
	word_is("::", 2, "::");
	word_is("(::he", 5, "he");
}

static void a_word_behind_a_bracket_is_a_head(void **state)
{
	(void)state;
	assert_true(repl_text_is_head(span_str("(ma"), 1));
	assert_true(repl_text_is_head(span_str("(a ( ma"), 5));
	assert_false(repl_text_is_head(span_str("(a ma"), 3));
	assert_false(repl_text_is_head(span_str("ma"), 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_empty),
		cmocka_unit_test(an_open_bracket_wants_more),
		cmocka_unit_test(what_is_closed_is_whole),
		cmocka_unit_test(what_more_text_cannot_mend_is_whole),
		cmocka_unit_test(the_word_ends_at_the_cursor),
		cmocka_unit_test(a_word_behind_a_bracket_is_a_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
