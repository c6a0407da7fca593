/* tests/unit/clarity/vm/test_vm.c - sessions of the machine, replayed. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/lib/vm_replay.h"

static void replay(bool is_exact)
{
	struct vm_replay how = { .is_exact = is_exact };

	vm_replay_file(VM_VECTORS "/sessions.tsv", &how);
	assert_true(how.said > 2000);
}

static void fast_code_does_what_the_network_does(void **state)
{
	(void)state;
	replay(false);
}

static void exact_code_does_what_the_network_does(void **state)
{
	(void)state;
	replay(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fast_code_does_what_the_network_does),
		cmocka_unit_test(exact_code_does_what_the_network_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
