/* tests/unit/clarity/base/test_cmd_page.c - Claims about cmd_page.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/cmd_page.h"

static int run_nothing(const struct cmd_args *args, void *ctx)
{
	(void)args;
	(void)ctx;
	return 0;
}

static const char *const colours[] = { "red", "green", NULL };

static const struct cmd_opt opts[] = {
	{ .name = "paint",
	  .letter = 'p',
	  .kind = CMD_CHOICE,
	  .value = "COLOUR",
	  .help = "the colour in which everything that can be painted is "
	          "painted when it is painted at all",
	  .choices = colours },
	{ .name = "dry-run", .help = "only say what would be done" },
	{ .name = "count",
	  .kind = CMD_NUMBER,
	  .value = "N",
	  .help = "how many",
	  .max = 9 },
	{ .name = "an-option-with-a-long-name",
	  .kind = CMD_SECRET_FILE,
	  .value = "FILE",
	  .help = "where it is" },
};

static const struct cmd verbs[] = {
	{ .name = "wall",
	  .summary = "paint a wall",
	  .operands = "WALL…",
	  .min_operands = 1,
	  .max_operands = 9,
	  .about = ".walls are painted from the top.\n\nThen they dry.",
	  .exits = "0 painted, 1 not painted, 2 no such wall",
	  .opts = opts,
	  .n_opts = COUNT_OF(opts),
	  .run = run_nothing },
};

static const struct cmd_program program = {
	.root = { .name = "paint-er",
	          .summary = "paint things",
	          .subs = verbs,
	          .n_subs = 1 },
	.version = "7",
};

static struct buf out;

static bool says(const char *what)
{
	return strstr(buf_str(&out), what) != NULL;
}

static void help_shows_each_option_in_80_columns(void **state)
{
	(void)state;
	const struct cmd *path[] = { &program.root, &verbs[0] };

	buf_reset(&out);
	cmd_page_help(&out, path, 2);
	assert_true(says("Usage: paint-er wall [OPTION…] WALL…\n\n"
	                 "paint a wall\n\n.walls are painted"));
	assert_true(says("top.\n\nThen they dry.\n"));
	assert_true(says("  -p, --paint COLOUR      the colour in which "
	                 "everything that can be painted is\n"
	                 "                          painted when it is painted "
	                 "at all (red, green)\n"));
	assert_true(says("      --count N           how many (0 to 9)\n"));
	assert_true(says("      --an-option-with-a-long-name FILE\n"
	                 "                          where it is (a file; - is "
	                 "standard input)\n"));
	assert_true(says("Exit codes:\n  0 painted"));
	for (const char *p = buf_str(&out); *p; p += strcspn(p, "\n") + 1)
		assert_true(strcspn(p, "\n") <= 80);
}

static void the_manual_has_every_verb_and_safe_roff(void **state)
{
	(void)state;

	buf_reset(&out);
	cmd_page_man(&out, &program);
	assert_true(says(".TH paint-er 1 \"\" \"paint-er 7\"\n"));
	assert_true(says(".SH \"paint-er wall\"\n"));
	assert_true(says("\n\\&.walls are painted"));
	assert_true(says("top.\n.PP\nThen they dry.\n"));
	assert_true(says("\\fB\\-\\-paint \\fICOLOUR\\fR\n"));
	assert_true(says("\\-\\-dry\\-run\n"));
}

static void completion_knows_verbs_options_and_values(void **state)
{
	(void)state;

	buf_reset(&out);
	cmd_page_bash(&out, &program);
	assert_true(says("\t\"\") words=\"wall help --help --version\" ;;\n"));
	assert_true(says("\t\"wall\") words=\"--paint --dry-run --count "));
	assert_true(says("\t\"wall --paint\") values=\"red green \" ;;\n"));
	assert_true(says("complete -o default -F _paint_er paint-er\n"));
}

static void a_page_that_does_not_fit_says_so(void **state)
{
	(void)state;
	struct buf small;

	buf_init(&small, 100);
	cmd_page_man(&small, &program);
	assert_int_equal(buf_err(&small), ERR_TOO_LARGE);
	buf_fini(&small);
}

static int set_up(void **state)
{
	(void)state;
	buf_init(&out, 1 << 16);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_fini(&out);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_shows_each_option_in_80_columns),
		cmocka_unit_test(the_manual_has_every_verb_and_safe_roff),
		cmocka_unit_test(completion_knows_verbs_options_and_values),
		cmocka_unit_test(a_page_that_does_not_fit_says_so),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
