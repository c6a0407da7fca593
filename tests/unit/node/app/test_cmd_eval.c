/* tests/unit/node/app/test_cmd_eval.c - Claims about `tenure clarity eval`. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/node/app/verb_case.h"

static void a_value_is_all_that_is_written(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "(+ 1 2)"), CMD_EXIT_OK);
	assert_string_equal(app_out(), "3\n");
	assert_string_equal(app_err(), "");
}

static void a_number_below_zero_is_no_option(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "-5"), CMD_EXIT_OK);
	assert_string_equal(app_out(), "-5\n");
}

static void hex_is_the_bytes_of_consensus(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "--hex", "(ok u5)"), CMD_EXIT_OK);
	assert_string_equal(app_out(),
	                    "0x070100000000000000000000000000000005\n");
}

static void events_go_beside_the_value(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "(begin (print u1) u2)"), CMD_EXIT_OK);
	assert_string_equal(app_out(), "u2\n");
	assert_string_equal(app_err(), "print: u1\n");
}

static void json_has_value_events_and_cost(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "--json", "(print {a: (list 1)})"),
	                 CMD_EXIT_OK);
	verb_is_json();
	verb_has(app_out(), "\"text\": \"{ a: (list 1) }\"");
	verb_has(app_out(), "\"type\": \"(tuple (a (list 1 int)))\"");
	verb_has(app_out(), "\"type\":\"contract_event\"");
	verb_has(app_out(), "\"runtime\": ");
}

static void a_type_error_is_shown_in_its_line(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "(begin\n  (+ 1 true))"),
	                 CMD_EXIT_REJECT);
	assert_string_equal(app_out(), "");
	assert_string_equal(app_err(),
	                    "2:3: error: expected int, found bool [TypeError]\n"
	                    "      (+ 1 true))\n"
	                    "      ^~~~~~~~~~\n");
}

static void a_text_that_does_not_parse_is_shown_too(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "(+ 1"), CMD_EXIT_REJECT);
	verb_has(app_err(), "[ExpectedClosing]");
	verb_has(app_err(), "(+ 1\n");
}

static void a_failure_names_the_calls_that_led_to_it(void **state)
{
	(void)state;
	assert_int_equal(
	    VERB("eval", "(define-private (f (x int)) (/ 10 x))\n(f 0)"),
	    CMD_EXIT_REJECT);
	assert_string_equal(app_err(),
	                    "Runtime error: DivisionByZero\n"
	                    "  at f, 1:29\n"
	                    "    (define-private (f (x int)) (/ 10 x))\n"
	                    "                                ^~~~~~~~\n"
	                    "  called by 2:1\n");
}

static void json_tells_of_errors_as_well(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "--json", "(/ 1 0)"), CMD_EXIT_REJECT);
	verb_has(app_out(), "\"kind\": \"DivisionByZero\"");
	verb_has(app_out(), "\"column\": 1");
	assert_int_equal(VERB("eval", "--json", "(foo)"), CMD_EXIT_REJECT);
	verb_has(app_out(), "\"class\": \"Check\"");
	verb_has(app_out(), "\"kind\": \"UnknownFunction\"");
}

static void a_value_thrown_to_the_top_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "(try! (if true (err u1) (ok 1)))"),
	                 CMD_EXIT_REJECT);
	verb_has(app_err(), "UnwrapFailed");
	verb_has(app_err(), "thrown: (err u1)\n");
}

static void definitions_alone_have_no_value(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "(define-constant a 1)"),
	                 CMD_EXIT_REJECT);
	verb_has(app_err(), "no expression");
}

static void contracts_given_with_it_can_be_called(void **state)
{
	(void)state;
	verb_files();
	assert_int_equal(VERB("eval", "-w", "/p/token.clar",
	                      "(contract-call? .token supply)"),
	                 CMD_EXIT_OK);
	assert_string_equal(app_out(), "(ok u0)\n");
}

static void epoch_and_version_decide_what_exists(void **state)
{
	(void)state;
	assert_int_equal(VERB("eval", "-e", "3.0", "(is-standard tx-sender)"),
	                 CMD_EXIT_OK);
	assert_int_equal(
	    VERB("eval", "-e", "3.0", "-c", "1", "(is-standard tx-sender)"),
	    CMD_EXIT_REJECT);
	assert_int_equal(VERB("eval", "-e", "3.0", "-c", "6", "1"),
	                 CMD_EXIT_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		APP_TEST(a_value_is_all_that_is_written),
		APP_TEST(a_number_below_zero_is_no_option),
		APP_TEST(hex_is_the_bytes_of_consensus),
		APP_TEST(events_go_beside_the_value),
		APP_TEST(json_has_value_events_and_cost),
		APP_TEST(a_type_error_is_shown_in_its_line),
		APP_TEST(a_text_that_does_not_parse_is_shown_too),
		APP_TEST(a_failure_names_the_calls_that_led_to_it),
		APP_TEST(json_tells_of_errors_as_well),
		APP_TEST(a_value_thrown_to_the_top_is_an_error),
		APP_TEST(definitions_alone_have_no_value),
		APP_TEST(contracts_given_with_it_can_be_called),
		APP_TEST(epoch_and_version_decide_what_exists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
