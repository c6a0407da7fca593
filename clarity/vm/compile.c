/* clarity/vm/compile.c - Names, applications, functions; see compile.h. */
#include "config.h"

#include "clarity/vm/compile.h"

#include "clarity/base/check.h"
#include "clarity/base/num.h"

uint32_t compile_bool(struct emitter *em, bool is_true)
{
	struct value v = value_bool(is_true);

	return emit_const(em, &v);
}

/* The type of a literal is known even where nothing was checked. */
static const struct type *literal_type(const struct value *v)
{
	if (v->wraps != 0)
		return NULL;
	if (v->kind == VALUE_INT)
		return type_atom(TYPE_INT);
	if (v->kind == VALUE_UINT)
		return type_atom(TYPE_UINT);
	return NULL;
}

/* Words that are always the same value; false for the others. */
static bool fixed_keyword(struct emitter *em, uint32_t sym, struct opnd *ret)
{
	struct value none = value_none();

	switch (sym) {
	case KEYWORD_TRUE:
	case KEYWORD_FALSE:
		ret->at = compile_bool(em, sym == KEYWORD_TRUE);
		ret->type = type_atom(TYPE_BOOL);
		return true;
	case KEYWORD_NONE:
		ret->at = emit_const(em, &none);
		return true;
	default:
		return false;
	}
}

static void compile_keyword(struct emitter *em, uint32_t sym, struct opnd *ret)
{
	if (fixed_keyword(em, sym, ret))
		return;
	switch (sym) {
	case KEYWORD_BLOCK_HEIGHT:
	case KEYWORD_BURN_BLOCK_HEIGHT:
	case KEYWORD_STX_LIQUID_SUPPLY:
	case KEYWORD_STACKS_BLOCK_HEIGHT:
	case KEYWORD_TENURE_HEIGHT:
	case KEYWORD_STACKS_BLOCK_TIME:
		emit_charge(em, PRICE_FETCH_VAR, 1);
		break;
	default:
		break;
	}
	ret->at = emit_take(em);
	(void)EMIT(em, KEYWORD, sym, ret->at, 0, 0, 0);
}

/* Before epoch 3.4 every look-up is a paid copy. */
static void settle_lookup(struct emitter *em, struct opnd *v)
{
	v->in_place = true;
	if (!epoch_borrows_variables(em->epoch))
		emit_clone(em, v);
}

static void compile_local(struct emitter *em, const struct local *l,
                          struct opnd *ret)
{
	if (!l->is_callable_only) {
		ret->at = l->value.at;
		if (!ret->type)
			ret->type = l->value.type;
		settle_lookup(em, ret);
		return;
	}
	ret->at = emit_take(em);
	(void)EMIT(em, PLAIN, 0, ret->at, l->value.at, 0, 0);
}

static void compile_constant(struct emitter *em,
                             const struct contract_constant *k,
                             struct opnd *ret)
{
	ret->at = emit_const(em, &k->value);
	if (epoch_borrows_variables(em->epoch)) {
		ret->in_place = true;
		return;
	}
	/* The copy is charged before it is sanitized: by its first size. */
	emit_charge(em, PRICE_LOOKUP_VARIABLE_SIZE, k->size);
}

static void compile_name(struct emitter *em, const struct ast_node *node,
                         struct opnd *ret)
{
	const struct contract *c = em->contract;

	if (native_is_keyword(node->sym, c->version)) {
		compile_keyword(em, node->sym, ret);
		return;
	}
	emit_charge(em, PRICE_LOOKUP_VARIABLE_DEPTH, em->context);

	const struct local *l = emit_find(em, node->sym);
	struct contract_name name = contract_lookup(c, node->sym);

	/* A constant hides a Clarity 1 trait parameter, not the reverse. */
	if (l && !(l->is_callable_only && name.kind == CONTRACT_CONSTANT))
		compile_local(em, l, ret);
	else if (name.kind == CONTRACT_CONSTANT)
		compile_constant(em, &c->constants[name.index], ret);
	else
		emit_fail(em, VM_ERROR_UNREACHABLE,
		          symtab_name(c->syms, node->sym));
}

