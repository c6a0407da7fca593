/* tests/unit/clarity/check/test_check_convert.c - encodings and to-ascii?. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void an_encoding_is_as_long_as_its_longest_value(void **state)
{
	(void)state;
	typed("(to-consensus-buff? 1)", "(optional (buff 17))");
	typed("(to-consensus-buff? true)", "(optional (buff 1))");
	typed("(to-consensus-buff? tx-sender)", "(optional (buff 151))");
	typed("(to-consensus-buff? {a: (list 1 2)})", "(optional (buff 46))");
}

static void a_half_that_never_occurs_takes_no_room(void **state)
{
	(void)state;
	typed("(to-consensus-buff? none)", "(optional (buff 1))");
	typed("(to-consensus-buff? (ok 1))", "(optional (buff 18))");
	typed("(to-consensus-buff? (list none))", "(optional (buff 6))");
}

static void items_of_unknown_type_have_no_encoding(void **state)
{
	(void)state;
	refused("(to-consensus-buff? (list))",
	        "CouldNotDetermineSerializationType");
	refused("(to-consensus-buff? (list (list)))",
	        "CouldNotDetermineSerializationType");
}

static void an_encoding_longer_than_a_buffer_is_refused(void **state)
{
	(void)state;
	accepted("(define-private (f (a (buff 1048566)))"
	         " (to-consensus-buff? a))");
	refused("(define-private (f (a (buff 1048567)))"
	        " (to-consensus-buff? a))",
	        "ValueTooLarge");
	refused("(define-private (f (a (buff 1048572)))"
	        " (to-consensus-buff? a))",
	        "ValueTooLarge");
}

static void decoding_gives_an_optional_of_the_written_type(void **state)
{
	(void)state;
	typed("(from-consensus-buff? (list 3 {a: uint}) 0x00)",
	      "(optional (list 3 (tuple (a uint))))");
	refused("(from-consensus-buff? nothing 0x00)", "UnknownTypeName");
	refused("(from-consensus-buff? (list 3) 0x00)",
	        "InvalidTypeDescription");
	refused("(from-consensus-buff? int 1)", "TypeError");
}

static void decoding_pays_a_step_for_each_part_of_the_type(void **state)
{
	(void)state;
	/* storage 2 * 4 + 94, visit 1, step 4, literal: type check 113 * 5 + 1
	 * and annotation 5 + 9; result 2 + 9 */
	costs(EPOCH_3_4, "(from-consensus-buff? int 0x)",
	      102 + 1 + 4 + 566 + 14 + 11);
	costs(EPOCH_3_4, "(from-consensus-buff? (optional int) 0x)",
	      106 + 1 + 8 + 566 + 14 + 12);
}

static void a_text_is_as_long_as_its_longest_value(void **state)
{
	(void)state;
	typed("(to-ascii? 1)", "(response (string-ascii 40) uint)");
	typed("(to-ascii? u1)", "(response (string-ascii 40) uint)");
	typed("(to-ascii? true)", "(response (string-ascii 5) uint)");
	typed("(to-ascii? .dep)", "(response (string-ascii 170) uint)");
	typed("(to-ascii? 0xabab)", "(response (string-ascii 6) uint)");
	typed("(to-ascii? u\"abc\")", "(response (string-ascii 3) uint)");
	refused("(to-ascii? \"abc\")", "UnionTypeError");
	refused("(to-ascii? (some 1))", "UnionTypeError");
}

static void a_buffer_becomes_text_up_to_524284_bytes(void **state)
{
	(void)state;
	accepted("(define-private (f (a (buff 524284))) (to-ascii? a))");
	refused("(define-private (f (a (buff 524285))) (to-ascii? a))",
	        "UnionTypeError");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_encoding_is_as_long_as_its_longest_value),
		cmocka_unit_test(a_half_that_never_occurs_takes_no_room),
		cmocka_unit_test(items_of_unknown_type_have_no_encoding),
		cmocka_unit_test(an_encoding_longer_than_a_buffer_is_refused),
		cmocka_unit_test(
		    decoding_gives_an_optional_of_the_written_type),
		cmocka_unit_test(
		    decoding_pays_a_step_for_each_part_of_the_type),
		cmocka_unit_test(a_text_is_as_long_as_its_longest_value),
		cmocka_unit_test(a_buffer_becomes_text_up_to_524284_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
