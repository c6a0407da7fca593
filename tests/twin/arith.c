/* tests/twin/arith.c - Numbers, bits, truth, is-eq and begin. */
#include "config.h"

#include "tests/twin/inside.h"

static enum err union_error(const struct plain *p)
{
	return twin_fail(p->t, VM_ERROR_UNION_TYPE_VALUE_ERROR);
}

/* One step of a fold over numbers; false when the sum does not fit. */
static bool step_int(enum native id, i128 a, i128 b, i128 *ret)
{
	switch ((int)id) {
	case NATIVE_ADD:
		return i128_add(ret, a, b);
	case NATIVE_SUB:
		return i128_sub(ret, a, b);
	case NATIVE_MUL:
		return i128_mul(ret, a, b);
	case NATIVE_DIV:
		if (b == 0 || (a == I128_MIN && b == -1))
			return false;
		*ret = a / b;
		return true;
	case NATIVE_BIT_XOR:
		*ret = a ^ b;
		return true;
	case NATIVE_BIT_AND:
		*ret = a & b;
		return true;
	default:
		*ret = a | b;
		return true;
	}
}

static bool step_uint(enum native id, u128 a, u128 b, u128 *ret)
{
	switch ((int)id) {
	case NATIVE_ADD:
		return u128_add(ret, a, b);
	case NATIVE_SUB:
		return u128_sub(ret, a, b);
	case NATIVE_MUL:
		return u128_mul(ret, a, b);
	case NATIVE_DIV:
		if (b == 0)
			return false;
		*ret = a / b;
		return true;
	case NATIVE_BIT_XOR:
		*ret = a ^ b;
		return true;
	case NATIVE_BIT_AND:
		*ret = a & b;
		return true;
	default:
		*ret = a | b;
		return true;
	}
}

static enum err overflow(const struct plain *p)
{
	if (p->id == NATIVE_SUB)
		return twin_fail(p->t, VM_ERROR_UNDERFLOW);
	if (p->id == NATIVE_DIV)
		return twin_fail(p->t, VM_ERROR_DIVISION_BY_ZERO);
	return twin_fail(p->t, VM_ERROR_OVERFLOW);
}

static enum err negate(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];

	*ret = *v;
	if (v->kind == VALUE_INT && v->i != I128_MIN)
		ret->i = -v->i;
	else if (v->kind == VALUE_INT || v->u != 0)
		return overflow(p);
	return ERR_OK;
}

/* + - * / bit-xor bit-and bit-or: all of one kind, from the left. */
static enum err fold(const struct plain *p, struct value *ret)
{
	const struct value *v = p->args;

	if (p->n == 0)
		return twin_fail(p->t, VM_ERROR_ARGUMENT_COUNT);
	if (!value_is(v, VALUE_INT) && !value_is(v, VALUE_UINT))
		return union_error(p);
	for (uint32_t i = 1; i < p->n; i++) {
		if (!value_is(&v[i], (enum value_kind)v->kind))
			return twin_fail(p->t, VM_ERROR_TYPE_VALUE_ERROR);
	}
	if (p->id == NATIVE_SUB && p->n == 1)
		return negate(p, ret);
	*ret = v[0];
	for (uint32_t i = 1; i < p->n; i++) {
		if (v->kind == VALUE_INT
		        ? !step_int(p->id, ret->i, v[i].i, &ret->i)
		        : !step_uint(p->id, ret->u, v[i].u, &ret->u))
			return overflow(p);
	}
	return ERR_OK;
}

/* Multiplies as often as it takes, by squaring. */
static bool power(bool is_int, struct value *base, uint64_t n)
{
	struct value acc = is_int ? value_int(1) : value_uint(1);

	for (;;) {
		if ((n & 1) && (is_int ? !i128_mul(&acc.i, acc.i, base->i)
		                       : !u128_mul(&acc.u, acc.u, base->u)))
			return false;
		n >>= 1;
		if (n == 0)
			break;
		if (is_int ? !i128_mul(&base->i, base->i, base->i)
		           : !u128_mul(&base->u, base->u, base->u))
			return false;
	}
	*base = acc;
	return true;
}

static enum err pow_of(const struct plain *p, bool is_int, struct value *ret)
{
	const struct value *base = &p->args[0], *n = &p->args[1];

	*ret = *base;
	if (n->u == 0 && base->u == 0) {
		ret->u = 1;
		return ERR_OK;
	}
	if (base->u == 1 || base->u == 0 || n->u == 1)
		return ERR_OK;
	if ((is_int && n->i < 0) || n->u > UINT32_MAX)
		return twin_fail(p->t, VM_ERROR_ARITHMETIC);
	return power(is_int, ret, (uint64_t)n->u)
	           ? ERR_OK
	           : twin_fail(p->t, VM_ERROR_OVERFLOW);
}

static enum err mod_of(const struct plain *p, bool is_int, struct value *ret)
{
	const struct value *a = &p->args[0], *b = &p->args[1];