static void compile_list(struct emitter *em, const struct ast_node *node,
                         struct opnd *ret)
{
	uint32_t sym = ast_head(node);

	if (sym == SYMTAB_NONE) {
		emit_fail(em, VM_ERROR_UNREACHABLE,
		          span_str("not a function application"));
		return;
	}

	struct compile_args args = {
		.nodes = node->items + 1,
		.n = node->n - 1,
	};

	compile_apply(em, sym, &args, ret);
}

void compile_expr(struct emitter *em, const struct ast_node *node,
                  struct opnd *ret)
{
	uint32_t outer = em->node;

	*ret = (struct opnd){ .type = emit_type(em, node) };
	em->node = node->id;
	switch ((enum ast_kind)node->kind) {
	case AST_LITERAL:
		ret->at = emit_const(em, node->value);
		if (!ret->type)
			ret->type = literal_type(node->value);
		break;
	case AST_ATOM:
		compile_name(em, node, ret);
		break;
	case AST_LIST:
		compile_list(em, node, ret);
		break;
	case AST_FIELD:
	case AST_TRAIT_REF:
	case AST_TUPLE:
	case AST_COMMENT:
	case AST_SUGAR_CONTRACT:
	case AST_SUGAR_FIELD:
		emit_fail(em, VM_ERROR_BAD_SYMBOL,
		          span_str("unexpected trait reference"));
		break;
	}
	em->node = outer;
}

void compile_arg(struct emitter *em, const struct compile_args *args,
                 uint32_t i, struct opnd *ret)
{
	if (args->nodes)
		compile_expr(em, &args->nodes[i], ret);
	else
		*ret = args->ready[i];
}

void compile_owned(struct emitter *em, const struct compile_args *args,
                   uint32_t i, struct opnd *ret)
{
	compile_arg(em, args, i, ret);
	emit_clone(em, ret);
}

uint32_t compile_row(struct emitter *em, const struct compile_args *args,
                     uint32_t first, bool pays, uint32_t *in_place)
{
	uint32_t base = bytecode_reg(em->top);

	for (uint32_t i = first; i < args->n; i++) {
		uint32_t top = em->top;
		struct opnd v;

		compile_arg(em, args, i, &v);
		if (pays)
			emit_clone(em, &v);
		else if (in_place && v.in_place && i - first < 32)
			*in_place |= 1u << (i - first);
		em->top = top;
		emit_move(em, emit_take(em), &v);
	}
	return base;
}

uint32_t compile_held_row(struct emitter *em, const struct compile_args *args,
                          struct opnd *values)
{
	uint32_t base = bytecode_reg(em->top);

	em->depth++;
	for (uint32_t i = 0; i < args->n; i++) {
		uint32_t top = em->top;
		struct opnd v;

		compile_owned(em, args, i, &v);
		em->top = top;
		emit_move(em, emit_take(em), &v);
		emit_hold(em, &v);
		if (values)
			values[i] = v;
	}
	em->depth--;
	return base;
}

void compile_held_values(struct emitter *em, const struct compile_args *args,
                         struct opnd *values)
{
	em->depth++;
	for (uint32_t i = 0; i < args->n; i++) {
		compile_owned(em, args, i, &values[i]);
		emit_hold(em, &values[i]);
	}
	em->depth--;
}

void compile_charge_user(struct emitter *em, const struct function *f,
                         const struct opnd *values, uint32_t n)
{
	emit_charge(em, PRICE_USER_FUNCTION_APPLICATION, f->n_params);
	if (epoch_prices_args_by_size(em->epoch)) {
		for (uint32_t i = 0; i < n; i++)
			emit_charge_size(em, PRICE_INNER_TYPE_CHECK_COST,
			                 &values[i]);
		return;
	}
	for (uint32_t i = 0; i < f->n_params; i++)
		emit_charge(em, PRICE_INNER_TYPE_CHECK_COST,
		            f->param_types[i]->size);
}

