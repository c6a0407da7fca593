/* clarity/vm/toplevel.c - Definitions; contract in define.h. */
#include "config.h"

#include "clarity/vm/toplevel.h"

#include "clarity/base/check.h"
#include "clarity/value/value_codec.h"
#include "clarity/vm/bind.h"
#include "clarity/vm/compile.h"
#include "clarity/vm/native_map.h"
#include "clarity/vm/native_token.h"
#include "clarity/vm/run.h"
#include "clarity/vm/scope.h"
#include "clarity/vm/trail.h"
#include "clarity/vm/type_expr.h"
#include "clarity/vm/verify.h"

/* One top-level form, and what running it needs. */
struct form {
	struct vm *vm;
	struct contract *c;
	const struct ast_node *node;
	const struct ast_node *args;
	uint32_t n_args;
	enum native id;
	const struct store_contract *stored; /* NULL: it is run */
};

static enum err evaluate(struct vm *vm, const struct ast_node *node, bool pays,
                         struct value *ret)
{
	struct contract *c = vm->who.contract;
	struct compile_target t = { vm->prices, vm->chain.epoch, vm->is_exact };
	struct frame_floor floor = { vm->n_frames, vm->n_scopes };
	struct code *code;

	TRY(compile_toplevel(c, node, &t, pays, &code));
	CHECK(verify_code(code, c));
	TRY(run_frames(vm, &floor, frame_start(vm, code)));
	*ret = vm->regs[0];
	return ERR_OK;
}

enum err toplevel_eval(struct vm *vm, const struct ast_node *node,
                       struct value *ret)
{
	return evaluate(vm, node, true, ret);
}

static enum err taken(const struct form *f, uint32_t sym)
{
	if (!contract_is_taken(f->c, sym))
		return ERR_OK;

	struct span name = symtab_name(f->c->syms, sym);

	return machine_fail(f->vm, VM_ERROR_NAME_ALREADY_USED, "%.*s",
	                    (int)name.len, name.p);
}

static enum err malformed(const struct form *f)
{
	return machine_fail(f->vm, VM_ERROR_UNREACHABLE, "malformed %s",
	                    native_table[f->id].name);
}

/* A type, at its price; loading pays nothing. */
static enum err read_type(const struct form *f, const struct ast_node *node,
                          const struct type **ret)
{
	struct type_diag d;
	uint32_t steps = 0;
	enum err e =
	    type_expr_read(&f->c->arena, ret, f->c->ast, node, &steps, &d);

	for (uint32_t i = 0; !f->stored && i < steps; i++)
		TRY(host_charge(f->vm, PRICE_TYPE_PARSE_STEP, 0));
	return host_type(f->vm, e, &d);
}

static enum err eval(const struct form *f, const struct ast_node *node,
                     struct value *ret)
{
	return toplevel_eval(f->vm, node, ret);
}

/* Each form runs in a transaction of its own, and so does its evaluation. */
static enum err begin(const struct form *f)
{
	return f->stored ? ERR_OK : scope_begin(f->vm, SCOPE_PUBLIC, false);
}

static enum err commit(const struct form *f)
{
	return f->stored ? ERR_OK : scope_commit(f->vm);
}

static enum err charge(const struct form *f, enum price_id id, uint64_t n)
{
	return f->stored ? ERR_OK : host_charge(f->vm, id, n);
}

static enum err keep(const struct form *f, uint64_t bytes)
{
	return f->stored ? ERR_OK : host_keep(f->vm, bytes);
}

static enum err stored_constant(const struct form *f, struct span name,
                                struct value *v, uint32_t *size)
{
	for (uint32_t i = 0; i < f->stored->n_constants; i++) {
		const struct store_constant *k = &f->stored->constants[i];

		if (!span_eq(k->name, name))
			continue;
		*size = k->size;
		if (value_codec_read_all(&f->c->arena, v, k->bytes, NULL))
			break;
		return ERR_OK;
	}
	return machine_fail(f->vm, VM_ERROR_STORED_DATA,
	                    "a stored contract lacks a constant");
}

