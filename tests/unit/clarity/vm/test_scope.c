/* tests/unit/clarity/vm/test_scope.c - Claims about clarity/vm/scope.c: what
 * is settled however control leaves. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/vm/desk.h"

static const char text[] =
    "(define-data-var x uint u0)\n"
    "(define-public (fail-after (n uint))\n"
    "  (begin (var-set x n) (print n) (if (> n u99) (ok n) (err n))))\n"
    "(define-public (succeed-after (n uint))\n"
    "  (begin (var-set x n) (print n) (ok n)))\n"
    "(define-private (quietly (n uint)) (begin (var-set x n) (err n)))\n"
    "(define-read-only (peek) (var-get x))\n"
    "(define-public (inner-fails) (begin (var-set x u1)\n"
    "  (is-ok (fail-after u2)) (ok (var-get x))))\n"
    "(define-public (inner-succeeds) (begin (var-set x u1)\n"
    "  (is-ok (succeed-after u2)) (ok (var-get x))))\n"
    "(define-public (inner-is-private) (begin (var-set x u1)\n"
    "  (is-ok (quietly u2)) (ok (var-get x))))\n"
    "(define-public (leave-early) (begin\n"
    "  (as-contract (try! (fail-after u3))) (ok u0)))\n"
    "(define-public (who) (ok (list tx-sender\n"
    "  (as-contract tx-sender) tx-sender)))\n"
    "(define-public (who-after-early-return) (begin\n"
    "  (is-ok (leave-early)) (ok (list tx-sender contract-caller))))\n";

static void gives(struct desk *d, const char *function, const char *want,
                  uint32_t n_events)
{
	for (int is_exact = 0; is_exact < 2; is_exact++) {
		desk_begin(d);
		vm_set_exact(d->vm, is_exact);
		assert_int_equal(desk_call(d, "c", function, NULL, 0), ERR_OK);
		assert_string_equal(desk_said(d), want);
		assert_int_equal(d->r.n_events, n_events);
	}
}

static void open_one(struct desk *d)
{
	desk_open(d, EPOCH_3_2);
	assert_int_equal(desk_deploy(d, "c", CLARITY_3, text), ERR_OK);
}

static void a_public_function_inside_takes_back_what_an_err_did(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	gives(&d, "inner-fails", "(ok u1)", 0);
	desk_close(&d);
}

static void what_an_ok_did_stays(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	gives(&d, "inner-succeeds", "(ok u2)", 1);
	desk_close(&d);
}

static void a_private_function_is_no_transaction(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	gives(&d, "inner-is-private", "(ok u2)", 0);
	desk_close(&d);
}

static void the_contract_is_itself_for_its_body_only(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	gives(&d, "who",
	      "(ok (list '" DESK_ALICE " '" DESK_ALICE ".c '" DESK_ALICE "))",
	      0);
	desk_close(&d);
}

static void an_early_return_ends_being_the_contract(void **state)
{
	struct desk d;

	(void)state;
	open_one(&d);
	gives(&d, "leave-early", "(err u3)", 0);
	gives(&d, "who-after-early-return",
	      "(ok (list '" DESK_ALICE " '" DESK_ALICE "))", 0);
	desk_close(&d);
}

static void a_call_that_answers_err_writes_nothing(void **state)
{
	struct desk d;
	struct value five = value_uint(5);

	(void)state;
	open_one(&d);
	desk_begin(&d);
	assert_int_equal(desk_call(&d, "c", "fail-after", &five, 1), ERR_OK);
	assert_string_equal(desk_said(&d), "(err u5)");
	assert_int_equal(desk_call(&d, "c", "peek", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "u0");
	assert_int_equal(desk_call(&d, "c", "succeed-after", &five, 1), ERR_OK);
	assert_int_equal(desk_call(&d, "c", "peek", NULL, 0), ERR_OK);
	assert_string_equal(desk_said(&d), "u5");
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_public_function_inside_takes_back_what_an_err_did),
		cmocka_unit_test(what_an_ok_did_stays),
		cmocka_unit_test(a_private_function_is_no_transaction),
		cmocka_unit_test(the_contract_is_itself_for_its_body_only),
		cmocka_unit_test(an_early_return_ends_being_the_contract),
		cmocka_unit_test(a_call_that_answers_err_writes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
