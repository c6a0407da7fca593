/* clarity/vm/arith.c - Checked arithmetic on values; contract in arith.h. */
#include "config.h"

#include "clarity/vm/arith.h"

#include "clarity/base/num.h"

static bool are(const struct value *a, const struct value *b,
                enum value_kind kind)
{
	return value_is(a, kind) && value_is(b, kind);
}

static enum vm_error give_int(struct value *ret, bool fits, const i128 *i,
                              enum vm_error otherwise)
{
	if (!fits)
		return otherwise;
	*ret = value_int(*i);
	return VM_ERROR_NONE;
}

static enum vm_error give_uint(struct value *ret, bool fits, const u128 *u,
                               enum vm_error otherwise)
{
	if (!fits)
		return otherwise;
	*ret = value_uint(*u);
	return VM_ERROR_NONE;
}

/* The first operand says what the others must be. */
static enum vm_error mismatch(const struct value *a)
{
	if (value_is(a, VALUE_INT) || value_is(a, VALUE_UINT))
		return VM_ERROR_TYPE_VALUE_ERROR;
	return VM_ERROR_UNION_TYPE_VALUE_ERROR;
}

enum vm_error arith_add(struct value *ret, const struct value *a,
                        const struct value *b)
{
	i128 i;
	u128 u;

	if (are(a, b, VALUE_INT))
		return give_int(ret, i128_add(&i, a->i, b->i), &i,
		                VM_ERROR_OVERFLOW);
	if (are(a, b, VALUE_UINT))
		return give_uint(ret, u128_add(&u, a->u, b->u), &u,
		                 VM_ERROR_OVERFLOW);
	return mismatch(a);
}

enum vm_error arith_sub(struct value *ret, const struct value *a,
                        const struct value *b)
{
	i128 i;
	u128 u;

	if (are(a, b, VALUE_INT))
		return give_int(ret, i128_sub(&i, a->i, b->i), &i,
		                VM_ERROR_UNDERFLOW);
	if (are(a, b, VALUE_UINT))
		return give_uint(ret, u128_sub(&u, a->u, b->u), &u,
		                 VM_ERROR_UNDERFLOW);
	return mismatch(a);
}

enum vm_error arith_mul(struct value *ret, const struct value *a,
                        const struct value *b)
{
	i128 i;
	u128 u;

	if (are(a, b, VALUE_INT))
		return give_int(ret, i128_mul(&i, a->i, b->i), &i,
		                VM_ERROR_OVERFLOW);
	if (are(a, b, VALUE_UINT))
		return give_uint(ret, u128_mul(&u, a->u, b->u), &u,
		                 VM_ERROR_OVERFLOW);
	return mismatch(a);
}

/* The one quotient of two ints that is no int counts as a division by 0. */
static bool has_quotient(i128 a, i128 b)
{
	return b != 0 && !(a == I128_MIN && b == -1);
}

enum vm_error arith_div(struct value *ret, const struct value *a,
                        const struct value *b)
{
	if (are(a, b, VALUE_INT)) {
		if (!has_quotient(a->i, b->i))
			return VM_ERROR_DIVISION_BY_ZERO;
		*ret = value_int(a->i / b->i);
		return VM_ERROR_NONE;
	}
	if (are(a, b, VALUE_UINT)) {
		if (b->u == 0)
			return VM_ERROR_DIVISION_BY_ZERO;
		*ret = value_uint(a->u / b->u);
		return VM_ERROR_NONE;
	}
	return mismatch(a);
}

enum vm_error arith_mod(struct value *ret, const struct value *a,
                        const struct value *b)
{
	if (are(a, b, VALUE_INT)) {
		if (!has_quotient(a->i, b->i))
			return VM_ERROR_DIVISION_BY_ZERO;
		*ret = value_int(a->i % b->i);
		return VM_ERROR_NONE;
	}
	if (are(a, b, VALUE_UINT)) {
		if (b->u == 0)
			return VM_ERROR_DIVISION_BY_ZERO;
		*ret = value_uint(a->u % b->u);
		return VM_ERROR_NONE;
	}
	return VM_ERROR_UNION_TYPE_VALUE_ERROR;
}

enum vm_error arith_negate(struct value *ret, const struct value *a)
{
	if (value_is(a, VALUE_INT)) {
		if (a->i == I128_MIN)
			return VM_ERROR_UNDERFLOW;
		*ret = value_int(-a->i);
		return VM_ERROR_NONE;
	}
	if (value_is(a, VALUE_UINT)) {
		if (a->u != 0)
			return VM_ERROR_UNDERFLOW;
		*ret = *a;
		return VM_ERROR_NONE;
	}
	return VM_ERROR_UNION_TYPE_VALUE_ERROR;
}

enum vm_error arith_compare(int *ret, const struct value *a,
                            const struct value *b, bool integers_only)
{
	bool is_integer = a->kind == VALUE_INT || a->kind == VALUE_UINT;
	bool is_string = a->kind == VALUE_BUFF || a->kind == VALUE_ASCII ||
	                 a->kind == VALUE_UTF8;

	if (a->wraps != 0 || b->wraps != 0 || a->kind != b->kind ||
	    !(is_integer || (is_string && !integers_only)))
		return VM_ERROR_UNION_TYPE_VALUE_ERROR;
	*ret = value_cmp(a, b);
	return VM_ERROR_NONE;
}