/* Before epoch 3.4 each look-up cuts the value; so do it once here. */
static enum err cut_constant(const struct form *f, struct value *v)
{
	bool ok;

	if (epoch_sanitizes_constants_at_load(f->vm->chain.epoch))
		return ERR_OK;
	TRY(bind_sanitize(f->vm, v, v, &ok));
	if (ok)
		return ERR_OK;
	return machine_fail(f->vm, VM_ERROR_UNKNOWN_TYPE,
	                    "a constant has no type");
}

static enum err define_constant(const struct form *f)
{
	uint32_t sym = f->args[0].sym;
	struct value v;
	uint32_t size;

	TRY(begin(f));
	TRY(taken(f, sym));
	if (f->stored)
		TRY(stored_constant(f, symtab_name(f->c->syms, sym), &v,
		                    &size));
	else
		TRY(eval(f, &f->args[1], &v));
	TRY(commit(f));
	TRY(charge(f, PRICE_BIND_NAME, 0));
	if (!f->stored) {
		TRY(machine_size(f->vm, &v, &size));
		TRY(machine_hold(f->vm, size));
		f->c->data_size += size;
	}
	TRY(cut_constant(f, &v));
	TRY(contract_add_constant(f->c, sym, &v));
	f->c->constants[f->c->n_constants - 1].size = size;
	return ERR_OK;
}

/* The parameters of a function, with their types. */
static enum err read_params(const struct form *f, struct function *fn)
{
	const struct ast_node *signature = &f->args[0];
	uint32_t n = signature->n - 1;
	uint32_t *syms = arena_new_array(&f->c->arena, uint32_t, n);
	const struct type **types =
	    arena_new_array(&f->c->arena, const struct type *, n);

	if (!syms || !types)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		const struct ast_node *pair = &signature->items[i + 1];

		if (pair->kind != AST_LIST || pair->n != 2 ||
		    pair->items[0].kind != AST_ATOM)
			return malformed(f);
		syms[i] = pair->items[0].sym;
		TRY(read_type(f, &pair->items[1], &types[i]));
	}
	for (uint32_t i = 0; i < n; i++)
		TRY(taken(f, syms[i]));
	fn->n_params = n;
	fn->param_syms = syms;
	fn->param_types = types;
	return ERR_OK;
}

/* Clarity 1 keeps trait parameters apart, where names may repeat. */
static bool collides(const struct function *fn, uint32_t i)
{
	bool is_v1 = fn->contract->version < CLARITY_2;

	if (is_v1 && fn->param_types[i]->kind == TYPE_CALLABLE_TRAIT)
		return false;
	for (uint32_t k = 0; k < i; k++) {
		bool is_apart =
		    is_v1 && fn->param_types[k]->kind == TYPE_CALLABLE_TRAIT;

		if (!is_apart && fn->param_syms[k] == fn->param_syms[i])
			return true;
	}
	return false;
}

static uint32_t find_duplicate(const struct function *fn)
{
	for (uint32_t i = 0; i < fn->n_params; i++) {
		if (collides(fn, i))
			return i;
	}
	return fn->n_params;
}

static enum err define_function(const struct form *f)
{
	const struct ast_node *signature = &f->args[0];
	struct function fn = {
		.contract = f->c,
		.form = f->id,
		.body = &f->args[1],
	};

	if (signature->kind != AST_LIST || signature->n == 0 ||
	    signature->items[0].kind != AST_ATOM)
		return malformed(f);
	fn.sym = signature->items[0].sym;
	fn.name = symtab_name(f->c->syms, fn.sym);
	TRY(taken(f, fn.sym));
	TRY(read_params(f, &fn));
	fn.binds = bind_mask(fn.param_types, fn.n_params);
	fn.duplicate = find_duplicate(&fn);
	TRY(charge(f, PRICE_BIND_NAME, 0));
	return contract_add_function(f->c, &fn);
}

static enum err define_var(const struct form *f)
{
	uint32_t sym = f->args[0].sym;
	const struct type *type;
	struct value v;
	uint32_t size = 0;