static void compile_user(struct emitter *em, uint32_t index,
                         const struct compile_args *args, struct opnd *ret)
{
	const struct function *f = &em->contract->functions[index];
	uint32_t top = em->top;

	if (compile_inline(em, f, args, ret))
		return;
	if (em->is_exact)
		(void)EMIT(em, REENTER, 0, 0, 0, 0, index);
	emit_depth(em);

	struct emit_mark m = emit_hold_begin(em);
	struct opnd *values = emit_alloc(em, args->n + 1, sizeof(values[0]));

	if (!values)
		return;

	uint32_t base = compile_held_row(em, args, values);

	compile_charge_user(em, f, values, args->n);
	ret->at = base;
	if (args->n != f->n_params)
		emit_fail(em, VM_ERROR_ARGUMENT_COUNT, f->name);
	else
		(void)EMIT(em, CALL, em->depth, base, base, args->n, index);
	emit_hold_end(em, m);

	/* The result lies where the first argument did. */
	em->top = base >> 1;
	(void)emit_take(em);
	emit_keep(em, top, ret);
}

void compile_callee(struct emitter *em, uint32_t sym,
                    const struct compile_args *args, struct opnd *ret)
{
	struct contract *c = em->contract;
	struct contract_name name = contract_lookup(c, sym);

	if (native_is_function(sym, c->version))
		compile_native(em, (enum native)sym, args, ret);
	else if (name.kind == CONTRACT_FUNCTION)
		compile_user(em, name.index, args, ret);
	else
		emit_fail(em, VM_ERROR_UNDEFINED_FUNCTION,
		          symtab_name(c->syms, sym));
}

void compile_apply(struct emitter *em, uint32_t sym,
                   const struct compile_args *args, struct opnd *ret)
{
	emit_charge(em, PRICE_LOOKUP_FUNCTION, 0);
	compile_callee(em, sym, args, ret);
}

/* Parameters are the first registers; Clarity 1 knows a trait parameter as a
 * contract to call, and as a plain principal otherwise. */
static void bind_params(struct emitter *em, const struct function *f)
{
	for (uint32_t i = 0; i < f->n_params; i++) {
		struct local l = {
			.sym = f->param_syms[i],
			.value = { .at = emit_take(em),
			           .type = f->param_types[i] },
			.is_callable_only =
			    em->contract->version < CLARITY_2 &&
			    f->param_types[i]->kind == TYPE_CALLABLE_TRAIT,
		};

		/* A cast value is of the parameter's type; others too, except
		 * that a principal may be what the caller had. */
		if (em->is_exact || contract_binds(f, i))
			l.value.type = NULL;
		emit_bind(em, &l);
	}
}

static enum err finish(struct emitter *em, const struct opnd *result,
                       struct code **ret)
{
	(void)EMIT(em, RETURN, 0, 0, result->at, 0, 0);
	return emit_finish(em, ret);
}

enum err compile_function(struct contract *c, const struct function *f,
                          const struct compile_target *t, struct code **ret)
{
	struct emitter em;
	struct opnd result;

	emit_init(&em, c, t->prices, t->epoch, t->is_exact);
	em.node = f->body->id;
	bind_params(&em, f);
	compile_expr(&em, f->body, &result);
	emit_clone(&em, &result);
	return finish(&em, &result, ret);
}

enum err compile_toplevel(struct contract *c, const struct ast_node *node,
                          const struct compile_target *t, bool pays,
                          struct code **ret)
{
	struct emitter em;
	struct opnd result;

	emit_init(&em, c, t->prices, t->epoch, t->is_exact);
	em.node = node->id;
	compile_expr(&em, node, &result);
	if (pays)
		emit_clone(&em, &result);
	return finish(&em, &result, ret);
}
