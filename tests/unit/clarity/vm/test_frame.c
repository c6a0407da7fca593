/* tests/unit/clarity/vm/test_frame.c - Claims about clarity/vm/frame.c: who may
 * be called, with what, how deep, and how calls end. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/clarity/vm/desk.h"

static const char text[] =
    "(define-trait backer ((back (uint) (response uint uint))))\n"
    "(define-private (hidden) u1)\n"
    "(define-read-only (peek) u2)\n"
    "(define-public (take (l (list 2 uint))) (ok (len l)))\n"
    "(define-public (back (n uint)) (if (> n u9) (err n) (ok n)))\n"
    "(define-public (ask (t <backer>)) (contract-call? t back u1))\n"
    "(define-public (early (n uint))\n"
    "  (begin (asserts! (> n u5) (err n)) (ok (+ n u1))))\n";

static void open_one(struct desk *d)
{
	desk_open(d, EPOCH_3_4);
	assert_int_equal(desk_deploy(d, "c", CLARITY_3, text), ERR_OK);
	desk_begin(d);
}

static void fails(struct desk *d, const char *function,
                  const struct value *args, uint32_t n, enum vm_error kind)
{
	assert_int_equal(desk_call(d, "c", function, args, n), ERR_RUN);
	assert_int_equal(d->r.failure.kind, kind);
}

static void only_public_functions_are_called_from_outside(void **state)
{
	struct desk d;
	struct vm_call call = { .function = span_str("take"),
		                .is_read_only = true };

	(void)state;
	open_one(&d);
	fails(&d, "hidden", NULL, 0, VM_ERROR_NO_SUCH_PUBLIC_FUNCTION);
	fails(&d, "nothing", NULL, 0, VM_ERROR_UNDEFINED_FUNCTION);
	assert_int_equal(desk_call(&d, "c", "peek", NULL, 0), ERR_OK);
	call.sender = d.alice;
	call.contract = desk_id(&d, "c");
	assert_int_equal(vm_call(d.vm, &call, &d.r), ERR_RUN);
	assert_int_equal(d.r.failure.kind, VM_ERROR_UNREACHABLE);
	call = (struct vm_call){ .sender = d.alice,
		                 .contract = desk_id(&d, "c"),
		                 .function = span_str("hidden"),
		                 .allows_private = true };
	assert_int_equal(vm_call(d.vm, &call, &d.r), ERR_OK);
	desk_close(&d);
}

static void arguments_are_counted_and_typed(void **state)
{
	struct desk d;
	struct value args[2] = { value_uint(1), value_uint(2) };

	(void)state;
	open_one(&d);
	fails(&d, "early", NULL, 0, VM_ERROR_ARGUMENT_COUNT);
	fails(&d, "early", args, 2, VM_ERROR_ARGUMENT_COUNT);
	fails(&d, "take", args, 1, VM_ERROR_TYPE_VALUE_ERROR);
	assert_int_equal(desk_call(&d, "c", "early", args, 1), ERR_OK);
	assert_string_equal(desk_said(&d), "(err u1)");
	desk_close(&d);
}

static void a_contract_does_not_call_itself(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);

	struct value self = value_principal(desk_id(&d, "c"));

	fails(&d, "ask", &self, 1, VM_ERROR_CIRCULAR_REFERENCE);
	desk_close(&d);
}

/* Deploys f0 to fN, each calling the one before it. @return the text. */
static char *chain(uint32_t n)
{
	char *all = calloc(n + 2, 80);
	size_t at = 0;

	assert_non_null(all);
	at += (size_t)snprintf(all, 80, "(define-public (f0) (ok u1))\n");
	for (uint32_t i = 1; i <= n; i++)
		at += (size_t)snprintf(
		    all + at, 80, "(define-public (f%u) (f%u))\n", i, i - 1);
	return all;
}

static void calls_nest_up_to_the_limit_of_the_epoch(void **state)
{
	static const enum epoch epochs[] = { EPOCH_3_3, EPOCH_3_4 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		uint32_t max = i == 0 ? 64 : 128;
		char *all = chain(130);
		struct desk d;
		char name[8];

		desk_open(&d, epochs[i]);
		assert_int_equal(desk_deploy(&d, "c", CLARITY_3, all), ERR_OK);
		free(all);
		desk_begin(&d);
		/* f0's own application of ok is one more. */
		(void)snprintf(name, sizeof(name), "f%u", max - 2);
		assert_int_equal(desk_call(&d, "c", name, NULL, 0), ERR_OK);
		(void)snprintf(name, sizeof(name), "f%u", max - 1);
		fails(&d, name, NULL, 0, VM_ERROR_STACK_DEPTH);
		desk_close(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_public_functions_are_called_from_outside),
		cmocka_unit_test(arguments_are_counted_and_typed),
		cmocka_unit_test(a_contract_does_not_call_itself),
		cmocka_unit_test(calls_nest_up_to_the_limit_of_the_epoch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
