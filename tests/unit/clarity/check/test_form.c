/* tests/unit/clarity/check/test_form.c - definitions taken apart. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/form.h"
#include "tests/unit/clarity/check/check_case.h"

static void forms_have_their_number_of_parts(void **state)
{
	(void)state;
	refused("(define-constant a)", "IncorrectArgumentCount");
	refused("(define-constant a 1 2)", "IncorrectArgumentCount");
	refused("(define-map m int)", "IncorrectArgumentCount");
	refused("(define-data-var v int)", "IncorrectArgumentCount");
	refused("(define-fungible-token)", "RequiresAtLeastArguments");
	refused("(define-fungible-token t u1 u2)", "IncorrectArgumentCount");
	refused("(define-non-fungible-token t)", "IncorrectArgumentCount");
}

static void forms_begin_with_a_name(void **state)
{
	(void)state;
	refused("(define-constant 1 2)", "ExpectedName");
	refused("(define-map 1 int int)", "ExpectedName");
	refused("(define-fungible-token 1)", "ExpectedName");
	refused("(define-private f 1)", "DefineFunctionBadSignature");
	refused("(define-private () 1)", "DefineFunctionBadSignature");
	refused("(define-private (1) 1)", "BadFunctionName");
	judged_as(EPOCH_4_1, CLARITY_6, "(define-private () 1)",
	          "RequiresAtLeastArguments");
}

static void the_name_of_a_token_is_asked_for_before_its_surplus(void **state)
{
	(void)state;
	refused("(define-fungible-token (t) u1 u2)", "ExpectedName");
	refused("(define-fungible-token 1 u1 u2)", "ExpectedName");
	refused("(define-constant (a) 1 2)", "IncorrectArgumentCount");
}

static void definitions_stand_at_the_top_level_only(void **state)
{
	(void)state;
	refused("(begin (define-constant a 1))", "UnknownFunction");
	judged_as(EPOCH_4_1, CLARITY_6, "(begin (define-constant a 1))",
	          "UnknownFunction");
}

static void other_lists_are_expressions(void **state)
{
	struct check_fault fault;
	struct snippet p;
	struct form f;

	(void)state;
	snippet_open(&p, "(+ 1 2) 5 (define-fungible-token t)", EPOCH_3_4);
	assert_int_equal(form_parse(&p.ast.items[0], &f, &fault), ERR_OK);
	assert_int_equal(f.kind, NATIVE_COUNT);
	assert_int_equal(form_parse(&p.ast.items[1], &f, &fault), ERR_OK);
	assert_int_equal(f.kind, NATIVE_COUNT);
	assert_int_equal(form_parse(&p.ast.items[2], &f, &fault), ERR_OK);
	assert_int_equal(f.kind, DEFINE_FT);
	assert_null(f.value);
	snippet_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_have_their_number_of_parts),
		cmocka_unit_test(forms_begin_with_a_name),
		cmocka_unit_test(
		    the_name_of_a_token_is_asked_for_before_its_surplus),
		cmocka_unit_test(definitions_stand_at_the_top_level_only),
		cmocka_unit_test(other_lists_are_expressions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
