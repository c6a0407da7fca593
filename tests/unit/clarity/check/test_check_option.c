/* tests/unit/clarity/check/test_check_option.c - optionals and responses. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void constructors_leave_the_other_half_unknown(void **state)
{
	(void)state;
	typed("(some 1)", "(optional int)");
	typed("(ok 1)", "(response int UnknownType)");
	typed("(err 1)", "(response UnknownType int)");
	typed("none", "(optional UnknownType)");
}

static void an_unknown_half_is_filled_by_the_other_arm(void **state)
{
	(void)state;
	typed("(if true none (some 1))", "(optional int)");
	typed("(if true (ok 1) (err u2))", "(response int uint)");
}

static void unwrapping_takes_the_inside(void **state)
{
	(void)state;
	typed("(unwrap-panic (some 1))", "int");
	typed("(unwrap! (some 1) 2)", "int");
	typed("(unwrap-err-panic (err u1))", "uint");
	typed("(unwrap-err! (err u1) 2)", "uint");
	typed("(try! (some 1))", "int");
	refused("(unwrap-panic 1)", "ExpectedOptionalOrResponseType");
	refused("(unwrap-err-panic (some 1))", "ExpectedResponseType");
	refused("(unwrap-err! 1 2)", "ExpectedResponseType");
	refused("(try! 1)", "ExpectedOptionalOrResponseType");
}

static void nothing_can_be_unwrapped_from_what_never_occurs(void **state)
{
	(void)state;
	refused("(unwrap-panic none)", "CouldNotDetermineResponseOkType");
	refused("(unwrap-panic (err 1))", "CouldNotDetermineResponseOkType");
	refused("(unwrap-err-panic (ok 1))",
	        "CouldNotDetermineResponseErrType");
	refused("(try! (ok 1))", "CouldNotDetermineResponseErrType");
	refused("(try! none)", "CouldNotDetermineResponseOkType");
}

static void an_early_return_must_fit_the_function(void **state)
{
	(void)state;
	accepted("(define-private (f (x (response int uint)))"
	         " (ok (try! x)))");
	refused("(define-private (f (x (response int uint))) (try! x))",
	        "ReturnTypesMustMatch");
	refused("(define-private (f) (begin (asserts! true 1) u1))",
	        "ReturnTypesMustMatch");
	refused("(define-private (f (x (optional int)))"
	        " (begin (unwrap! x 1) (unwrap! x u1) 1))",
	        "ReturnTypesMustMatch");
}

static void an_early_return_outside_of_functions_is_not_compared(void **state)
{
	(void)state;
	accepted("(begin (asserts! true 1) (asserts! true u1) 2)");
}

static void questions_want_the_right_kind(void **state)
{
	(void)state;
	typed("(is-some (some 1))", "bool");
	typed("(is-none none)", "bool");
	typed("(is-ok (ok 1))", "bool");
	typed("(is-err (ok 1))", "bool");
	refused("(is-some (ok 1))", "ExpectedOptionalType");
	refused("(is-none 1)", "ExpectedOptionalType");
	refused("(is-ok (some 1))", "ExpectedResponseType");
	refused("(is-err none)", "ExpectedResponseType");
}

static void a_default_is_joined_with_what_the_optional_holds(void **state)
{
	(void)state;
	typed("(default-to 0x00 (some 0x0000))", "(buff 2)");
	typed("(default-to 1 none)", "int");
	refused("(default-to 1 (some u1))", "DefaultTypesMustMatch");
	refused("(default-to 1 2)", "ExpectedOptionalType");
}

static void match_binds_in_each_arm(void **state)
{
	(void)state;
	typed("(match (some 1) x (+ x 1) 2)", "int");
	accepted("(define-private (f (r (response int uint)))"
	         " (match r a a b (to-int b)))");
	refused("(match (some 1) x x u2)", "MatchArmsMustMatch");
	refused("(match 1 x x 2)", "BadMatchInput");
	refused("(match none x 1 2)", "CouldNotDetermineMatchTypes");
	refused("(match (ok 1) x 1 y 2)", "CouldNotDetermineMatchTypes");
}

static void match_has_four_or_five_parts_and_names(void **state)
{
	(void)state;
	refused("(match (some 1) x x)", "BadMatchOptionSyntax");
	refused("(match (some 1) 1 2 3)", "BadMatchOptionSyntax");
	refused("(define-private (f (r (response int int))) (match r a a b))",
	        "BadMatchResponseSyntax");
	refused("(define-private (f (r (response int int))) (match r a a 1 b))",
	        "BadMatchResponseSyntax");
	refused("(match)", "RequiresAtLeastArguments");
}

static void a_matched_name_must_be_free_and_ends_with_its_arm(void **state)
{
	(void)state;
	refused("(define-private (f (x int)) (match (some 1) x x 2))",
	        "NameAlreadyUsed");
	refused("(define-constant x 1) (match (some 1) x x 2)",
	        "NameAlreadyUsed");
	refused("(match (some 1) x x x)", "UndefinedVariable");
	accepted("(begin (match (some 1) x x 2) (match (some 1) x x 2))");
}

static void an_optional_of_the_largest_buffer_cannot_be_made(void **state)
{
	(void)state;
	refused("(define-private (f (a (buff 1048572))) (some a))",
	        "ValueTooLarge");
	accepted("(define-private (f (a (buff 1048571))) (some a))");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constructors_leave_the_other_half_unknown),
		cmocka_unit_test(an_unknown_half_is_filled_by_the_other_arm),
		cmocka_unit_test(unwrapping_takes_the_inside),
		cmocka_unit_test(
		    nothing_can_be_unwrapped_from_what_never_occurs),
		cmocka_unit_test(an_early_return_must_fit_the_function),
		cmocka_unit_test(
		    an_early_return_outside_of_functions_is_not_compared),
		cmocka_unit_test(questions_want_the_right_kind),
		cmocka_unit_test(
		    a_default_is_joined_with_what_the_optional_holds),
		cmocka_unit_test(match_binds_in_each_arm),
		cmocka_unit_test(match_has_four_or_five_parts_and_names),
		cmocka_unit_test(
		    a_matched_name_must_be_free_and_ends_with_its_arm),
		cmocka_unit_test(
		    an_optional_of_the_largest_buffer_cannot_be_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
