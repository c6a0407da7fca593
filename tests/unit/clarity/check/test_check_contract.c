/* tests/unit/clarity/check/test_check_contract.c - calls to other contracts. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void a_literal_contract_is_called_by_its_signature(void **state)
{
	(void)state;
	typed("(contract-call? .dep g u1)", "(response uint uint)");
	typed("(contract-call? .dep look 1)", "int");
	refused("(contract-call? .dep g 1)", "TypeError");
	refused("(contract-call? .dep g)", "IncorrectArgumentCount");
	refused("(contract-call? .dep g u1 u2)", "IncorrectArgumentCount");
}

static void private_functions_cannot_be_called(void **state)
{
	(void)state;
	refused("(contract-call? .dep hidden)", "NoSuchPublicFunction");
	refused("(contract-call? .dep nothing)", "NoSuchPublicFunction");
	refused("(contract-call? .nobody g)", "NoSuchContract");
}

static void a_target_is_a_contract_or_a_name(void **state)
{
	(void)state;
	refused("(contract-call? 5 g)", "ContractCallExpectName");
	refused("(contract-call? .dep 5)", "ContractCallExpectName");
	refused("(contract-call? .dep)", "RequiresAtLeastArguments");
	refused("(contract-call? tx-sender g)", "TraitReferenceUnknown");
}

static void a_constant_contract_is_a_target_from_clarity_2_on(void **state)
{
	const char *source = "(define-constant c .dep)"
			     "(contract-call? c look 1)";

	(void)state;
	typed(source, "int");
	judged_as(EPOCH_3_4, CLARITY_1, source, "TraitReferenceUnknown");
	refused("(define-constant c 1) (contract-call? c look 1)",
	        "ExpectedCallableType");
}

static void a_trait_is_called_by_its_methods(void **state)
{
	(void)state;
	accepted("(use-trait t .dep.get)"
	         "(define-public (f (x <t>)) (contract-call? x g u1))");
	refused("(use-trait t .dep.get)"
	        "(define-public (f (x <t>)) (contract-call? x h u1))",
	        "TraitMethodUnknown");
	refused("(use-trait t .dep.get)"
	        "(define-public (f (x <t>)) (contract-call? x g 1))",
	        "TypeError");
}

static void a_trait_can_be_bound_from_clarity_2_on(void **state)
{
	const char *source = "(use-trait t .dep.get)"
			     "(define-public (f (x <t>))"
			     " (let ((y x)) (contract-call? y g u1)))";

	(void)state;
	accepted(source);
	judged_as(EPOCH_3_4, CLARITY_1, source, "TraitReferenceUnknown");
}

static void contract_of_wants_a_name_bound_to_a_trait(void **state)
{
	(void)state;
	accepted("(use-trait t .dep.get)"
	         "(define-read-only (f (x <t>)) (contract-of x))");
	refused("(contract-of tx-sender)", "TraitReferenceUnknown");
	refused("(contract-of 1)", "ContractOfExpectsTrait");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_literal_contract_is_called_by_its_signature),
		cmocka_unit_test(private_functions_cannot_be_called),
		cmocka_unit_test(a_target_is_a_contract_or_a_name),
		cmocka_unit_test(
		    a_constant_contract_is_a_target_from_clarity_2_on),
		cmocka_unit_test(a_trait_is_called_by_its_methods),
		cmocka_unit_test(a_trait_can_be_bound_from_clarity_2_on),
		cmocka_unit_test(contract_of_wants_a_name_bound_to_a_trait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
