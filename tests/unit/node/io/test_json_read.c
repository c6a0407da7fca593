/* tests/unit/node/io/test_json_read.c - Claims about node/io/json_read.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/io/json_read.h"
#include "tests/lib/alloc_fault.h"

static const struct json *doc;

static enum err parse(const char *text)
{
	json_read_free(doc);
	doc = NULL;
	return json_read_parse(&doc, span_str(text), 1 << 20);
}

static void values_are_found_by_key_and_place(void **state)
{
	(void)state;
	struct span s;
	uint64_t n = 0;
	bool b = false;

	assert_int_equal(
	    parse(" {\"a\": {\"b\": \"t\\u00e9\"}, \"A\": [1, true,"
	          "null]}\n"),
	    ERR_OK);
	assert_true(
	    json_read_text(json_read_get(json_read_get(doc, "a"), "b"), &s));
	assert_true(span_eq(s, span_str("t\xc3\xa9")));

	const struct json *item = json_read_first(json_read_get(doc, "A"));

	assert_true(json_read_u64(item, &n) && n == 1);
	item = json_read_next(item);
	assert_true(json_read_bool(item, &b) && b);
	item = json_read_next(item);
	assert_true(json_read_is_null(item));
	assert_null(json_read_next(item));
	assert_true(json_read_is_object(doc));
	assert_true(json_read_is_array(json_read_get(doc, "A")));
	item = json_read_next(json_read_first(doc));
	assert_true(span_eq(json_read_key(item), span_str("A")));
}

static void what_is_absent_is_no_crash(void **state)
{
	(void)state;
	uint64_t n = 7;
	struct span s;

	assert_int_equal(parse("[]"), ERR_OK);
	assert_null(json_read_get(json_read_get(doc, "a"), "b"));
	assert_null(json_read_first(doc));
	assert_null(json_read_first(NULL));
	assert_null(json_read_next(NULL));
	assert_false(json_read_u64(NULL, &n));
	assert_false(json_read_u64(doc, &n));
	assert_false(json_read_text(NULL, &s));
	assert_int_equal(json_read_key(doc).len, 0);
	assert_true(n == 7);
}

static void integers_above_2_53_must_be_text(void **state)
{
	(void)state;
	uint64_t n = 0;
	u128 wide = 0;

	assert_int_equal(parse("9007199254740991"), ERR_OK);
	assert_int_equal(parse("9007199254740992"), ERR_OK);
	assert_true(json_read_u64(doc, &n) && n == JSON_READ_NUMBER_MAX);
	assert_int_equal(parse("9007199254740993"), ERR_OVERFLOW);
	assert_int_equal(parse("-9007199254740993"), ERR_OVERFLOW);
	assert_int_equal(parse("99999999999999999999999"), ERR_OVERFLOW);
	assert_int_equal(parse("\"18446744073709551615\""), ERR_OK);
	assert_true(json_read_u64(doc, &n) && n == UINT64_MAX);
	assert_int_equal(parse("\"18446744073709551616\""), ERR_OK);
	assert_false(json_read_u64(doc, &n));
	assert_int_equal(parse("\"340282366920938463463374607431768211455\""),
	                 ERR_OK);
	assert_true(json_read_u128(doc, &wide) && wide == U128_MAX);
	assert_int_equal(parse("\"340282366920938463463374607431768211456\""),
	                 ERR_OK);
	assert_false(json_read_u128(doc, &wide));
}

static bool reads_u64(const char *text, uint64_t want)
{
	uint64_t n = 0;

	assert_int_equal(parse(text), ERR_OK);
	return json_read_u64(doc, &n) && n == want;
}

static void only_whole_numbers_are_integers(void **state)
{
	(void)state;
	uint64_t n;

	assert_true(reads_u64("1e3", 1000));
	assert_true(reads_u64("2.0", 2));
	assert_true(reads_u64("\"007\"", 7));
	static const char *const others[] = { "1.5",     "-1",     "1e30",
		                              "\"\"",    "\"1 \"", "\"-1\"",
		                              "\"0x1\"", "true",   "1e999" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_equal(parse(others[i]), ERR_OK);
		assert_false(json_read_u64(doc, &n));
	}
}

static bool reads_i64(const char *text, int64_t want)
{
	int64_t n = 42;

	assert_int_equal(parse(text), ERR_OK);
	return json_read_i64(doc, &n) ? n == want : want == 42;
}

static void signed_integers_reach_both_ends(void **state)
{
	(void)state;

	assert_true(reads_i64("-5", -5));
	assert_true(reads_i64("-9007199254740992", -(1LL << 53)));
	assert_true(reads_i64("\"-9223372036854775808\"", INT64_MIN));
	assert_true(reads_i64("\"9223372036854775807\"", INT64_MAX));
	assert_true(reads_i64("\"9223372036854775808\"", 42));
	assert_true(reads_i64("\"-9223372036854775809\"", 42));
	assert_true(reads_i64("\"--1\"", 42));
	assert_true(reads_i64("[]", 42));
}

static void fractions_are_exact_units_or_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool is_read;
		int64_t want;
	} cases[] = {
		{ "0.1", true, 10000000 },
		{ "20999999.9769", true, 2099999997690000 },
		{ "20999999.99999999", true, 2099999999999999 },
		{ "-0.00000001", true, -1 },
		{ "1e-8", true, 1 },
		{ "50", true, 5000000000 },
		{ "0.000000001", false, 0 },
		{ "0.123456789", false, 0 },
		{ "1e300", false, 0 },
		{ "\"0.1\"", true, 10000000 },
		{ "\"-1.00000001\"", true, -100000001 },
		{ "\"0.123456789\"", false, 0 },
		{ "\".5\"", false, 0 },
		{ "\"5.\"", false, 0 },
		{ "\"1e2\"", false, 0 },
		{ "\"\"", false, 0 },
		{ "\"92233720368547758.08\"", false, 0 },
		{ "true", false, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t got = 0;

		assert_int_equal(parse(cases[i].text), ERR_OK);
		assert_int_equal(json_read_fixed(doc, 8, &got),
		                 cases[i].is_read);
		assert_int_equal(got, cases[i].want);
	}
}

static void nesting_and_size_are_bounded(void **state)
{
	(void)state;
	char text[2 * JSON_READ_DEPTH_MAX + 3] = "";

	for (unsigned n = JSON_READ_DEPTH_MAX - 1; n <= JSON_READ_DEPTH_MAX + 1;
	     n++) {
		memset(text, '[', n);
		memset(text + n, ']', n);
		text[2 * n] = '\0';
		assert_int_equal(parse(text), n <= JSON_READ_DEPTH_MAX
		                                  ? ERR_OK
		                                  : ERR_TOO_LARGE);
	}
	json_read_free(doc);
	doc = NULL;
	assert_int_equal(json_read_parse(&doc, span_str("[1]"), 2),
	                 ERR_TOO_LARGE);
	assert_int_equal(json_read_parse(&doc, span_str("[1]"), 3), ERR_OK);
}

static void what_is_not_json_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",
		" ",
		"{",
		"[1,]",
		"[1 2]",
		"{\"a\"}",
		"{\"a\":1,}",
		"{a:1}",
		"[1]x",
		"[1]]",
		"{\"a\":1]",
		"tru",
		"nul",
		"'a'",
		"\"a",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\\u0000\"",
		"\"\\ud800\"",
		"\"\\ud800\\u0041\"",
		"\"\\udc00\"",
		"\"\n\"",
		"\"\x80\"",
		"\"\xed\xa0\x80\"",
		"\"\xc0\xaf\"",
		"01",
		"-",
		"+1",
		".5",
		"1.",
		"1e",
		"NaN",
		"[1e+]",
		"\v1",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(parse(wrong[i]), ERR_SYNTAX);
	assert_int_equal(json_read_parse(&doc, span_of("1\0", 2), 9),
	                 ERR_SYNTAX);
	assert_int_equal(json_read_parse(&doc, span_of("\"\0\"", 3), 9),
	                 ERR_SYNTAX);
}

static void what_is_json_is_read(void **state)
{
	(void)state;
	static const char *const right[] = {
		"0",
		"-0",
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83D\\uDE00\"",
		"[ ]",
		"{ }",
		"[[],{},\"\"]",
		"{\"\":{\"\":[]}}",
		"1.25e-7",
		"\"\xf4\x8f\xbf\xbf\"",
		"\t\r\n true ",
	};

	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		assert_int_equal(parse(right[i]), ERR_OK);
}

static void each_failing_allocation_is_a_fault(void **state)
{
	(void)state;
	bool refused = true;

	json_read_free(doc);
	for (size_t n = 0; refused; n++) {
		doc = NULL;
		alloc_fault_after(n);
		enum err e = json_read_parse(
		    &doc, span_str("{\"a\":[\"b\",1,{\"c\":null}]}"), 99);

		refused = alloc_fault_off();
		assert_int_equal(e, refused ? ERR_NO_MEMORY : ERR_OK);
		assert_int_equal(doc == NULL, refused);
	}
}

static int tear_down(void **state)
{
	(void)state;
	json_read_free(doc);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_found_by_key_and_place),
		cmocka_unit_test(what_is_absent_is_no_crash),
		cmocka_unit_test(integers_above_2_53_must_be_text),
		cmocka_unit_test(only_whole_numbers_are_integers),
		cmocka_unit_test(signed_integers_reach_both_ends),
		cmocka_unit_test(fractions_are_exact_units_or_refused),
		cmocka_unit_test(nesting_and_size_are_bounded),
		cmocka_unit_test(what_is_not_json_is_refused),
		cmocka_unit_test(what_is_json_is_read),
		cmocka_unit_test(each_failing_allocation_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