	if (b->u == 0 || (is_int && a->i == I128_MIN && b->i == -1))
		return twin_fail(p->t, VM_ERROR_DIVISION_BY_ZERO);
	*ret = is_int ? value_int(a->i % b->i) : value_uint(a->u % b->u);
	return ERR_OK;
}

static enum err binary(const struct plain *p, struct value *ret)
{
	const struct value *a = &p->args[0], *b = &p->args[1];
	bool is_int = value_is(a, VALUE_INT);

	if (!(is_int && value_is(b, VALUE_INT)) &&
	    !(value_is(a, VALUE_UINT) && value_is(b, VALUE_UINT)))
		return union_error(p);
	if (p->id == NATIVE_POW)
		return pow_of(p, is_int, ret);
	if (p->id == NATIVE_MOD)
		return mod_of(p, is_int, ret);
	*ret = *a;
	ret->u ^= b->u;
	return ERR_OK;
}

static enum err shift(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];
	unsigned by;

	if (!value_is(&p->args[1], VALUE_UINT))
		return twin_fail(p->t, VM_ERROR_TYPE_VALUE_ERROR);
	if (!value_is(v, VALUE_INT) && !value_is(v, VALUE_UINT))
		return twin_fail(p->t, VM_ERROR_UNREACHABLE);
	by = (unsigned)(p->args[1].u & 0x7f);
	*ret = *v;
	if (p->id == NATIVE_BIT_SHL)
		ret->u <<= by;
	else if (v->kind == VALUE_INT)
		ret->i >>= by;
	else
		ret->u >>= by;
	return ERR_OK;
}

static u128 root(u128 n)
{
	u128 r = 0;

	for (u128 bit = (u128)1 << 63; bit > 0; bit >>= 1) {
		if ((r | bit) * (r | bit) <= n)
			r |= bit;
	}
	return r;
}

static enum err unary(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];
	bool is_int = value_is(v, VALUE_INT);
	unsigned bits = 0;

	if (!is_int && !value_is(v, VALUE_UINT))
		return union_error(p);
	*ret = *v;
	if (p->id == NATIVE_BIT_NOT) {
		ret->u = ~v->u;
		return ERR_OK;
	}
	if ((is_int && v->i < 0) || (p->id == NATIVE_LOG2 && v->u == 0))
		return twin_fail(p->t, VM_ERROR_ARITHMETIC);
	while (v->u >> bits > 1)
		bits++;
	ret->u = p->id == NATIVE_LOG2 ? bits : root(v->u);
	return ERR_OK;
}

static enum err cast_number(const struct plain *p, struct value *ret)
{
	bool to_int = p->id == NATIVE_TO_INT;
	const struct value *v = &p->args[0];

	if (!value_is(v, to_int ? VALUE_UINT : VALUE_INT))
		return twin_fail(p->t, VM_ERROR_TYPE_VALUE_ERROR);
	if (v->i < 0)
		return twin_fail(p->t, to_int ? VM_ERROR_OVERFLOW
		                              : VM_ERROR_UNDERFLOW);
	*ret = to_int ? value_int(v->i) : value_uint(v->u);
	return ERR_OK;
}

/* All must have a common type, as far as they are compared. */
static enum err is_eq(const struct plain *p, struct value *ret)
{
	struct arena *a = &p->t->arena;
	const struct type *common, *own;
	struct type_diag d;

	*ret = value_bool(true);
	if (p->n < 2)
		return ERR_OK;
	TRY(twin_type(p->t, value_type(a, &common, &p->args[0], &d), &d));
	for (uint32_t i = 0; i < p->n; i++) {
		TRY(twin_type(p->t, value_type(a, &own, &p->args[i], &d), &d));
		TRY(twin_type(p->t, type_supertype(a, &common, own, common, &d),
		              &d));
		if (!value_eq(&p->args[i], &p->args[0])) {
			*ret = value_bool(false);
			return ERR_OK;
		}
	}
	return ERR_OK;
}

enum err arith_run(const struct plain *p, struct value *ret)
{
	switch ((int)p->id) {
	case NATIVE_POW:
	case NATIVE_MOD:
	case NATIVE_XOR:
		return binary(p, ret);
	case NATIVE_SQRTI:
	case NATIVE_LOG2:
	case NATIVE_BIT_NOT:
		return unary(p, ret);
	case NATIVE_BIT_SHL:
	case NATIVE_BIT_SHR:
		return shift(p, ret);
	case NATIVE_TO_INT:
	case NATIVE_TO_UINT:
		return cast_number(p, ret);
	case NATIVE_IS_EQ:
		return is_eq(p, ret);
	case NATIVE_NOT:
		if (!value_is(&p->args[0], VALUE_BOOL))
			return twin_fail(p->t, VM_ERROR_TYPE_VALUE_ERROR);
		*ret = value_bool(!p->args[0].n);
		return ERR_OK;
	case NATIVE_BEGIN:
		if (p->n == 0)
			return twin_fail(p->t, VM_ERROR_UNREACHABLE);
		*ret = p->args[p->n - 1];
		return ERR_OK;
	default:
		return fold(p, ret);
	}
}
