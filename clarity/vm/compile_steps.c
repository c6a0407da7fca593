/* clarity/vm/compile_steps.c - Natives that charge for themselves. */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/vm/compile.h"
#include "clarity/vm/dispatch.h"
#include "clarity/vm/type_expr.h"

/* The call itself: arguments are in a row at the end of the registers. */
/* Where the arguments are, and what is free behind the result. */
struct row {
	uint32_t top;
	uint32_t base;
	uint32_t n;
};

static void call(struct emitter *em, enum native id, const struct row *row,
                 const struct native_site *site, struct opnd *ret)
{
	ret->at = emit_result(em, row->top);
	(void)EMIT(em, NATIVE, id, ret->at, row->base, row->n,
	           emit_native_site(em, site));
}

/* A row of arguments, of which only the first `n_paid` copies are paid. */
static void call_row(struct emitter *em, enum native id,
                     const struct compile_args *args, uint32_t n_paid,
                     struct opnd *ret)
{
	uint32_t top = em->top;
	struct native_site site = { 0 };

	for (uint32_t i = 0; i < args->n; i++) {
		struct opnd v;

		compile_arg(em, args, i, &v);
		if (i < n_paid)
			emit_clone(em, &v);
		else if (v.in_place)
			site.in_place |= 1u << i;
		em->top = top + i;
		emit_move(em, emit_take(em), &v);
	}
	call(em, id, &(struct row){ top, bytecode_reg(top), args->n }, &site,
	     ret);
}

static void call_all(struct emitter *em, enum native id,
                     const struct compile_args *args, struct opnd *ret)
{
	uint32_t top = em->top;
	struct native_site site = { 0 };
	uint32_t base = compile_row(em, args, 0, true, NULL);

	call(em, id, &(struct row){ top, base, args->n }, &site, ret);
}

static void as_max_len(struct emitter *em, const struct compile_args *args,
                       struct opnd *ret)
{
	uint32_t top = em->top;
	struct native_site site = { 0 };
	struct compile_args sequence = *args;
	uint32_t base;

	sequence.n = 1;
	base = compile_row(em, &sequence, 0, true, NULL);
	emit_charge(em, PRICE_AS_MAX_LEN, 0);
	if (!args->nodes || args->nodes[1].kind != AST_LITERAL ||
	    !value_is(args->nodes[1].value, VALUE_UINT)) {
		emit_fail(em, VM_ERROR_TYPE_ERROR, span_str("uint"));
		return;
	}

	u128 len = args->nodes[1].value->u;

	site.extra = len > UINT32_MAX ? UINT32_MAX : (uint32_t)len;
	call(em, NATIVE_AS_MAX_LEN, &(struct row){ top, base, 1 }, &site, ret);
}

/* append and replace-at? look at their first argument before they evaluate the
 * others; only exact code needs to, since fast code knows what it is. */
static void first_then_rest(struct emitter *em, enum native id,
                            const struct compile_args *args, struct opnd *ret)
{
	bool is_append = id == NATIVE_APPEND;
	struct native_site site = { 0 };
	uint32_t dest = emit_take(em);
	uint32_t base = bytecode_reg(em->top);
	uint32_t jump = 0;

	for (uint32_t i = 0; i < args->n; i++) {
		struct opnd v;

		compile_arg(em, args, i, &v);
		if (i == 0 && is_append)
			emit_clone(em, &v);
		else if (v.in_place)
			site.in_place |= 1u << i;
		if (i == 0 && !is_append)
			emit_charge_size(em, PRICE_REPLACE_AT, &v);
		em->top = (base >> 1) + i;
		emit_move(em, emit_take(em), &v);
		if (i == 0 && em->is_exact)
			jump =
			    EMIT(em, STEP,
			         is_append ? DISPATCH_LIST : DISPATCH_SEQUENCE,
			         dest, base, 1, 0);
	}
	(void)EMIT(em, NATIVE, id, dest, base, args->n,
	           emit_native_site(em, &site));
	if (em->is_exact)
		emit_land(em, jump);
	em->top = (dest >> 1) + 1;
	ret->at = dest;
}

/* The type is read, at a price, each time the expression is evaluated. */
static void from_buff(struct emitter *em, const struct compile_args *args,
                      struct opnd *ret)
{
	uint32_t top = em->top;
	uint32_t steps = 0;
	struct native_site site = { 0 };
	struct opnd v;
	enum err e = args->nodes ? type_expr_read(em->arena, &site.type,
	                                          em->contract->ast,
	                                          args->nodes, &steps, NULL)
	                         : ERR_TYPE;

