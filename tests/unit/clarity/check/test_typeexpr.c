/* tests/unit/clarity/check/test_typeexpr.c - types as they are written. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/typeexpr.h"
#include "clarity/cost/price.h"
#include "clarity/value/repr.h"
#include "tests/unit/clarity/check/check_case.h"

/* Reads the first form of `source` as a type, with at most `runtime`. */
static enum err parse(struct snippet *p, const char *source, struct typeexpr *t,
                      struct meter *m, const struct type **ret)
{
	snippet_open(p, source, EPOCH_3_4);
	assert_int_equal(p->err, ERR_OK);
	*t = (struct typeexpr){
		.arena = &p->arena,
		.syms = p->ast.syms,
		.step = &price_table(EPOCH_3_4)[PRICE_TYPE_PARSE_STEP],
		.meter = m,
	};
	return typeexpr_parse(t, &p->ast.items[0], ret);
}

static void reads_as(const char *source, const char *type)
{
	const struct type *ret;
	struct typeexpr t;
	struct snippet p;
	struct buf b;

	if (parse(&p, source, &t, NULL, &ret) != ERR_OK)
		fail_msg("%s: %s", source, check_error_name(t.fault.kind));
	buf_init(&b, 1 << 16);
	(void)repr_type(&b, ret);
	(void)buf_add_u8(&b, '\0');
	assert_string_equal((const char *)b.p, type);
	buf_fini(&b);
	snippet_close(&p);
}

static void fails_as(const char *source, enum check_error kind)
{
	const struct type *ret;
	struct typeexpr t;
	struct snippet p;

	assert_int_equal(parse(&p, source, &t, NULL, &ret), ERR_CHECK);
	if (t.fault.kind != kind)
		fail_msg("%s: %s", source, check_error_name(t.fault.kind));
	snippet_close(&p);
}

static void types_are_names_and_lists(void **state)
{
	(void)state;
	reads_as("int", "int");
	reads_as("principal", "principal");
	reads_as("(buff 0)", "(buff 0)");
	reads_as("(list 3 (optional bool))", "(list 3 (optional bool))");
	reads_as("(response int (string-ascii 5))",
	         "(response int (string-ascii 5))");
	reads_as("{b: int, a: uint}", "(tuple (a uint) (b int))");
}

static void anything_else_is_no_type(void **state)
{
	(void)state;
	fails_as("integer", CHECK_UNKNOWN_TYPE_NAME);
	fails_as("5", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("()", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(5 int)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(set 5 int)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(optional)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(response int)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(buff)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(tuple)", CHECK_EMPTY_TUPLES_NOT_ALLOWED);
	fails_as("(tuple (a int) (a int))", CHECK_NAME_ALREADY_USED);
	fails_as("(tuple (a))", CHECK_BAD_SYNTAX_BINDING);
	fails_as("(tuple (1 int))", CHECK_BAD_SYNTAX_BINDING);
}

static void a_length_is_a_written_int(void **state)
{
	(void)state;
	fails_as("(buff u5)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(list n int)", CHECK_INVALID_TYPE_DESCRIPTION);
	fails_as("(buff -1)", CHECK_VALUE_OUT_OF_BOUNDS);
	fails_as("(list -1 int)", CHECK_VALUE_TOO_LARGE);
	fails_as("(list 4294967296 int)", CHECK_VALUE_TOO_LARGE);
}

static void lengths_have_limits(void **state)
{
	(void)state;
	reads_as("(buff 1048576)", "(buff 1048576)");
	fails_as("(buff 1048577)", CHECK_VALUE_TOO_LARGE);
	reads_as("(string-utf8 262144)", "(string-utf8 262144)");
	fails_as("(string-utf8 262145)", CHECK_VALUE_TOO_LARGE);
	reads_as("(list 65535 int)", "(list 65535 int)");
	fails_as("(list 65536 int)", CHECK_VALUE_TOO_LARGE);
}

static void types_nest_32_deep(void **state)
{
	static char source[1024];

	(void)state;
	for (uint32_t n = 31; n <= 32; n++) {
		size_t at = 0;

		for (uint32_t i = 0; i < n; i++)
			at += (size_t)snprintf(source + at, 32, "(optional ");
		at += (size_t)snprintf(source + at, 32, "int");
		memset(source + at, ')', n);
		source[at + n] = '\0';
		if (n == 31)
			reads_as(source, source);
		else
			fails_as(source, CHECK_TYPE_SIGNATURE_TOO_DEEP);
	}
}

static void each_part_is_a_step(void **state)
{
	struct cost limit = { .of = { 16, 16, 16, 16, 16 } };
	const struct type *ret;
	struct typeexpr t;
	struct snippet p;
	struct meter m;

	(void)state;
	meter_init(&m, &limit);
	assert_int_equal(
	    parse(&p, "(response int (optional int))", &t, &m, &ret), ERR_OK);
	assert_int_equal(m.spent.of[COST_RUNTIME], 16);
	snippet_close(&p);

	limit.of[COST_RUNTIME] = 15;
	meter_init(&m, &limit);
	assert_int_equal(
	    parse(&p, "(response int (optional int))", &t, &m, &ret),
	    ERR_CHECK);
	assert_int_equal(t.fault.kind, CHECK_COST_BALANCE_EXCEEDED);
	snippet_close(&p);
}

static void all_pairs_are_pairs_before_the_first_type_is_read(void **state)
{
	(void)state;
	fails_as("(tuple (a nothing) b)", CHECK_BAD_SYNTAX_BINDING);
	fails_as("(tuple (a nothing) (1 int))", CHECK_UNKNOWN_TYPE_NAME);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_names_and_lists),
		cmocka_unit_test(anything_else_is_no_type),
		cmocka_unit_test(a_length_is_a_written_int),
		cmocka_unit_test(lengths_have_limits),
		cmocka_unit_test(types_nest_32_deep),
		cmocka_unit_test(each_part_is_a_step),
		cmocka_unit_test(
		    all_pairs_are_pairs_before_the_first_type_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
