/* clarity/vm/frame.c - Calls and returns; contract in frame.h. */
#include "config.h"

#include "clarity/vm/frame.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/bind.h"
#include "clarity/vm/compile.h"
#include "clarity/vm/load.h"
#include "clarity/vm/scope.h"
#include "clarity/vm/trail.h"
#include "clarity/vm/verify.h"

#define FIRST_REGS 1024u

bool frame_is_running(const struct vm *vm, const struct function *fn)
{
	for (uint32_t i = 0; i < vm->n_frames; i++) {
		if (vm->frames[i].fn == fn)
			return true;
	}
	return false;
}

const struct code *frame_code(struct vm *vm, struct function *fn, enum err *e)
{
	struct contract *c = fn->contract;
	struct compile_target t = { vm->prices, vm->chain.epoch, vm->is_exact };
	struct code **code = &fn->codes[vm->is_exact];

	if (fn->age != c->age) {
		fn->codes[CONTRACT_FAST] = NULL;
		fn->codes[CONTRACT_EXACT] = NULL;
		fn->age = c->age;
	}
	if (*code)
		return *code;
	*e = compile_function(c, fn, &t, code);
	if (*e != ERR_OK)
		return NULL;
	CHECK(verify_code(*code, c));
	return *code;
}

/* The stack of registers grows by doubling; values stay where they are. */
static enum err reserve_regs(struct vm *vm, uint32_t end)
{
	if (end <= vm->n_regs)
		return ERR_OK;

	uint32_t n = vm->n_regs ? vm->n_regs : FIRST_REGS;

	while (n < end)
		n *= 2;

	struct value *regs = arena_new_array(&vm->stack, struct value, n);

	if (!regs)
		return ERR_NO_MEMORY;
	memset(regs, 0, n * sizeof(regs[0]));
	if (vm->n_regs > 0)
		memcpy(regs, vm->regs, vm->n_regs * sizeof(regs[0]));
	vm->regs = regs;
	vm->n_regs = n;
	return ERR_OK;
}

/* Depth and memory in fast code: whatever is not surely within the limits is
 * run again exactly. */
static enum err check_room(struct vm *vm, const struct code *code,
                           uint32_t depth)
{
	if (vm->n_frames == MACHINE_MAX_FRAMES)
		return vm->is_exact ? machine_fail(vm, VM_ERROR_STACK_DEPTH,
		                                   "calls nest too deep")
		                    : ERR_RUN_EXACTLY;
	if (vm->is_exact)
		return ERR_OK;
	if (depth + code->depth >= epoch_max_call_depth(vm->chain.epoch))
		return ERR_RUN_EXACTLY;
	return machine_hold(vm, code->hold);
}

static enum err push(struct vm *vm, struct function *fn,
                     const struct code *code, const struct frame *where)
{
	uint64_t held = vm->held;

	TRY(reserve_regs(vm, where->base + code->n_regs));
	TRY(check_room(vm, code, where->depth));

	struct frame *f = &vm->frames[vm->n_frames++];

	*f = *where;
	f->fn = fn;
	f->code = code;
	f->pc = code->insns;
	f->n_own = vm->n_scopes;
	f->held = held;
	return ERR_OK;
}

/* Public functions commit or roll back by their result; read-only ones always
 * roll back; this also holds for calls inside a contract. */
static enum err begin_transaction(struct vm *vm, const struct function *fn)
{
	if (fn->form == DEFINE_PUBLIC)
		return scope_begin(vm, SCOPE_PUBLIC, false);
	if (fn->form == DEFINE_READ_ONLY)
		return scope_begin(vm, SCOPE_READ_ONLY, true);
	return ERR_OK;
}

enum err frame_call(struct vm *vm, struct function *fn, uint32_t base,
                    uint32_t ret, uint32_t depth)
{
	const struct frame *caller = frame_top(vm);
	struct frame where = {
		.base = caller->base + base,
		.ret = caller->base + ret,
		.depth = caller->depth + depth + 1,
		.n_scopes = vm->n_scopes,
	};
	enum err e = ERR_OK;
	const struct code *code = frame_code(vm, fn, &e);

	if (!code)
		return e;
	/* Only a contract that was entered twice can call itself again. */
	if (!vm->is_exact && vm->who.contract->n_open > 1 &&
	    frame_is_running(vm, fn))
		return ERR_RUN_EXACTLY;
	TRY(begin_transaction(vm, fn));
	if (vm->is_exact || fn->binds != 0 || fn->duplicate < fn->n_params)
		TRY(bind_inner(vm, fn, vm->regs + where.base));
	return push(vm, fn, code, &where);
}

