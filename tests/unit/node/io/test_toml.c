/* tests/unit/node/io/test_toml.c - Claims about node/io/toml.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "node/io/toml.h"
#include "tests/lib/alloc_fault.h"

static struct arena arena;
static const struct toml *file;
static struct toml_error error;

static enum err parse(const char *text)
{
	arena_reset(&arena);
	file = NULL;
	return toml_parse(&arena, span_str(text), &file, &error);
}

/* The value at a path of keys parted by slashes. */
static const struct toml *at(const char *path)
{
	const struct toml *t = file;
	char key[64];

	while (*path) {
		size_t len = strcspn(path, "/");

		memcpy(key, path, len);
		key[len] = '\0';
		t = toml_get(t, key);
		path += len + (path[len] == '/');
	}
	return t;
}

static bool text_is(const char *path, const char *want)
{
	struct span s;

	return toml_text(at(path), &s) && span_eq(s, span_str(want));
}

static bool int_is(const char *path, int64_t want)
{
	int64_t n;

	return toml_int(at(path), &n) && n == want;
}

static void a_project_file_is_read(void **state)
{
	(void)state;
	bool b = false;

	assert_int_equal(parse("[project]\n"
	                       "name = \"x\" # a comment\n"
	                       "telemetry = true\r\n"
	                       "[[project.requirements]]\n"
	                       "contract_id = 'SP1.a'\n"
	                       "[[project.requirements]]\n"
	                       "contract_id = 'SP1.b'\n"
	                       "[contracts.token]\n"
	                       "path = \"contracts/token.clar\"\n"
	                       "clarity_version = 2\n"
	                       "epoch = 2.4\n"
	                       "[repl.analysis]\n"
	                       "passes = [\"a\",\n  # why\n  \"b\",\n]\n"),
	                 ERR_OK);
	assert_true(text_is("project/name", "x"));
	assert_true(toml_bool(at("project/telemetry"), &b) && b);
	assert_true(int_is("contracts/token/clarity_version", 2));
	assert_int_equal(at("contracts/token/epoch")->kind, TOML_FLOAT);
	assert_true(
	    span_eq(at("contracts/token/epoch")->text, span_str("2.4")));
	const struct toml *list = at("project/requirements");
	struct span s;

	assert_true(toml_text(toml_get(list->first->next, "contract_id"), &s));
	assert_true(span_eq(s, span_str("SP1.b")));
	assert_null(list->first->next->next);
	assert_int_equal(at("repl/analysis/passes")->kind, TOML_ARRAY);
	assert_null(at("repl/analysis/passes/x"));
	assert_null(at("absent/path"));
}

static void text_has_four_forms(void **state)
{
	(void)state;

	assert_int_equal(parse("a = \"\\t\\u00e9\\U0001f600\\\"\"\n"
	                       "b = 'c:\\n'\n"
	                       "c = \"\"\"\nx \\\n   y\"z\"\"\"\"\n"
	                       "d = '''\n'quoted'\n'''\n"
	                       "e = \"\"\n\"\" = 1\n'k k' = 2\n"),
	                 ERR_OK);
	assert_true(text_is("a", "\t\xc3\xa9\xf0\x9f\x98\x80\""));
	assert_true(text_is("b", "c:\\n"));
	assert_true(text_is("c", "x y\"z\""));
	assert_true(text_is("d", "'quoted'\n"));
	assert_true(text_is("e", ""));
	assert_true(int_is("k k", 2));
}

static void integers_have_four_bases_and_two_ends(void **state)
{
	(void)state;

	assert_int_equal(parse("a = 1_000\nb = -9223372036854775808\n"
	                       "c = 9223372036854775807\nd = 0xDead_beef\n"
	                       "e = 0o17\nf = 0b101\ng = +0\nh = -0"),
	                 ERR_OK);
	assert_true(int_is("a", 1000));
	assert_true(int_is("b", INT64_MIN));
	assert_true(int_is("c", INT64_MAX));
	assert_true(int_is("d", 0xdeadbeef));
	assert_true(int_is("e", 15));
	assert_true(int_is("f", 5));
	assert_true(int_is("g", 0));
	assert_int_equal(parse("a = 9223372036854775808"), ERR_OVERFLOW);
	assert_int_equal(parse("a = -9223372036854775809"), ERR_OVERFLOW);
	assert_int_equal(parse("a = 99999999999999999999999"), ERR_OVERFLOW);
}

static void floats_keep_their_text(void **state)
{
	(void)state;
	static const char *const floats[] = {
		"1.0",   "-0.5", "1e6",  "1.5E-3",
		"+1e+2", "inf",  "-nan", "1_0.0_1"
	};
	char line[32] = "a = ";

	for (size_t i = 0; i < sizeof(floats) / sizeof(floats[0]); i++) {
		memcpy(line + 4, floats[i], strlen(floats[i]) + 1);
		assert_int_equal(parse(line), ERR_OK);
		assert_int_equal(at("a")->kind, TOML_FLOAT);
		assert_true(span_eq(at("a")->text, span_str(floats[i])));
	}
}