	TRY(begin(f));
	TRY(taken(f, sym));
	TRY(read_type(f, &f->args[1], &type));
	if (!f->stored)
		TRY(eval(f, &f->args[2], &v));
	TRY(commit(f));
	TRY(charge(f, PRICE_CREATE_VAR, type->size));
	TRY(keep(f, type->type_size));
	if (!f->stored)
		TRY(machine_size(f->vm, &v, &size));
	TRY(keep(f, size));
	TRY(contract_add_var(f->c, sym, type));
	if (f->stored)
		return ERR_OK;
	return native_map_define(f->vm, &f->c->vars[f->c->n_vars - 1], &v);
}

static enum err define_map(const struct form *f)
{
	const struct type *key, *value;

	TRY(taken(f, f->args[0].sym));
	TRY(read_type(f, &f->args[1], &key));
	TRY(read_type(f, &f->args[2], &value));
	TRY(charge(f, PRICE_CREATE_MAP, (uint64_t)key->size + value->size));
	TRY(keep(f, key->type_size));
	TRY(keep(f, value->type_size));
	return contract_add_map(f->c, f->args[0].sym, key, value);
}

/* The cap is an expression; of a loaded contract it is kept as a constant
 * under the token's own name. */
static enum err read_cap(const struct form *f, struct value *cap)
{
	uint32_t size;

	if (f->stored)
		return stored_constant(
		    f, symtab_name(f->c->syms, f->args[0].sym), cap, &size);
	/* Only its number is kept, so no copy is paid. */
	TRY(evaluate(f->vm, &f->args[1], false, cap));
	if (!value_is(cap, VALUE_UINT))
		return host_fail_value(f->vm, type_atom(TYPE_UINT), cap);
	return ERR_OK;
}

static enum err define_ft(const struct form *f)
{
	struct value cap;
	bool is_capped = f->n_args > 1;

	TRY(begin(f));
	TRY(taken(f, f->args[0].sym));
	if (is_capped)
		TRY(read_cap(f, &cap));
	TRY(commit(f));
	TRY(charge(f, PRICE_CREATE_FT, 0));
	TRY(keep(f, type_atom(TYPE_UINT)->type_size));
	TRY(contract_add_ft(f->c, f->args[0].sym, is_capped ? &cap.u : NULL));
	if (f->stored)
		return ERR_OK;
	return native_token_define(f->vm, &f->c->fts[f->c->n_fts - 1]);
}

static enum err define_nft(const struct form *f)
{
	const struct type *type;

	TRY(taken(f, f->args[0].sym));
	TRY(read_type(f, &f->args[1], &type));
	TRY(charge(f, PRICE_CREATE_NFT, type->size));
	TRY(keep(f, type->type_size));
	return contract_add_nft(f->c, f->args[0].sym, type);
}

/* The method's types are read, at their price, although the check knows them
 * already: parameters first, then the result. */
static enum err read_method(const struct form *f, const struct ast_node *node,
                            struct analysis_fn *ret)
{
	if (node->kind != AST_LIST || node->n != 3 ||
	    node->items[0].kind != AST_ATOM || node->items[1].kind != AST_LIST)
		return malformed(f);

	const struct ast_node *list = &node->items[1];
	struct analysis_name *params =
	    arena_new_array(&f->c->arena, struct analysis_name, list->n);

	if (!params)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < list->n; i++) {
		params[i].name = span_of(NULL, 0);
		TRY(read_type(f, &list->items[i], &params[i].type));
	}
	TRY(read_type(f, &node->items[2], &ret->returns));
	ret->name = symtab_name(f->c->syms, node->items[0].sym);
	ret->params = params;
	ret->n_params = list->n;
	return ERR_OK;
}

/* Methods stand in the order of their names, as analysis_method wants. */
static void sort_methods(struct analysis_fn *methods, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct analysis_fn m = methods[i];
		uint32_t k = i;

		for (; k > 0 && span_cmp(m.name, methods[k - 1].name) < 0; k--)
			methods[k] = methods[k - 1];
		methods[k] = m;
	}
}

