/* tests/unit/node/app/test_cmd_clarity.c - Claims about what `tenure clarity`
 * prints and returns: cmd_clarity.c, clar_report.c, ast_json.c, verbs.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "clarity/value/epoch.h"
#include "node/app/verbs.h"
#include "node/io/json_read.h"
#include "tests/unit/node/app/app_case.h"

static const char *out(void)
{
	return env_sim_output(app_sim, ENV_STDOUT);
}

static const char *err(void)
{
	return env_sim_output(app_sim, ENV_STDERR);
}

/* Runs a command line of words parted by spaces, in a program started anew. */
static int run(const char *line)
{
	static char words[512];
	static char *argv[32];
	struct cmd_args args;
	struct buf text;
	int argc = 0;
	int code = CMD_EXIT_USAGE;

	memcpy(words, line, strlen(line) + 1);
	for (char *w = strtok(words, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	buf_init(&text, 1 << 20);

	enum cmd_outcome what =
	    cmd_parse(&verbs_program, argc, argv, &args, &text);

	if (what == CMD_RUN)
		code = args.path[args.n_path - 1]->run(&args, &app_env);
	buf_fini(&text);
	return code;
}

static void the_tables_are_in_order(void **state)
{
	(void)state;
	struct buf why;

	buf_init(&why, 1 << 16);
	if (!cmd_check(&verbs_program, &why))
		fail_msg("%s", buf_str(&why));
	buf_fini(&why);
}

static void an_accepted_file_is_one_line(void **state)
{
	(void)state;

	app_file("/a.clar", "(define-constant a u1)");
	assert_int_equal(run("tenure clarity check /a.clar"), 0);
	assert_string_equal(out(), "/a.clar: accepted (Clarity 5, epoch "
	                           "3.4)\n");
	assert_string_equal(err(), "");
}

static void epoch_and_version_are_obeyed(void **state)
{
	(void)state;

	app_file("/a.clar", "(define-constant a u1)");
	assert_int_equal(run("tenure clarity check --epoch 3.0 --clarity=2 "
	                     "/a.clar"),
	                 0);
	assert_string_equal(out(), "/a.clar: accepted (Clarity 2, epoch "
	                           "3.0)\n");
	assert_int_equal(run("tenure clarity check -e3.0 -c4 /a.clar"), 2);
	assert_string_equal(err(), "tenure: Clarity 4: cannot be deployed in "
	                           "this epoch\n");
}

static void a_rejected_file_is_shown(void **state)
{
	(void)state;

	app_file("/a.clar", "(+ 1 u2)");
	assert_int_equal(run("tenure clarity check /a.clar"), 1);
	assert_non_null(strstr(out(), "/a.clar:1:"));
	assert_non_null(strstr(out(), "[TypeError]\n    (+ 1 u2)\n"));
	assert_null(strchr(out(), '\033'));
}

static void a_folder_ends_with_counts(void **state)
{
	(void)state;

	app_file("/t/a.clar", "(define-constant a u1)");
	app_file("/t/b.clar", "(+ 1 u2)");
	app_file("/t/c.clar", "(contract-call? .none f)");
	assert_int_equal(run("tenure clarity check /t --jobs 1"), 1);
	assert_non_null(strstr(out(), "/t/c.clar: unresolved: it needs "));
	assert_non_null(strstr(out(), "         1 rejected by TypeError\n"));
	assert_non_null(strstr(out(), "3 contracts: 1 accepted, 1 rejected, 1 "
	                              "unresolved\n"));
	assert_non_null(strstr(out(), " MiB of memory\n"));
}

static void json_is_one_object(void **state)
{
	(void)state;
	const struct json *doc;
	const struct json *item;
	struct span s;
	uint64_t n = 0;

	app_file("/t/a.clar", "(define-constant a u1)");
	app_file("/t/b.clar", "\n (+ 1 u2)");
	app_file("/t/c.clar", "(contract-call? .none f)");
	assert_int_equal(run("tenure clarity check --json --list -j1 /t"), 1);
	OK(json_read_parse(&doc, span_str(out()), 1 << 20));
	assert_true(json_read_u64(json_read_get(doc, "accepted"), &n));
	assert_true(n == 1);
	assert_true(json_read_u64(json_read_get(doc, "rejected"), &n));
	assert_true(n == 1);
	assert_true(json_read_u64(json_read_get(doc, "unresolved"), &n));
	assert_true(n == 1);
	assert_non_null(json_read_get(doc, "seconds"));
	assert_non_null(json_read_get(doc, "peak_bytes"));
	item = json_read_first(json_read_get(doc, "rejections"));
	assert_true(json_read_text(json_read_get(item, "rule"), &s));
	assert_true(span_eq(s, span_str("TypeError")));
	assert_true(json_read_u64(json_read_get(item, "line"), &n) && n == 2);
	item = json_read_first(json_read_get(doc, "missing"));
	assert_true(json_read_text(json_read_get(item, "needs"), &s));
	item = json_read_first(json_read_get(doc, "acceptances"));
	assert_true(json_read_u64(json_read_get(item, "clarity"), &n));
	assert_true(n == 5);
	json_read_free(doc);
}

static void what_is_needed_may_come_from_elsewhere(void **state)
{
	(void)state;

	app_file("/t/a.clar", "(define-public (g) (contract-call? .b f))");
	app_file("/u/b.clar", "(define-public (f) (ok u1))");
	app_file("/u/c.clar", "nonsense (");
	assert_int_equal(run("tenure clarity check /t"), 1);
	assert_int_equal(run("tenure clarity check --with /u /t"), 0);
}

static void what_cannot_be_used_is_exit_2(void **state)
{
	(void)state;

	app_file("/t/readme", "");
	assert_int_equal(run("tenure clarity check /none.clar"), 2);
	assert_non_null(
	    strstr(err(), "tenure: /none.clar: there is no such file\n"));
	assert_int_equal(run("tenure clarity check /t"), 2);
	assert_non_null(strstr(err(), "/t: there are no contracts here\n"));
	assert_int_equal(run("tenure clarity check --address x /t"), 2);
	assert_non_null(strstr(err(), "x: is not an address\n"));
	assert_int_equal(run("tenure clarity abi /t"), 2);
	assert_int_equal(run("tenure clarity ast /t"), 2);
	app_file("/p/Clarinet.toml", "[");
	assert_int_equal(run("tenure clarity check /p"), 2);
	assert_non_null(strstr(err(), "/p/Clarinet.toml: line 1: "));
}

static void an_interface_is_written(void **state)
{
	(void)state;

	app_file("/a.clar", "(define-read-only (f (x uint)) x)");
	assert_int_equal(run("tenure clarity abi /a.clar"), 0);
	assert_non_null(strstr(out(), "{\"functions\":[{\"name\":\"f\""));
	app_file("/b.clar", "(define-read-only (f) y)");
	assert_int_equal(run("tenure clarity abi /b.clar"), 1);
	assert_non_null(strstr(err(), "[UndefinedVariable]"));
}

static void a_tree_is_written_as_text(void **state)
{
	(void)state;

	app_file("/a.clar", "(define-constant b (+ a u1)) ;; c\n"
	                    "(define-constant a {x: u1})");
	assert_int_equal(run("tenure clarity ast /a.clar"), 0);
	assert_string_equal(out(), "(define-constant a (tuple (x u1)))\n"
	                           "(define-constant b (+ a u1))\n");
	app_file("/b.clar", "(");
	assert_int_equal(run("tenure clarity ast /b.clar"), 1);
	assert_non_null(strstr(err(), "/b.clar:1:"));
}

static void a_tree_is_written_as_json(void **state)
{
	(void)state;
	const struct json *doc, *list;
	struct span s;
	uint64_t n;

	app_file("/a.clar", "(f (g 1))");
	assert_int_equal(run("tenure clarity ast --json /a.clar"), 0);
	OK(json_read_parse(&doc, span_str(out()), 1 << 20));
	list = json_read_first(json_read_get(json_read_first(doc), "items"));
	assert_true(json_read_text(json_read_get(list, "text"), &s));
	assert_true(span_eq(s, span_str("f")));
	list = json_read_next(list);
	assert_true(json_read_text(json_read_get(list, "kind"), &s));
	assert_true(span_eq(s, span_str("list")));
	assert_true(json_read_u64(json_read_get(list, "start"), &n) && n == 3);
	assert_true(json_read_u64(json_read_get(list, "end"), &n) && n == 8);
	json_read_free(doc);
}

/* As deep as the epoch allows, and one deeper. */
static void the_deepest_tree_is_written(void **state)
{
	(void)state;
	char text[600] = "";
	int codes[3];

	for (size_t i = 0; i < 3; i++) {
		size_t n = epoch_max_nesting(EPOCH_3_4) - 2 + i;

		memset(text, '(', n);
		text[n] = '1';
		memset(text + n + 1, ')', n);
		text[2 * n + 1] = '\0';
		app_file("/a.clar", text);
		codes[i] = run("tenure clarity ast --json /a.clar");
	}
	assert_int_equal(codes[0], 0);
	assert_int_equal(codes[2], 1);
}

static void bad_input_is_refused_quickly(void **state)
{
	(void)state;
	size_t len = (size_t)1 << 20;
	char *text = malloc(2 * len + 1);

	assert_non_null(text);
	memset(text, '(', len);
	text[len] = '\0';
	app_file("/deep.clar", text);
	free(text);
	app_file("/utf8.clar", "(define-constant a \"\xff\xfe\")");
	assert_int_equal(run("tenure clarity check /deep.clar"), 1);
	assert_int_equal(run("tenure clarity check /utf8.clar"), 1);
	assert_non_null(strstr(out(), "/deep.clar:1:"));
	assert_non_null(strstr(out(), "/utf8.clar:1:"));
}

#define TEST(claim) cmocka_unit_test_setup_teardown(claim, app_open, app_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_tables_are_in_order),
		TEST(an_accepted_file_is_one_line),
		TEST(epoch_and_version_are_obeyed),
		TEST(a_rejected_file_is_shown),
		TEST(a_folder_ends_with_counts),
		TEST(json_is_one_object),
		TEST(what_is_needed_may_come_from_elsewhere),
		TEST(what_cannot_be_used_is_exit_2),
		TEST(an_interface_is_written),
		TEST(a_tree_is_written_as_text),
		TEST(a_tree_is_written_as_json),
		TEST(the_deepest_tree_is_written),
		TEST(bad_input_is_refused_quickly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
