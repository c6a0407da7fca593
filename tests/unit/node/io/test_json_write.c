/* tests/unit/node/io/test_json_write.c - Claims about json_write.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "node/io/json_read.h"
#include "node/io/json_write.h"

static struct buf out;
static struct json_write w;

static void begin(unsigned indent)
{
	buf_reset(&out);
	json_write_init(&w, &out, indent);
}

static const char *end(void)
{
	assert_int_equal(json_write_end(&w), ERR_OK);
	return buf_str(&out);
}

static void objects_and_arrays_nest(void **state)
{
	(void)state;

	begin(0);
	json_write_object(&w);
	json_write_key(&w, "a");
	json_write_array(&w);
	json_write_u64(&w, 1);
	json_write_null(&w);
	json_write_object(&w);
	json_write_close(&w);
	json_write_close(&w);
	json_write_key(&w, "b");
	json_write_bool(&w, true);
	json_write_close(&w);
	assert_string_equal(end(), "{\"a\":[1,null,{}],\"b\":true}");
}

static void an_indent_makes_lines(void **state)
{
	(void)state;

	begin(2);
	json_write_object(&w);
	json_write_key(&w, "a");
	json_write_array(&w);
	json_write_close(&w);
	json_write_key(&w, "b");
	json_write_array(&w);
	json_write_bool(&w, false);
	json_write_close(&w);
	json_write_close(&w);
	assert_string_equal(end(), "{\n  \"a\": [],\n  \"b\": [\n    false\n"
	                           "  ]\n}\n");
}

static void integers_keep_every_digit(void **state)
{
	(void)state;

	begin(0);
	json_write_array(&w);
	json_write_u64(&w, UINT64_MAX);
	json_write_i64(&w, INT64_MIN);
	json_write_u128(&w, U128_MAX);
	json_write_i128(&w, I128_MIN);
	json_write_i128(&w, I128_MAX);
	json_write_i128(&w, 0);
	json_write_milli(&w, 1000000000000012);
	json_write_close(&w);
	assert_string_equal(end(),
	                    "[18446744073709551615,-9223372036854775808,"
	                    "\"340282366920938463463374607431768211455\","
	                    "\"-170141183460469231731687303715884105728\","
	                    "\"170141183460469231731687303715884105727\","
	                    "\"0\",1000000000000.012]");
}

static const char *text(const char *bytes, size_t len)
{
	begin(0);
	json_write_text(&w, span_of(bytes, len));
	return end();
}

static void text_is_escaped_where_it_must_be(void **state)
{
	(void)state;

	assert_string_equal(text("", 0), "\"\"");
	assert_string_equal(text("a\"\\/\n\t\r\b\x7f", 9),
	                    "\"a\\\"\\\\/\\n\\t\\r\\u0008\\u007f\"");
	assert_string_equal(text("a\0b", 3), "\"a\\u0000b\"");
	assert_string_equal(text("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9),
	                    "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"");
}

static void bytes_that_are_no_characters_are_replaced(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"\x80",
		"\xff",
		"\xc0\x80",
		"\xc1\xbf",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\x80",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xe2\x82",
		"\xc3",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const char *got = text(wrong[i], strlen(wrong[i]));

		assert_int_equal(strlen(got), 2 + 6 * strlen(wrong[i]));
		assert_int_equal(strncmp(got, "\"\\ufffd", 7), 0);
	}
	assert_string_equal(text("\xed\x9f\xbf\xee\x80\x80", 6),
	                    "\"\xed\x9f\xbf\xee\x80\x80\"");
	assert_string_equal(text("\xc3(", 2), "\"\\ufffd(\"");
}

static void hex_is_text(void **state)
{
	(void)state;

	begin(0);
	json_write_hex(&w, span_of("\x00\xff", 2));
	assert_string_equal(end(), "\"0x00ff\"");
}

static void what_does_not_fit_is_reported_at_the_end(void **state)
{
	(void)state;
	struct buf small;

	buf_init(&small, 4);
	json_write_init(&w, &small, 0);
	json_write_str(&w, "much too long");
	assert_int_equal(json_write_end(&w), ERR_TOO_LARGE);
	buf_fini(&small);
}

/* Whether `misuse` aborts the program. */
static bool aborts(void (*misuse)(void))
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		(void)close(STDERR_FILENO);
		(void)signal(SIGABRT, SIG_DFL);
		begin(0);
		misuse();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void two_values(void)
{
	json_write_null(&w);
	json_write_null(&w);
}

static void value_without_key(void)
{
	json_write_object(&w);
	json_write_null(&w);
}

static void key_in_array(void)
{
	json_write_array(&w);
	json_write_key(&w, "a");
}

static void key_without_value(void)
{
	json_write_object(&w);
	json_write_key(&w, "a");
	json_write_close(&w);
}

static void close_of_nothing(void)
{
	json_write_close(&w);
}

static void end_of_half(void)
{
	json_write_array(&w);
	(void)end();
}

static void too_deep(void)
{
	for (unsigned i = 0; i <= JSON_WRITE_DEPTH_MAX; i++)
		json_write_array(&w);
}

static void misuse_is_a_bug(void **state)
{
	(void)state;

	assert_true(aborts(two_values));
	assert_true(aborts(value_without_key));
	assert_true(aborts(key_in_array));
	assert_true(aborts(key_without_value));
	assert_true(aborts(close_of_nothing));
	assert_true(aborts(end_of_half));
	assert_true(aborts(too_deep));
}

static void what_is_not_too_deep_is_read_back(void **state)
{
	(void)state;
	const struct json *doc = NULL;

	begin(0);
	for (unsigned i = 0; i < JSON_READ_DEPTH_MAX; i++)
		json_write_array(&w);
	for (unsigned i = 0; i < JSON_READ_DEPTH_MAX; i++)
		json_write_close(&w);
	(void)end();
	assert_int_equal(json_read_parse(&doc, buf_span(&out), 1000), ERR_OK);
	json_read_free(doc);
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

static void fractions_have_all_their_digits(void **state)
{
	(void)state;
	struct buf b;

	buf_init(&b, 1000);
	json_write_init(&w, &b, 0);
	json_write_array(&w);
	json_write_fixed(&w, 50000000, 8);
	json_write_fixed(&w, -1, 8);
	json_write_fixed(&w, INT64_MIN, 1);
	json_write_raw(&w, span_str("{\"a\":1e-9}"));
	json_write_close(&w);
	assert_int_equal(json_write_end(&w), ERR_OK);
	assert_string_equal(buf_str(&b),
	                    "[0.50000000,-0.00000001,-922337203685477580.8,"
	                    "{\"a\":1e-9}]");
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fractions_have_all_their_digits),
		cmocka_unit_test(objects_and_arrays_nest),
		cmocka_unit_test(an_indent_makes_lines),
		cmocka_unit_test(integers_keep_every_digit),
		cmocka_unit_test(text_is_escaped_where_it_must_be),
		cmocka_unit_test(bytes_that_are_no_characters_are_replaced),
		cmocka_unit_test(hex_is_text),
		cmocka_unit_test(what_does_not_fit_is_reported_at_the_end),
		cmocka_unit_test(misuse_is_a_bug),
		cmocka_unit_test(what_is_not_too_deep_is_read_back),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