static enum err define_trait(const struct form *f)
{
	const struct ast_node *list = &f->args[1];
	struct analysis_trait *t =
	    arena_new(&f->c->arena, struct analysis_trait);
	struct analysis_fn *methods;

	if (list->kind != AST_LIST)
		return malformed(f);
	methods = arena_new_array(&f->c->arena, struct analysis_fn, list->n);
	if (!t || !methods)
		return ERR_NO_MEMORY;
	TRY(taken(f, f->args[0].sym));
	for (uint32_t i = 0; i < list->n; i++)
		TRY(read_method(f, &list->items[i], &methods[i]));
	sort_methods(methods, list->n);
	t->name = symtab_name(f->c->syms, f->args[0].sym);
	t->methods = methods;
	t->n_methods = list->n;
	return contract_add_trait(f->c, f->args[0].sym, t);
}

static enum err define(const struct form *f)
{
	uint32_t min = native_table[f->id].min;
	uint32_t max = native_table[f->id].max;

	if (f->n_args < min || f->n_args > max)
		return machine_fail(f->vm, VM_ERROR_ARGUMENT_COUNT, "%s",
		                    native_table[f->id].name);
	switch ((int)f->id) {
	case DEFINE_CONSTANT:
		return define_constant(f);
	case DEFINE_PRIVATE:
	case DEFINE_PUBLIC:
	case DEFINE_READ_ONLY:
		return define_function(f);
	case DEFINE_DATA_VAR:
		return define_var(f);
	case DEFINE_MAP:
		return define_map(f);
	case DEFINE_FT:
		return define_ft(f);
	case DEFINE_NFT:
		return define_nft(f);
	case DEFINE_TRAIT:
		return define_trait(f);
	default:
		return ERR_OK;
	}
}

/* Anything but a definition is run and forgotten. */
static enum err run_plain(const struct form *f)
{
	struct value v;

	if (f->stored)
		return ERR_OK;
	TRY(begin(f));
	TRY(eval(f, f->node, &v));
	return commit(f);
}

static enum err do_form(struct vm *vm, struct contract *c,
                        const struct ast_node *node,
                        const struct store_contract *stored)
{
	uint32_t sym = ast_head(node);
	struct form f = { .vm = vm, .c = c, .node = node, .stored = stored };

	if (sym == SYMTAB_NONE || !native_is_define(sym))
		return run_plain(&f);
	f.id = (enum native)sym;
	f.args = node->items + 1;
	f.n_args = node->n - 1;
	return define(&f);
}

enum err toplevel_run(struct vm *vm, struct contract *c)
{
	for (uint32_t i = 0; i < c->ast->n; i++) {
		const struct ast_node *node = &c->ast->items[i];
		enum err e = do_form(vm, c, node, NULL);

		if (e != ERR_OK)
			return e == ERR_RUN ? trail_record_form(vm, c, node)
			                    : e;
	}
	return ERR_OK;
}

enum err toplevel_load(struct vm *vm, struct contract *c,
                       const struct store_contract *stored)
{
	for (uint32_t i = 0; i < c->ast->n; i++)
		TRY(do_form(vm, c, &c->ast->items[i], stored));
	return toplevel_settle(vm, c);
}

enum err toplevel_settle(struct vm *vm, struct contract *c)
{
	bool at_load = epoch_sanitizes_constants_at_load(vm->chain.epoch);

	for (uint32_t i = 0; i < c->n_constants; i++) {
		struct contract_constant *k = &c->constants[i];
		struct value v;
		bool ok;

		TRY(bind_sanitize(vm, &k->value, &v, &ok));
		if (!ok)
			return machine_fail(vm, VM_ERROR_UNKNOWN_TYPE,
			                    "a constant has no type");
		TRY(value_copy(&c->arena, &k->value, &v));
		if (at_load)
			k->size = value_size(&k->value);
	}
	c->age++;
	return ERR_OK;
}
