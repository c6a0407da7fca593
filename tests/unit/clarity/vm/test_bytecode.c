/* tests/unit/clarity/vm/test_bytecode.c - Claims about clarity/vm/bytecode.c
 * and its table, opcode.def. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/vm/bytecode.h"

static void every_opcode_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < OP_COUNT; i++) {
		const char *name = bytecode_name((enum opcode)i);

		assert_true(name && name[0]);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(name,
			                        bytecode_name((enum opcode)k));
	}
}

static void every_opcode_has_four_known_roles(void **state)
{
	(void)state;
	for (int i = 0; i < OP_COUNT; i++) {
		const char *roles = bytecode_roles((enum opcode)i);

		assert_int_equal(strlen(roles), 4);
		assert_int_equal(strspn(roles, "dsrnmwjiNTCFvpftu."), 4);
	}
}

static void a_row_has_its_number_behind_it(void **state)
{
	(void)state;
	for (int i = 0; i < OP_COUNT; i++) {
		const char *roles = bytecode_roles((enum opcode)i);

		for (int k = 0; k < 4; k++) {
			if (roles[k] == 'r')
				assert_true(k < 3 && roles[k + 1] == 'n');
			if (roles[k] == 'n')
				assert_true(k > 0 && roles[k - 1] == 'r');
		}
	}
}

static void registers_and_constants_are_told_apart(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 10; i++) {
		assert_int_equal(bytecode_reg(i) & 1, 0);
		assert_int_equal(bytecode_const(i) & 1, 1);
		assert_int_equal(bytecode_reg(i) >> 1, i);
		assert_int_equal(bytecode_const(i) >> 1, i);
	}
	assert_true(bytecode_reg(BYTECODE_MAX_REGS) > BYTECODE_MAX_REGS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_opcode_has_a_name_of_its_own),
		cmocka_unit_test(every_opcode_has_four_known_roles),
		cmocka_unit_test(a_row_has_its_number_behind_it),
		cmocka_unit_test(registers_and_constants_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
