/* tests/unit/clarity/check/test_suggest.c - names that look alike. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

/* Claims that the refusal of `source` proposes `name`, or nothing. */
static void proposes_in(enum epoch epoch, const char *source, const char *name)
{
	struct judged_setting s = setting_of(epoch, CLARITY_5);
	struct judged j;

	judged_open(&j, source, &s);
	assert_int_not_equal(j.err, ERR_OK);
	if (name ? !strstr(j.diag.suggestion, name)
	         : j.diag.suggestion[0] != '\0')
		fail_msg("%s: %s", source, j.diag.suggestion);
	judged_close(&j);
}

static void proposes(const char *source, const char *name)
{
	proposes_in(EPOCH_3_4, source, name);
	proposes_in(EPOCH_4_1, source, name);
}

static void an_unknown_name_gets_the_nearest_known_one(void **state)
{
	(void)state;
	proposes("(begin (asserts true 1) 2)", "asserts!");
	proposes("(define-private (total) 1) (totl)", "total");
	proposes("(define-constant owner 1) (print ownr)", "owner");
	proposes("(let ((amount 1)) amonut)", "amount");
	proposes("(print tx-sendr)", "tx-sender");
	proposes("(define-data-var count int 1) (var-get cuont)", "count");
	proposes("(define-map balances int int) (map-get? balance 1)",
	         "balances");
	proposes("(define-fungible-token token) (ft-get-supply tokn)", "token");
	proposes("(get amout {amount: 1})", "amount");
	proposes("(contract-call? .dep lock 1)", "look");
	proposes("(get-stacks-block-info? tyme u1)", "time");
	proposes("(define-private (f (a unit)) a)", "uint");
	proposes("(use-trait t .dep.both)"
	         "(define-public (f (x <t>)) (contract-call? x hh u1))",
	         "h");
}

static void a_name_unlike_all_others_gets_none(void **state)
{
	(void)state;
	proposes("(zyxwvutsrq)", NULL);
	proposes("(print zyxwvutsrq)", NULL);
}

static void the_same_name_is_never_proposed(void **state)
{
	(void)state;
	proposes("(define-private (f) (let ((a ;; hides the use\n"
	         " (zyxwvutsrq))) a)) (define-private (zyxwvutsrq) 1)",
	         NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unknown_name_gets_the_nearest_known_one),
		cmocka_unit_test(a_name_unlike_all_others_gets_none),
		cmocka_unit_test(the_same_name_is_never_proposed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
