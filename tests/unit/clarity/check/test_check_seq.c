/* tests/unit/clarity/check/test_check_seq.c - lists, buffers and strings. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void a_list_has_the_supertype_of_its_items(void **state)
{
	(void)state;
	typed("(list 1 2)", "(list 2 int)");
	typed("(list 0x00 0x0000)", "(list 2 (buff 2))");
	typed("(list (list) (list 1))", "(list 2 (list 1 int))");
	typed("(list)", "(list 0 UnknownType)");
	refused("(list 1 u1)", "TypeError");
}

static void the_first_tuple_of_a_list_decides_its_fields(void **state)
{
	(void)state;
	typed("(list {a: 1} {a: 1, b: 2})", "(list 2 (tuple (a int)))");
	refused("(list {a: 1, b: 2} {a: 1})", "TypeError");
}

static void a_list_may_not_be_larger_than_a_value(void **state)
{
	(void)state;
	accepted("(define-private (f (a (buff 1048562))) (list a))");
	refused("(define-private (f (a (buff 1048563))) (list a))",
	        "ValueTooLarge");
	refused("(define-private (f (a (buff 524288))) (list a a))",
	        "ValueTooLarge");
}

static void concat_adds_lengths_of_one_kind(void **state)
{
	(void)state;
	typed("(concat \"ab\" \"c\")", "(string-ascii 3)");
	typed("(concat 0x00 0x0000)", "(buff 3)");
	typed("(concat (list 1) (list 2 3))", "(list 3 int)");
	typed("(concat (list) (list))", "(list 0 UnknownType)");
	refused("(concat \"a\" u\"a\")", "TypeError");
	refused("(concat 1 \"a\")", "ExpectedSequence");
	refused("(concat (list 1) (list u1))", "TypeError");
}

static void a_concatenation_has_the_largest_length_at_most(void **state)
{
	(void)state;
	accepted("(define-private (f (a (buff 524288)))"
	         " (concat a a))");
	refused("(define-private (f (a (buff 524288)) (b (buff 524289)))"
	        " (concat a b))",
	        "ValueTooLarge");
}

static void concat_takes_more_than_two_from_clarity_6_on(void **state)
{
	(void)state;
	typed_in(EPOCH_4_0, CLARITY_6, "(concat \"a\" \"b\" \"c\")",
	         "(string-ascii 3)");
	judged_as(EPOCH_4_0, CLARITY_5, "(concat \"a\" \"b\" \"c\")",
	          "IncorrectArgumentCount");
	judged_as(EPOCH_4_0, CLARITY_6, "(concat \"a\")",
	          "RequiresAtLeastArguments");
}

static void append_grows_the_type_by_one(void **state)
{
	(void)state;
	typed("(append (list 1) 2)", "(list 2 int)");
	typed("(append (list) 2)", "(list 1 int)");
	refused("(append (list 1) u2)", "TypeError");
	refused("(append 1 2)", "ExpectedListApplication");
}

static void as_max_len_wants_a_written_length(void **state)
{
	(void)state;
	typed("(as-max-len? (list 1) u5)", "(optional (list 5 int))");
	typed("(as-max-len? 0x00 u1048576)", "(optional (buff 1048576))");
	refused("(as-max-len? 0x00 u1048577)", "ValueTooLarge");
	refused("(as-max-len? 0x00 u4294967296)", "MaxLengthOverflow");
	refused("(as-max-len? (list 1) 5)", "TypeError");
	refused("(as-max-len? (list 1) (+ u1 u2))", "TypeError");
	refused("(as-max-len? 1 u5)", "ExpectedSequence");
}

static void two_optionals_too_large_to_make_do_not_join(void **state)
{
	(void)state;
	refused("(define-private (f (a (buff 1048576)))"
	        " (if true (as-max-len? a u1048576)"
	        "  (as-max-len? a u1048576)))",
	        "IfArmsMustMatch");
	accepted("(define-private (f (a (buff 1048576)))"
	         " (as-max-len? a u1048576))");
}

static void an_element_of_a_string_is_a_string_of_one(void **state)
{
	(void)state;
	typed("(element-at? \"ab\" u0)", "(optional (string-ascii 1))");
	typed("(element-at? u\"ab\" u0)", "(optional (string-utf8 1))");
	typed("(element-at 0xabab u0)", "(optional (buff 1))");
	typed("(element-at (list 1) u0)", "(optional int)");
	refused("(element-at (list 1) 0)", "TypeError");
	refused("(element-at 1 u0)", "ExpectedSequence");
}

static void index_of_wants_an_item(void **state)
{
	(void)state;
	typed("(index-of (list 1) 1)", "(optional uint)");
	refused("(index-of (list 1) u1)", "TypeError");
	refused("(index-of (list) 1)", "CouldNotDetermineType");
	refused("(index-of 1 1)", "ExpectedSequence");
}

static void a_slice_is_as_long_as_what_it_is_cut_from(void **state)
{
	(void)state;
	typed("(slice? \"abc\" u0 u1)", "(optional (string-ascii 3))");
	refused("(slice? \"abc\" 0 u1)", "TypeError");
	refused("(slice? 1 u0 u1)", "ExpectedSequence");
}

static void replace_at_puts_one_element(void **state)
{
	(void)state;
	typed("(replace-at? \"abc\" u0 \"d\")", "(optional (string-ascii 3))");
	refused("(replace-at? \"abc\" u0 \"de\")", "TypeError");
	refused("(replace-at? (list 1) u0 u1)", "TypeError");
	refused("(replace-at? 1 u0 u1)", "ExpectedSequence");
}

static void len_counts_sequences_only(void **state)
{
	(void)state;
	typed("(len (list 1))", "uint");
	typed("(len (list))", "uint");
	refused("(len 1)", "ExpectedSequence");
}

static void items_are_paid_after_all_were_checked(void **state)
{
	(void)state;
	/* storage 102, visits 3, literals 2 * 10, items 6 + 6, list 15 */
	costs(EPOCH_3_4, "(list 1 2)", 2 * 4 + 94 + 3 + 20 + 12 + 15);
	/* An unknown name in the second item: the first is not paid. */
	costs(EPOCH_3_4, "(list 1 x)", 2 * 4 + 94 + 3 + 10 + 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_has_the_supertype_of_its_items),
		cmocka_unit_test(the_first_tuple_of_a_list_decides_its_fields),
		cmocka_unit_test(a_list_may_not_be_larger_than_a_value),
		cmocka_unit_test(concat_adds_lengths_of_one_kind),
		cmocka_unit_test(
		    a_concatenation_has_the_largest_length_at_most),
		cmocka_unit_test(concat_takes_more_than_two_from_clarity_6_on),
		cmocka_unit_test(append_grows_the_type_by_one),
		cmocka_unit_test(as_max_len_wants_a_written_length),
		cmocka_unit_test(two_optionals_too_large_to_make_do_not_join),
		cmocka_unit_test(an_element_of_a_string_is_a_string_of_one),
		cmocka_unit_test(index_of_wants_an_item),
		cmocka_unit_test(a_slice_is_as_long_as_what_it_is_cut_from),
		cmocka_unit_test(replace_at_puts_one_element),
		cmocka_unit_test(len_counts_sequences_only),
		cmocka_unit_test(items_are_paid_after_all_were_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
