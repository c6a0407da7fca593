/* tests/unit/clarity/vm/test_load.c - Claims about clarity/vm/load.c: contracts
 * that come back from the store. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>

#include "tests/unit/clarity/vm/desk.h"

/* Starts another machine over the same state. */
static void restart(struct desk *d)
{
	struct vm_chain chain = { .epoch = EPOCH_3_4, .chain_id = 0x80000000 };

	vm_free(d->vm);
	assert_int_equal(vm_new(&d->vm, &chain, &d->store.store), ERR_OK);
	desk_begin(d);
}

static void constants_keep_the_values_they_had(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(
	    desk_deploy(&d, "c", CLARITY_3,
	                "(define-constant at stacks-block-height)\n"
	                "(define-fungible-token coin (+ u1 u4))\n"
	                "(define-read-only (height) at)\n"
	                "(define-public (mint (n uint)) (ft-mint? coin n "
	                "tx-sender))"),
	    ERR_OK);
	d.store.view.height = 77;
	restart(&d);
	assert_int_equal(desk_call(&d, "c", "height", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "u10");

	struct value six = value_uint(6);

	assert_int_equal(desk_call(&d, "c", "mint", &six, 1), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_SUPPLY_OVERFLOW);
	desk_close(&d);
}

static void what_a_contract_names_is_loaded_with_it(void **state)
{
	enum {
		DEEP = 100
	};
	struct desk d;
	char name[16], text[200];

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(
	    desk_deploy(&d, "c0", CLARITY_3, "(define-public (f) (ok u7))"),
	    ERR_OK);
	for (int i = 1; i <= DEEP; i++) {
		(void)snprintf(name, sizeof(name), "c%d", i);
		(void)snprintf(text, sizeof(text),
		               "(define-public (g) (ok .c%d))\n"
		               "(define-public (f) (if %s (contract-call? .c%d "
		               "f) (ok u1)))",
		               i - 1, i > 30 ? "false" : "true", i - 1);
		assert_int_equal(desk_deploy(&d, name, CLARITY_3, text),
		                 ERR_OK);
	}
	restart(&d);
	assert_int_equal(desk_call(&d, "c30", "f", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "(ok u7)");
	restart(&d);
	assert_int_equal(desk_call(&d, "c100", "f", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "(ok u1)");
	desk_close(&d);
}

static void loading_costs_the_same_whenever_it_happens(void **state)
{
	struct desk d;
	struct cost warm;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(desk_deploy(&d, "c", CLARITY_3,
	                             "(define-constant blob 0x00010203)\n"
	                             "(define-public (f) (ok blob))"),
	                 ERR_OK);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "c", "f", NULL, 0), ERR_OK);
	warm = d.r.cost;
	restart(&d);
	assert_int_equal(desk_call(&d, "c", "f", NULL, 0), ERR_OK);
	assert_memory_equal(&warm, &d.r.cost, sizeof(warm));
	desk_close(&d);
}

static void what_was_not_committed_does_not_exist(void **state)
{
	static const char text[] = "(define-public (f) (ok u7))";
	struct desk d;
	struct vm_source s = { .text = span_str(text), .version = CLARITY_3 };

	(void)state;
	desk_open(&d, EPOCH_3_4);
	s.contract = desk_id(&d, "c");
	desk_begin(&d);
	assert_int_equal(vm_deploy(d.vm, &s, &d.r), ERR_OK);
	assert_int_equal(desk_call(&d, "c", "f", NULL, 0), ERR_OK);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "c", "f", NULL, 0), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_NO_SUCH_CONTRACT);
	assert_int_equal(vm_deploy(d.vm, &s, &d.r), ERR_OK);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_keep_the_values_they_had),
		cmocka_unit_test(what_a_contract_names_is_loaded_with_it),
		cmocka_unit_test(loading_costs_the_same_whenever_it_happens),
		cmocka_unit_test(what_was_not_committed_does_not_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
