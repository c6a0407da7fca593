/* tests/unit/clarity/check/test_define.c - definitions. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void a_name_is_defined_once_but_for_read_only_functions(void **state)
{
	(void)state;
	refused("(define-constant a 1) (define-data-var a int 1)",
	        "NameAlreadyUsed");
	refused("(define-private (a) 1) (define-private (a) 1)",
	        "NameAlreadyUsed");
	refused("(define-private (a) 1) (define-read-only (a) 1)",
	        "NameAlreadyUsed");
	accepted("(define-read-only (a) 1) (define-private (a) 1)");
	accepted("(define-read-only (a) 1) (define-read-only (a) u1)");
}

static void the_later_of_two_read_only_functions_counts(void **state)
{
	(void)state;
	typed("(define-read-only (a) 1) (define-read-only (a) u1) (a)", "uint");
}

static void words_of_the_language_are_not_kept_back_here(void **state)
{
	(void)state;
	accepted("(define-private (+ (a int)) a)");
	accepted("(define-constant tx-sender 1)");
	refused("(define-constant block-height 1)", "ReservedWord");
}

static void a_public_function_returns_a_response(void **state)
{
	(void)state;
	accepted("(define-public (f) (ok 1))");
	accepted("(define-public (f) (err 1))");
	refused("(define-public (f) 1)", "PublicFunctionMustReturnResponse");
	refused("(define-public (f) (some 1))",
	        "PublicFunctionMustReturnResponse");
}

static void parameters_are_pairs_with_free_names(void **state)
{
	(void)state;
	refused("(define-private (f a) 1)", "BadSyntaxBinding");
	refused("(define-private (f (a)) 1)", "BadSyntaxBinding");
	refused("(define-private (f (1 int)) 1)", "BadSyntaxBinding");
	refused("(define-private (f (a nothing)) 1)", "UnknownTypeName");
	refused("(define-constant a 1) (define-private (f (a int)) a)",
	        "NameAlreadyUsed");
	accepted("(define-private (f (a int) (a uint)) a)");
}

static void a_function_has_at_most_256_parameters_from_3_3(void **state)
{
	const char *head = "(define-private (f";

	(void)state;
	judged_as(EPOCH_3_3, CLARITY_4, repeated(head, " (a int)", 256, ") 1)"),
	          "ok");
	judged_as(EPOCH_3_3, CLARITY_4, repeated(head, " (a int)", 257, ") 1)"),
	          "TooManyFunctionParameters");
	judged_as(EPOCH_3_2, CLARITY_3, repeated(head, " (a int)", 257, ") 1)"),
	          "ok");
}

static void a_method_has_at_most_256_parameters_from_3_3(void **state)
{
	const char *head = "(define-trait t ((m (";
	const char *tail = ") (response int int))))";

	(void)state;
	judged_as(EPOCH_3_3, CLARITY_4, repeated(head, " int", 256, tail),
	          "ok");
	judged_as(EPOCH_3_3, CLARITY_4, repeated(head, " int", 257, tail),
	          "TooManyFunctionParameters");
	judged_as(EPOCH_3_2, CLARITY_3, repeated(head, " int", 257, tail),
	          "ok");
}

static void methods(enum epoch epoch, uint32_t n, const char *verdict)
{
	static char source[1 << 15];
	size_t at = (size_t)snprintf(source, 32, "(define-trait t (");

	for (uint32_t i = 0; i < n; i++)
		at += (size_t)snprintf(source + at, 64,
		                       "(m%u () (response int int)) ",
		                       (unsigned)i);
	(void)snprintf(source + at, 8, "))");
	judged_as(epoch, CLARITY_3, source, verdict);
}

static void a_trait_has_at_most_256_methods_from_3_3(void **state)
{
	(void)state;
	methods(EPOCH_3_3, 256, "ok");
	methods(EPOCH_3_3, 257, "TraitTooManyMethods");
	methods(EPOCH_3_2, 257, "ok");
}

static void a_method_may_come_twice_in_clarity_1_only(void **state)
{
	const char *source = "(define-trait t ((m () (response int int))"
			     " (m () (response int int))))";

	(void)state;
	judged_as(EPOCH_3_4, CLARITY_1, source, "ok");
	judged_as(EPOCH_3_4, CLARITY_2, source, "DefineTraitDuplicateMethod");
}

static void a_method_gives_a_response(void **state)
{
	(void)state;
	refused("(define-trait t ((m () int)))", "DefineTraitBadSignature");
	refused("(define-trait t ((m () nothing)))", "DefineTraitBadSignature");
	refused("(define-trait t ((m (nothing) (response int int))))",
	        "UnknownTypeName");
	refused("(define-trait t ((m)))", "InvalidTypeDescription");
	refused("(define-trait t ((m int (response int int))))",
	        "DefineTraitBadSignature");
}

static void before_clarity_3_a_trait_may_take_a_used_name(void **state)
{
	const char *source = "(define-constant t 1) (define-trait t ())";

	(void)state;
	judged_as(EPOCH_3_4, CLARITY_2, source, "ok");
	judged_as(EPOCH_3_4, CLARITY_3, source, "NameAlreadyUsed");
}

static void bad_types_are_said_as_bad_definitions(void **state)
{
	(void)state;
	refused("(define-data-var v nothing 1)", "DefineVariableBadSignature");
	refused("(define-map m nothing int)", "BadMapTypeDefinition");
	refused("(define-map m int nothing)", "BadMapTypeDefinition");
	refused("(define-non-fungible-token n nothing)",
	        "DefineNFTBadSignature");
	refused("(define-data-var v int u1)", "TypeError");
	refused("(define-fungible-token t 1)", "TypeError");
}

static void a_used_trait_must_exist(void **state)
{
	(void)state;
	accepted("(use-trait t .dep.get)");
	refused("(use-trait t .dep.nothing)", "TraitReferenceUnknown");
	refused("(use-trait t .nobody.get)", "NoSuchContract");
}

static void definitions_keep_the_memory_of_their_names(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	/* abc 3 + 1; de 2 + 5; the parameter's 1 + 1 is given back; f 1 + 2;
	 * token 5 + 1; map m 1 + 1 + 2 */
	(void)state;
	judged_open(&j,
	            "(define-constant abc 1)"
	            "(define-data-var de (buff 4) 0x)"
	            "(define-private (f (a int)) a)"
	            "(define-fungible-token token)"
	            "(define-map m int (optional int))",
	            &s);
	assert_int_equal(j.err, ERR_OK);
	assert_int_equal(j.memory.used, 4 + 7 + 3 + 6 + 4);
	judged_close(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_name_is_defined_once_but_for_read_only_functions),
		cmocka_unit_test(the_later_of_two_read_only_functions_counts),
		cmocka_unit_test(words_of_the_language_are_not_kept_back_here),
		cmocka_unit_test(a_public_function_returns_a_response),
		cmocka_unit_test(parameters_are_pairs_with_free_names),
		cmocka_unit_test(
		    a_function_has_at_most_256_parameters_from_3_3),
		cmocka_unit_test(a_method_has_at_most_256_parameters_from_3_3),
		cmocka_unit_test(a_trait_has_at_most_256_methods_from_3_3),
		cmocka_unit_test(a_method_may_come_twice_in_clarity_1_only),
		cmocka_unit_test(a_method_gives_a_response),
		cmocka_unit_test(before_clarity_3_a_trait_may_take_a_used_name),
		cmocka_unit_test(bad_types_are_said_as_bad_definitions),
		cmocka_unit_test(a_used_trait_must_exist),
		cmocka_unit_test(definitions_keep_the_memory_of_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
