/* clarity/vm/native_arith.c - Powers, roots, bits, is-eq, merge. */
#include "config.h"

#include "clarity/vm/native_arith.h"

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/vm/arith.h"
#include "clarity/vm/machine.h"

static bool all_are(const struct native_call *c, enum value_kind kind)
{
	for (uint32_t i = 0; i < c->n; i++) {
		if (!value_is(&c->args[i], kind))
			return false;
	}
	return true;
}

/* The integer kind of all arguments, or VALUE_NONE. */
static enum value_kind kind_of(const struct native_call *c)
{
	if (all_are(c, VALUE_INT))
		return VALUE_INT;
	return all_are(c, VALUE_UINT) ? VALUE_UINT : VALUE_NONE;
}

static enum err not_integers(struct vm *vm, const struct native_call *c)
{
	return host_fail_union(vm, &c->args[0]);
}

/* Where any number of arguments is allowed, the first says what the others
 * must be, and all are looked at before anything is computed. */
static enum err check_all(struct vm *vm, const struct native_call *c)
{
	const struct value *first = &c->args[0];
	enum type_kind kind = TYPE_UINT;

	if (value_is(first, VALUE_INT))
		kind = TYPE_INT;
	else if (!value_is(first, VALUE_UINT))
		return not_integers(vm, c);
	for (uint32_t i = 1; i < c->n; i++) {
		if (!value_is(&c->args[i], (enum value_kind)first->kind))
			return host_fail_value(vm, type_atom(kind),
			                       &c->args[i]);
	}
	return ERR_OK;
}

/* Squares and multiplies; false on overflow. */
static bool pow_uint(u128 base, uint32_t power, u128 *ret)
{
	u128 result = 1;

	for (;; base *= base) {
		if ((power & 1) && !u128_mul(&result, result, base))
			return false;
		power >>= 1;
		if (power == 0)
			break;
		if (base > UINT64_MAX)
			return false;
	}
	*ret = result;
	return true;
}

/* Through the absolute value: only -2^127 has one that is no int. */
static bool pow_int(i128 base, uint32_t power, i128 *ret)
{
	bool is_negative = base < 0 && (power & 1);
	u128 size = base < 0 ? -(u128)base : (u128)base;
	u128 limit = (u128)I128_MAX + (is_negative ? 1 : 0);

	if (!pow_uint(size, power, &size) || size > limit)
		return false;
	*ret = is_negative ? (i128)(-size) : (i128)size;
	return true;
}

/* The special cases come in this order, before the power is looked at. */
enum err native_arith_pow(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	enum value_kind kind = kind_of(c);
	const struct value *base = &c->args[0];
	const struct value *power = &c->args[1];
	struct value result = *base;
	bool ok;

	if (kind == VALUE_NONE)
		return not_integers(vm, c);
	if (base->u == 0 && power->u == 0)
		result.u = 1;
	if (base->u <= 1 || power->u == 1) {
		*ret = result;
		return ERR_OK;
	}
	if (power->u > UINT32_MAX)
		return host_fail(vm, VM_ERROR_ARITHMETIC,
		                 "Power argument to (pow ...) must be a u32 "
		                 "integer");
	ok = kind == VALUE_INT
	         ? pow_int(base->i, (uint32_t)power->u, &result.i)
	         : pow_uint(base->u, (uint32_t)power->u, &result.u);
	if (!ok)
		return host_fail(vm, VM_ERROR_OVERFLOW, "pow");
	*ret = result;
	return ERR_OK;
}

static unsigned bit_length(u128 n)
{
	uint64_t high = (uint64_t)(n >> 64);

	if (high != 0)
		return 65 + u64_log2(high);
	return n == 0 ? 0 : 1 + u64_log2((uint64_t)n);
}

/* Bit by bit from the top: integers only, so every machine agrees. */
static u128 square_root(u128 n)
{
	u128 root = 0;

	for (int bit = 63; bit >= 0; bit--) {
		u128 next = root | (u128)1 << bit;

		if (next * next <= n)
			root = next;
	}
	return root;
}

enum err native_arith_sqrti(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	enum value_kind kind = kind_of(c);
	struct value result = c->args[0];

	if (kind == VALUE_NONE)
		return not_integers(vm, c);
	if (kind == VALUE_INT && result.i < 0)
		return host_fail(vm, VM_ERROR_ARITHMETIC,
		                 "sqrti must be passed a positive integer");
	result.u = square_root(result.u);
	*ret = result;
	return ERR_OK;
}

enum err native_arith_log2(struct vm *vm, const struct native_call *c,
                           struct value *ret)
{
	enum value_kind kind = kind_of(c);
	struct value result = c->args[0];

