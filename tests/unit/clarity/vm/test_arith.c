/* tests/unit/clarity/vm/test_arith.c - Claims about clarity/vm/arith.c. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/arith.h"

static const struct value truth = { .kind = VALUE_BOOL, .n = 1 };

/* Claims what two ints, or two uints, give. */
static void ints(arith_fn *fn, i128 a, i128 b, enum vm_error e, i128 want)
{
	struct value x = value_int(a), y = value_int(b), r = truth;

	assert_int_equal(fn(&r, &x, &y), e);
	if (e == VM_ERROR_NONE)
		assert_true(value_is(&r, VALUE_INT) && r.i == want);
	else
		assert_true(value_is(&r, VALUE_BOOL));
}

static void uints(arith_fn *fn, u128 a, u128 b, enum vm_error e, u128 want)
{
	struct value x = value_uint(a), y = value_uint(b), r = truth;

	assert_int_equal(fn(&r, &x, &y), e);
	if (e == VM_ERROR_NONE)
		assert_true(value_is(&r, VALUE_UINT) && r.u == want);
	else
		assert_true(value_is(&r, VALUE_BOOL));
}

static void sums_end_at_the_limits(void **state)
{
	(void)state;
	ints(arith_add, I128_MAX - 1, 1, VM_ERROR_NONE, I128_MAX);
	ints(arith_add, I128_MAX, 1, VM_ERROR_OVERFLOW, 0);
	ints(arith_sub, I128_MIN + 1, 1, VM_ERROR_NONE, I128_MIN);
	ints(arith_sub, I128_MIN, 1, VM_ERROR_UNDERFLOW, 0);
	uints(arith_add, ~(u128)0 - 1, 1, VM_ERROR_NONE, ~(u128)0);
	uints(arith_add, ~(u128)0, 1, VM_ERROR_OVERFLOW, 0);
	uints(arith_sub, 1, 1, VM_ERROR_NONE, 0);
	uints(arith_sub, 0, 1, VM_ERROR_UNDERFLOW, 0);
}

static void products_end_at_the_limits(void **state)
{
	(void)state;
	ints(arith_mul, I128_MIN, 1, VM_ERROR_NONE, I128_MIN);
	ints(arith_mul, I128_MIN, -1, VM_ERROR_OVERFLOW, 0);
	ints(arith_mul, I128_MAX, -1, VM_ERROR_NONE, -I128_MAX);
	uints(arith_mul, (u128)1 << 64, (u128)1 << 63, VM_ERROR_NONE,
	      (u128)1 << 127);
	uints(arith_mul, (u128)1 << 64, (u128)1 << 64, VM_ERROR_OVERFLOW, 0);
}

static void quotients_are_cut_towards_zero(void **state)
{
	(void)state;
	ints(arith_div, -7, 2, VM_ERROR_NONE, -3);
	ints(arith_mod, -7, 2, VM_ERROR_NONE, -1);
	ints(arith_mod, 7, -2, VM_ERROR_NONE, 1);
	uints(arith_div, 7, 2, VM_ERROR_NONE, 3);
	uints(arith_mod, 7, 2, VM_ERROR_NONE, 1);
}

static void what_has_no_quotient_divides_by_zero(void **state)
{
	(void)state;
	ints(arith_div, 1, 0, VM_ERROR_DIVISION_BY_ZERO, 0);
	ints(arith_mod, 1, 0, VM_ERROR_DIVISION_BY_ZERO, 0);
	ints(arith_div, I128_MIN, -1, VM_ERROR_DIVISION_BY_ZERO, 0);
	ints(arith_mod, I128_MIN, -1, VM_ERROR_DIVISION_BY_ZERO, 0);
	ints(arith_div, I128_MIN + 1, -1, VM_ERROR_NONE, I128_MAX);
	uints(arith_div, 1, 0, VM_ERROR_DIVISION_BY_ZERO, 0);
	uints(arith_mod, 0, 0, VM_ERROR_DIVISION_BY_ZERO, 0);
}

static void a_result_may_take_the_place_of_an_operand(void **state)
{
	struct value x = value_int(40), y = value_int(2);

	(void)state;
	assert_int_equal(arith_add(&x, &x, &y), VM_ERROR_NONE);
	assert_true(x.i == 42);
	assert_int_equal(arith_mul(&y, &x, &y), VM_ERROR_NONE);
	assert_true(y.i == 84);
}

static void kinds_do_not_mix(void **state)
{
	static arith_fn *const fns[] = { arith_add, arith_sub, arith_mul,
		                         arith_div };
	struct value i = value_int(1), u = value_uint(1), r = truth;

	(void)state;
	for (size_t k = 0; k < sizeof(fns) / sizeof(fns[0]); k++) {
		assert_int_equal(fns[k](&r, &i, &u), VM_ERROR_TYPE_VALUE_ERROR);
		assert_int_equal(fns[k](&r, &u, &i), VM_ERROR_TYPE_VALUE_ERROR);
		assert_int_equal(fns[k](&r, &truth, &i),
		                 VM_ERROR_UNION_TYPE_VALUE_ERROR);
	}
	assert_int_equal(arith_mod(&r, &i, &u),
	                 VM_ERROR_UNION_TYPE_VALUE_ERROR);
	assert_true(value_is(&r, VALUE_BOOL));
}

static void negating_has_two_limits(void **state)
{
	struct value r = truth, min = value_int(I128_MIN);
	struct value five = value_int(5), zero = value_uint(0);
	struct value one = value_uint(1);

	(void)state;
	assert_int_equal(arith_negate(&r, &min), VM_ERROR_UNDERFLOW);
	assert_int_equal(arith_negate(&r, &one), VM_ERROR_UNDERFLOW);
	assert_int_equal(arith_negate(&r, &truth),
	                 VM_ERROR_UNION_TYPE_VALUE_ERROR);
	assert_int_equal(arith_negate(&r, &five), VM_ERROR_NONE);
	assert_true(r.i == -5);
	assert_int_equal(arith_negate(&r, &zero), VM_ERROR_NONE);
	assert_true(value_is(&r, VALUE_UINT) && r.u == 0);
}

static void sequences_have_an_order_since_clarity_2(void **state)
{
	struct value a = { .kind = VALUE_ASCII, .n = 2 };
	struct value b = { .kind = VALUE_ASCII, .n = 3 };
	int order = 9;

	(void)state;
	a.bytes = (const uint8_t *)"ab";
	a.byte_len = 2;
	b.bytes = (const uint8_t *)"aba";
	b.byte_len = 3;
	assert_int_equal(arith_compare(&order, &a, &b, false), VM_ERROR_NONE);
	assert_true(order < 0);
	assert_int_equal(arith_compare(&order, &b, &a, false), VM_ERROR_NONE);
	assert_true(order > 0);
	assert_int_equal(arith_compare(&order, &a, &b, true),
	                 VM_ERROR_UNION_TYPE_VALUE_ERROR);
	assert_int_equal(arith_compare(&order, &truth, &truth, false),
	                 VM_ERROR_UNION_TYPE_VALUE_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_end_at_the_limits),
		cmocka_unit_test(products_end_at_the_limits),
		cmocka_unit_test(quotients_are_cut_towards_zero),
		cmocka_unit_test(what_has_no_quotient_divides_by_zero),
		cmocka_unit_test(a_result_may_take_the_place_of_an_operand),
		cmocka_unit_test(kinds_do_not_mix),
		cmocka_unit_test(negating_has_two_limits),
		cmocka_unit_test(sequences_have_an_order_since_clarity_2),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
