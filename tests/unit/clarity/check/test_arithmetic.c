/* tests/unit/clarity/check/test_arithmetic.c - contracts that only compute. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void computes_only(const char *source, bool claim)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	judged_open(&j, source, &s);
	if (j.err != ERR_OK)
		fail_msg("%s: %s", source, j.diag.message);
	if (j.checked.analysis->is_arithmetic_only != claim)
		fail_msg("%s", source);
	judged_close(&j);
}

static void arithmetic_control_and_tuples_compute(void **state)
{
	(void)state;
	computes_only("(define-read-only (f (n uint))"
	              " {runtime: (+ (* n u3) (log2 n)), read: u0})",
	              true);
	computes_only("(define-private (f (a (optional int)))"
	              " (let ((b (default-to 1 a))) (if (< b 2) b 3)))",
	              true);
	computes_only("(define-constant a (get x {x: 1}))", true);
	computes_only("(match (some 1) x (+ x 1) 2)", true);
	computes_only("(len \"abc\")", true);
	computes_only("(define-private (g) 1) (g)", true);
}

static void state_iteration_and_bytes_do_not(void **state)
{
	(void)state;
	computes_only("(define-public (f) (ok 1))", false);
	computes_only("(define-data-var v int 1)", false);
	computes_only("(define-map m int int)", false);
	computes_only("(define-fungible-token t)", false);
	computes_only("(define-trait t ())", false);
	computes_only("(map + (list 1))", false);
	computes_only("(list 1)", false);
	computes_only("(sha256 1)", false);
	computes_only("(print 1)", false);
	computes_only("tx-sender", false);
	computes_only("stacks-block-height", false);
	computes_only("(contract-call? .dep look 1)", false);
	computes_only("(is-standard 'SP000000000000000000002Q6VF78)", false);
}

static void constants_of_the_language_do(void **state)
{
	(void)state;
	computes_only("true", true);
	computes_only("none", true);
	computes_only("(and true false)", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arithmetic_control_and_tuples_compute),
		cmocka_unit_test(state_iteration_and_bytes_do_not),
		cmocka_unit_test(constants_of_the_language_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
