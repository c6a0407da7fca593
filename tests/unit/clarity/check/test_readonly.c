/* tests/unit/clarity/check/test_readonly.c - who writes. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

#define VAR "(define-data-var v int 1) "
#define TOKENS                                                                 \
	"(define-fungible-token t) (define-non-fungible-token n int)"          \
	"(define-map m int int)" VAR

static void every_writing_word_is_refused_in_a_read_only_function(void **state)
{
	static const char *const words[] = {
		"(var-set v 1)",
		"(map-set m 1 1)",
		"(map-insert m 1 1)",
		"(map-delete m 1)",
		"(ft-mint? t u1 tx-sender)",
		"(ft-burn? t u1 tx-sender)",
		"(ft-transfer? t u1 tx-sender tx-sender)",
		"(nft-mint? n 1 tx-sender)",
		"(nft-burn? n 1 tx-sender)",
		"(nft-transfer? n 1 tx-sender tx-sender)",
		"(stx-transfer? u1 tx-sender tx-sender)",
		"(stx-transfer-memo? u1 tx-sender tx-sender 0x)",
		"(stx-burn? u1 tx-sender)",
		"(contract-call? .dep g u1)",
	};
	static char source[1024];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		(void)snprintf(source, sizeof(source),
		               TOKENS "(define-read-only (f) %s)", words[i]);
		refused(source, "WriteAttemptedInReadOnly");
		(void)snprintf(source, sizeof(source),
		               TOKENS "(define-private (f) %s)", words[i]);
		accepted(source);
	}
}

static void reading_is_allowed(void **state)
{
	(void)state;
	accepted(TOKENS "(define-read-only (f) {a: (var-get v),"
	                " b: (map-get? m 1), c: (ft-get-supply t),"
	                " d: (contract-call? .dep look 1)})");
}

static void writing_is_found_through_own_functions(void **state)
{
	(void)state;
	refused(VAR "(define-private (g) (var-set v 2))"
	            "(define-read-only (f) (g))",
	        "WriteAttemptedInReadOnly");
	refused(VAR "(define-private (g (x int)) (var-set v x))"
	            "(define-read-only (f) (map g (list 1)))",
	        "WriteAttemptedInReadOnly");
	accepted(VAR "(define-private (g (x int)) (+ x (var-get v)))"
	             "(define-read-only (f) (map g (list 1)))");
}

static void a_call_through_a_trait_counts_as_writing(void **state)
{
	(void)state;
	refused("(use-trait t .dep.get)"
	        "(define-read-only (f (x <t>)) (contract-call? x g u1))",
	        "WriteAttemptedInReadOnly");
}

static void behind_a_binding_that_writes_nothing_is_looked_at(void **state)
{
	(void)state;
	refused(VAR "(define-private (f) (let ((a (var-set v 2))"
	            " (b (unknown))) 1))",
	        "UnknownFunction");
	judged_as(EPOCH_4_1, CLARITY_6,
	          VAR "(define-read-only (f) (let ((a (var-set v 2))) 1))",
	          "WriteAttemptedInReadOnly");
	/* The unknown function is the type checker's before the pass, and is
	 * never met by the pass. */
	refused(VAR "(define-read-only (f) (let ((a (var-set v 2))"
	            " (b (unknown))) 1))",
	        "WriteAttemptedInReadOnly");
}

static void at_block_looks_and_does_not_write(void **state)
{
	(void)state;
	judged_as(EPOCH_3_3, CLARITY_3, VAR "(at-block 0x00 (var-set v 2))",
	          "AtBlockClosureMustBeReadOnly");
	judged_as(EPOCH_3_3, CLARITY_3, VAR "(at-block 0x00 (var-get v))",
	          "ok");
}

static void the_pass_runs_first_until_4_0_and_last_from_4_1(void **state)
{
	const char *source = VAR "(define-read-only (f)"
				 " (begin (var-set v u2) 1))";

	(void)state;
	judged_as(EPOCH_4_0, CLARITY_6, source, "WriteAttemptedInReadOnly");
	judged_as(EPOCH_4_1, CLARITY_6, source, "TypeError");
}

static void when_it_runs_first_nothing_has_been_paid(void **state)
{
	(void)state;
	costs(EPOCH_4_0, "(unknown)", 0);
	costs(EPOCH_4_1, "(unknown)", 2 * 2 + 94 + 1);
}

/* map map map ... : each is one word deeper, on one level of the text. */
static const char *maps(uint32_t n)
{
	return repeated("(", "map ", n, "not (list true))");
}

static void words_are_followed_160_deep(void **state)
{
	struct judged_setting s = setting_of(EPOCH_3_4, CLARITY_5);
	struct judged j;

	/* `list` is one word more, inside of `not`. */
	(void)state;
	refused(maps(159), "IllegalOrUnknownFunctionApplication");
	refused(maps(160), "ReadOnlyCheckerRecursionLimitExceeded");
	judged_open(&j, maps(160), &s);
	assert_int_equal(j.err, ERR_CHECK_REJECT);
	judged_close(&j);
	judged_as(EPOCH_4_1, CLARITY_6, maps(160),
	          "IllegalOrUnknownFunctionApplication");
}

static void arguments_are_counted_where_the_pass_looks_at_them(void **state)
{
	(void)state;
	refused("(contract-call? .dep)", "RequiresAtLeastArguments");
	refused("(let)", "RequiresAtLeastArguments");
	refused("(fold + (list 1))", "IncorrectArgumentCount");
	refused("(filter not)", "IncorrectArgumentCount");
	refused("(map not)", "RequiresAtLeastArguments");
	refused("(from-consensus-buff? int)", "IncorrectArgumentCount");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_writing_word_is_refused_in_a_read_only_function),
		cmocka_unit_test(reading_is_allowed),
		cmocka_unit_test(writing_is_found_through_own_functions),
		cmocka_unit_test(a_call_through_a_trait_counts_as_writing),
		cmocka_unit_test(
		    behind_a_binding_that_writes_nothing_is_looked_at),
		cmocka_unit_test(at_block_looks_and_does_not_write),
		cmocka_unit_test(
		    the_pass_runs_first_until_4_0_and_last_from_4_1),
		cmocka_unit_test(when_it_runs_first_nothing_has_been_paid),
		cmocka_unit_test(words_are_followed_160_deep),
		cmocka_unit_test(
		    arguments_are_counted_where_the_pass_looks_at_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
