/* tests/unit/clarity/lang/test_parse.c - Claims about clarity/lang/parse.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/lang/parse.h"
#include "tests/unit/clarity/lang/lang_case.h"

static void an_empty_program_is_a_program(void **state)
{
	(void)state;
	reads_as("", "");
	reads_as(" \n\t", "");
	reads_as(";; nothing", "");
	reads_as("()", "()\n");
}

static void lists_nest_and_top_level_forms_may_touch(void **state)
{
	(void)state;
	reads_as("(a (b () 1) (c))", "(a (b () 1) (c))\n");
	reads_as("(a)(b)c", "(a)\n(b)\nc\n");
	reads_as("1 2", "1\n2\n");
}

static void items_of_a_list_are_parted_by_white_space(void **state)
{
	(void)state;
	refused_at("(list (list)(list))", "ExpectedWhitespace", 12, 18);
	refused("(get a{a: 1})", "ExpectedWhitespace");
	refused("(len{a:1})", "ExpectedWhitespace");
	refused("(list \"a\"\"b\")", "ExpectedWhitespace");
	refused("(a .b(c))", "ExpectedWhitespace");
	refused("(a <b><c>)", "ExpectedWhitespace");
	refused("(list 1,2)", "UnexpectedToken");
	reads_as("( a\n\tb )", "(a b)\n");
	reads_as("((a) b)", "((a) b)\n");
	reads_as("(a;; c\nb)", "(a b)\n");
	/* A fault inside of the item comes first. */
	refused("(a(b , c))", "UnexpectedToken");
}

static void brackets_match(void **state)
{
	(void)state;
	refused_at("(a", "ExpectedClosing", 2, 2);
	refused("(a (b)", "ExpectedClosing");
	refused_at("a)", "UnexpectedToken", 1, 2);
	refused("(a}", "UnexpectedToken");
	refused("{a: 1)", "TupleCommaExpectedv2");
	refused("{)", "UnexpectedToken");
	refused("(a : b)", "UnexpectedToken");
	refused(",", "UnexpectedToken");
	refused(":", "UnexpectedToken");
	refused("}", "UnexpectedToken");
}

static void tuples_are_keys_and_values(void **state)
{
	(void)state;
	reads_as("{}", "(tuple)\n");
	reads_as("{ ;; c\n}", "(tuple)\n");
	reads_as("{a:1}", "(tuple (a 1))\n");
	reads_as("{a : 1 , b: {c: u2} , }",
	         "(tuple (a 1) (b (tuple (c u2))))\n");
	reads_as("{a ;; c\n : ;; c\n 1 ;; c\n , ;; c\n b: 2 ;; c\n}",
	         "(tuple (a 1) (b 2))\n");
	refused("{,}", "UnexpectedToken");
	refused("{a: 1,,}", "UnexpectedToken");
	refused("{: 1}", "UnexpectedToken");
	refused_at("{a 1}", "TupleColonExpectedv2", 3, 4);
	refused("{a}", "TupleColonExpectedv2");
	refused("{a", "TupleColonExpectedv2");
	refused_at("{a: 1 b: 2}", "TupleCommaExpectedv2", 6, 7);
	refused_at("{a:", "TupleValueExpected", 2, 3);
	refused("{a:}", "UnexpectedToken");
	refused("{a:,", "UnexpectedToken");
	refused("{a: 1", "ExpectedClosing");
	refused("{a: 1,", "ExpectedClosing");
	refused("{", "ExpectedClosing");
}

static void contracts_and_traits_are_written_with_dots(void **state)
{
	(void)state;
	reads_as("(f .c .c.t 'SP000000000000000000002Q6VF78 "
	         "'SP000000000000000000002Q6VF78.c "
	         "'SP000000000000000000002Q6VF78.c.t)",
	         "(f '" SNIPPET_ISSUER ".c '" SNIPPET_ISSUER ".c.t "
	         "'SP000000000000000000002Q6VF78 "
	         "'SP000000000000000000002Q6VF78.c "
	         "'SP000000000000000000002Q6VF78.c.t)\n");
	refused("'SP000000000000000000002Q6VF79", "InvalidPrincipalLiteral");
	refused("'", "InvalidPrincipalLiteral");
	refused(".", "ExpectedContractIdentifier");
	refused(". a", "ExpectedContractIdentifier");
	refused(".1", "ExpectedContractIdentifier");
	refused(".+", "ExpectedContractIdentifier");
	refused(".a.", "ExpectedTraitIdentifier");
	refused(".a. b", "ExpectedTraitIdentifier");
	refused("'SP000000000000000000002Q6VF78.",
	        "ExpectedContractIdentifier");
	refused("'SP000000000000000000002Q6VF78.a.<b>",
	        "ExpectedTraitIdentifier");
	refused(".a?", "IllegalContractName");
	refused("'SP000000000000000000002Q6VF78.a+", "IllegalContractName");
	/* A dot behind white space begins something new. */
	reads_as("(f 'SP000000000000000000002Q6VF78 .c)",
	         "(f 'SP000000000000000000002Q6VF78 '" SNIPPET_ISSUER ".c)\n");
	refused("(f .a .)", "ExpectedContractIdentifier");
}

