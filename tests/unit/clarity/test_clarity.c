/* tests/unit/clarity/test_clarity.c - Claims about clarity/clarity.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/clarity.h"

#define ALICE "ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM"
#define BOX ALICE ".box"

static const char box[] =
    "(define-constant blob 0x0102)\n"
    "(define-data-var n uint u7)\n"
    "(define-read-only (peek) (var-get n))\n"
    "(define-read-only (constant) blob)\n"
    "(define-public (set (v uint))\n"
    "  (begin (print v) (var-set n v) (if (> v u99) (err v) (ok v))))\n"
    "(define-private (half (v uint)) (/ v u0))\n"
    "(define-public (fail) (ok (half u8)))\n"
    "(define-public (pay (to principal))\n"
    "  (stx-transfer? u3 tx-sender to))\n";

static enum clarity_status deploy(struct clarity *c)
{
	clarity_begin(c, NULL);
	return clarity_deploy(c, BOX, box, strlen(box), 0);
}

static enum clarity_status call(struct clarity *c, const char *function,
                                const struct clarity_bytes *arg)
{
	struct clarity_call call = { .contract = BOX,
		                     .function = function,
		                     .sender = ALICE,
		                     .args = arg,
		                     .n_args = arg ? 1 : 0 };

	return clarity_call(c, &call);
}

static enum clarity_status set(struct clarity *c, uint8_t v)
{
	uint8_t bytes[17] = { 1 };
	struct clarity_bytes arg = { bytes, sizeof(bytes) };

	bytes[16] = v;
	return call(c, "set", &arg);
}

static struct clarity *open_box(void)
{
	struct clarity *c;

	assert_int_equal(clarity_new(&c, NULL), CLARITY_OK);
	assert_int_equal(deploy(c), CLARITY_OK);
	assert_int_equal(clarity_commit(c), CLARITY_OK);
	clarity_begin(c, NULL);
	return c;
}

static void a_call_gives_value_event_and_cost(void **state)
{
	struct clarity *c = open_box();
	struct clarity_bytes v;
	static const uint8_t ok9[] = { 7, 1, 0, 0, 0, 0, 0, 0, 0,
		                       0, 0, 0, 0, 0, 0, 0, 0, 9 };

	(void)state;
	assert_int_equal(set(c, 9), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "(ok u9)");
	v = clarity_value_bytes(c);
	assert_int_equal(v.len, sizeof(ok9));
	assert_memory_equal(v.p, ok9, sizeof(ok9));
	assert_int_equal(clarity_event_count(c), 1);
	assert_non_null(strstr(clarity_event_json(c, 0), "contract_event"));
	assert_null(clarity_event_json(c, 1));
	assert_true(clarity_cost(c).runtime > 0);
	assert_true(clarity_cost(c).write_count == 1);
	assert_string_equal(clarity_error_kind(c), "");
	clarity_free(c);
}

static void an_err_is_a_success_that_leaves_nothing(void **state)
{
	struct clarity *c = open_box();

	(void)state;
	assert_int_equal(set(c, 100), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "(err u100)");
	assert_int_equal(clarity_event_count(c), 0);
	assert_int_equal(call(c, "peek", NULL), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u7");
	clarity_free(c);
}

static void what_is_not_committed_is_gone(void **state)
{
	struct clarity *c = open_box();

	(void)state;
	assert_int_equal(set(c, 9), CLARITY_OK);
	clarity_begin(c, NULL);
	assert_int_equal(call(c, "peek", NULL), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u7");
	assert_int_equal(set(c, 9), CLARITY_OK);
	assert_int_equal(clarity_commit(c), CLARITY_OK);
	clarity_begin(c, NULL);
	assert_int_equal(call(c, "peek", NULL), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u9");
	clarity_free(c);
}

static void a_failure_has_kind_and_places(void **state)
{
	struct clarity *c = open_box();
	struct clarity_place p;

	(void)state;
	assert_int_equal(call(c, "fail", NULL), CLARITY_FAILED);
	assert_string_equal(clarity_error_kind(c), "DivisionByZero");
	assert_false(clarity_error_is_fatal(c));
	assert_int_equal(clarity_error_depth(c), 2);
	p = clarity_error_place(c, 0);
	assert_string_equal(p.contract, BOX);
	assert_string_equal(p.function, "half");
	assert_memory_equal(box + p.start, "(/ v u0)", p.end - p.start);
	p = clarity_error_place(c, 1);
	assert_string_equal(p.function, "fail");
	assert_memory_equal(box + p.start, "(half u8)", p.end - p.start);
	assert_null(clarity_error_place(c, 2).contract);
	assert_string_equal(clarity_value_text(c), "");
	assert_int_equal(clarity_value_bytes(c).len, 0);
	clarity_free(c);
}

static void a_refused_text_has_its_rule_and_place(void **state)
{
	static const char text[] = "(define-public (f) (ok (+ 1 true)))";
	struct clarity *c = open_box();
	struct clarity_place p;

	(void)state;
	assert_int_equal(clarity_check(c, ALICE ".w", text, strlen(text), 0),
	                 CLARITY_REFUSED);
	assert_string_equal(clarity_error_kind(c), "TypeError");
	assert_int_equal(clarity_error_depth(c), 1);
	p = clarity_error_place(c, 0);
	assert_string_equal(p.contract, ALICE ".w");
	assert_string_equal(p.function, "");
	assert_memory_equal(text + p.start, "(+ 1 true)", p.end - p.start);
	assert_int_equal(clarity_deploy(c, ALICE ".w", "(", 1, 0),
	                 CLARITY_REFUSED);
	assert_int_equal(clarity_check(c, ALICE ".w", "(ok 1)", 6, 0),
	                 CLARITY_OK);
	clarity_free(c);
}

static void a_check_sees_deployed_contracts_and_keeps_nothing(void **state)
{
	static const char user[] =
	    "(define-public (f) (contract-call? .box set u1))";
	struct clarity *c = open_box();

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    clarity_check(c, ALICE ".user", user, strlen(user), 0),
		    CLARITY_OK);
	assert_int_equal(clarity_cost(c).runtime, 0);
	clarity_free(c);
}

static void an_expression_sees_the_contract_it_is_about(void **state)
{
	static const char text[] = "(begin (var-set n u1) (var-get n))";
	struct clarity *c = open_box();

	(void)state;
	assert_int_equal(clarity_eval(c, BOX, text, strlen(text)), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u1");
	assert_int_equal(clarity_eval(c, BOX, "(peek)", 6), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u7");
	assert_int_equal(clarity_eval(c, NULL, "(+ 1 2)", 7), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "3");
	assert_int_equal(clarity_eval(c, NULL, "(/ 1 0)", 7), CLARITY_FAILED);
	assert_int_equal(clarity_eval(c, NULL, "(+ 1", 4), CLARITY_REFUSED);
	assert_int_equal(clarity_eval(c, "box", "1", 1), CLARITY_MISUSE);
	clarity_free(c);
}

static void only_read_only_functions_are_called_read_only(void **state)
{
	struct clarity *c = open_box();
	struct clarity_call peek = { .contract = BOX,
		                     .function = "peek",
		                     .sender = ALICE };
	struct clarity_call fail = peek;

	(void)state;
	fail.function = "fail";
	assert_int_equal(clarity_call_read_only(c, &peek), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u7");
	assert_int_equal(clarity_call_read_only(c, &fail), CLARITY_FAILED);
	clarity_free(c);
}

static void a_limit_ends_a_call(void **state)
{
	struct clarity *c = open_box();
	struct clarity_costs limit = { 1000000, 2, 1000000, 100, 1000000 };

	(void)state;
	clarity_begin(c, &limit);
	assert_int_equal(set(c, 1), CLARITY_FAILED);
	assert_string_equal(clarity_error_kind(c), "CostBalanceExceeded");
	clarity_free(c);
}

static void stx_can_be_given(void **state)
{
	static const char to[] = "'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG";
	struct clarity *c = open_box();
	struct clarity_bytes arg;
	uint8_t copy[64];

	(void)state;
	assert_int_equal(clarity_eval(c, NULL, to, strlen(to)), CLARITY_OK);
	arg = clarity_value_bytes(c);
	memcpy(copy, arg.p, arg.len);
	arg.p = copy;
	assert_int_equal(call(c, "pay", &arg), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "(err u1)");
	assert_int_equal(clarity_give_stx(c, ALICE, 5), CLARITY_OK);
	assert_int_equal(call(c, "pay", &arg), CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "(ok true)");
	assert_int_equal(clarity_give_stx(c, "nobody", 5), CLARITY_MISUSE);
	assert_int_equal(clarity_eval(c, NULL, "stx-liquid-supply", 17),
	                 CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "u5");
	clarity_free(c);
}

static void heights_are_what_was_said(void **state)
{
	struct clarity *c = open_box();

	(void)state;
	clarity_set_heights(c, 70, 80);
	clarity_begin(c, NULL);
	assert_int_equal(clarity_eval(c, NULL,
	                              "(list stacks-block-height "
	                              "burn-block-height)",
	                              44),
	                 CLARITY_OK);
	assert_string_equal(clarity_value_text(c), "(list u70 u80)");
	clarity_free(c);
}

static void misuse_is_told_and_changes_nothing(void **state)
{
	struct clarity *c = open_box();
	struct clarity_options bad = { .epoch = "2.5" };
	struct clarity_bytes arg = { "\xff", 1 };
	struct clarity *none = NULL;

	(void)state;
	assert_int_equal(clarity_new(&none, &bad), CLARITY_MISUSE);
	bad.epoch = "hm";
	assert_int_equal(clarity_new(&none, &bad), CLARITY_MISUSE);
	assert_null(none);
	assert_int_equal(clarity_deploy(c, ALICE, "1", 1, 0), CLARITY_MISUSE);
	assert_int_equal(clarity_deploy(c, NULL, "1", 1, 0), CLARITY_MISUSE);
	assert_int_equal(clarity_deploy(c, BOX, "1", 1, 7), CLARITY_MISUSE);
	assert_int_equal(clarity_check(c, BOX, "1", 1, -1), CLARITY_MISUSE);
	assert_int_equal(call(c, "set", &arg), CLARITY_MISUSE);
	assert_string_equal(clarity_error_text(c),
	                    "an argument is no value's bytes");
	assert_int_equal(call(c, "nothing", NULL), CLARITY_FAILED);
	assert_string_equal(clarity_error_kind(c), "UndefinedFunction");
	assert_int_equal(call(c, "peek", NULL), CLARITY_OK);
	clarity_free(NULL);
	clarity_free(c);
}

static void a_contract_is_deployed_once(void **state)
{
	struct clarity *c = open_box();

	(void)state;
	assert_int_equal(deploy(c), CLARITY_FAILED);
	clarity_free(c);
}

static void versions_are_those_of_the_epoch(void **state)
{
	static const char text[] = "(define-public (f) (ok block-height))";
	struct clarity *c = open_box();

	(void)state;
	assert_int_equal(clarity_check(c, ALICE ".v", text, strlen(text), 2),
	                 CLARITY_OK);
	assert_int_equal(clarity_check(c, ALICE ".v", text, strlen(text), 3),
	                 CLARITY_REFUSED);
	assert_true(strlen(clarity_version_text()) >= 5);
	clarity_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_gives_value_event_and_cost),
		cmocka_unit_test(an_err_is_a_success_that_leaves_nothing),
		cmocka_unit_test(what_is_not_committed_is_gone),
		cmocka_unit_test(a_failure_has_kind_and_places),
		cmocka_unit_test(a_refused_text_has_its_rule_and_place),
		cmocka_unit_test(
		    a_check_sees_deployed_contracts_and_keeps_nothing),
		cmocka_unit_test(an_expression_sees_the_contract_it_is_about),
		cmocka_unit_test(only_read_only_functions_are_called_read_only),
		cmocka_unit_test(a_limit_ends_a_call),
		cmocka_unit_test(stx_can_be_given),
		cmocka_unit_test(heights_are_what_was_said),
		cmocka_unit_test(misuse_is_told_and_changes_nothing),
		cmocka_unit_test(a_contract_is_deployed_once),
		cmocka_unit_test(versions_are_those_of_the_epoch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
