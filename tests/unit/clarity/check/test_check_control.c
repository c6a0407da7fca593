/* tests/unit/clarity/check/test_check_control.c - if, let and their like. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void the_arms_of_an_if_are_joined(void **state)
{
	(void)state;
	typed("(if true 0x00 0x0000)", "(buff 2)");
	refused("(if true 1 u1)", "IfArmsMustMatch");
	refused("(if 1 2 3)", "TypeError");
	refused("(if true 1)", "IncorrectArgumentCount");
}

static void two_contracts_meet_as_a_principal(void **state)
{
	(void)state;
	typed("(if true .dep .other)", "principal");
	typed("(if true .dep tx-sender)", "principal");
}

static void a_let_binds_one_after_the_other(void **state)
{
	(void)state;
	typed("(let ((a 1) (b (+ a 1))) b)", "int");
	refused("(let ((b a) (a 1)) b)", "UndefinedVariable");
	refused("(let ((a 1) (a 2)) a)", "NameAlreadyUsed");
	refused("(begin (let ((a 1)) a) a)", "UndefinedVariable");
}

static void a_let_is_a_list_of_pairs_and_a_body(void **state)
{
	(void)state;
	refused("(let 1 2)", "BadLetSyntax");
	refused("(let (a) 2)", "BadSyntaxBinding");
	refused("(let ((a)) 2)", "BadSyntaxBinding");
	refused("(let ((1 2)) 3)", "BadSyntaxBinding");
	refused("(let ((a 1)))", "RequiresAtLeastArguments");
}

static void a_bound_name_must_be_free_but_for_read_only_functions(void **state)
{
	(void)state;
	refused("(define-constant x 1) (let ((x 2)) x)", "NameAlreadyUsed");
	refused("(define-data-var x int 1) (let ((x 2)) x)", "NameAlreadyUsed");
	refused("(define-map x int int) (let ((x 2)) x)", "NameAlreadyUsed");
	refused("(define-private (x) 1) (let ((x 2)) x)", "NameAlreadyUsed");
	refused("(define-fungible-token x) (let ((x 2)) x)", "NameAlreadyUsed");
	accepted("(define-read-only (x) 1) (let ((x 2)) x)");
}

static void block_height_is_kept_back_from_clarity_3_on(void **state)
{
	(void)state;
	judged_as(EPOCH_3_4, CLARITY_2, "(let ((block-height 1)) 1)", "ok");
	judged_as(EPOCH_3_4, CLARITY_3, "(let ((block-height 1)) 1)",
	          "ReservedWord");
}

static void a_response_may_not_be_thrown_away(void **state)
{
	(void)state;
	refused("(begin (ok 1) 2)", "UncheckedIntermediaryResponses");
	refused("(let ((a 1)) (ok 1) 2)", "UncheckedIntermediaryResponses");
	accepted("(begin (is-ok (ok 1)) (ok 2))");
}

static void a_thrown_response_is_said_after_later_errors(void **state)
{
	(void)state;
	refused("(begin (ok 1) (+ 1 u1) 2)", "TypeError");
}

static void equality_wants_a_common_type(void **state)
{
	(void)state;
	typed("(is-eq 1 2 3)", "bool");
	typed("(is-eq none (some 1))", "bool");
	typed("(is-eq 0x00 0x0000)", "bool");
	refused("(is-eq 1 u1)", "TypeError");
	refused("(is-eq)", "RequiresAtLeastArguments");
}

static void print_and_as_contract_give_what_they_get(void **state)
{
	(void)state;
	typed("(print {a: 1})", "(tuple (a int))");
	typed_in(EPOCH_3_0, CLARITY_3, "(as-contract tx-sender)", "principal");
	judged_as(EPOCH_3_3, CLARITY_4, "(as-contract tx-sender)",
	          "UnknownFunction");
}

static void bindings_hold_memory_until_the_let_ends(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	(void)state;
	judged_open(&j, "(let ((abc 1)) abc)", &s);
	assert_int_equal(j.err, ERR_OK);
	assert_int_equal(j.memory.used, 0);
	judged_close(&j);

	/* "abc" and a type of size 1 take four bytes. */
	s.memory_limit = 4;
	judged_open(&j, "(let ((abc 1)) abc)", &s);
	assert_int_equal(j.err, ERR_OK);
	judged_close(&j);
	s.memory_limit = 3;
	judged_open(&j, "(let ((abc 1)) abc)", &s);
	assert_int_equal(j.err, ERR_MEMORY_LIMIT);
	assert_string_equal(judged_verdict(&j), "MemoryBalanceExceeded");
	judged_close(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_arms_of_an_if_are_joined),
		cmocka_unit_test(two_contracts_meet_as_a_principal),
		cmocka_unit_test(a_let_binds_one_after_the_other),
		cmocka_unit_test(a_let_is_a_list_of_pairs_and_a_body),
		cmocka_unit_test(
		    a_bound_name_must_be_free_but_for_read_only_functions),
		cmocka_unit_test(block_height_is_kept_back_from_clarity_3_on),
		cmocka_unit_test(a_response_may_not_be_thrown_away),
		cmocka_unit_test(a_thrown_response_is_said_after_later_errors),
		cmocka_unit_test(equality_wants_a_common_type),
		cmocka_unit_test(print_and_as_contract_give_what_they_get),
		cmocka_unit_test(bindings_hold_memory_until_the_let_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