	if (kind == VALUE_NONE)
		return not_integers(vm, c);
	if (result.u == 0 || (kind == VALUE_INT && result.i < 0))
		return host_fail(vm, VM_ERROR_ARITHMETIC,
		                 "log2 must be passed a positive integer");
	result.u = bit_length(result.u) - 1;
	*ret = result;
	return ERR_OK;
}

enum err native_arith_bit_xor(struct vm *vm, const struct native_call *c,
                              struct value *ret)
{
	struct value result = c->args[0];

	TRY(check_all(vm, c));
	for (uint32_t i = 1; i < c->n; i++)
		result.u ^= c->args[i].u;
	*ret = result;
	return ERR_OK;
}

enum err native_arith_xor(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	if (kind_of(c) == VALUE_NONE)
		return not_integers(vm, c);
	return native_arith_bit_xor(vm, c, ret);
}

enum err native_arith_bit_and(struct vm *vm, const struct native_call *c,
                              struct value *ret)
{
	struct value result = c->args[0];

	TRY(check_all(vm, c));
	for (uint32_t i = 1; i < c->n; i++)
		result.u &= c->args[i].u;
	*ret = result;
	return ERR_OK;
}

enum err native_arith_bit_or(struct vm *vm, const struct native_call *c,
                             struct value *ret)
{
	struct value result = c->args[0];

	TRY(check_all(vm, c));
	for (uint32_t i = 1; i < c->n; i++)
		result.u |= c->args[i].u;
	*ret = result;
	return ERR_OK;
}

enum err native_arith_bit_not(struct vm *vm, const struct native_call *c,
                              struct value *ret)
{
	struct value result = c->args[0];

	if (kind_of(c) == VALUE_NONE)
		return not_integers(vm, c);
	result.u = ~result.u;
	*ret = result;
	return ERR_OK;
}

/* Only the lowest seven bits of the distance count. */
static enum err take_shift(struct vm *vm, const struct native_call *c,
                           unsigned *ret)
{
	if (!value_is(&c->args[1], VALUE_UINT))
		return host_fail_value(vm, type_atom(TYPE_UINT), &c->args[1]);
	if (!value_is(&c->args[0], VALUE_INT) &&
	    !value_is(&c->args[0], VALUE_UINT))
		return host_fail(vm, VM_ERROR_UNREACHABLE, "not an integer");
	*ret = (unsigned)c->args[1].u & 127;
	return ERR_OK;
}

enum err native_arith_shift_left(struct vm *vm, const struct native_call *c,
                                 struct value *ret)
{
	struct value result = c->args[0];
	unsigned by;

	TRY(take_shift(vm, c, &by));
	result.u <<= by;
	*ret = result;
	return ERR_OK;
}

enum err native_arith_shift_right(struct vm *vm, const struct native_call *c,
                                  struct value *ret)
{
	struct value result = c->args[0];
	unsigned by;

	TRY(take_shift(vm, c, &by));
	/* An int keeps its sign: fill with it from above. */
	if (result.kind == VALUE_INT && result.i < 0)
		result.u = ~(~result.u >> by);
	else
		result.u >>= by;
	*ret = result;
	return ERR_OK;
}

/* Types are joined up to the first value that differs, which ends it. */
enum err native_arith_is_eq(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	const struct type *t, *all;
	struct arena *a = host_arena(vm);
	struct type_diag d;

	if (c->n < 2) {
		*ret = value_bool(true);
		return ERR_OK;
	}
	TRY(host_type(vm, value_type(a, &all, &c->args[0], &d), &d));
	for (uint32_t i = 0; i < c->n; i++) {
		TRY(host_type(vm, value_type(a, &t, &c->args[i], &d), &d));
		TRY(host_type(vm, type_supertype(a, &all, t, all, &d), &d));
		if (!value_eq(&c->args[0], &c->args[i])) {
			*ret = value_bool(false);
			return ERR_OK;
		}
	}
	*ret = value_bool(true);
	return ERR_OK;
}

enum err native_arith_merge(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	struct value joined;

	if (!value_is(&c->args[0], VALUE_TUPLE) ||
	    !value_is(&c->args[1], VALUE_TUPLE))
		return host_fail(vm, VM_ERROR_UNREACHABLE, "expected tuple");
	TRY(value_tuple_merge(host_arena(vm), &joined, &c->args[0],
	                      &c->args[1]));
	if (epoch_checks_merge_size(host_epoch(vm)) &&
	    joined.type->size > TYPE_MAX_SIZE)
		return host_fail(vm, VM_ERROR_VALUE_TOO_LARGE, "merge");
	/* Wherever its size is asked, such a tuple fails: fast code does not
	 * always ask. */
	if (joined.type->size > TYPE_MAX_SIZE && !vm->is_exact)
		return ERR_RUN_EXACTLY;
	*ret = joined;
	return ERR_OK;
}

