/* tests/unit/clarity/check/test_simple.c - plain signatures. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/rule.h"
#include "clarity/check/simple.h"
#include "tests/unit/clarity/check/check_case.h"

static void every_function_has_a_signature_or_a_rule(void **state)
{
	(void)state;
	for (uint32_t id = 0; id < NATIVE_KEYWORDS; id++) {
		bool has_signature = simple_find((enum native)id) != NULL;
		bool has_rule = rule_find((enum native)id) != NULL;

		if (has_signature == has_rule)
			fail_msg("%s", native_table[id].name);
	}
}

static void arithmetic_keeps_one_kind_of_integer(void **state)
{
	(void)state;
	typed("(+ 1 2 3)", "int");
	typed("(- u3 u1)", "uint");
	typed("(bit-xor u1)", "uint");
	refused("(+ 1 u1)", "TypeError");
	refused("(+ true)", "UnionTypeError");
	refused("(+)", "RequiresAtLeastArguments");
	typed("(mod 1 2)", "int");
	refused("(mod 1)", "IncorrectArgumentCount");
	refused("(mod 1 u2)", "TypeError");
	refused("(xor 1 2 3)", "IncorrectArgumentCount");
	typed("(sqrti u4)", "uint");
	refused("(log2 1 2)", "IncorrectArgumentCount");
	refused("(bit-not true)", "UnionTypeError");
}

static void a_shift_gives_the_type_of_what_is_shifted(void **state)
{
	(void)state;
	typed("(bit-shift-left 1 u2)", "int");
	typed("(bit-shift-right u1 u2)", "uint");
	refused("(bit-shift-left 1 2)", "TypeError");
	refused("(bit-shift-left true u2)", "UnionTypeError");
}

static void strings_and_buffers_compare_from_clarity_2_on(void **state)
{
	(void)state;
	typed("(< \"a\" \"bc\")", "bool");
	typed("(>= 0x00 0x0000)", "bool");
	judged_as(EPOCH_3_0, CLARITY_1, "(< \"a\" \"b\")", "UnionTypeError");
	refused("(< \"a\" u\"a\")", "TypeError");
	refused("(< true false)", "UnionTypeError");
	refused("(< (list 1) (list 2))", "UnionTypeError");
	refused("(< 1 2 3)", "IncorrectArgumentCount");
}

static void logic_takes_any_number_of_bools(void **state)
{
	(void)state;
	typed("(and true false true)", "bool");
	refused("(or)", "RequiresAtLeastArguments");
	refused("(and true 1)", "TypeError");
	refused("(not 1)", "TypeError");
}

static void hashes_take_bytes_and_integers(void **state)
{
	(void)state;
	typed("(hash160 0x00)", "(buff 20)");
	typed("(sha512 1)", "(buff 64)");
	typed("(sha512/256 u1)", "(buff 32)");
	typed("(keccak256 1)", "(buff 32)");
	refused("(sha256 \"a\")", "UnionTypeError");
}

static void conversions_have_fixed_types(void **state)
{
	(void)state;
	typed("(to-int u1)", "int");
	typed("(to-uint 1)", "uint");
	typed("(string-to-int? u\"1\")", "(optional int)");
	typed("(int-to-utf8 1)", "(string-utf8 40)");
	typed("(buff-to-uint-be 0x00)", "uint");
	refused("(to-int 1)", "TypeError");
	accepted(repeated("(buff-to-int-le 0x", "00", 16, ")"));
	refused(repeated("(buff-to-int-le 0x", "00", 17, ")"), "TypeError");
}

static void
later_arguments_are_checked_before_the_first_is_refused(void **state)
{
	(void)state;
	refused("(+ true (- 1 u1))", "TypeError");
	refused("(+ true 1)", "UnionTypeError");
	refused("(mod 1 2 3 (- 1 u1))", "TypeError");
}

static void comparisons_are_paid_once_and_in_full(void **state)
{
	(void)state;
	/* storage 102, visits 3, comparisons 2 * 114, literals 20, sum 10 */
	costs(EPOCH_3_4, "(+ 1 2)", 102 + 3 + 228 + 20 + 10);
	/* The visitor's comparisons are paid because one of them failed. */
	costs(EPOCH_3_4, "(+ 1 u2)", 102 + 3 + 228 + 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_function_has_a_signature_or_a_rule),
		cmocka_unit_test(arithmetic_keeps_one_kind_of_integer),
		cmocka_unit_test(a_shift_gives_the_type_of_what_is_shifted),
		cmocka_unit_test(strings_and_buffers_compare_from_clarity_2_on),
		cmocka_unit_test(logic_takes_any_number_of_bools),
		cmocka_unit_test(hashes_take_bytes_and_integers),
		cmocka_unit_test(conversions_have_fixed_types),
		cmocka_unit_test(
		    later_arguments_are_checked_before_the_first_is_refused),
		cmocka_unit_test(comparisons_are_paid_once_and_in_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
