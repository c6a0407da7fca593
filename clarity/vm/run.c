/*
 * clarity/vm/run.c - The dispatch loop; contract in run.h.
 *
 * The state of the innermost frame is kept in locals: `pc`, the registers and
 * the constants (`bank`), and the runtime that was not yet added to the meter.
 * SAVE writes them back before anything that can look at them, LOAD fetches
 * them after anything that can change them.
 */
#include "config.h"

#include "clarity/vm/run.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/arith.h"
#include "clarity/vm/bind.h"
#include "clarity/vm/native_block.h"
#include "clarity/vm/native_map.h"
#include "clarity/vm/op.h"
#include "clarity/vm/scope.h"
#include "clarity/vm/watch.h"

/* run_watched.c makes a second loop of this text, which is looked at. */
#ifndef RUN_WATCHED
#define RUN_WATCHED 0
#endif

#if defined(__GNUC__) && !defined(RUN_BY_SWITCH) && !RUN_WATCHED
#define RUN_BY_LABELS 1
#else
#define RUN_BY_LABELS 0
#endif

/* Runtime that was carried by instructions reaches the meter here.  It cannot
 * overflow: each instruction adds less than 2^32, and there are fewer than
 * 2^32 between two flushes. */
static enum err flush(struct vm *vm, uint64_t *runtime)
{
	enum err e = meter_charge_runtime(&vm->meter, *runtime);

	*runtime = 0;
	return machine_limit(vm, e);
}

/* A condition must be a bool; `want` says which one jumps. */
static enum err test(struct vm *vm, const struct value *v, bool *is_true)
{
	*is_true = v->n != 0;
	if (__builtin_expect(value_is(v, VALUE_BOOL), 1))
		return ERR_OK;
	return host_fail_value(vm, type_atom(TYPE_BOOL), v);
}

static enum err fail_with(struct vm *vm, const struct insn *i,
                          const struct code *code)
{
	struct span s = code->names[i->c];

	return machine_fail(vm, (enum vm_error)i->x, "%.*s", (int)s.len,
	                    s.len ? (const char *)s.p : "");
}

static enum err reenter(struct vm *vm, uint32_t index)
{
	const struct function *fn = &vm->who.contract->functions[index];

	if (!frame_is_running(vm, fn))
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_CIRCULAR_REFERENCE, "%.*s",
	                    (int)fn->name.len, fn->name.p);
}

static enum err test_depth(struct vm *vm, uint32_t depth)
{
	if (frame_top(vm)->depth + depth <
	    epoch_max_call_depth(vm->chain.epoch))
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_STACK_DEPTH, "calls nest too deep");
}

static enum err not_wrapped(struct vm *vm, const char *what)
{
	return machine_fail(vm, VM_ERROR_UNREACHABLE, "expected %s", what);
}

/* What is inside (some …) or (ok …); `*full` says whether there is. */
static enum err look_inside(struct vm *vm, const struct value *v, bool *full)
{
	enum value_wrap outer = value_outer(v);

	*full = outer == VALUE_SOME || outer == VALUE_OK;
	if (*full || outer == VALUE_ERR || value_is_none(v))
		return ERR_OK;
	return not_wrapped(vm, "optional or response");
}

static enum err look_inside_err(struct vm *vm, const struct value *v,
                                bool *full)
{
	*full = value_outer(v) == VALUE_ERR;
	return value_is_response(v) ? ERR_OK : not_wrapped(vm, "response");
}

static enum err is_some(struct vm *vm, const struct value *v, bool *ret)
{
	*ret = value_outer(v) == VALUE_SOME;
	return value_is_optional(v) ? ERR_OK : not_wrapped(vm, "optional");
}

static enum err is_ok(struct vm *vm, const struct value *v, bool *ret)
{
	*ret = value_outer(v) == VALUE_OK;
	return value_is_response(v) ? ERR_OK : not_wrapped(vm, "response");
}

static enum err default_to(struct vm *vm, struct value *a,
                           const struct value *otherwise, const struct value *v)
{
	bool full;

	TRY(is_some(vm, v, &full));
	if (full)
		value_put_inner(a, v);
	else
		value_put(a, otherwise);
	return ERR_OK;
}