/* Charges that an application inside the contract has in its code. */
static enum err charge_application(struct vm *vm, const struct function *fn,
                                   const struct value *args, uint32_t n)
{
	bool by_size = epoch_prices_args_by_size(vm->chain.epoch);
	uint32_t n_types = by_size ? n : fn->n_params;

	TRY(host_charge(vm, PRICE_USER_FUNCTION_APPLICATION, fn->n_params));
	for (uint32_t i = 0; i < n_types; i++) {
		uint32_t size = by_size ? 0 : fn->param_types[i]->size;

		if (by_size)
			TRY(machine_size(vm, &args[i], &size));
		TRY(host_charge(vm, PRICE_INNER_TYPE_CHECK_COST, size));
	}
	if (n != fn->n_params)
		return machine_fail(vm, VM_ERROR_ARGUMENT_COUNT,
		                    "%u arguments, not %u", fn->n_params, n);
	return ERR_OK;
}

/* Values that come from elsewhere are cut to their own types. */
static enum err copy_args(struct vm *vm, const struct frame_visit *v,
                          uint32_t base, const struct value **ret)
{
	struct value *args =
	    arena_new_array(&vm->arena, struct value, v->n_args);

	if (!args)
		return ERR_NO_MEMORY;
	*ret = args;
	for (uint32_t i = 0; i < v->n_args; i++) {
		bool ok;

		TRY(bind_sanitize(vm, &v->args[i], &args[i], &ok));
		if (!ok)
			return host_fail_value(vm, type_atom(TYPE_NONE),
			                       &v->args[i]);
	}
	TRY(reserve_regs(vm, base + v->n_args));
	if (v->n_args > 0)
		memcpy(vm->regs + base, args, v->n_args * sizeof(args[0]));
	return ERR_OK;
}

static enum err check_access(struct vm *vm, const struct frame_visit *v,
                             const struct function *fn)
{
	int len = (int)v->function.len;
	const char *name = (const char *)v->function.p;

	if (!fn)
		return machine_fail(vm, VM_ERROR_UNDEFINED_FUNCTION, "%.*s",
		                    len, name);
	if (fn->form == DEFINE_PRIVATE && !v->allows_private)
		return machine_fail(vm, VM_ERROR_NO_SUCH_PUBLIC_FUNCTION,
		                    "%.*s", len, name);
	if (v->is_read_only && fn->form != DEFINE_READ_ONLY)
		return machine_fail(vm, VM_ERROR_UNREACHABLE,
		                    "%.*s is not read-only", len, name);
	return ERR_OK;
}

/* Inside the other contract: the function, its arguments, its frame. */
static enum err enter(struct vm *vm, const struct frame_visit *v,
                      struct frame *where)
{
	struct contract *c = vm->who.contract;
	struct function *fn = contract_function(c, v->function);
	struct hook_visit visit = {
		.contract = c->id,
		.function = v->function,
		.n_args = v->n_args,
		.sender = vm->who.sender,
	};
	enum err e = ERR_OK;

	TRY(check_access(vm, v, fn));
	TRY(copy_args(vm, v, where->base, &visit.args));
	if (c->n_open > 1 && frame_is_running(vm, fn))
		return machine_fail(vm, VM_ERROR_CIRCULAR_REFERENCE, "%.*s",
		                    (int)fn->name.len, fn->name.p);
	TRY(hook_note(vm, scope_top(vm), &visit));
	TRY(begin_transaction(vm, fn));

	/* Before the first call there are no registers yet. */
	struct value *args = vm->regs ? vm->regs + where->base : NULL;

	TRY(charge_application(vm, fn, args, v->n_args));
	TRY(bind_outer(vm, fn, args));

	const struct code *code = frame_code(vm, fn, &e);

	return code ? push(vm, fn, code, where) : e;
}

/* Behind the registers of whoever is running. */
static uint32_t free_base(const struct vm *vm)
{
	if (vm->n_frames == 0)
		return 0;

	const struct frame *f = &vm->frames[vm->n_frames - 1];

	return f->base + f->code->n_regs;
}

enum err frame_visit(struct vm *vm, const struct frame_visit *v)
{
	struct contract *c;
	struct scope *s;
	const struct frame *caller = vm->n_frames ? frame_top(vm) : NULL;
	struct frame where = {
		.base = free_base(vm),
		.ret = caller ? caller->base + v->ret : v->ret,
		.depth = caller ? caller->depth + v->depth + 1 : 1,
		.n_scopes = vm->n_scopes,
	};

	TRY(load_contract(vm, v->contract, &c));
	if (!c)
		return machine_fail(vm, VM_ERROR_NO_SUCH_CONTRACT, "%.*s",
		                    (int)v->function.len, v->function.p);
	TRY(host_charge(vm, PRICE_LOAD_CONTRACT, c->load_size));
	TRY(scope_push(vm, SCOPE_CALL, &s));
	s->returns = v->returns;
	s->entered = c;
	c->n_open++;
	/* A transaction is its own caller; a contract is that of its callee. */
	if (caller)
		vm->who.caller = vm->who.contract->id;
	TRY(machine_hold(vm, c->load_size));
	vm->who.contract = c;
	return enter(vm, v, &where);
}

