/* tests/unit/clarity/check/test_check_error.c - kinds of refusals. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/check/check_error.h"
#include "clarity/check/known.h"

static void every_kind_is_found_by_its_name(void **state)
{
	(void)state;
	for (int i = 1; i < CHECK_ERROR_COUNT; i++) {
		const char *name = check_error_name((enum check_error)i);

		assert_int_equal(check_error_find(span_str(name)), i);
	}
	assert_int_equal(check_error_find(span_str("Nothing")), CHECK_NONE);
}

static void only_four_kinds_keep_a_transaction_out_of_every_block(void **state)
{
	int rejects[2] = { 0, 0 };

	(void)state;
	for (int i = 1; i < CHECK_ERROR_COUNT; i++) {
		enum check_error kind = (enum check_error)i;

		rejects[0] +=
		    check_error_err(kind, EPOCH_3_3) == ERR_CHECK_REJECT;
		rejects[1] +=
		    check_error_err(kind, EPOCH_3_4) == ERR_CHECK_REJECT;
	}
	assert_int_equal(rejects[0], 4);
	assert_int_equal(rejects[1], 3);
	assert_int_equal(check_error_err(CHECK_SUPERTYPE_TOO_LARGE, EPOCH_3_4),
	                 ERR_CHECK);
}

static void cost_kinds_are_the_meters_errors(void **state)
{
	(void)state;
	assert_int_equal(
	    check_error_err(CHECK_COST_BALANCE_EXCEEDED, EPOCH_3_4),
	    ERR_COST_LIMIT);
	assert_int_equal(check_error_err(CHECK_COST_OVERFLOW, EPOCH_3_4),
	                 ERR_COST_OVERFLOW);
	assert_int_equal(
	    check_error_err(CHECK_MEMORY_BALANCE_EXCEEDED, EPOCH_3_4),
	    ERR_MEMORY_LIMIT);
	assert_int_equal(
	    check_error_err(CHECK_COST_COMPUTATION_FAILED, EPOCH_3_4),
	    ERR_CHECK);
}

static void arguments_stand_in_the_text(void **state)
{
	struct check_fault f = { .kind = CHECK_TYPE_ERROR,
		                 .arg = { check_arg_type(KNOWN_INT),
		                          check_arg_type(&known_buff_32) } };
	struct diag d;

	(void)state;
	check_error_report(&f, &d);
	assert_int_equal(d.rule.stage, DIAG_CHECK);
	assert_int_equal(d.rule.code, CHECK_TYPE_ERROR);
	assert_string_equal(d.rule.name, "TypeError");
	assert_string_equal(d.message, "expected int, found (buff 32)");
}

static void several_types_are_a_choice(void **state)
{
	const struct type *want[] = { KNOWN_INT, KNOWN_UINT, KNOWN_BOOL };
	struct check_fault f = { .kind = CHECK_UNION_TYPE_ERROR,
		                 .arg = { check_arg_types(want, 3),
		                          check_arg_type(KNOWN_PRINCIPAL) } };
	struct diag d;

	(void)state;
	check_error_report(&f, &d);
	assert_string_equal(d.message,
	                    "expected int, uint or bool, found principal");
}

static void every_text_is_short_plain_and_uses_only_its_arguments(void **state)
{
	(void)state;
	for (int i = 1; i < CHECK_ERROR_COUNT; i++) {
		struct check_fault f = { .kind = (enum check_error)i };
		struct diag d;

		f.arg[0] = check_arg_name(span_str("first"));
		f.arg[1] = check_arg_number(7);
		check_error_report(&f, &d);
		assert_true(strlen(d.message) > 8);
		assert_null(strchr(d.message, '{'));
		assert_true(d.message[strlen(d.message) - 1] != '.');
		for (const char *c = d.message; *c; c++)
			assert_true(*c >= ' ' && *c < 127);
	}
}

static void a_long_argument_is_cut(void **state)
{
	static char name[1000];
	struct check_fault f = { .kind = CHECK_UNKNOWN_FUNCTION };
	struct diag d;

	(void)state;
	memset(name, 'a', sizeof(name));
	f.arg[0] = check_arg_name(span_of(name, sizeof(name)));
	check_error_report(&f, &d);
	assert_true(strlen(d.message) < 200);
	assert_non_null(strstr(d.message, "..."));
}

static void nobody_has_to_read_the_report(void **state)
{
	struct check_fault f = { .kind = CHECK_TYPE_ERROR };

	(void)state;
	check_error_report(&f, NULL);
}

static void type_errors_have_their_kind(void **state)
{
	(void)state;
	assert_int_equal(check_error_of_type(TYPE_ERROR_MISMATCH),
	                 CHECK_TYPE_ERROR);
	assert_int_equal(check_error_of_type(TYPE_ERROR_TOO_DEEP),
	                 CHECK_TYPE_SIGNATURE_TOO_DEEP);
	assert_int_equal(check_error_of_type(TYPE_ERROR_INVARIANT),
	                 CHECK_UNREACHABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_found_by_its_name),
		cmocka_unit_test(
		    only_four_kinds_keep_a_transaction_out_of_every_block),
		cmocka_unit_test(cost_kinds_are_the_meters_errors),
		cmocka_unit_test(arguments_stand_in_the_text),
		cmocka_unit_test(several_types_are_a_choice),
		cmocka_unit_test(
		    every_text_is_short_plain_and_uses_only_its_arguments),
		cmocka_unit_test(a_long_argument_is_cut),
		cmocka_unit_test(nobody_has_to_read_the_report),
		cmocka_unit_test(type_errors_have_their_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
