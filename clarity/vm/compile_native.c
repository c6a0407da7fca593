/* clarity/vm/compile_native.c - Natives whose arguments are all evaluated. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/vm/compile.h"
#include "clarity/vm/dispatch.h"

/* The price column of native.def; COUNT stands for none. */
static const uint8_t native_prices[] = {
#define NATIVE(id, name, first, last, kind, min, max, price, family)           \
	[NATIVE_##id] = PRICE_##price,
#include "clarity/lang/native.def"
};

/* How the instruction for a native takes its operands. */
enum shape {
	SHAPE_CALL,   /* a C function on consecutive registers */
	SHAPE_UNARY,  /* a = op b */
	SHAPE_BINARY, /* a = b op c */
	SHAPE_FOLD,   /* as BINARY, over all arguments from the left */
	SHAPE_LAST    /* the last argument is the result */
};

struct plain {
	uint8_t shape;
	uint8_t x; /* of the instruction */
	uint16_t op;
	uint16_t op_int;  /* when all are known to be int; or 0 */
	uint16_t op_uint; /* when all are known to be uint; or 0 */
};

static const struct plain plains[NATIVE_KEYWORDS] = {
	[NATIVE_ADD] = { SHAPE_FOLD, 0, OP_ADD, OP_ADD_INT, OP_ADD_UINT },
	[NATIVE_SUB] = { SHAPE_FOLD, 0, OP_SUB, OP_SUB_INT, OP_SUB_UINT },
	[NATIVE_MUL] = { SHAPE_FOLD, 0, OP_MUL, OP_MUL_INT, OP_MUL_UINT },
	[NATIVE_DIV] = { SHAPE_FOLD, 0, OP_DIV, 0, OP_DIV_UINT },
	[NATIVE_MOD] = { SHAPE_BINARY, 0, OP_MOD, 0, OP_MOD_UINT },
	[NATIVE_IS_EQ] = { SHAPE_BINARY, 0, OP_EQUAL_FLAT, 0, 0 },
	[NATIVE_NOT] = { SHAPE_UNARY, 0, OP_NOT, 0, 0 },
	[NATIVE_TO_INT] = { SHAPE_UNARY, 0, OP_TO_INT, 0, 0 },
	[NATIVE_TO_UINT] = { SHAPE_UNARY, 0, OP_TO_UINT, 0, 0 },
	[NATIVE_BEGIN] = { SHAPE_LAST, 0, 0, 0, 0 },
	[NATIVE_SOME] = { SHAPE_UNARY, VALUE_SOME, OP_WRAP, 0, 0 },
	[NATIVE_OK] = { SHAPE_UNARY, VALUE_OK, OP_WRAP, 0, 0 },
	[NATIVE_ERR] = { SHAPE_UNARY, VALUE_ERR, OP_WRAP, 0, 0 },
	[NATIVE_IS_SOME] = { SHAPE_UNARY, 0, OP_IS_SOME, 0, 0 },
	[NATIVE_IS_NONE] = { SHAPE_UNARY, 0, OP_IS_NONE, 0, 0 },
	[NATIVE_IS_OK] = { SHAPE_UNARY, 0, OP_IS_OK, 0, 0 },
	[NATIVE_IS_ERR] = { SHAPE_UNARY, 0, OP_IS_ERR, 0, 0 },
	[NATIVE_DEFAULT_TO] = { SHAPE_BINARY, 0, OP_DEFAULT_TO, 0, 0 },
	[NATIVE_UNWRAP] = { SHAPE_BINARY, 0, OP_UNWRAP, 0, 0 },
	[NATIVE_UNWRAP_ERR] = { SHAPE_BINARY, 0, OP_UNWRAP_ERR, 0, 0 },
	[NATIVE_UNWRAP_PANIC] = { SHAPE_UNARY, 0, OP_UNWRAP_PANIC, 0, 0 },
	[NATIVE_UNWRAP_ERR_PANIC] = { SHAPE_UNARY, 0, OP_UNWRAP_ERR_PANIC, 0,
	                              0 },
	[NATIVE_TRY] = { SHAPE_UNARY, 0, OP_TRY, 0, 0 },
};

/* The kind that all values are known to have, or TYPE_NONE. */
static enum type_kind common_kind(const struct opnd *values, uint32_t n)
{
	enum type_kind kind = TYPE_NONE;

	for (uint32_t i = 0; i < n; i++) {
		if (!values[i].type)
			return TYPE_NONE;
		if (i > 0 && values[i].type->kind != kind)
			return TYPE_NONE;
		kind = (enum type_kind)values[i].type->kind;
	}
	return kind;
}

static enum opcode pick_op(const struct plain *p, const struct opnd *values,
                           uint32_t n)
{
	enum type_kind kind = common_kind(values, n);

	if (kind == TYPE_INT && p->op_int)
		return (enum opcode)p->op_int;
	if (kind == TYPE_UINT && p->op_uint)
		return (enum opcode)p->op_uint;
	return (enum opcode)p->op;
}

/* The bytes that a scalar, or a tuple of scalars, always takes on the wire; 0
 * for other types. */
static uint32_t fixed_bytes(const struct opnd *v)
{
	uint32_t size = emit_fixed_size(v);
	uint32_t sum = 5;

	if (size > 0)
		return size == 16 ? 17 : size;
	if (!v->type || v->type->kind != TYPE_TUPLE)
		return 0;
	for (uint32_t i = 0; i < v->type->len; i++) {
		const struct type_field *f = &v->type->fields[i];
		struct opnd field = { .type = f->type };

		size = emit_fixed_size(&field);
		if (size == 0)
			return 0;
		sum += 1 + (uint32_t)f->name.len + (size == 16 ? 17 : size);
	}
	return sum;
}

/* A native of kind X pays for the bytes of its arguments. */
static void charge_bytes(struct emitter *em, enum native id, uint32_t base,
                         const struct opnd *values, uint32_t n)
{
	enum price_id price = (enum price_id)native_prices[id];
	uint64_t sum = 0;
	bool is_fixed = true;

	if (dispatch_native(id)->size) {
		(void)EMIT(em, CHARGE_NATIVE, id, base, n, 0, 0);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t bytes = fixed_bytes(&values[i]);

		sum += bytes;
		is_fixed = is_fixed && bytes > 0;
	}
	if (is_fixed)
		emit_charge(em, price, sum);
	else
		(void)EMIT(em, CHARGE_BYTES, price, base, n, 0, 0);
}

static void charge(struct emitter *em, enum native id, uint32_t base,
                   const struct opnd *values, uint32_t n)
{
	if (native_table[id].kind == NATIVE_KIND_X)
		charge_bytes(em, id, base, values, n);
	else
		emit_charge(em, (enum price_id)native_prices[id], n);
}

/* An early return from a body that stands in its caller's code is a jump. */
static void open_or_throw(struct emitter *em, enum opcode op,
                          const uint32_t abcd[4])
{
	struct opnd thrown = { .at = op == OP_TRY ? abcd[1] : abcd[2] };
	uint32_t opened[4] = { abcd[0], abcd[1], 0, 0 };
	uint32_t jump =
	    emit_op(em, op == OP_UNWRAP_ERR ? OP_OPEN_ERR : OP_OPEN, 0, opened);

	emit_throw(em, VM_ERROR_UNWRAP_FAILED, &thrown);
	emit_land(em, jump);
}

static void operate(struct emitter *em, enum opcode op, uint32_t x,
                    const uint32_t abcd[4])
{
	bool throws = op == OP_TRY || op == OP_UNWRAP || op == OP_UNWRAP_ERR;

	if (throws && em->exit)
		open_or_throw(em, op, abcd);
	else
		(void)emit_op(em, op, x, abcd);
}

/* Needs a register that no operand lies in when there are more than two. */
static void fold(struct emitter *em, const struct plain *p,
                 const struct opnd *values, uint32_t n, uint32_t dest)
{
	enum opcode op = pick_op(p, values, n);
	uint32_t left = values[0].at;

	for (uint32_t i = 1; i < n; i++) {
		uint32_t abcd[4] = { dest, left, values[i].at, 0 };

		(void)emit_op(em, op, p->x, abcd);
		left = dest;
	}
	if (n == 1 && p->op == OP_SUB)
		(void)EMIT(em, NEGATE, 0, dest, left, 0, 0);
	else if (n == 1)
		(void)EMIT(em, MOVE, 0, dest, left, 0, 0);
}

static bool is_count_right(struct emitter *em, enum native id, uint32_t n)
{
	uint32_t max = native_max(id, em->contract->version);

	return n >= native_table[id].min && (max == NATIVE_MANY || n <= max);
}

static void count_fails(struct emitter *em, enum native id)
{
	emit_fail(em, VM_ERROR_ARGUMENT_COUNT, span_str(native_table[id].name));
}

/* Natives that are an instruction on operands anywhere. */
static void compile_plain(struct emitter *em, enum native id,
                          const struct compile_args *args, struct opnd *values,
                          struct opnd *ret)
{
	const struct plain *p = &plains[id];
	uint32_t top = em->top;
	struct emit_mark m = emit_hold_begin(em);

	compile_held_values(em, args, values);
	charge(em, id, 0, values, args->n);
	if (!is_count_right(em, id, args->n))
		count_fails(em, id);

	uint32_t a = args->n > 0 ? values[0].at : 0;
	uint32_t b = args->n > 1 ? values[1].at : 0;
	bool is_alone = em->is_exact || (p->shape == SHAPE_FOLD && args->n > 2);
	uint32_t abcd[4] = { 0, a, b, 0 };

	/* Operands are read before the result is written, so it may lie where
	 * the first one does; not so where several instructions follow. */
	abcd[0] = is_alone ? emit_take(em) : emit_result(em, top);

	ret->at = abcd[0];
	if (p->shape == SHAPE_LAST)
		ret->at = args->n > 0 ? values[args->n - 1].at : 0;
	else if (p->shape == SHAPE_FOLD && args->n > 0)
		fold(em, p, values, args->n, abcd[0]);
	else
		operate(em, pick_op(p, values, args->n), p->x, abcd);
	emit_hold_end(em, m);
	emit_keep(em, top, ret);
}

/* Natives that are a C function. */
static void compile_function_call(struct emitter *em, enum native id,
                                  const struct compile_args *args,
                                  struct opnd *values, struct opnd *ret)
{
	uint32_t top = em->top;
	struct native_site none = { 0 };
	struct emit_mark m = emit_hold_begin(em);
	uint32_t base = compile_held_row(em, args, values);

	charge(em, id, base, values, args->n);
	if (!is_count_right(em, id, args->n))
		count_fails(em, id);
	ret->at = base;
	(void)EMIT(em, NATIVE, id, base, base, args->n,
	           emit_native_site(em, &none));
	emit_hold_end(em, m);
	em->top = base >> 1;
	(void)emit_take(em);
	emit_keep(em, top, ret);
}

/* The bytes and the value of `is-eq` on two values of a known flat kind are
 * found without looking at them. */
static bool is_flat_equal(struct emitter *em, const struct compile_args *args)
{
	struct opnd v[2];

	for (uint32_t i = 0; i < 2; i++) {
		v[i].type = args->nodes ? emit_type(em, &args->nodes[i])
		                        : args->ready[i].type;
	}
	return common_kind(v, 2) != TYPE_NONE && emit_fixed_size(&v[0]) > 0;
}

/* `is-eq` of two values is an instruction once its price is known. */
static void compile_equal(struct emitter *em, const struct compile_args *args,
                          struct opnd *values, struct opnd *ret)
{
	uint32_t top = em->top;
	struct emit_mark m = emit_hold_begin(em);
	uint32_t base = compile_held_row(em, args, values);

	charge(em, NATIVE_IS_EQ, base, values, 2);
	ret->at = base;
	(void)EMIT(em, EQUAL, 0, base, base, base + 2, 0);
	emit_hold_end(em, m);
	em->top = (base >> 1) + 1;
	emit_keep(em, top, ret);
}

/* The fields of two tuples of scalars are put together where they are; the
 * type is known beforehand (compile_form_tuple finds it).  vm.tuple.merge */
static void join_fields(struct emitter *em, const struct opnd *sides,
                        const struct type *joined, struct opnd *ret)
{
	uint32_t n = joined->len;
	struct span *names = emit_alloc(em, n, sizeof(names[0]));
	struct opnd *values = emit_alloc(em, n, sizeof(values[0]));

	for (uint32_t i = 0; names && values && i < n; i++) {
		struct span name = joined->fields[i].name;
		const struct type_field *f =
		    type_field_find(sides[1].type, name);
		const struct opnd *side = &sides[f ? 1 : 0];

		if (!f)
			f = type_field_find(side->type, name);
		names[i] = name;
		values[i] =
		    (struct opnd){ .at = emit_take(em), .type = f->type };
		(void)EMIT(em, GET, true, values[i].at, side->at,
		           (uint32_t)(f - side->type->fields),
		           emit_name(em, name));
	}
	if (names && values)
		compile_form_tuple(em, names, values, n, ret);
}

/* Whether `merge` of these was compiled. */
static bool compile_merge(struct emitter *em, const struct compile_args *args,
                          struct opnd *values, struct opnd *ret)
{
	const struct type *joined;
	uint32_t top = em->top;
	struct opnd sides[2];

	for (uint32_t i = 0; i < 2; i++) {
		sides[i] = (struct opnd){ 0 };
		if (args->nodes)
			sides[i].type = emit_type(em, &args->nodes[i]);
		if (fixed_bytes(&sides[i]) == 0 ||
		    sides[i].type->kind != TYPE_TUPLE)
			return false;
	}
	if (type_merge(em->arena, &joined, sides[0].type, sides[1].type)) {
		em->err = ERR_NO_MEMORY;
		return false;
	}

	struct emit_mark m = emit_hold_begin(em);

	(void)compile_held_row(em, args, values);
	charge(em, NATIVE_MERGE, 0, values, 2);
	join_fields(em, values, joined, ret);
	emit_hold_end(em, m);
	emit_keep(em, top, ret);
	return true;
}

/* Exact code believes no type: all arguments must be looked at before the
 * first two are added. */
static bool is_instruction(const struct emitter *em, enum native id, uint32_t n)
{
	if (id == NATIVE_IS_EQ || plains[id].shape == SHAPE_CALL)
		return false;
	return plains[id].shape != SHAPE_FOLD || n == 2 || !em->is_exact;
}

static void compile_evaluated(struct emitter *em, enum native id,
                              const struct compile_args *args, struct opnd *ret)
{
	struct opnd *values = emit_alloc(em, args->n + 1, sizeof(values[0]));

	if (!values)
		return;
	bool is_pair = id == NATIVE_IS_EQ && args->n == 2 && !em->is_exact;

	if (id == NATIVE_MERGE && args->n == 2 &&
	    compile_merge(em, args, values, ret))
		return;
	if (is_pair && is_flat_equal(em, args))
		compile_plain(em, id, args, values, ret);
	else if (is_pair)
		compile_equal(em, args, values, ret);
	else if (is_instruction(em, id, args->n))
		compile_plain(em, id, args, values, ret);
	else
		compile_function_call(em, id, args, values, ret);
}

/* Forms test their arguments' number first, except the block facts, which
 * charge before (compile_data does that). */
static bool counts_later(enum native id)
{
	return id == NATIVE_GET_BLOCK_INFO ||
	       id == NATIVE_GET_BURN_BLOCK_INFO ||
	       id == NATIVE_GET_STACKS_BLOCK_INFO ||
	       id == NATIVE_GET_TENURE_INFO;
}

static void compile_special(struct emitter *em, enum native id,
                            const struct compile_args *args, struct opnd *ret)
{
	switch ((enum native_family)native_table[id].family) {
	case NATIVE_FAMILY_COMPARE:
	case NATIVE_FAMILY_CONTROL:
	case NATIVE_FAMILY_OPTION:
	case NATIVE_FAMILY_TUPLE:
		compile_form(em, id, args, ret);
		return;
	case NATIVE_FAMILY_STORE:
	case NATIVE_FAMILY_TOKEN:
	case NATIVE_FAMILY_BLOCK:
		compile_data(em, id, args, ret);
		return;
	case NATIVE_FAMILY_CONTRACT:
	case NATIVE_FAMILY_ALLOWANCE:
		compile_call(em, id, args, ret);
		return;
	case NATIVE_FAMILY_SEQ:
	case NATIVE_FAMILY_CRYPTO:
	case NATIVE_FAMILY_PRINCIPAL:
	case NATIVE_FAMILY_CONVERT:
		compile_steps(em, id, args, ret);
		return;
	case NATIVE_FAMILY_ARITH:
	case NATIVE_FAMILY_BITCOIN:
	case NATIVE_FAMILY_KEYWORD:
	case NATIVE_FAMILY_DEFINE:
	case NATIVE_FAMILY_COUNT:
		break;
	}
	CHECK(!"this family has no special forms");
}

void compile_native(struct emitter *em, enum native id,
                    const struct compile_args *args, struct opnd *ret)
{
	ret->in_place = false;
	emit_depth(em);
	if (native_table[id].kind != NATIVE_KIND_S) {
		compile_evaluated(em, id, args, ret);
		return;
	}
	if (!is_count_right(em, id, args->n) && !counts_later(id)) {
		count_fails(em, id);
		return;
	}
	em->depth++;
	compile_special(em, id, args, ret);
	em->depth--;
}
