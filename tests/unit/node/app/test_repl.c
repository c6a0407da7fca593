/* tests/unit/node/app/test_repl.c - Claims about node/app/repl.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/app/repl.h"

/* Lines to read, and all that was said. */
struct script {
	const char *const *lines; /* up to a NULL; "^C" is a break */
	size_t at;
	struct buf said;   /* prompts, in brackets, and what was shown */
	struct buf judged; /* texts, each behind a bar */
	enum err result;   /* of the machine */
	size_t remembered;
};

static enum repl_read script_read(void *ctx, const char *prompt,
                                  struct buf *line)
{
	struct script *s = ctx;
	const char *text = s->lines[s->at];

	(void)buf_addf(&s->said, "[%s]", prompt);
	if (!text)
		return REPL_READ_END;
	s->at++;
	if (strcmp(text, "^C") == 0)
		return REPL_READ_BREAK;
	(void)buf_add_str(line, text);
	return REPL_READ_LINE;
}

static void script_remember(void *ctx, struct span text)
{
	struct script *s = ctx;

	s->remembered += text.len;
}

static void script_show(void *ctx, struct span text)
{
	struct script *s = ctx;

	(void)buf_add(&s->said, text.p, text.len);
}

static enum err script_eval(void *ctx, struct span text, struct buf *out)
{
	struct script *s = ctx;

	(void)buf_add_u8(&s->judged, '|');
	(void)buf_add(&s->judged, text.p, text.len);
	(void)buf_add_str(out, "done\n");
	return s->result;
}

static size_t script_names(void *ctx, const struct span **ret)
{
	static struct span name;

	(void)ctx;
	name = span_str("my-own-name");
	*ret = &name;
	return 1;
}

static enum clarity_version script_version(void *ctx)
{
	(void)ctx;
	return CLARITY_4;
}

static enum err verb_echo(void *ctx, struct span args, struct buf *out)
{
	struct script *s = ctx;

	if (args.len == 0)
		return ERR_SYNTAX;
	(void)buf_addf(out, "%zu <%.*s>\n", s->at, (int)args.len,
	               (const char *)args.p);
	return ERR_OK;
}

static const struct repl_verb rows[] = {
	{ "echo", "TEXT", "says it", verb_echo },
};

static enum err script_run(struct script *s, const char *const *lines)
{
	const struct repl_machine machine = { .ctx = s,
		                              .eval = script_eval,
		                              .names = script_names,
		                              .version = script_version,
		                              .verbs = { rows, 1 } };
	const struct repl_source source = { s, script_read, script_remember };
	struct repl r = { .machine = &machine,
		          .source = &source,
		          .show = script_show,
		          .show_ctx = s };

	s->lines = lines;
	buf_init(&s->said, 1 << 16);
	buf_init(&s->judged, 1 << 16);

	enum err e = repl_run(&r);

	assert_true(r.is_over);
	(void)buf_add_u8(&s->said, '\0');
	(void)buf_add_u8(&s->judged, '\0');
	return e;
}

static void script_close(struct script *s)
{
	buf_fini(&s->said);
	buf_fini(&s->judged);
}

static void is_judged(const char *const *lines, const char *judged)
{
	struct script s = { 0 };

	assert_int_equal(script_run(&s, lines), ERR_OK);
	assert_string_equal((const char *)s.judged.p, judged);
	script_close(&s);
}

static void is_said(const char *const *lines, const char *part)
{
	struct script s = { 0 };

	assert_int_equal(script_run(&s, lines), ERR_OK);
	if (!strstr((const char *)s.said.p, part))
		fail_msg("no '%s' in: %s", part, (const char *)s.said.p);
	script_close(&s);
}

static void a_text_is_evaluated_when_it_is_whole(void **state)
{
	static const char *const lines[] = { "(a", "  (b)", "",     ")",
		                             "2",  "",      ";; c", NULL };

	(void)state;
	is_judged(lines, "|(a\n  (b)\n\n)|2");
}

static void the_prompt_shows_how_deep_the_text_is(void **state)
{
	static const char *const lines[] = { "(a (b", "c)", ")", NULL };

	(void)state;
	is_said(lines, "[>> ][..     ][..   ]done\n[>> ]");
}

static void a_break_gives_the_text_up(void **state)
{
	static const char *const lines[] = { "(a", "^C", "3", NULL };

	(void)state;
	is_judged(lines, "|3");
}

static void an_unfinished_text_is_judged_at_the_end(void **state)
{
	static const char *const lines[] = { "(a", NULL };

	(void)state;
	is_judged(lines, "|(a");
}

