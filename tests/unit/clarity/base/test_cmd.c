/* tests/unit/clarity/base/test_cmd.c - Claims about clarity/base/cmd.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/cmd.h"

static int run_nothing(const struct cmd_args *args, void *ctx)
{
	(void)args;
	(void)ctx;
	return 0;
}

enum {
	OPT_JSON,
	OPT_JOBS,
	OPT_EPOCH,
	OPT_NAME,
	OPT_SECRET,
	OPT_WITH
};

static const char *const epochs[] = { "3.0", "3.4", NULL };

static const struct cmd_opt opts[] = {
	[OPT_JSON] = { .name = "json", .letter = 'j', .help = "write JSON" },
	[OPT_JOBS] = { .name = "jobs",
	               .letter = 'n',
	               .kind = CMD_NUMBER,
	               .value = "N",
	               .help = "threads",
	               .min = 1,
	               .max = 64 },
	[OPT_EPOCH] = { .name = "epoch",
	                .kind = CMD_CHOICE,
	                .value = "E",
	                .help = "rules of this epoch",
	                .choices = epochs },
	[OPT_NAME] = { .name = "name",
	               .kind = CMD_TEXT,
	               .value = "TEXT",
	               .help = "a name" },
	[OPT_SECRET] = { .name = "key-file",
	                 .kind = CMD_SECRET_FILE,
	                 .value = "FILE",
	                 .help = "where the key is" },
	[OPT_WITH] = { .name = "with",
	               .letter = 'w',
	               .kind = CMD_MANY,
	               .value = "FILE",
	               .help = "another file" },
};

static const struct cmd tool_subs[] = {
	{ .name = "check",
	  .summary = "judge files",
	  .operands = "FILE…",
	  .min_operands = 1,
	  .max_operands = 3,
	  .opts = opts,
	  .n_opts = COUNT_OF(opts),
	  .examples = "prog tool check one.txt\nprog tool check -w a b.txt",
	  .run = run_nothing },
	{ .name = "show", .summary = "show", .run = run_nothing },
};

static const struct cmd verbs[] = {
	{ .name = "tool", .summary = "tools", .subs = tool_subs, .n_subs = 2 },
};

static const struct cmd_program program = {
	.root = { .name = "prog",
	          .summary = "a program",
	          .subs = verbs,
	          .n_subs = 1 },
	.version = "1.2.3",
};

static struct cmd_args args;
static struct buf text;
static char words[256];
static char *argv[32];

/* Parses a command line given as words parted by spaces. */
static enum cmd_outcome parse(const char *line)
{
	int argc = 0;

	buf_reset(&text);
	assert_true(strlen(line) < sizeof(words));
	memcpy(words, line, strlen(line) + 1);
	for (char *w = strtok(words, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	return cmd_parse(&program, argc, argv, &args, &text);
}

static bool says(const char *what)
{
	return strstr(buf_str(&text), what) != NULL;
}

static void options_and_operands_may_be_mixed(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check a --json b --jobs 4 c"),
	                 CMD_RUN);
	assert_int_equal(args.n_path, 3);
	assert_string_equal(args.path[2]->name, "check");
	assert_true(args.opt[OPT_JSON].is_set);
	assert_true(args.opt[OPT_JOBS].num == 4);
	assert_false(args.opt[OPT_EPOCH].is_set);
	assert_int_equal(args.n_operands, 3);
	assert_string_equal(args.operands[0], "a");
	assert_string_equal(args.operands[1], "b");
	assert_string_equal(args.operands[2], "c");
}

static void values_come_in_every_customary_form(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check -jn8 --epoch=3.4 --name= x"),
	                 CMD_RUN);
	assert_true(args.opt[OPT_JSON].is_set);
	assert_true(args.opt[OPT_JOBS].num == 8);
	assert_true(args.opt[OPT_EPOCH].num == 1);
	assert_string_equal(args.opt[OPT_EPOCH].text, "3.4");
	assert_string_equal(args.opt[OPT_NAME].text, "");
	assert_int_equal(parse("prog tool check -n 9 --jobs 10 x"), CMD_RUN);
	assert_true(args.opt[OPT_JOBS].num == 10);
}

