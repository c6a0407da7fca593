/* tests/unit/clarity/check/test_check_tuple.c - tuples. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void fields_are_listed_by_name(void **state)
{
	(void)state;
	typed("{b: 1, a: u1}", "(tuple (a uint) (b int))");
	typed("(tuple (b 1) (a u1))", "(tuple (a uint) (b int))");
}

static void a_tuple_is_pairs_without_repetition(void **state)
{
	(void)state;
	refused("(tuple (a 1) (a 2))", "BadTupleConstruction");
	refused("(tuple (a 1 2))", "BadSyntaxBinding");
	refused("(tuple a)", "BadSyntaxBinding");
	refused("(tuple (1 2))", "BadSyntaxBinding");
	refused("(tuple)", "RequiresAtLeastArguments");
}

static void a_tuple_may_not_be_larger_than_a_value(void **state)
{
	(void)state;
	accepted("(define-private (f (a (buff 1048560))) {a: a})");
	refused("(define-private (f (a (buff 1048570))) {a: a})",
	        "BadTupleConstruction");
}

static void get_reads_a_field_also_through_an_optional(void **state)
{
	(void)state;
	typed("(get a {a: 1})", "int");
	typed("(get a (some {a: 1}))", "(optional int)");
	refused("(get b {a: 1})", "NoSuchTupleField");
	refused("(get a 1)", "ExpectedTuple");
	refused("(get a (some 1))", "ExpectedTuple");
	refused("(get 1 {a: 1})", "BadTupleFieldName");
}

static void the_right_side_of_a_merge_wins(void **state)
{
	(void)state;
	typed("(merge {a: 1, b: 2} {b: u3, c: u4})",
	      "(tuple (a int) (b uint) (c uint))");
	refused("(merge 1 {a: 1})", "ExpectedTuple");
	refused("(merge {a: 1} 1)", "ExpectedTuple");
}

/* Two tuples that are each fine and together larger than a value. */
#define TWO_HALVES(body)                                                       \
	"(define-private (f (a {x: (buff 524288)}) (b {y: (buff "              \
	"524288)})) " body ")"

static void a_merge_too_large_is_refused_where_it_is_made_from_4_0(void **state)
{
	(void)state;
	judged_as(EPOCH_4_0, CLARITY_5, TWO_HALVES("(merge a b)"),
	          "ValueTooLarge");
	judged_as(EPOCH_3_4, CLARITY_5, TWO_HALVES("(merge a b)"), "ok");
}

static void before_4_0_such_a_tuple_breaks_what_asks_for_its_size(void **state)
{
	(void)state;
	judged_as(EPOCH_3_4, CLARITY_5, TWO_HALVES("(some (merge a b))"),
	          "Unreachable");
	judged_as(EPOCH_3_4, CLARITY_5, TWO_HALVES("(list (merge a b))"),
	          "Unreachable");
	judged_as(EPOCH_3_4, CLARITY_5, TWO_HALVES("{z: (merge a b)}"),
	          "Unreachable");
	judged_as(EPOCH_3_4, CLARITY_5, TWO_HALVES("(get x (merge a b))"),
	          "ok");
}

static void before_4_0_such_a_tuple_does_not_join_itself(void **state)
{
	(void)state;
	judged_as(EPOCH_3_4, CLARITY_5,
	          TWO_HALVES("(let ((m (merge a b))) (if true m m))"),
	          "IfArmsMustMatch");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_listed_by_name),
		cmocka_unit_test(a_tuple_is_pairs_without_repetition),
		cmocka_unit_test(a_tuple_may_not_be_larger_than_a_value),
		cmocka_unit_test(get_reads_a_field_also_through_an_optional),
		cmocka_unit_test(the_right_side_of_a_merge_wins),
		cmocka_unit_test(
		    a_merge_too_large_is_refused_where_it_is_made_from_4_0),
		cmocka_unit_test(
		    before_4_0_such_a_tuple_breaks_what_asks_for_its_size),
		cmocka_unit_test(before_4_0_such_a_tuple_does_not_join_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