static enum err cast_int(struct vm *vm, struct value *a, const struct value *b)
{
	if (!value_is(b, VALUE_UINT))
		return host_fail_value(vm, type_atom(TYPE_UINT), b);
	if (b->u > (u128)I128_MAX)
		return op_error(vm, VM_ERROR_OVERFLOW);
	*a = value_int((i128)b->u);
	return ERR_OK;
}

static enum err cast_uint(struct vm *vm, struct value *a, const struct value *b)
{
	if (!value_is(b, VALUE_INT))
		return host_fail_value(vm, type_atom(TYPE_INT), b);
	if (b->i < 0)
		return op_error(vm, VM_ERROR_UNDERFLOW);
	*a = value_uint((u128)b->i);
	return ERR_OK;
}

static enum err compare(struct vm *vm, struct value *a, const struct value *b,
                        const struct value *c, bool or_equal)
{
	int order = 0;
	bool integers = !version_compares_sequences(vm->who.contract->version);

	TRY(op_error(vm, arith_compare(&order, b, c, integers)));
	*a = value_bool(order < 0 || (or_equal && order == 0));
	return ERR_OK;
}

/* The small value that most wrappers hold needs no test of size or depth. */
static bool is_small(const struct value *v)
{
	return v->kind <= VALUE_PRINCIPAL && v->kind != VALUE_NONE &&
	       v->wraps <= UINT32_MAX;
}

static enum err call(struct vm *vm, const struct insn *i)
{
	return frame_call(vm, &vm->who.contract->functions[i->d], i->b >> 1,
	                  i->a >> 1, i->x);
}

/*
 * Results are written in words of eight bytes, as the next instruction reads
 * them.  Left alone, the compiler collects 128 bits on its stack to copy them
 * at once, and that copy waits until both halves have left for the cache.
 * Gain: vm.fold.add_square 20 to 7 ns.
 */
struct head {
	uint32_t n;
	uint8_t kind;
	uint8_t pad[3];
};

static inline void set(struct value *a, enum value_kind kind, u128 u)
{
	struct head head = { .kind = (uint8_t)kind };

	a->wraps = 0;
	memcpy(&a->n, &head, sizeof(head));
	a->u = u;
}

static inline void set_bool(struct value *a, bool is_true)
{
	static const struct head heads[2] = { { .kind = VALUE_BOOL },
		                              { .n = 1, .kind = VALUE_BOOL } };

	a->wraps = 0;
	memcpy(&a->n, &heads[is_true], sizeof(heads[0]));
	a->u = 0;
}

static inline bool is_less_int(const struct value *b, const struct value *c)
{
	return b->i < c->i;
}

static inline bool is_less_uint(const struct value *b, const struct value *c)
{
	return b->u < c->u;
}

static inline bool is_same(const struct value *b, const struct value *c)
{
	return b->kind == VALUE_BOOL ? b->n == c->n : b->u == c->u;
}

/* The next item of a walk over a list; other sequences take longer. */
static inline bool next_item(struct value *a, struct value *walk)
{
	struct value *place = &walk[1];

	if (walk[0].kind != VALUE_LIST)
		return op_loop_next(a, walk);
	if (place->n >= walk[0].n)
		return false;
	value_put(a, &walk[0].items[place->n++]);
	return true;
}

/* One `case` of the loop, as a label or as a switch case. */
#if RUN_BY_LABELS
#define CASE(name) op_##name:
#define NEXT()                                                                 \
	do {                                                                   \
		i = pc++;                                                      \
		runtime += i->cost;                                            \
		__extension__({ goto *labels[i->op]; });                       \
	} while (0)
#else
#define CASE(name) case OP_##name:
#define NEXT() goto dispatch
#endif

