/* tests/twin/eval.c - Names, applications and functions. */
#include "config.h"

#include "clarity/base/check.h"
#include "tests/twin/inside.h"

enum err eval_clone(struct twin *t, const struct got *g, struct value *ret)
{
	uint64_t size;

	if (g->is_borrowed) {
		TRY(twin_size(t, &g->v, &size));
		TRY(twin_charge(t, PRICE_LOOKUP_VARIABLE_SIZE, size));
	}
	*ret = g->v;
	return ERR_OK;
}

enum err eval_value(struct twin *t, const struct here *h, const struct local *l,
                    const struct ast_node *node, struct value *ret)
{
	struct got g;

	TRY(eval_node(t, h, l, node, &g));
	return eval_clone(t, &g, ret);
}

static const struct bind *bound(const struct bind *b, uint32_t sym)
{
	while (b && b->sym != sym)
		b = b->next;
	return b;
}

static const struct bind *variable(const struct local *l, uint32_t sym)
{
	const struct bind *b = NULL;

	for (; l && !b; l = l->outer)
		b = bound(l->variables, sym);
	return b;
}

const struct bind *eval_callable(const struct local *l, uint32_t sym)
{
	const struct bind *b = NULL;

	for (; l && !b; l = l->outer)
		b = bound(l->callables, sym);
	return b;
}

bool eval_is_bound(const struct local *l, uint32_t sym)
{
	return variable(l, sym) != NULL;
}

/* A variable's own value: lent from epoch 3.4, copied and paid before. */
static enum err lend(struct twin *t, const struct value *v, struct got *ret)
{
	*ret = (struct got){ *v, true };
	if (epoch_borrows_variables(t->chain.epoch))
		return ERR_OK;
	TRY(eval_clone(t, ret, &ret->v));
	ret->is_borrowed = false;
	return ERR_OK;
}

static enum err constant(struct twin *t, const struct here *h,
                         const struct thing *k, struct got *ret)
{
	bool deploying = h->program->is_deploying;
	bool cut;

	if (epoch_sanitizes_constants_at_load(t->chain.epoch))
		return lend(t, deploying ? &k->value : &k->loaded, ret);
	TRY(lend(t, &k->value, ret));
	return twin_sanitize(t, &k->value, VM_ERROR_UNKNOWN_TYPE, &ret->v,
	                     &cut);
}

static enum err look_up(struct twin *t, const struct here *h,
                        const struct local *l, uint32_t sym, struct got *ret)
{
	const struct bind *b;
	const struct thing *k;

	ret->is_borrowed = false;
	if (native_is_keyword(sym, h->program->version))
		return block_keyword(t, h, (enum native)sym, &ret->v);
	TRY(twin_charge(t, PRICE_LOOKUP_VARIABLE_DEPTH, l->depth));
	b = variable(l, sym);
	if (b)
		return lend(t, &b->value, ret);
	k = twin_thing(h->program, sym, DEFINE_CONSTANT);
	if (k)
		return constant(t, h, k, ret);
	b = eval_callable(l, sym);
	if (!b)
		return twin_fail(t, VM_ERROR_UNREACHABLE);
	ret->v = b->value;
	if (h->program->version < CLARITY_2)
		ret->v = value_principal(b->value.principal);
	return ERR_OK;
}

enum err eval_lookup(struct twin *t, const struct here *h, uint32_t sym)
{
	TRY(twin_charge(t, PRICE_LOOKUP_FUNCTION, 0));
	if (native_is_function(sym, h->program->version) ||
	    twin_procedure(h->program, sym))
		return ERR_OK;
	return twin_fail(t, VM_ERROR_UNDEFINED_FUNCTION);
}

static bool is_active(const struct twin *t, const struct procedure *p)
{
	for (const struct active *a = t->active; a; a = a->outer) {
		if (a->p == p)
			return true;
	}
	return false;
}

/* A list is cast item by item, and is then believed to be of the type. */
static enum err cast(struct twin *t, const struct type *type,
                     const struct value *v, struct value *ret);

static enum err cast_list(struct twin *t, const struct type *type,
                          const struct value *v, struct value *ret)
{
	struct value *items = arena_new_array(&t->arena, struct value, v->n);
	struct type_diag diag;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < v->n; i++)
		TRY(cast(t, type->item, &v->items[i], &items[i]));
	*ret = *v;
	ret->items = items;
	return twin_type(
	    t,
	    type_list(&t->arena, &ret->type, type->item, v->type->len, &diag),
	    &diag);
}

