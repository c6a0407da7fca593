/* tests/unit/clarity/check/test_check_allowance.c - allowances. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void a_restricted_body_becomes_a_response(void **state)
{
	(void)state;
	typed("(restrict-assets? tx-sender ((with-stx u1)) 5)",
	      "(response int uint)");
	typed("(as-contract? () true)", "(response bool uint)");
	refused("(restrict-assets? 1 () 5)", "TypeError");
}

static void each_allowance_has_its_arguments(void **state)
{
	(void)state;
	accepted("(as-contract? ((with-ft .dep \"*\" u1)"
	         " (with-nft .dep \"n\" (list 1 2)) (with-stacking u1)) 1)");
	refused("(as-contract? ((with-stx 1)) 1)", "TypeError");
	refused("(as-contract? ((with-stx)) 1)", "IncorrectArgumentCount");
	refused("(as-contract? ((with-nft .dep \"n\" 1)) 1)",
	        "WithNftExpectedListOfIdentifiers");
	judged_as(EPOCH_4_0, CLARITY_6,
	          "(as-contract? ((with-staking u1) (with-pox)) 1)", "ok");
	judged_as(EPOCH_4_0, CLARITY_6, "(as-contract? ((with-stacking u1)) 1)",
	          "UnknownFunction");
}

static void only_allowances_can_stand_in_the_list(void **state)
{
	(void)state;
	refused("(as-contract? ((+ 1 2)) 1)", "ExpectedAllowanceExpr");
	refused("(as-contract? (5) 1)", "ExpectedListApplication");
	refused("(as-contract? 5 1)", "ExpectedListOfAllowances");
	refused("(restrict-assets? tx-sender 5 1)", "ExpectedListOfAllowances");
	judged_as(EPOCH_4_1, CLARITY_6, "(as-contract? (()) 1)",
	          "ExpectedListApplication");
}

static void allowances_can_stand_nowhere_else(void **state)
{
	(void)state;
	refused("(with-stx u1)", "AllowanceExprNotAllowed");
	refused("(begin (with-all-assets-unsafe))", "AllowanceExprNotAllowed");
}

static void everything_is_allowed_alone_and_for_the_contract_only(void **state)
{
	(void)state;
	accepted("(as-contract? ((with-all-assets-unsafe)) 1)");
	refused("(as-contract? ((with-all-assets-unsafe) (with-stx u1)) 1)",
	        "WithAllAllowanceNotAlone");
	refused("(restrict-assets? tx-sender ((with-all-assets-unsafe)) 1)",
	        "WithAllAllowanceNotAllowed");
}

static void a_list_has_at_most_128_allowances(void **state)
{
	(void)state;
	accepted(repeated("(as-contract? (", "(with-stx u1) ", 128, ") 1)"));
	refused(repeated("(as-contract? (", "(with-stx u1) ", 129, ") 1)"),
	        "TooManyAllowances");
}

static void with_nft_takes_at_most_128_identifiers(void **state)
{
	const char *head = "(as-contract? ((with-nft .dep \"n\" (list";

	(void)state;
	accepted(repeated(head, " 1", 128, "))) 1)"));
	refused(repeated(head, " 1", 129, "))) 1)"),
	        "MaxIdentifierLengthExceeded");
}

static void the_name_of_a_token_has_at_most_128_characters(void **state)
{
	(void)state;
	accepted(repeated("(as-contract? ((with-ft .dep \"", "a", 128,
	                  "\" u1)) 1)"));
	refused(
	    repeated("(as-contract? ((with-ft .dep \"", "a", 129, "\" u1)) 1)"),
	    "TypeError");
}

static void no_statement_may_leave_a_response(void **state)
{
	(void)state;
	refused("(as-contract? () (ok 1))", "UncheckedIntermediaryResponses");
	refused("(as-contract? () (ok 1) 2)", "UncheckedIntermediaryResponses");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_restricted_body_becomes_a_response),
		cmocka_unit_test(each_allowance_has_its_arguments),
		cmocka_unit_test(only_allowances_can_stand_in_the_list),
		cmocka_unit_test(allowances_can_stand_nowhere_else),
		cmocka_unit_test(
		    everything_is_allowed_alone_and_for_the_contract_only),
		cmocka_unit_test(a_list_has_at_most_128_allowances),
		cmocka_unit_test(with_nft_takes_at_most_128_identifiers),
		cmocka_unit_test(
		    the_name_of_a_token_has_at_most_128_characters),
		cmocka_unit_test(no_statement_may_leave_a_response),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
