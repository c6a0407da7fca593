/* tests/unit/clarity/vm/test_vm_error.c - failures and their classes. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/lib/vm_replay.h"

static void every_failure_has_the_class_of_the_network(void **state)
{
	struct vm_replay how = { .is_exact = false };

	(void)state;
	vm_replay_file(VM_VECTORS "/errors.tsv", &how);
	vm_replay_classes(VM_VECTORS "/classes.tsv", "errors", &how);
}

static void exact_code_fails_alike(void **state)
{
	struct vm_replay how = { .is_exact = true };

	(void)state;
	vm_replay_file(VM_VECTORS "/errors.tsv", &how);
	vm_replay_classes(VM_VECTORS "/classes.tsv", "errors", &how);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_failure_has_the_class_of_the_network),
		cmocka_unit_test(exact_code_fails_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
