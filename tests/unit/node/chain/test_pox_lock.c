/* tests/unit/node/chain/test_pox_lock.c - locks and events of stacking. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/value/principal.h"
#include "node/chain/pox_lock.h"
#include "tests/lib/vm_replay.h"

#define STACKING "ST000000000000000000002AMW42H.pox-4"
#define STAKING "ST000000000000000000002AMW42H.pox-5"

static void replay(bool is_exact)
{
	const struct principal *id4, *id5;
	struct hook hooks[2];
	struct vm_replay how = {
		.is_exact = is_exact,
		.hooks = hooks,
		.n_hooks = 2,
	};
	struct arena a;

	arena_init(&a, 1 << 20);
	assert_int_equal(principal_parse(&a, &id4, span_str(STACKING)),
	                 PRINCIPAL_OK);
	assert_int_equal(principal_parse(&a, &id5, span_str(STAKING)),
	                 PRINCIPAL_OK);
	hooks[0] = pox_lock_hook(id4);
	hooks[1] = pox_lock_hook5(id5);
	vm_replay_file(VM_VECTORS "/stacking.tsv", &how);
	assert_true(how.said > 150);
	vm_replay_classes(VM_VECTORS "/classes.tsv", "stacking", &how);
	arena_fini(&a);
}

static void locks_and_their_events_are_those_of_the_network(void **state)
{
	(void)state;
	replay(false);
}

static void exact_code_locks_alike(void **state)
{
	(void)state;
	replay(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    locks_and_their_events_are_those_of_the_network),
		cmocka_unit_test(exact_code_locks_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
