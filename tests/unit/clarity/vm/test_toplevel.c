/* tests/unit/clarity/vm/test_toplevel.c - Claims about clarity/vm/toplevel.c:
 * what deploying runs, and in which order. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/vm/desk.h"

static enum err deployed(struct desk *d, const char *text)
{
	return desk_deploy(d, "c", CLARITY_3, text);
}

static void fails(const char *text, enum vm_error kind)
{
	struct desk d;

	desk_open(&d, EPOCH_3_4);
	assert_int_equal(deployed(&d, text), ERR_RUN);
	assert_int_equal(d.r.failure.kind, kind);
	assert_int_equal(d.r.n_events, 0);
	/* Nothing of it is left: the name is free. */
	assert_int_equal(deployed(&d, "(define-public (f) (ok u1))"), ERR_OK);
	desk_close(&d);
}

static void definitions_stand_behind_what_they_use(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(deployed(&d, "(define-read-only (f) (+ b u1))\n"
	                              "(define-constant b (g a))\n"
	                              "(define-constant a u40)\n"
	                              "(define-private (g (n uint)) (+ n u1))"),
	                 ERR_OK);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "c", "f", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "u42");
	desk_close(&d);
}

static void expressions_run_once_and_their_writes_stay(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(deployed(&d, "(define-data-var x uint u1)\n"
	                              "(print \"hello\")\n"
	                              "(var-set x u7)\n"
	                              "(define-read-only (f) (var-get x))"),
	                 ERR_OK);
	assert_int_equal(d.r.n_events, 1);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "c", "f", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "u7");
	desk_close(&d);
}

static void a_failure_takes_the_whole_contract_back(void **state)
{
	(void)state;
	fails("(print u1) (define-constant a (/ u1 u0))",
	      VM_ERROR_DIVISION_BY_ZERO);
	fails("(print u1) (unwrap-panic (if true none (some 1)))",
	      VM_ERROR_UNWRAP_FAILURE);
	fails("(print u1) (asserts! (is-eq 1 2) (err u1))",
	      VM_ERROR_ASSERTION_FAILED);
	fails("(print u1) (define-fungible-token t (- u0 u1))",
	      VM_ERROR_UNDERFLOW);
}

static void a_name_of_the_language_is_taken(void **state)
{
	(void)state;
	fails("(define-read-only (get) u1)", VM_ERROR_NAME_ALREADY_USED);
	fails("(define-read-only (f) u1) (define-read-only (f) u2)",
	      VM_ERROR_NAME_ALREADY_USED);
}

static void constants_count_for_those_who_call_later(void **state)
{
	struct desk d;
	struct cost small;

	(void)state;
	desk_open(&d, EPOCH_3_4);
	assert_int_equal(
	    desk_deploy(&d, "a", CLARITY_3,
	                "(define-constant k 1) (define-public (f) (ok u1))   "
	                "  "),
	    ERR_OK);
	assert_int_equal(
	    desk_deploy(&d, "b", CLARITY_3,
	                "(define-constant k 0x00) (define-public (f) (ok u1))"
	                "  "),
	    ERR_OK);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "a", "f", NULL, 0), ERR_OK);
	small = d.r.cost;
	assert_int_equal(desk_call(&d, "b", "f", NULL, 0), ERR_OK);
	/* An int has 16 bytes, this buffer 5; the texts are of one length. */
	assert_int_equal(
	    small.of[COST_READ_LENGTH] - d.r.cost.of[COST_READ_LENGTH], 11);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(definitions_stand_behind_what_they_use),
		cmocka_unit_test(expressions_run_once_and_their_writes_stay),
		cmocka_unit_test(a_failure_takes_the_whole_contract_back),
		cmocka_unit_test(a_name_of_the_language_is_taken),
		cmocka_unit_test(constants_count_for_those_who_call_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