static enum err cast_tuple(struct twin *t, const struct type *type,
                           const struct value *v, struct value *ret)
{
	struct value *items =
	    arena_new_array(&t->arena, struct value, type->len);

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < type->len; i++)
		items[i] = (struct value){ .kind = VALUE_ABSENT };
	for (uint32_t i = 0; i < v->type->len; i++) {
		const struct type_field *f =
		    type_field_find(type, v->type->fields[i].name);

		if (v->items[i].kind == VALUE_ABSENT)
			continue;
		if (!f)
			return twin_fail(t, VM_ERROR_TYPE_VALUE_ERROR);
		TRY(cast(t, f->type, &v->items[i], &items[f - type->fields]));
	}
	*ret = *v;
	ret->items = items;
	ret->type = type;
	return ERR_OK;
}

static enum err cast_bare(struct twin *t, const struct type *type,
                          const struct value *v, struct value *ret)
{
	bool is_contract =
	    v->kind == VALUE_CALLABLE ||
	    (v->kind == VALUE_PRINCIPAL && principal_is_contract(v->principal));

	*ret = *v;
	if (type->kind == TYPE_LIST && v->kind == VALUE_LIST)
		return cast_list(t, type, v, ret);
	if (type->kind == TYPE_TUPLE && v->kind == VALUE_TUPLE)
		return cast_tuple(t, type, v, ret);
	if (type->kind == TYPE_CALLABLE_TRAIT && is_contract)
		*ret = value_callable(v->principal, type->trait);
	return ERR_OK;
}

/* Gives principals their traits, through every layer of the value. */
static enum err cast(struct twin *t, const struct type *type,
                     const struct value *v, struct value *ret)
{
	struct value inner = value_unwrap(v);
	const struct type *part = NULL;

	switch (value_outer(v)) {
	case VALUE_BARE:
		return cast_bare(t, type, v, ret);
	case VALUE_SOME:
		part = type->kind == TYPE_OPTIONAL ? type->item : NULL;
		break;
	case VALUE_OK:
		part = type->kind == TYPE_RESPONSE ? type->ok : NULL;
		break;
	case VALUE_ERR:
		part = type->kind == TYPE_RESPONSE ? type->err : NULL;
		break;
	}
	*ret = *v;
	if (!part)
		return ERR_OK;
	TRY(cast(t, part, &inner, ret));
	ret->wraps = ret->wraps << 2 | (uint64_t)value_outer(v);
	return ERR_OK;
}

static enum err push(struct twin *t, const struct bind **to, uint32_t sym,
                     const struct value *v)
{
	struct bind *b = arena_new(&t->arena, struct bind);

	if (!b)
		return ERR_NO_MEMORY;
	*b = (struct bind){ .next = *to, .sym = sym, .value = *v };
	*to = b;
	return ERR_OK;
}

static enum err bind_name(struct twin *t, struct local *l, uint32_t sym,
                          const struct value *v)
{
	if (bound(l->variables, sym))
		return twin_fail(t, VM_ERROR_NAME_ALREADY_USED);
	return push(t, &l->variables, sym, v);
}

/* Clarity 1 knows a contract under a trait only as something to call. */
static enum err bind_first(struct twin *t, struct local *l, uint32_t sym,
                           const struct type *type, const struct value *v)
{
	struct value c = *v;

	if (type->kind == TYPE_CALLABLE_TRAIT && v->wraps == 0 &&
	    v->kind == VALUE_PRINCIPAL && principal_is_contract(v->principal)) {
		c = value_callable(v->principal, type->trait);
		return push(t, &l->callables, sym, &c);
	}
	if (type->kind == TYPE_CALLABLE_TRAIT && value_is(v, VALUE_CALLABLE))
		return push(t, &l->callables, sym, &c);
	TRY(twin_admit(t, type, v));
	return bind_name(t, l, sym, v);
}

static enum err bind_cast(struct twin *t, struct local *l, uint32_t sym,
                          const struct type *type, const struct value *v)
{
	struct value c;
	bool cut;
	enum err e = ERR_OK;

	TRY(cast(t, type, v, &c));
	if (epoch_sanitizes_args(t->chain.epoch)) {
		struct value raw = c;

		e = value_sanitize(&t->arena, &c, &cut, t->chain.epoch, type,
		                   &raw);
	}
	if (e == ERR_TYPE)
		return twin_fail(t, VM_ERROR_TYPE_VALUE_ERROR);
	TRY(e);
	if (type->kind == TYPE_CALLABLE_TRAIT && value_is(&c, VALUE_CALLABLE))
		TRY(push(t, &l->callables, sym, &c));
	else
		TRY(twin_admit(t, type, &c));
	return bind_name(t, l, sym, &c);
}

static enum err charge_types(struct twin *t, const struct procedure *p,
                             const struct value *args, uint32_t n)
{
	bool by_size = epoch_prices_args_by_size(t->chain.epoch);
	uint64_t size;

	for (uint32_t i = 0; by_size && i < n; i++) {
		TRY(twin_size(t, &args[i], &size));
		TRY(twin_charge(t, PRICE_INNER_TYPE_CHECK_COST, size));
	}
	for (uint32_t i = 0; !by_size && i < p->n_params; i++) {
		size = p->params[i].type->size;
		TRY(twin_charge(t, PRICE_INNER_TYPE_CHECK_COST, size));
	}
	return ERR_OK;
}