enum err frame_start(struct vm *vm, const struct code *code)
{
	struct frame where = {
		.base = free_base(vm),
		.n_scopes = vm->n_scopes,
	};

	return push(vm, NULL, code, &where);
}

/* A contract's result is cut to its own type, then held against a trait. */
static enum err settle_result(struct vm *vm, const struct scope *s,
                              struct value *v)
{
	const struct type *t;
	struct type_diag diag;
	bool ok;

	TRY(bind_sanitize(vm, v, v, &ok));
	if (!ok)
		return machine_fail(vm, VM_ERROR_UNKNOWN_TYPE,
		                    "the result has no type");
	if (!s->returns)
		return ERR_OK;
	TRY(host_type(vm, value_type(&vm->arena, &t, v, &diag), &diag));
	TRY(host_type(vm, type_admits(s->returns, t, &ok, &diag), &diag));
	if (!ok)
		return machine_fail(vm, VM_ERROR_RETURN_TYPES_MUST_MATCH,
		                    "not what the trait returns");
	return ERR_OK;
}

static enum err end_public(struct vm *vm, const struct value *v)
{
	if (value_outer(v) == VALUE_OK)
		return scope_commit(vm);
	scope_roll_back(vm);
	if (value_outer(v) == VALUE_ERR)
		return ERR_OK;
	return machine_fail(vm, VM_ERROR_UNREACHABLE,
	                    "a public function must return a response");
}

/* Ends one scope that a call opened. */
static enum err end_scope(struct vm *vm, struct value *v)
{
	struct scope s = *scope_top(vm);

	if (s.kind == SCOPE_PUBLIC)
		return end_public(vm, v);
	if (s.after)
		TRY(hook_run(vm, s.after, v));
	TRY(scope_drop(vm));
	/* Only a contract cuts what it is given; a transaction does not. */
	if (s.kind != SCOPE_CALL || vm->n_frames == 0)
		return ERR_OK;
	return settle_result(vm, &s, v);
}

enum err frame_return(struct vm *vm, const struct value *v)
{
	const struct frame f = *frame_top(vm);
	struct value result;
	enum err e = ERR_OK;

	value_put(&result, v);

	machine_back(vm, f.held);
	vm->n_frames--;
	while (e == ERR_OK && vm->n_scopes > f.n_scopes)
		e = end_scope(vm, &result);
	if (e == ERR_OK)
		value_put(&vm->regs[f.ret], &result);
	return e;
}

/* A guard whose body ended early or failed: true if its answer replaces
 * that. */
static enum err try_guard(struct vm *vm, bool *answers)
{
	struct scope s = *scope_top(vm);
	uint32_t index = 0;

	*answers = false;
	TRY(scope_end_guard(vm, answers, &index));
	if (!*answers)
		return ERR_OK;

	struct frame *f = &vm->frames[s.frame];
	struct value v = value_uint(index);

	vm->n_frames = s.frame + 1;
	f->pc = s.end;
	v.wraps = VALUE_ERR;
	vm->regs[f->base + s.ret] = v;
	return ERR_OK;
}

enum err frame_throw(struct vm *vm, enum vm_error kind, const struct value *v)
{
	struct value thrown = *v;
	const struct frame *f = frame_top(vm);

	while (vm->n_scopes > f->n_own) {
		bool answers = false;

		if (scope_top(vm)->kind == SCOPE_GUARD)
			TRY(try_guard(vm, &answers));
		else
			TRY(scope_drop(vm));
		if (answers)
			return ERR_OK;
	}
	if (f->fn)
		return frame_return(vm, &thrown);

	enum err e = machine_fail(vm, kind, "%s", "nobody takes the value");

	vm->failure.value = thrown;
	return e;
}

/* Failures that make a block invalid pass through guards, and so do faults
 * and the wish to run exactly. */
static bool is_catchable(const struct vm *vm, enum err e)
{
	return e == ERR_RUN && vm_error_is_includable(vm->failure.kind);
}

enum err frame_unwind(struct vm *vm, enum err e,
                      const struct frame_floor *floor)
{
	if (e == ERR_RUN)
		e = trail_record(vm);
	while (vm->n_scopes > floor->n_scopes) {
		enum err next = ERR_OK;
		bool answers = false;

		if (scope_top(vm)->kind == SCOPE_GUARD && is_catchable(vm, e)) {
			struct vm_failure failure = vm->failure;

			next = try_guard(vm, &answers);
			if (answers)
				return ERR_OK;
			if (next == ERR_OK)
				vm->failure = failure;
		} else {
			next = scope_drop(vm);
		}
		if (next != ERR_OK)
			e = next;
	}
	vm->n_frames = floor->n_frames;
	return e;
}
