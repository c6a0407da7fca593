/* tests/unit/clarity/lang/test_literal.c - Claims about
 * clarity/lang/literal.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/value.h"
#include "tests/unit/clarity/lang/lang_case.h"

static void integers_reach_exactly_their_limits(void **state)
{
	(void)state;
	reads_as("170141183460469231731687303715884105727 "
	         "-170141183460469231731687303715884105728",
	         "170141183460469231731687303715884105727\n"
	         "-170141183460469231731687303715884105728\n");
	refused("170141183460469231731687303715884105728",
	        "FailedParsingIntValue");
	refused("-170141183460469231731687303715884105729",
	        "FailedParsingIntValue");
	reads_as("u340282366920938463463374607431768211455 -0 u007",
	         "u340282366920938463463374607431768211455\n0\nu7\n");
	refused("u340282366920938463463374607431768211456",
	        "FailedParsingUIntValue");
}

static void buffers_take_digits_of_either_case(void **state)
{
	(void)state;
	reads_as("0x 0x00fFA0", "0x\n0x00ffa0\n");
}

static void a_buffer_has_at_most_a_mebibyte(void **state)
{
	struct snippet p;
	char *most = repeated("0x", "ab", 1048576, "");
	char *more = repeated("0x", "ab", 1048577 - 2, "");

	(void)state;
	/* The longest program is shorter than the longest buffer. */
	snippet_open(&p, most, EPOCH_3_4);
	assert_string_equal(p.diag.rule.name, "ProgramTooLarge");
	snippet_close(&p);
	snippet_open(&p, more, EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_int_equal(p.ast.items[0].value->n, 1048575);
	snippet_close(&p);
	test_free(most);
	test_free(more);
}

static void an_ascii_string_has_at_most_a_mebibyte(void **state)
{
	struct snippet p;
	char *most = repeated("\"", "a", 1048576, "\"");
	char *more = repeated("\"", "a", 1048577, "\"");

	(void)state;
	snippet_open(&p, most, EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_int_equal(p.ast.items[0].value->n, 1048576);
	snippet_close(&p);
	refused(more, "IllegalASCIIString");
	test_free(most);
	test_free(more);
}

static void a_utf8_string_of_any_length_is_read(void **state)
{
	struct snippet p;
	char *more = repeated("u\"", "a", 262145, "\"");

	(void)state;
	snippet_open(&p, more, EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);
	assert_int_equal(p.ast.items[0].value->n, 262145);
	snippet_close(&p);
	test_free(more);
}

static void ascii_strings_hold_no_control_characters(void **state)
{
	(void)state;
	reads_as("\"~ !\\n\\t\\r\\\"\\\\\"", "\"~ !\\n\\t\\r\\\"\\\\\"\n");
	refused("\"\\0\"", "IllegalASCIIString");
	refused("\"\x01\"", "IllegalASCIIString");
	refused("\"\x7f\"", "IllegalASCIIString");
	refused("\"\v\"", "IllegalASCIIString");
	reads_as("\"\f\"", "\"\f\"\n");
}

static void characters_of_utf8_strings_are_counted_and_encoded(void **state)
{
	static const uint8_t want[] = { 'a',  0xc3, 0xa9, 0xe2, 0x82,
		                        0xac, 0xf0, 0x9f, 0x98, 0x80 };
	struct snippet p;

	(void)state;
	snippet_open(&p, "u\"a\\u{e9}\\u{20AC}\\u{1F600}\"", EPOCH_3_4);
	assert_int_equal(p.err, ERR_OK);

	const struct value *v = p.ast.items[0].value;

	assert_int_equal(v->kind, VALUE_UTF8);
	assert_int_equal(v->n, 4);
	assert_int_equal(v->byte_len, sizeof(want));
	assert_memory_equal(v->bytes, want, sizeof(want));
	snippet_close(&p);
}

static void literals_outlive_the_source(void **state)
{
	struct snippet p;
	char source[] =
	    "(a \"text\" u\"more\" 0x0102 name <t>)(use-trait t .c.d)";

	(void)state;
	snippet_open(&p, source, EPOCH_3_4);
	memset(source, '?', sizeof(source) - 1);
	assert_int_equal(p.err, ERR_OK);
	assert_string_equal(snippet_text(&p),
	                    "(use-trait t '" SNIPPET_ISSUER ".c.d)\n"
	                    "(a \"text\" u\"more\" 0x0102 name <t>)\n");
	snippet_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_reach_exactly_their_limits),
		cmocka_unit_test(buffers_take_digits_of_either_case),
		cmocka_unit_test(a_buffer_has_at_most_a_mebibyte),
		cmocka_unit_test(an_ascii_string_has_at_most_a_mebibyte),
		cmocka_unit_test(a_utf8_string_of_any_length_is_read),
		cmocka_unit_test(ascii_strings_hold_no_control_characters),
		cmocka_unit_test(
		    characters_of_utf8_strings_are_counted_and_encoded),
		cmocka_unit_test(literals_outlive_the_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