	for (uint32_t i = 0; i < steps; i++)
		emit_charge(em, PRICE_TYPE_PARSE_STEP, 0);
	if (e == ERR_NO_MEMORY)
		em->err = e;
	if (e != ERR_OK) {
		emit_fail(em, VM_ERROR_UNREACHABLE, span_str("bad type"));
		return;
	}
	compile_arg(em, args, 1, &v);
	em->top = top;
	emit_move(em, emit_take(em), &v);
	call(em, NATIVE_FROM_CONSENSUS_BUFF,
	     &(struct row){ top, bytecode_reg(top), 1 }, &site, ret);
}

/* Signature natives look at each argument before the next is evaluated. */
struct steps {
	enum price_id price;
	uint32_t n;               /* arguments */
	enum dispatch_step at[3]; /* after each; COUNT: none */
};

static struct steps steps_of(enum native id)
{
	struct steps s = {
		PRICE_SECP256K1RECOVER,
		2,
		{ DISPATCH_DIGEST, DISPATCH_K1_RECOVERABLE,
		  DISPATCH_STEP_COUNT },
	};

	if (id == NATIVE_SECP256K1_VERIFY) {
		s.price = PRICE_SECP256K1VERIFY;
		s.n = 3;
		s.at[1] = DISPATCH_K1_SIGNATURE;
	} else if (id == NATIVE_SECP256R1_VERIFY) {
		s.price = PRICE_SECP256R1VERIFY;
		s.n = 3;
		s.at[1] = DISPATCH_R1_SIGNATURE;
	}
	return s;
}

static void signature(struct emitter *em, enum native id,
                      const struct compile_args *args, struct opnd *ret)
{
	struct steps s = steps_of(id);
	struct native_site site = { 0 };
	uint32_t dest = emit_take(em);
	uint32_t base = bytecode_reg(em->top);
	uint32_t jumps[3];

	emit_charge(em, s.price, 0);
	for (uint32_t i = 0; i < s.n; i++) {
		struct opnd v;

		compile_arg(em, args, i, &v);
		em->top = (base >> 1) + i;
		emit_move(em, emit_take(em), &v);
		if (s.at[i] == DISPATCH_STEP_COUNT)
			continue;
		jumps[i] = EMIT(em, STEP, s.at[i], dest, base, i + 1, 0);
	}
	(void)EMIT(em, NATIVE, id, dest, base, s.n,
	           emit_native_site(em, &site));
	for (uint32_t i = 0; i < s.n; i++) {
		if (s.at[i] != DISPATCH_STEP_COUNT)
			emit_land(em, jumps[i]);
	}
	em->top = (dest >> 1) + 1;
	ret->at = dest;
}

static void priced(struct emitter *em, enum native id, enum price_id price,
                   const struct compile_args *args, uint32_t n_paid,
                   struct opnd *ret)
{
	emit_charge(em, price, 0);
	call_row(em, id, args, n_paid, ret);
}

void compile_steps(struct emitter *em, enum native id,
                   const struct compile_args *args, struct opnd *ret)
{
	switch ((int)id) {
	case NATIVE_MAP:
	case NATIVE_FILTER:
	case NATIVE_FOLD:
		compile_loop(em, id, args, ret);
		return;
	case NATIVE_LIST:
	case NATIVE_CONCAT:
		call_all(em, id, args, ret);
		return;
	case NATIVE_APPEND:
	case NATIVE_REPLACE_AT:
		first_then_rest(em, id, args, ret);
		return;
	case NATIVE_SLICE:
		call_row(em, id, args, 1, ret);
		return;
	case NATIVE_TO_ASCII:
	case NATIVE_CONTRACT_HASH:
		call_row(em, id, args, 0, ret);
		return;
	case NATIVE_AS_MAX_LEN:
		as_max_len(em, args, ret);
		return;
	case NATIVE_FROM_CONSENSUS_BUFF:
		from_buff(em, args, ret);
		return;
	case NATIVE_PRINCIPAL_OF:
		priced(em, id, PRICE_PRINCIPAL_OF, args, 0, ret);
		return;
	case NATIVE_IS_STANDARD:
		priced(em, id, PRICE_IS_STANDARD, args, 0, ret);
		return;
	case NATIVE_PRINCIPAL_DESTRUCT:
		priced(em, id, PRICE_PRINCIPAL_DESTRUCT, args, 1, ret);
		return;
	case NATIVE_PRINCIPAL_CONSTRUCT:
		priced(em, id, PRICE_PRINCIPAL_CONSTRUCT, args, 0, ret);
		return;
	default:
		signature(em, id, args, ret);
		return;
	}
}
