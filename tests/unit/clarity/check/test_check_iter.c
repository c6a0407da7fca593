/* tests/unit/clarity/check/test_check_iter.c - map, filter and fold. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void map_gives_a_list_as_long_as_the_shortest(void **state)
{
	(void)state;
	typed("(map + (list 1 2 3) (list 1 2))", "(list 2 int)");
	typed("(map not (list true))", "(list 1 bool)");
	typed("(map sha256 (list 1 2))", "(list 2 (buff 32))");
}

static void map_takes_the_elements_of_strings_and_buffers(void **state)
{
	(void)state;
	typed("(define-private (f (a (buff 1))) a) (map f 0xabab)",
	      "(list 2 (buff 1))");
	typed("(define-private (f (a (string-utf8 1))) a) (map f u\"abc\")",
	      "(list 3 (string-utf8 1))");
}

static void only_plain_words_and_own_functions_can_be_applied(void **state)
{
	(void)state;
	refused("(map print (list 1))", "IllegalOrUnknownFunctionApplication");
	refused("(fold concat (list \"a\") \"b\")",
	        "IllegalOrUnknownFunctionApplication");
	refused("(map 1 (list 1))", "NonFunctionApplication");
	judged_as(EPOCH_4_1, CLARITY_6, "(filter unknown (list 1))",
	          "IllegalOrUnknownFunctionApplication");
	judged_as(EPOCH_3_4, CLARITY_5, "(filter unknown (list 1))",
	          "UnknownFunction");
}

static void map_compares_each_argument_and_their_number(void **state)
{
	(void)state;
	refused("(map + (list 1) (list u1))", "TypeError");
	refused("(map not (list true) (list true))", "IncorrectArgumentCount");
	refused("(map + 1)", "ExpectedSequence");
	refused("(map + (list) (list 1))", "UnionTypeError");
}

static void a_mapped_list_may_be_too_large(void **state)
{
	(void)state;
	refused("(define-private (g (x bool)) (list u1 u2 u3))"
	        "(define-private (f (a (list 65000 bool))) (map g a))",
	        "ConstructedListTooLarge");
}

static void filter_keeps_the_type_and_wants_a_bool(void **state)
{
	(void)state;
	typed("(filter not (list true false))", "(list 2 bool)");
	typed("(define-private (f (c (string-ascii 1))) true)"
	      "(filter f \"abc\")",
	      "(string-ascii 3)");
	refused("(filter + (list 1))", "TypeError");
	refused("(filter not 1)", "ExpectedSequence");
}

static void fold_must_also_take_what_it_returns(void **state)
{
	(void)state;
	typed("(fold + (list 1) 2)", "int");
	accepted("(define-private (f (a int) (b (optional int))) (some a))"
	         "(fold f (list 1) none)");
	refused("(define-private (f (a int) (b uint)) a)"
	        "(fold f (list 1) u1)",
	        "TypeError");
	refused("(fold + (list 1) u1)", "TypeError");
	refused("(fold + 1 1)", "ExpectedSequence");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(map_gives_a_list_as_long_as_the_shortest),
		cmocka_unit_test(map_takes_the_elements_of_strings_and_buffers),
		cmocka_unit_test(
		    only_plain_words_and_own_functions_can_be_applied),
		cmocka_unit_test(map_compares_each_argument_and_their_number),
		cmocka_unit_test(a_mapped_list_may_be_too_large),
		cmocka_unit_test(filter_keeps_the_type_and_wants_a_bool),
		cmocka_unit_test(fold_must_also_take_what_it_returns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