static arith_fn *fold_fn(enum native id)
{
	if (id == NATIVE_ADD)
		return arith_add;
	if (id == NATIVE_SUB)
		return arith_sub;
	return id == NATIVE_MUL ? arith_mul : arith_div;
}

static enum err apply_fold(struct vm *vm, enum native id,
                           const struct native_call *c, struct value *ret)
{
	struct value result = c->args[0];
	enum vm_error e = VM_ERROR_NONE;

	TRY(check_all(vm, c));
	if (c->n == 1 && id == NATIVE_SUB)
		e = arith_negate(&result, &c->args[0]);
	for (uint32_t i = 1; e == VM_ERROR_NONE && i < c->n; i++)
		e = fold_fn(id)(&result, &result, &c->args[i]);
	if (e != VM_ERROR_NONE)
		return host_fail(vm, e, "%s", native_table[id].name);
	*ret = result;
	return ERR_OK;
}

enum err native_arith_add(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	return apply_fold(vm, NATIVE_ADD, c, ret);
}

enum err native_arith_sub(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	return apply_fold(vm, NATIVE_SUB, c, ret);
}

enum err native_arith_mul(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	return apply_fold(vm, NATIVE_MUL, c, ret);
}

enum err native_arith_div(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	return apply_fold(vm, NATIVE_DIV, c, ret);
}

static enum err apply_logic(struct vm *vm, bool is_or, const struct value *args,
                            uint32_t n, struct value *ret)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!value_is(&args[i], VALUE_BOOL))
			return host_fail_value(vm, type_atom(TYPE_BOOL),
			                       &args[i]);
		if ((args[i].n != 0) == is_or) {
			*ret = value_bool(is_or);
			return ERR_OK;
		}
	}
	*ret = value_bool(!is_or);
	return ERR_OK;
}

static enum err wrong_count(struct vm *vm, enum native id)
{
	return host_fail(vm, VM_ERROR_ARGUMENT_COUNT, "%s",
	                 native_table[id].name);
}

/* Natives with a fixed number of arguments fail: those of kind N only after
 * they were charged. */
static enum err apply_fixed(struct vm *vm, enum native id, uint32_t n)
{
	static const struct {
		enum native id;
		enum price_id price;
	} prices[] = {
		{ NATIVE_MOD, PRICE_MOD },
		{ NATIVE_POW, PRICE_POW },
		{ NATIVE_XOR, PRICE_XOR },
		{ NATIVE_BIT_SHL, PRICE_BITWISE_LEFT_SHIFT },
		{ NATIVE_BIT_SHR, PRICE_BITWISE_RIGHT_SHIFT },
	};

	for (size_t i = 0; i < COUNT_OF(prices); i++) {
		if (prices[i].id == id)
			TRY(host_charge(vm, prices[i].price, n));
	}
	return wrong_count(vm, id);
}

enum err native_arith_apply(struct vm *vm, enum native id,
                            const struct value *args, uint32_t n,
                            struct value *ret)
{
	struct native_call c = { .args = args, .n = n };

	switch ((int)id) {
	case NATIVE_ADD:
		TRY(host_charge(vm, PRICE_ADD, n));
		return apply_fold(vm, id, &c, ret);
	case NATIVE_SUB:
		TRY(host_charge(vm, PRICE_SUB, n));
		return apply_fold(vm, id, &c, ret);
	case NATIVE_MUL:
		TRY(host_charge(vm, PRICE_MUL, n));
		return apply_fold(vm, id, &c, ret);
	case NATIVE_DIV:
		TRY(host_charge(vm, PRICE_DIV, n));
		return apply_fold(vm, id, &c, ret);
	case NATIVE_BIT_AND:
		TRY(host_charge(vm, PRICE_BITWISE_AND, n));
		return native_arith_bit_and(vm, &c, ret);
	case NATIVE_BIT_OR:
		TRY(host_charge(vm, PRICE_BITWISE_OR, n));
		return native_arith_bit_or(vm, &c, ret);
	case NATIVE_BIT_XOR:
		TRY(host_charge(vm, PRICE_XOR, n));
		return native_arith_bit_xor(vm, &c, ret);
	case NATIVE_AND:
		TRY(host_charge(vm, PRICE_AND, n));
		return apply_logic(vm, false, args, n, ret);
	case NATIVE_OR:
		TRY(host_charge(vm, PRICE_OR, n));
		return apply_logic(vm, true, args, n, ret);
	default:
		return apply_fixed(vm, id, n);
	}
}
