/* tests/unit/clarity/check/test_expr.c - types of expressions. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void literals_have_the_type_of_their_value(void **state)
{
	(void)state;
	typed("1", "int");
	typed("u1", "uint");
	typed("0x0011", "(buff 2)");
	typed("\"abc\"", "(string-ascii 3)");
	typed("u\"abc\"", "(string-utf8 3)");
	typed("'SP000000000000000000002Q6VF78", "principal");
	typed(".dep", "(principal ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
	              ".dep)");
}

static void keywords_belong_to_versions(void **state)
{
	(void)state;
	typed("tx-sender", "principal");
	typed("tx-sponsor?", "(optional principal)");
	typed("is-in-mainnet", "bool");
	typed("stacks-block-time", "uint");
	typed("current-contract", "principal");
	judged_as(EPOCH_3_4, CLARITY_3, "stacks-block-time",
	          "UndefinedVariable");
	judged_as(EPOCH_3_4, CLARITY_2, "block-height", "ok");
	judged_as(EPOCH_3_4, CLARITY_3, "block-height", "UndefinedVariable");
	judged_as(EPOCH_3_4, CLARITY_1, "chain-id", "UndefinedVariable");
}

static void a_trait_hides_a_value_of_its_name(void **state)
{
	(void)state;
	accepted("(use-trait t .dep.get)"
	         "(define-public (f (x <t>))"
	         " (let ((x 1)) (contract-call? x g u1)))");
}

static void a_name_at_the_top_level_costs_no_walk_through_scopes(void **state)
{
	(void)state;
	costs(EPOCH_3_4, "x", 2 + 94 + 1 + 15);
	/* let: storage 8 nodes, visit, let 2 + 10; value: visit and 10; name
	 * 1 + 59; body: visit, lookups 15 and 12, 10; result 10 */
	costs(EPOCH_3_4, "(let ((a 1)) a)",
	      2 * 7 + 94 + 1 + 12 + 11 + 60 + 1 + 15 + 12 + 10 + 10);
}

static void an_application_begins_with_a_known_name(void **state)
{
	(void)state;
	refused("()", "NonFunctionApplication");
	refused("(1 2)", "NonFunctionApplication");
	refused("((f) 1)", "NonFunctionApplication");
	refused("(f 1)", "UnknownFunction");
	judged_as(EPOCH_4_1, CLARITY_6, "(f 1)", "UnknownFunction");
}

static void the_number_of_arguments_of_own_functions_is_left_open(void **state)
{
	(void)state;
	accepted("(define-private (f (a int)) a) (f)");
	accepted("(define-private (f (a int)) a) (f 1 2)");
	accepted("(define-private (f (a int)) a) (f 1 (+ 1 u1))");
	refused("(define-private (f (a int)) a) (f u1)", "TypeError");
}

static void traits_are_not_values(void **state)
{
	(void)state;
	refused("(define-trait t ()) (print <t>)",
	        "UnexpectedTraitOrFieldReference");
	refused("(print .dep.get)", "UnexpectedTraitOrFieldReference");
}

static void the_expected_type_is_the_one_on_record(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	(void)state;
	judged_open(&j,
	            "(define-private (f (a (buff 5))) a)"
	            "(f 0x00)",
	            &s);
	assert_int_equal(j.err, ERR_OK);

	const struct ast_node *call = &j.snippet.ast.items[1];
	const struct checked_expr *arg = &j.checked.exprs[call->items[1].id];

	assert_int_equal(arg->type->kind, TYPE_BUFF);
	assert_int_equal(arg->type->len, 5);
	judged_close(&j);
}

static void names_are_resolved_for_the_compiler(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	(void)state;
	judged_open(&j,
	            "(define-constant k 1)"
	            "(define-private (f (a int)) (+ a k))",
	            &s);
	assert_int_equal(j.err, ERR_OK);

	const struct ast_node *form = &j.snippet.ast.items[1];
	const struct ast_node *param = &form->items[1].items[1].items[0];
	const struct ast_node *sum = &form->items[2];
	const struct checked_expr *e = j.checked.exprs;

	assert_int_equal(e[sum->items[0].id].kind, CHECKED_NATIVE);
	assert_int_equal(e[sum->items[0].id].ref, NATIVE_ADD);
	assert_int_equal(e[sum->items[1].id].kind, CHECKED_LOCAL);
	assert_int_equal(e[sum->items[1].id].ref, param->id);
	assert_int_equal(e[sum->items[2].id].kind, CHECKED_CONSTANT);
	assert_int_equal(j.checked.defs[e[sum->items[2].id].ref].sym,
	                 j.snippet.ast.items[0].items[1].sym);
	judged_close(&j);
}

static void the_place_of_an_error_is_the_innermost_one(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	(void)state;
	judged_open(&j, "(if true (+ 1 (- 2 u3)) 4)", &s);
	assert_string_equal(judged_verdict(&j), "TypeError");
	assert_int_equal(j.diag.span.start, 14);
	assert_int_equal(j.diag.span.end, 22);
	judged_close(&j);
}

static void scopes_nest_as_deep_as_the_text(void **state)
{
	static char source[1 << 14];
	size_t at = 0;

	/* The text nests 133 lists: 66 lets, each with its list of bindings. */
	(void)state;
	for (int i = 0; i < 66; i++)
		at += (size_t)snprintf(source + at, sizeof(source) - at,
		                       "(let ((x%d 1)) ", i);
	at += (size_t)snprintf(source + at, sizeof(source) - at, "x0");
	for (int i = 0; i < 66; i++)
		source[at++] = ')';
	source[at] = '\0';
	accepted(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_have_the_type_of_their_value),
		cmocka_unit_test(keywords_belong_to_versions),
		cmocka_unit_test(a_trait_hides_a_value_of_its_name),
		cmocka_unit_test(
		    a_name_at_the_top_level_costs_no_walk_through_scopes),
		cmocka_unit_test(an_application_begins_with_a_known_name),
		cmocka_unit_test(
		    the_number_of_arguments_of_own_functions_is_left_open),
		cmocka_unit_test(traits_are_not_values),
		cmocka_unit_test(the_expected_type_is_the_one_on_record),
		cmocka_unit_test(names_are_resolved_for_the_compiler),
		cmocka_unit_test(the_place_of_an_error_is_the_innermost_one),
		cmocka_unit_test(scopes_nest_as_deep_as_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