static void names_end_at_their_limits(void **state)
{
	static const struct {
		const char *head, *tail, *rule;
		size_t max;
	} cases[] = {
		{ "", "", "NameTooLong", 128 },
		{ "(use-trait a .b.c) <", ">", "NameTooLong", 128 },
		{ ".", "", "ContractNameTooLong", 40 },
		{ ".", ".t", "ContractNameTooLong", 40 },
		{ ".c.", "", "NameTooLong", 128 },
		{ "'SP000000000000000000002Q6VF78.", "", "ContractNameTooLong",
		  40 },
		{ "'SP000000000000000000002Q6VF78.c.", "", "NameTooLong", 128 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		for (size_t n = cases[i].max - 1; n <= cases[i].max + 1; n++) {
			char *s =
			    repeated(cases[i].head, "a", n, cases[i].tail);
			struct snippet p;

			snippet_open(&p, s, EPOCH_3_4);
			if (n > cases[i].max)
				assert_string_equal(p.diag.rule.name,
				                    cases[i].rule);
			else if (cases[i].tail[0] == '>')
				assert_string_equal(p.diag.rule.name,
				                    "TraitReferenceUnknown");
			else
				assert_int_equal(p.err, ERR_OK);
			snippet_close(&p);
			test_free(s);
		}
	}
}

/* Claims what becomes of `n` brackets around `inner`. */
static void nesting_is(enum epoch epoch, const char *open, size_t n,
                       const char *inner, const char *rule)
{
	const char *close = open[0] == '{' ? "}" : ")";
	char *s = nested(open, n, inner, close);
	struct snippet p;

	snippet_open(&p, s, epoch);
	if (rule)
		assert_string_equal(p.diag.rule.name, rule);
	else
		assert_int_equal(p.err, ERR_OK);
	snippet_close(&p);
	test_free(s);
}

static void lists_nest_to_one_below_the_limit_of_the_epoch(void **state)
{
	static const char *const rule = "ExpressionStackDepthTooDeep";

	(void)state;
	nesting_is(EPOCH_3_3, "(", 67, "", NULL);
	nesting_is(EPOCH_3_3, "(", 68, "", NULL);
	nesting_is(EPOCH_3_3, "(", 69, "", rule);
	nesting_is(EPOCH_3_3, "(", 70, "", rule);
	nesting_is(EPOCH_3_3, "(", 71, "", rule);
	nesting_is(EPOCH_3_4, "(", 131, "", NULL);
	nesting_is(EPOCH_3_4, "(", 132, "", NULL);
	nesting_is(EPOCH_3_4, "(", 133, "", rule);
	nesting_is(EPOCH_3_4, "(", 134, "", rule);
	nesting_is(EPOCH_3_4, "(", 135, "", rule);
}

static void tuples_count_twice_while_reading(void **state)
{
	static const char *const rule = "ExpressionStackDepthTooDeep";

	(void)state;
	nesting_is(EPOCH_3_3, "{a: ", 34, "1", NULL);
	nesting_is(EPOCH_3_3, "{a: ", 35, "1", NULL);
	nesting_is(EPOCH_3_3, "{a: ", 36, "1", rule);
	nesting_is(EPOCH_3_4, "{a: ", 67, "1", NULL);
	nesting_is(EPOCH_3_4, "{a: ", 68, "1", rule);
}

static void a_tuple_in_the_deepest_list_has_a_rule_of_its_own(void **state)
{
	(void)state;
	nesting_is(EPOCH_3_3, "(", 67, "{}", NULL);
	nesting_is(EPOCH_3_3, "(", 68, "{}", "VaryExpressionStackDepthTooDeep");
	nesting_is(EPOCH_3_3, "(", 69, "{}", "ExpressionStackDepthTooDeep");
	nesting_is(EPOCH_3_4, "(", 132, "{}",
	           "VaryExpressionStackDepthTooDeep");
}

static void only_the_reader_stops_at_once(void **state)
{
	char *deep = nested("(", 69, "", ")");
	char *both = repeated(deep, " )", 1, "");
	char *deeper = nested("(", 71, "", "");

	(void)state;
	/* Two above the limit ends reading; below that, all of it is read. */
	refused_in(EPOCH_3_3, both, "UnexpectedToken");
	refused_in(EPOCH_3_3, deeper, "ExpressionStackDepthTooDeep");
	test_free(deep);
	test_free(both);
	test_free(deeper);
}

static void depth_errors_are_rejectable_before_3_4_only(void **state)
{
	(void)state;
	assert_true(parse_error_is_rejectable(PARSE_ERROR_TOO_DEEP, EPOCH_3_3));
	assert_true(
	    parse_error_is_rejectable(PARSE_ERROR_TOO_DEEP_MIXED, EPOCH_3_3));
	assert_false(
	    parse_error_is_rejectable(PARSE_ERROR_TOO_DEEP, EPOCH_3_4));
	assert_false(parse_error_is_rejectable(PARSE_ERROR_CYCLE, EPOCH_3_0));
}

static void an_open_list_says_where_it_was_opened(void **state)
{
	struct snippet p;

	(void)state;
	snippet_open(&p, "(a)\n  (b\n(c)\n", EPOCH_3_4);
	assert_string_equal(p.diag.suggestion,
	                    "it was opened in line 2, column 3");
	snippet_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_program_is_a_program),
		cmocka_unit_test(lists_nest_and_top_level_forms_may_touch),
		cmocka_unit_test(items_of_a_list_are_parted_by_white_space),
		cmocka_unit_test(brackets_match),
		cmocka_unit_test(tuples_are_keys_and_values),
		cmocka_unit_test(contracts_and_traits_are_written_with_dots),
		cmocka_unit_test(names_end_at_their_limits),
		cmocka_unit_test(
		    lists_nest_to_one_below_the_limit_of_the_epoch),
		cmocka_unit_test(tuples_count_twice_while_reading),
		cmocka_unit_test(
		    a_tuple_in_the_deepest_list_has_a_rule_of_its_own),
		cmocka_unit_test(only_the_reader_stops_at_once),
		cmocka_unit_test(depth_errors_are_rejectable_before_3_4_only),
		cmocka_unit_test(an_open_list_says_where_it_was_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