static void some_options_can_be_given_again(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check -w a x --with=b"), CMD_RUN);
	assert_true(args.opt[OPT_WITH].is_set);
	assert_int_equal(args.n_many, 2);
	assert_string_equal(args.many[0], "a");
	assert_string_equal(args.many[1], "b");
	assert_int_equal(args.many_opt[1], OPT_WITH);

	static char head[4][6] = { "prog", "tool", "check", "x" };
	static char option[] = "-w";
	static char *many[2 * CMD_MANY_MAX + 6];
	int n = 0;

	for (; n < 4; n++)
		many[n] = head[n];
	for (int i = 0; i <= CMD_MANY_MAX; i++) {
		many[n++] = option;
		many[n++] = head[3];
	}
	buf_reset(&text);
	assert_int_equal(cmd_parse(&program, n - 2, many, &args, &text),
	                 CMD_RUN);
	assert_int_equal(args.n_many, CMD_MANY_MAX);
	assert_int_equal(cmd_parse(&program, n, many, &args, &text), CMD_WRONG);
	assert_true(says("--with stands here too often"));
}

static void a_negative_number_is_an_operand(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check -5 -j"), CMD_RUN);
	assert_int_equal(args.n_operands, 1);
	assert_string_equal(args.operands[0], "-5");
	assert_true(args.opt[OPT_JSON].is_set);
}

static void examples_are_shown_as_they_are(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check --help"), CMD_SHOW);
	assert_true(says("Examples:\n  prog tool check one.txt\n"
	                 "  prog tool check -w a b.txt\n"));
	assert_true(says("another file (may be given again)"));
}

static void two_dashes_end_the_options(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check -- --json -"), CMD_RUN);
	assert_false(args.opt[OPT_JSON].is_set);
	assert_string_equal(args.operands[0], "--json");
	assert_string_equal(args.operands[1], "-");
}

static void numbers_are_held_to_their_limits(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check x --jobs 1"), CMD_RUN);
	assert_int_equal(parse("prog tool check x --jobs 64"), CMD_RUN);
	assert_int_equal(parse("prog tool check x --jobs 0"), CMD_WRONG);
	assert_int_equal(parse("prog tool check x --jobs 65"), CMD_WRONG);
	assert_true(says("--jobs takes a number from 1 to 64, not '65'"));
	assert_int_equal(parse("prog tool check x --jobs 4x"), CMD_WRONG);
	assert_int_equal(parse("prog tool check x --jobs="), CMD_WRONG);
}

static void operands_are_counted(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check"), CMD_WRONG);
	assert_true(says("prog: FILE… is missing"));
	assert_int_equal(parse("prog tool check 1 2 3"), CMD_RUN);
	assert_int_equal(parse("prog tool check 1 2 3 4"), CMD_WRONG);
	assert_true(says("unexpected '4'"));
	assert_int_equal(parse("prog tool show 1"), CMD_WRONG);
	assert_int_equal(parse("prog tool show"), CMD_RUN);
}

static void unknown_words_name_what_was_meant(void **state)
{
	(void)state;

	assert_int_equal(parse("prog tool check x --josn"), CMD_WRONG);
	assert_true(says("there is no option '--josn'; did you mean "
	                 "'--json'?\n"));
	assert_true(says("Usage: prog tool check [OPTION…] FILE…\n"));
	assert_true(says("Try 'prog tool check --help' for more.\n"));
	assert_int_equal(parse("prog tool chekc x"), CMD_WRONG);
	assert_true(says("there is no verb 'chekc'; did you mean 'check'?"));
	assert_int_equal(parse("prog frobnicate"), CMD_WRONG);
	assert_true(says("there is no verb 'frobnicate'\n"));
	assert_int_equal(parse("prog tool check x --zzzzzz"), CMD_WRONG);
	assert_false(says("did you mean"));
	assert_int_equal(parse("prog tool check -z"), CMD_WRONG);
	assert_true(says("there is no option '-z'"));
}

static void other_slips_are_named_too(void **state)
{
	(void)state;

	assert_int_equal(parse("prog"), CMD_WRONG);
	assert_true(says("a verb is missing"));
	assert_int_equal(parse("prog tool"), CMD_WRONG);
	assert_int_equal(parse("prog tool -- check"), CMD_WRONG);
	assert_int_equal(parse("prog tool check x --name"), CMD_WRONG);
	assert_true(says("--name needs a value (TEXT)"));
	assert_int_equal(parse("prog tool check x --json=1"), CMD_WRONG);
	assert_true(says("--json takes no value"));
	assert_int_equal(parse("prog tool check x --epoch 2.1"), CMD_WRONG);
	assert_true(says("--epoch takes one of 3.0 3.4, not '2.1'"));
}