/* Binds the arguments and evaluates the body; a value thrown early inside is
 * the result. */
static enum err execute(struct twin *t, const struct here *h,
                        const struct procedure *p, const struct value *args,
                        uint32_t n, struct value *ret)
{
	struct local l = { .depth = 0 };
	struct got g;
	enum err e;

	TRY(twin_charge(t, PRICE_USER_FUNCTION_APPLICATION, p->n_params));
	TRY(charge_types(t, p, args, n));
	if (n != p->n_params)
		return twin_fail(t, VM_ERROR_ARGUMENT_COUNT);
	for (uint32_t i = 0; i < n; i++) {
		const struct type *type = p->params[i].type;

		if (h->program->version < CLARITY_2)
			TRY(bind_first(t, &l, p->syms[i], type, &args[i]));
		else
			TRY(bind_cast(t, &l, p->syms[i], type, &args[i]));
	}
	e = eval_node(t, h, &l, p->body, &g);
	if (e == ERR_OK)
		return eval_clone(t, &g, ret);
	if (e == ERR_RUN &&
	    vm_error_class(t->failure.kind) == VM_ERROR_CLASS_EARLY) {
		*ret = t->failure.value;
		return ERR_OK;
	}
	return e;
}

static enum err settle(struct twin *t, enum err e, const struct value *ret)
{
	if (e != ERR_OK) {
		state_roll_back(t);
		return e;
	}
	if (value_outer(ret) == VALUE_OK)
		return state_commit(t);
	state_roll_back(t);
	return value_outer(ret) == VALUE_ERR
	           ? ERR_OK
	           : twin_fail(t, VM_ERROR_UNREACHABLE);
}

/* Public and read-only functions are nested transactions, wherever they are
 * called from. */
static enum err invoke(struct twin *t, const struct here *h,
                       const struct procedure *p, const struct value *args,
                       uint32_t n, struct value *ret)
{
	bool is_read_only = p->form == DEFINE_READ_ONLY;
	enum err e;

	if (p->form == DEFINE_PRIVATE)
		return execute(t, h, p, args, n, ret);
	state_begin(t, is_read_only);
	e = execute(t, h, p, args, n, ret);
	if (!is_read_only)
		return settle(t, e, ret);
	state_roll_back(t);
	return e;
}

static enum err check_call(struct twin *t, const struct procedure *p)
{
	if (p && is_active(t, p))
		return twin_fail(t, VM_ERROR_CIRCULAR_REFERENCE);
	if (t->depth >= epoch_max_call_depth(t->chain.epoch))
		return twin_fail(t, VM_ERROR_STACK_DEPTH);
	return ERR_OK;
}

/* Runs a function on its values, which are held until it returns. */
static enum err dispatch(struct twin *t, const struct here *h, uint32_t sym,
                         const struct values *args, struct value *ret)
{
	struct active own = { t->active, NULL };
	enum err e;

	t->depth++;
	if (native_is_function(sym, h->program->version)) {
		struct plain plain = { t, h, (enum native)sym, args->items,
			               args->n };

		e = plain_run(&plain, ret);
	} else {
		own.p = twin_procedure(h->program, sym);
		t->active = &own;
		e = invoke(t, h, own.p, args->items, args->n, ret);
		t->active = own.outer;
	}
	twin_drop(t, args->held);
	t->depth--;
	return e;
}

static bool is_special(const struct here *h, uint32_t sym)
{
	return native_is_function(sym, h->program->version) &&
	       native_table[sym].kind == NATIVE_KIND_S;
}

static enum err run_special(const struct special *s, struct value *ret)
{
	enum err e;

	s->t->depth++;
	e = special_run(s, ret);
	s->t->depth--;
	return e;
}

static struct procedure *callee(const struct here *h, uint32_t sym)
{
	return native_is_function(sym, h->program->version)
	           ? NULL
	           : twin_procedure(h->program, sym);
}

/* Counts each value as held; `*held` is what was counted. */
static enum err hold_one(struct twin *t, const struct value *v, uint64_t *held)
{
	uint64_t size;

	TRY(twin_size(t, v, &size));
	TRY(twin_hold(t, size));
	*held += size;
	return ERR_OK;
}

/* A native that evaluates for itself sees values as literals. */
static enum err special_values(struct special *s, const struct values *args,
                               struct value *ret)
{
	struct ast_node *nodes =
	    arena_new_array(&s->t->arena, struct ast_node, args->n);