static void faults_end_the_prompt_and_verdicts_do_not(void **state)
{
	static const char *const lines[] = { "1", "2", NULL };
	struct script s = { .result = ERR_NO_MEMORY };
	struct script t = { .result = ERR_PARSE };

	(void)state;
	assert_int_equal(script_run(&s, lines), ERR_NO_MEMORY);
	assert_string_equal((const char *)s.judged.p, "|1");
	script_close(&s);
	assert_int_equal(script_run(&t, lines), ERR_OK);
	assert_string_equal((const char *)t.judged.p, "|1|2");
	script_close(&t);
}

static void verbs_get_what_is_behind_them(void **state)
{
	static const char *const lines[] = { "::echo  a b ", NULL };
	static const char *const bare[] = { "::echo", NULL };

	(void)state;
	is_said(lines, "1 <a b>\n");
	is_said(bare, "::echo: the input is not of the expected form\n");
}

static void an_unknown_verb_gets_a_near_one(void **state)
{
	static const char *const lines[] = { "::ecoh x", NULL };
	static const char *const none[] = { "::zzzzz", NULL };

	(void)state;
	is_said(lines, "no verb is called ::ecoh; did you mean ::echo?\n");
	is_said(none, "no verb is called ::zzzzz\n");
}

static void a_verb_inside_of_a_text_is_text(void **state)
{
	static const char *const lines[] = { "(a", "::quit", ")", NULL };

	(void)state;
	is_judged(lines, "|(a\n::quit|)");
}

static void help_lists_own_and_other_verbs(void **state)
{
	static const char *const lines[] = { "::help", NULL };

	(void)state;
	is_said(lines, "::echo TEXT");
	is_said(lines, "::describe word");
}

static void help_with_a_word_explains_it(void **state)
{
	static const char *const lines[] = { "::help len", NULL };
	static const char *const describe[] = { "::describe len", NULL };
	static const char *const bare[] = { "::describe", NULL };

	(void)state;
	is_said(lines, "(len sequence) -> uint\n");
	is_said(describe, "(len sequence) -> uint\n");
	is_said(bare, "::describe needs a word of Clarity\n");
}

static void words_are_listed_for_the_present_version(void **state)
{
	static const char *const lines[] = { "::functions", "::keywords",
		                             NULL };

	(void)state;
	is_said(lines, "as-contract? ");
	is_said(lines, "current-contract ");
}

static void quitting_reads_nothing_more(void **state)
{
	static const char *const lines[] = { "1", "::quit", "2", NULL };
	static const char *const exits[] = { "::exit", "2", NULL };

	(void)state;
	is_judged(lines, "|1");
	is_judged(exits, "");
}

static void whole_texts_and_verbs_are_remembered(void **state)
{
	static const char *const lines[] = { "(a", ")", "::help", NULL };
	struct script s = { 0 };

	(void)state;
	assert_int_equal(script_run(&s, lines), ERR_OK);
	assert_int_equal(s.remembered, strlen("(a\n)") + strlen("::help"));
	script_close(&s);
}

static void completion_knows_words_names_and_verbs(void **state)
{
	static const char *const texts[] = { "(my-o", "::ech", "::hel",
		                             "(contract-h" };
	static const char *const wants[] = { "my-own-name", "::echo", "::help",
		                             "contract-hash?" };
	struct script s = { 0 };
	const struct repl_machine machine = { .ctx = &s,
		                              .names = script_names,
		                              .version = script_version,
		                              .verbs = { rows, 1 } };
	struct repl r = { .machine = &machine };

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct repl_completion c;
		struct arena a;

		arena_init(&a, 1 << 20);
		assert_int_equal(repl_complete_line(&r, &a, span_str(texts[i]),
		                                    strlen(texts[i]), &c),
		                 ERR_OK);
		assert_int_equal(c.n, 1);
		assert_int_equal(c.common.len, strlen(wants[i]));
		assert_memory_equal(c.common.p, wants[i], c.common.len);
		arena_fini(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_evaluated_when_it_is_whole),
		cmocka_unit_test(the_prompt_shows_how_deep_the_text_is),
		cmocka_unit_test(a_break_gives_the_text_up),
		cmocka_unit_test(an_unfinished_text_is_judged_at_the_end),
		cmocka_unit_test(faults_end_the_prompt_and_verdicts_do_not),
		cmocka_unit_test(verbs_get_what_is_behind_them),
		cmocka_unit_test(an_unknown_verb_gets_a_near_one),
		cmocka_unit_test(a_verb_inside_of_a_text_is_text),
		cmocka_unit_test(help_lists_own_and_other_verbs),
		cmocka_unit_test(help_with_a_word_explains_it),
		cmocka_unit_test(words_are_listed_for_the_present_version),
		cmocka_unit_test(quitting_reads_nothing_more),
		cmocka_unit_test(whole_texts_and_verbs_are_remembered),
		cmocka_unit_test(completion_knows_words_names_and_verbs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