/* Operands, and ways to go on. */
#define V(at) (bank[(at)&1] + ((at) >> 1))
#define A V(i->a)
#define B V(i->b)
#define C V(i->c)
#define D V(i->d)
#define SAVE()                                                                 \
	do {                                                                   \
		frame_top(vm)->pc = pc;                                        \
		e = flush(vm, &runtime);                                       \
		if (__builtin_expect(e != ERR_OK, 0))                          \
			goto failed;                                           \
	} while (0)
#define LOAD()                                                                 \
	do {                                                                   \
		const struct frame *f_ = frame_top(vm);                        \
		code = f_->code;                                               \
		pc = f_->pc;                                                   \
		bank[0] = vm->regs + f_->base;                                 \
		bank[1] = (struct value *)(uintptr_t)code->consts;             \
	} while (0)
#define DO(expr)                                                               \
	do {                                                                   \
		e = (expr);                                                    \
		if (__builtin_expect(e != ERR_OK, 0))                          \
			goto failed;                                           \
	} while (0)
#define JUMP() (pc = code->insns + i->d)

enum err run_frames(struct vm *vm, const struct frame_floor *floor, enum err e)
{
#if RUN_BY_LABELS
	static const void *const labels[OP_COUNT] = {
#define X(name, roles, text) __extension__ &&op_##name,
#include "clarity/vm/opcode.def"
#undef X
	};
#endif
	struct value *bank[2];
	const struct code *code;
	const struct insn *pc;
	const struct insn *i;
	uint64_t runtime = 0;
	bool flag;
	i128 int_result;
	u128 uint_result;

#if !RUN_WATCHED
	if (vm->watch)
		return watch_run(vm, floor, e);
#endif
	if (e != ERR_OK)
		goto unwind;
	LOAD();
	NEXT();

#if !RUN_BY_LABELS
dispatch:
#if RUN_WATCHED
	watch_look(vm, pc);
#endif
	i = pc++;
	runtime += i->cost;
	switch ((enum opcode)i->op) {
#endif
		CASE(NOP)
		NEXT();
		CASE(CHARGE)
		DO(host_charge(vm, (enum price_id)i->x,
		               (uint64_t)i->b << 32 | i->a));
		NEXT();
		CASE(CHARGE_SIZE)
		DO(op_charge_size(vm, (enum price_id)i->x, A));
		NEXT();
		CASE(CHARGE_MIN)
		DO(op_charge_min(vm, (enum price_id)i->x, A, B));
		NEXT();
		CASE(CHARGE_BYTES)
		DO(op_charge_bytes(vm, (enum price_id)i->x, A, i->b));
		NEXT();
		CASE(CHARGE_NATIVE)
		DO(op_charge_native(vm, (enum native)i->x, A, i->b));
		NEXT();
		CASE(HOLD)
		DO(op_hold(vm, A));
		NEXT();
		CASE(HOLD_BYTES)
		DO(machine_hold(vm, i->a));
		NEXT();
		CASE(HOLD_MARK)
		*A = value_uint(vm->held);
		NEXT();
		CASE(HOLD_BACK)
		machine_back(vm, (uint64_t)A->u);
		NEXT();
		CASE(DEPTH)
		DO(test_depth(vm, i->a));
		NEXT();
		CASE(REENTER)
		DO(reenter(vm, i->d));
		NEXT();
		CASE(FAIL)
		DO(fail_with(vm, i, code));
		NEXT();
		CASE(MOVE)
		value_put(A, B);
		NEXT();
		CASE(PLAIN)
		*A = value_principal(B->principal);
		NEXT();
		CASE(BIND)
		DO(bind_one(vm, &vm->who.contract->functions[i->d], i->x, A));
		NEXT();
		CASE(JUMP)
		JUMP();
		NEXT();
		CASE(JUMP_IF)
		DO(test(vm, B, &flag));
		if (flag)
			JUMP();
		NEXT();
		CASE(JUMP_UNLESS)
		DO(test(vm, B, &flag));
		if (!flag)
			JUMP();
		NEXT();
		CASE(TEST_LESS_INT)
		if (is_less_int(B, C) == i->x)
			JUMP();
		NEXT();
		CASE(TEST_LESS_UINT)
		if (is_less_uint(B, C) == i->x)
			JUMP();
		NEXT();
		CASE(TEST_LEQ_INT)
		if (is_less_int(C, B) != i->x)
			JUMP();
		NEXT();
		CASE(TEST_LEQ_UINT)
		if (is_less_uint(C, B) != i->x)
			JUMP();
		NEXT();
		CASE(TEST_EQUAL_FLAT)
		if (is_same(B, C) == i->x)
			JUMP();
		NEXT();
		CASE(RETURN)
		SAVE();
		DO(frame_return(vm, B));
		goto left;
		CASE(THROW)
		SAVE();
		DO(frame_throw(vm, (enum vm_error)i->x, B));
		goto left;

		CASE(ADD)
		DO(op_error(vm, arith_add(A, B, C)));
		NEXT();
		CASE(ADD_INT)
		if (__builtin_expect(!i128_add(&int_result, B->i, C->i), 0))
			goto overflow;
		set(A, VALUE_INT, (u128)int_result);
		NEXT();
		CASE(ADD_UINT)
		if (__builtin_expect(!u128_add(&uint_result, B->u, C->u), 0))
			goto overflow;
		set(A, VALUE_UINT, uint_result);
		NEXT();
		CASE(SUB)
		DO(op_error(vm, arith_sub(A, B, C)));
		NEXT();
		CASE(SUB_INT)
		if (__builtin_expect(!i128_sub(&int_result, B->i, C->i), 0))
			goto underflow;
		set(A, VALUE_INT, (u128)int_result);
		NEXT();
		CASE(SUB_UINT)
		if (__builtin_expect(!u128_sub(&uint_result, B->u, C->u), 0))
			goto underflow;
		set(A, VALUE_UINT, uint_result);
		NEXT();
		CASE(MUL)
		DO(op_error(vm, arith_mul(A, B, C)));
		NEXT();
		CASE(MUL_INT)
		if (__builtin_expect(!i128_mul(&int_result, B->i, C->i), 0))
			goto overflow;
		set(A, VALUE_INT, (u128)int_result);
		NEXT();
		CASE(MUL_UINT)
		if (__builtin_expect(!u128_mul(&uint_result, B->u, C->u), 0))
			goto overflow;
		set(A, VALUE_UINT, uint_result);
		NEXT();
		CASE(DIV)
		DO(op_error(vm, arith_div(A, B, C)));
		NEXT();
		CASE(DIV_UINT)
		if (__builtin_expect(C->u == 0, 0))
			goto by_zero;
		set(A, VALUE_UINT, B->u / C->u);
		NEXT();
		CASE(MOD)
		DO(op_error(vm, arith_mod(A, B, C)));
		NEXT();
		CASE(MOD_UINT)
		if (__builtin_expect(C->u == 0, 0))
			goto by_zero;
		set(A, VALUE_UINT, B->u % C->u);
		NEXT();
		CASE(NEGATE)
		DO(op_error(vm, arith_negate(A, B)));
		NEXT();
		CASE(LESS)
		DO(compare(vm, A, B, C, false));
		NEXT();
		CASE(LESS_INT)
		set_bool(A, is_less_int(B, C));
		NEXT();
		CASE(LESS_UINT)
		set_bool(A, is_less_uint(B, C));
		NEXT();
		CASE(LEQ)
		DO(compare(vm, A, B, C, true));
		NEXT();
		CASE(LEQ_INT)
		set_bool(A, !is_less_int(C, B));
		NEXT();
		CASE(LEQ_UINT)
		set_bool(A, !is_less_uint(C, B));
		NEXT();
		CASE(EQUAL)
		DO(op_equal(vm, A, B, C));
		NEXT();
		CASE(EQUAL_FLAT)
		set_bool(A, is_same(B, C));
		NEXT();
		CASE(NOT)
		DO(test(vm, B, &flag));
		set_bool(A, !flag);
		NEXT();
		CASE(TO_INT)
		DO(cast_int(vm, A, B));
		NEXT();
		CASE(TO_UINT)
		DO(cast_uint(vm, A, B));
		NEXT();

		CASE(WRAP)
		if (is_small(B)) {
			value_put_as(A, B, B->wraps << 2 | i->x);
			NEXT();
		}
		DO(op_wrap(vm, A, (enum value_wrap)i->x, B));
		NEXT();
		CASE(IS_SOME)
		DO(is_some(vm, B, &flag));
		set_bool(A, flag);
		NEXT();
		CASE(IS_NONE)
		DO(is_some(vm, B, &flag));
		set_bool(A, !flag);
		NEXT();
		CASE(IS_OK)
		DO(is_ok(vm, B, &flag));
		set_bool(A, flag);
		NEXT();
		CASE(IS_ERR)
		DO(is_ok(vm, B, &flag));
		set_bool(A, !flag);
		NEXT();
		CASE(DEFAULT_TO)
		DO(default_to(vm, A, B, C));
		NEXT();
		CASE(UNWRAP)
		DO(look_inside(vm, B, &flag));
		if (!flag) {
			SAVE();
			DO(frame_throw(vm, VM_ERROR_UNWRAP_FAILED, C));
			goto left;
		}
		value_put_inner(A, B);
		NEXT();
		CASE(UNWRAP_ERR)
		DO(look_inside_err(vm, B, &flag));
		if (!flag) {
			SAVE();
			DO(frame_throw(vm, VM_ERROR_UNWRAP_FAILED, C));
			goto left;
		}
		value_put_inner(A, B);
		NEXT();
		CASE(UNWRAP_PANIC)
		DO(look_inside(vm, B, &flag));
		if (!flag)
			DO(op_error(vm, VM_ERROR_UNWRAP_FAILURE));
		value_put_inner(A, B);
		NEXT();
		CASE(UNWRAP_ERR_PANIC)
		DO(look_inside_err(vm, B, &flag));
		if (!flag)
			DO(op_error(vm, VM_ERROR_UNWRAP_FAILURE));
		value_put_inner(A, B);
		NEXT();
		CASE(TRY)
		DO(look_inside(vm, B, &flag));
		if (!flag) {
			SAVE();
			DO(frame_throw(vm, VM_ERROR_UNWRAP_FAILED, B));
			goto left;
		}
		value_put_inner(A, B);
		NEXT();
		CASE(OPEN)
		DO(look_inside(vm, B, &flag));
		if (flag) {
			value_put_inner(A, B);
			JUMP();
		}
		NEXT();
		CASE(OPEN_ERR)
		DO(look_inside_err(vm, B, &flag));
		if (flag) {
			value_put_inner(A, B);
			JUMP();
		}
		NEXT();
		CASE(MATCH_SOME)
		DO(is_some(vm, B, &flag));
		if (flag)
			value_put_inner(A, B);
		else
			JUMP();
		NEXT();
		CASE(MATCH_OK)
		DO(is_ok(vm, B, &flag));
		value_put_inner(A, B);
		if (!flag)
			JUMP();
		NEXT();

		CASE(TUPLE)
		DO(op_tuple(vm, A, B, &code->tuples[i->d]));
		NEXT();
		CASE(GET)
		DO(op_get(vm, A, B, i, code->names[i->d]));
		NEXT();
		CASE(KEYWORD)
		DO(native_block_keyword(vm, (enum native)i->x, A));
		NEXT();
		CASE(PRINT)
		DO(op_print(vm, A, B));
		NEXT();
		CASE(VAR_GET)
		DO(native_map_var_get(vm, i->b, A));
		NEXT();
		CASE(VAR_SET)
		DO(native_map_var_set(vm, i->b, C, A));
		NEXT();
		CASE(MAP_GET)
		DO(native_map_get(vm, i->b, C, A));
		NEXT();
		CASE(MAP_SET)
		DO(native_map_set(vm, i->b, C, D, i->x == NATIVE_MAP_INSERT,
		                  A));
		NEXT();
		CASE(MAP_DELETE)
		DO(native_map_delete(vm, i->b, C, A));
		NEXT();
		CASE(NATIVE)
		DO(op_native(vm, (enum native)i->x, A, B, i->c,
		             &code->natives[i->d]));
		NEXT();
		CASE(STEP)
		flag = false;
		DO(op_step(vm, i->x, A, B, i->c, &flag));
		if (flag)
			JUMP();
		NEXT();

		CASE(CALL)
		SAVE();
		DO(call(vm, i));
		LOAD();
		NEXT();
		CASE(CONTRACT_CALL)
		SAVE();
		DO(op_contract_call(vm, &code->calls[i->d], i,
		                    V(code->calls[i->d].target), B));
		LOAD();
		NEXT();
		CASE(CONTRACT_OF)
		DO(op_contract_of(vm, A, B));
		NEXT();
		CASE(SELF_BEGIN)
		DO(scope_become_self(vm));
		NEXT();
		CASE(SELF_END)
		DO(scope_drop(vm));
		NEXT();
		CASE(TRAVEL_BEGIN)
		DO(scope_travel(vm, B));
		NEXT();
		CASE(TRAVEL_END)
		DO(scope_drop(vm));
		NEXT();
		CASE(ALLOW_BEGIN)
		DO(scope_collect(vm, i->x ? NULL : B));
		NEXT();
		CASE(ALLOW)
		DO(scope_allow(vm, (enum native)i->x, B));
		NEXT();
		CASE(GUARD_BEGIN)
		DO(scope_guard(vm, i->a >> 1, code->insns + i->d));
		NEXT();
		CASE(GUARD_END)
		DO(op_guard_end(vm, A, B));
		NEXT();

		CASE(ITER_BEGIN)
		DO(op_loop_begin(vm, A, B));
		NEXT();
		CASE(ITER_NEXT)
		DO(flush(vm, &runtime));
		if (!next_item(A, B))
			JUMP();
		NEXT();
		CASE(ITER_AGAIN)
		DO(flush(vm, &runtime));
		if (next_item(A, B))
			JUMP();
		NEXT();
		CASE(FILTER_BEGIN)
		DO(op_loop_filter_begin(vm, A, B));
		NEXT();
		CASE(FILTER_ADD)
		DO(op_loop_filter_add(vm, A, B, C));
		NEXT();
		CASE(FILTER_END)
		op_loop_filter_end(A, B, C);
		NEXT();
		CASE(MAP_BEGIN)
		DO(op_loop_map_begin(vm, A, B, i->c, &flag));
		if (flag)
			JUMP();
		NEXT();
		CASE(MAP_ADD)
		op_loop_map_add(A, B);
		NEXT();
		CASE(MAP_END)
		DO(op_loop_map_end(vm, A, B));
		NEXT();
		CASE(MAP_EMPTY)
		DO(op_loop_map_empty(vm, A, B, i->c, i->d));
		NEXT();
#if !RUN_BY_LABELS
	case OP_COUNT:
		break;
	}
#endif

left:
	if (vm->n_frames == floor->n_frames)
		return ERR_OK;
	LOAD();
	NEXT();
overflow:
	e = op_error(vm, VM_ERROR_OVERFLOW);
	goto failed;
underflow:
	e = op_error(vm, VM_ERROR_UNDERFLOW);
	goto failed;
by_zero:
	e = op_error(vm, VM_ERROR_DIVISION_BY_ZERO);
	goto failed;
failed:
	/* Where it was, unless its frame is gone already. */
	if (vm->n_frames > 0 && frame_top(vm)->code == code)
		frame_top(vm)->pc = pc;
	/* A failure keeps what was charged before it; a limit that is only
	 * seen now does not hide the failure, for it is run again exactly. */
	if (!vm->is_exact && flush(vm, &runtime) != ERR_OK && e == ERR_RUN)
		e = ERR_RUN_EXACTLY;
unwind:
	e = frame_unwind(vm, e, floor);
	if (e != ERR_OK)
		return e;
	LOAD();
	NEXT();
}

#undef CASE
#undef NEXT
#undef V
#undef A
#undef B
#undef C
#undef D
#undef SAVE
#undef LOAD
#undef DO
#undef JUMP