static void help_and_version_are_everywhere_they_should_be(void **state)
{
	(void)state;

	assert_int_equal(parse("prog --version"), CMD_SHOW);
	assert_string_equal(buf_str(&text), "prog 1.2.3\n");
	assert_int_equal(parse("prog --help"), CMD_SHOW);
	assert_true(says("Usage: prog VERB …"));
	assert_int_equal(parse("prog tool -h"), CMD_SHOW);
	assert_int_equal(parse("prog tool check --help"), CMD_SHOW);
	assert_true(says("--jobs N"));
	assert_int_equal(parse("prog help tool check"), CMD_SHOW);
	assert_true(says("Usage: prog tool check"));
	assert_int_equal(parse("prog help"), CMD_SHOW);
	assert_int_equal(parse("prog help tool chekc"), CMD_WRONG);
	assert_int_equal(parse("prog help tool check extra"), CMD_WRONG);
	assert_int_equal(parse("prog tool check --version"), CMD_WRONG);
}

static void a_good_table_passes_the_check(void **state)
{
	(void)state;

	buf_reset(&text);
	assert_true(cmd_check(&program, &text));
	assert_int_equal(text.len, 0);
}

/* Whether cmd_check refuses a verb with this option, and says why. */
static bool refused(struct cmd_opt opt, const char *why)
{
	struct cmd_opt two[2] = {
		{ .name = "other", .letter = 'o', .help = "x" }, opt
	};
	struct cmd_program p = { .root = { .name = "prog",
		                           .summary = "x",
		                           .opts = two,
		                           .n_opts = 2,
		                           .run = run_nothing },
		                 .version = "1" };

	buf_reset(&text);
	return !cmd_check(&p, &text) && says(why);
}

static void a_secret_can_not_be_an_option(void **state)
{
	(void)state;

	assert_true(refused((struct cmd_opt){ .name = "rpc-password",
	                                      .kind = CMD_TEXT,
	                                      .value = "P",
	                                      .help = "x" },
	                    "would take a secret: rpc-password"));
	assert_true(refused((struct cmd_opt){ .name = "auth-token",
	                                      .kind = CMD_TEXT,
	                                      .value = "P",
	                                      .help = "x" },
	                    "would take a secret"));
}

static void defects_of_a_table_are_found(void **state)
{
	(void)state;

	assert_true(refused((struct cmd_opt){ .name = "other", .help = "x" },
	                    "stands twice"));
	assert_true(refused(
	    (struct cmd_opt){ .name = "next", .letter = 'o', .help = "x" },
	    "stands twice"));
	assert_true(refused((struct cmd_opt){ .name = "Next", .help = "x" },
	                    "no name of its own"));
	assert_true(refused((struct cmd_opt){ .name = "help", .help = "x" },
	                    "no name of its own"));
	assert_true(refused((struct cmd_opt){ .name = "next" }, "incomplete"));
	assert_true(refused((struct cmd_opt){ .name = "n",
	                                      .kind = CMD_NUMBER,
	                                      .value = "N",
	                                      .help = "x",
	                                      .min = 2,
	                                      .max = 1 },
	                    "incomplete"));
	assert_true(refused(
	    (struct cmd_opt){
		.name = "n", .kind = CMD_CHOICE, .value = "N", .help = "x" },
	    "incomplete"));
}

static void defects_of_the_tree_are_found(void **state)
{
	(void)state;
	struct cmd_program p = program;
	struct cmd twice[2] = { tool_subs[0], tool_subs[0] };

	buf_reset(&text);
	p.root.subs = twice;
	p.root.n_subs = 2;
	assert_false(cmd_check(&p, &text));
	assert_true(says("a verb stands twice: check"));
	twice[1] = tool_subs[1];
	twice[1].run = NULL;
	buf_reset(&text);
	assert_false(cmd_check(&p, &text));
	assert_true(says("show: it must either run or have verbs"));
	twice[1] = tool_subs[1];
	twice[1].min_operands = 1;
	buf_reset(&text);
	assert_false(cmd_check(&p, &text));
	assert_true(says("show: the operands do not agree"));
	p = program;
	p.version = NULL;
	buf_reset(&text);
	assert_false(cmd_check(&p, &text));
}

static int set_up(void **state)
{
	(void)state;
	buf_init(&text, 1 << 16);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_fini(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_operands_may_be_mixed),
		cmocka_unit_test(values_come_in_every_customary_form),
		cmocka_unit_test(some_options_can_be_given_again),
		cmocka_unit_test(a_negative_number_is_an_operand),
		cmocka_unit_test(examples_are_shown_as_they_are),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(numbers_are_held_to_their_limits),
		cmocka_unit_test(operands_are_counted),
		cmocka_unit_test(unknown_words_name_what_was_meant),
		cmocka_unit_test(other_slips_are_named_too),
		cmocka_unit_test(
		    help_and_version_are_everywhere_they_should_be),
		cmocka_unit_test(a_good_table_passes_the_check),
		cmocka_unit_test(a_secret_can_not_be_an_option),
		cmocka_unit_test(defects_of_a_table_are_found),
		cmocka_unit_test(defects_of_the_tree_are_found),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