static void tables_come_in_every_form(void **state)
{
	(void)state;

	assert_int_equal(parse("a.b.c = 1\na.b.d = 2\n"
	                       "e = { f = 1, g.h = 2, i = [1, [2]] }\n"
	                       "[x.y.z]\nn = 1\n[x]\nm = 2\n"
	                       "[[p.q]]\nr = 1\n[p.q.s]\nt = 3\n"),
	                 ERR_OK);
	assert_true(int_is("a/b/c", 1) && int_is("a/b/d", 2));
	assert_true(int_is("e/f", 1) && int_is("e/g/h", 2));
	assert_true(int_is("x/y/z/n", 1) && int_is("x/m", 2));
	const struct toml *s = toml_get(at("p/q")->first, "s");
	int64_t n = 0;

	assert_true(toml_int(toml_get(s, "t"), &n) && n == 3);
}

static void wrong_files_are_refused_with_the_line(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"\na",
		"\na =",
		"\na = 1 b = 2",
		"\na = 01",
		"\na = 1__0",
		"\na = _1",
		"\na = 0x",
		"\na = 1.",
		"\na = .5",
		"\na = 1e",
		"\na = 00.5",
		"\na = -0x1",
		"\na = tru",
		"\na = 1979-05-27",
		"\na = \"x",
		"\na = \"\\q\"",
		"\na = \"\\u12\"",
		"\na = \"\\ud800\"",
		"\na = 'x",
		"\na = [1",
		"\na = [1 2]",
		"\na = {b = 1",
		"\na = {b = 1,}",
		"\na = 1\x01",
		"\n# \x01",
		"\n[a",
		"\n[]",
		"\n[a]]",
		"\n[[a]",
		"\n= 1",
		"\na = \"\x7f\"",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(parse(wrong[i]), ERR_SYNTAX);
		assert_int_equal(error.line, 2);
		assert_non_null(error.what);
	}
}

static void nothing_stands_twice(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"a = 1\na = 2",        "[a]\n[a]",
		"a = 1\n[a]",          "a.b = 1\n[a]",
		"a = {}\n[a.b]",       "a = {}\na.b = 1",
		"a = []\n[[a]]",       "[[a]]\n[a]",
		"[a]\n[[a]]",          "a = 1\na.b = 2",
		"[a.b]\n[a]\nb.c = 1",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(parse(wrong[i]), ERR_SYNTAX);
}

static void depth_is_bounded(void **state)
{
	(void)state;
	char text[2 * TOML_DEPTH_MAX + 8] = "a=";

	for (unsigned n = TOML_DEPTH_MAX - 1; n <= TOML_DEPTH_MAX + 1; n++) {
		memset(text + 2, '[', n);
		memset(text + 2 + n, ']', n);
		text[2 + 2 * n] = '\0';
		assert_int_equal(parse(text),
		                 n <= TOML_DEPTH_MAX ? ERR_OK : ERR_TOO_LARGE);
	}
}

static void the_number_of_keys_is_bounded(void **state)
{
	(void)state;
	size_t len = 3;
	char *text = malloc(3 * TOML_NODES_MAX + 16);

	/* The root and the array are two of the nodes. */
	assert_non_null(text);
	memcpy(text, "a=[", 3);
	for (unsigned i = 0; i < TOML_NODES_MAX - 2; i++) {
		memcpy(text + len, "1,", 2);
		len += 2;
	}
	memcpy(text + len, "]", 2);
	assert_int_equal(parse(text), ERR_OK);
	memcpy(text + len, "1]", 3);
	assert_int_equal(parse(text), ERR_TOO_LARGE);
	free(text);
}

static void a_file_that_is_too_large_is_refused(void **state)
{
	(void)state;
	char *text = malloc(TOML_SIZE_MAX + 1);

	assert_non_null(text);
	memset(text, '\n', TOML_SIZE_MAX + 1);
	assert_int_equal(
	    toml_parse(&arena, span_of(text, TOML_SIZE_MAX), &file, NULL),
	    ERR_OK);
	assert_int_equal(
	    toml_parse(&arena, span_of(text, TOML_SIZE_MAX + 1), &file, NULL),
	    ERR_TOO_LARGE);
	free(text);
}

static void each_failing_allocation_is_a_fault(void **state)
{
	(void)state;
	bool refused = true;

	for (size_t n = 0; refused; n++) {
		struct arena a;

		arena_init(&a, 1 << 20);
		alloc_fault_after(n);
		enum err e =
		    toml_parse(&a, span_str("[a]\nb = \"c\""), &file, &error);

		refused = alloc_fault_off();
		assert_int_equal(e, refused ? ERR_NO_MEMORY : ERR_OK);
		arena_fini(&a);
	}
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_project_file_is_read),
		cmocka_unit_test(text_has_four_forms),
		cmocka_unit_test(integers_have_four_bases_and_two_ends),
		cmocka_unit_test(floats_keep_their_text),
		cmocka_unit_test(tables_come_in_every_form),
		cmocka_unit_test(wrong_files_are_refused_with_the_line),
		cmocka_unit_test(nothing_stands_twice),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(the_number_of_keys_is_bounded),
		cmocka_unit_test(a_file_that_is_too_large_is_refused),
		cmocka_unit_test(each_failing_allocation_is_a_fault),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