	if (!nodes)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < args->n; i++)
		nodes[i] = (struct ast_node){ .kind = AST_LITERAL,
			                      .value = &args->items[i] };
	s->args = nodes;
	s->n = args->n;
	return run_special(s, ret);
}

/* Applies to values: for map, filter and fold. */
enum err eval_apply(struct twin *t, const struct here *h, const struct local *l,
                    uint32_t sym, const struct values *args, struct value *ret)
{
	struct values own = *args;
	enum err e = ERR_OK;

	TRY(check_call(t, callee(h, sym)));
	if (is_special(h, sym)) {
		struct special s = { t, h, l, (enum native)sym, NULL, 0 };

		return special_values(&s, args, ret);
	}
	own.held = 0;
	for (uint32_t i = 0; e == ERR_OK && i < own.n; i++)
		e = hold_one(t, &own.items[i], &own.held);
	if (e != ERR_OK) {
		twin_drop(t, own.held);
		return e;
	}
	return dispatch(t, h, sym, &own, ret);
}

static enum err apply(struct twin *t, const struct here *h,
                      const struct local *l, const struct ast_node *node,
                      struct value *ret)
{
	uint32_t sym = node->items[0].sym;
	struct special s = {
		t, h, l, (enum native)sym, node->items + 1, node->n - 1
	};
	struct value *items = arena_new_array(&t->arena, struct value, s.n);
	struct values args = { items, s.n, 0 };
	enum err e = ERR_OK;

	if (!items)
		return ERR_NO_MEMORY;
	TRY(eval_lookup(t, h, sym));
	TRY(check_call(t, callee(h, sym)));
	if (is_special(h, sym))
		return run_special(&s, ret);
	t->depth++;
	for (uint32_t i = 0; e == ERR_OK && i < s.n; i++) {
		e = eval_value(t, h, l, &s.args[i], &items[i]);
		if (e == ERR_OK)
			e = hold_one(t, &items[i], &args.held);
	}
	t->depth--;
	if (e != ERR_OK) {
		twin_drop(t, args.held);
		return e;
	}
	return dispatch(t, h, sym, &args, ret);
}

enum err eval_node(struct twin *t, const struct here *h, const struct local *l,
                   const struct ast_node *node, struct got *ret)
{
	t->steps++;
	ret->is_borrowed = false;
	if (node->kind == AST_LITERAL) {
		ret->v = *node->value;
		return ERR_OK;
	}
	if (node->kind == AST_ATOM)
		return look_up(t, h, l, node->sym, ret);
	if (node->kind != AST_LIST)
		return twin_fail(t, VM_ERROR_BAD_SYMBOL);
	if (node->n == 0 || node->items[0].kind != AST_ATOM)
		return twin_fail(t, VM_ERROR_UNREACHABLE);
	return apply(t, h, l, node, &ret->v);
}

/* Inside the other contract, whose bytes are held. */
static enum err enter(struct twin *t, const struct here *h,
                      const struct vm_call *call, struct value *ret)
{
	const struct symtab *syms = h->program->ast.syms;
	uint32_t sym = symtab_find(syms, call->function);
	struct procedure *p = twin_procedure(h->program, sym);
	struct active own = { t->active, p };
	struct value *args =
	    arena_new_array(&t->arena, struct value, call->n_args);
	bool cut;
	enum err e;

	if (!args)
		return ERR_NO_MEMORY;
	if (!p)
		return twin_fail(t, VM_ERROR_UNDEFINED_FUNCTION);
	if (p->form == DEFINE_PRIVATE && !call->allows_private)
		return twin_fail(t, VM_ERROR_NO_SUCH_PUBLIC_FUNCTION);
	if (call->is_read_only && p->form != DEFINE_READ_ONLY)
		return twin_fail(t, VM_ERROR_UNREACHABLE);
	for (uint32_t i = 0; i < call->n_args; i++)
		TRY(twin_sanitize(t, &call->args[i], VM_ERROR_TYPE_VALUE_ERROR,
		                  &args[i], &cut));
	if (is_active(t, p))
		return twin_fail(t, VM_ERROR_CIRCULAR_REFERENCE);
	t->active = &own;
	t->depth++;
	e = invoke(t, h, p, args, call->n_args, ret);
	t->depth--;
	t->active = own.outer;
	return e;
}

enum err eval_execute(struct twin *t, const struct here *h,
                      const struct vm_call *call, struct value *ret)
{
	struct here there = *h;
	uint64_t size;
	enum err e;

	TRY(twin_find(t, call->contract, &there.program));
	if (!there.program)
		return twin_fail(t, VM_ERROR_NO_SUCH_CONTRACT);
	size = there.program->source.len + there.program->data_size;
	TRY(twin_charge(t, PRICE_LOAD_CONTRACT, size));
	TRY(twin_hold(t, size));
	e = enter(t, &there, call, ret);
	twin_drop(t, size);
	return e;
}
