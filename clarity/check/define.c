/* clarity/check/define.c - Definitions; contract in define.h. */
#include "config.h"

#include "clarity/check/define.h"

#include "clarity/check/expr.h"
#include "clarity/check/trait.h"
#include "clarity/check/typeexpr.h"

static struct typeexpr type_reader(const struct checker *c)
{
	return (struct typeexpr){ .arena = c->work, .syms = c->ast->syms };
}

/* Reads a type; whatever is wrong with it is said as `kind`. */
static enum err read_type(struct checker *c, const struct ast_node *n,
                          enum check_error kind, const struct type **ret)
{
	struct typeexpr reader = type_reader(c);
	enum err e = typeexpr_parse(&reader, n, ret);

	if (e != ERR_CHECK)
		return e;
	return checker_fail_at(c, reader.fault.at ? reader.fault.at : n, kind);
}

static uint64_t name_len(const struct checker *c, uint32_t sym)
{
	return symtab_name(c->ast->syms, sym).len;
}

/* Pays for a new name of size `size` and holds the memory that it takes. */
static enum err pay(struct checker *c, uint64_t name, uint64_t size)
{
	TRY(checker_charge(c, PRICE_ANALYSIS_BIND_NAME, size));
	TRY(checker_hold(c, name));
	return checker_hold(c, size);
}

static enum err pay_type(struct checker *c, uint32_t sym, const struct type *t)
{
	if (t->type_size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_VALUE_TOO_LARGE);
	return pay(c, name_len(c, sym), t->type_size);
}

/* Makes a definition known under its name, if that is free. */
static enum err add(struct checker *c, const struct checked_def *def)
{
	TRY(checker_free_name(c, def->sym));
	names_define(&c->names, def);
	return ERR_OK;
}

static struct checked_def def_of(const struct form *f)
{
	return (struct checked_def){ .form = f->kind,
		                     .sym =
		                         f->name ? f->name->sym : SYMTAB_NONE,
		                     .node = f->node };
}

static enum err constant(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);

	TRY(expr_check(c, f->value, &def.type));
	TRY(pay_type(c, def.sym, def.type));
	return add(c, &def);
}

static enum err data_var(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);

	TRY(read_type(c, f->type, CHECK_DEFINE_VARIABLE_BAD_SIGNATURE,
	              &def.type));
	TRY(expr_expect(c, f->value, def.type));
	TRY(pay_type(c, def.sym, def.type));
	return add(c, &def);
}

static enum err map(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);
	const enum check_error kind = CHECK_BAD_MAP_TYPE_DEFINITION;
	uint64_t size;

	checker_annotate(c, f->type, KNOWN_NONE);
	checker_annotate(c, f->value_type, KNOWN_NONE);
	TRY(read_type(c, f->type, kind, &def.type));
	TRY(read_type(c, f->value_type, kind, &def.value));
	/* A type that was read has a size. */
	size = (uint64_t)def.type->type_size + def.value->type_size;
	TRY(checker_charge(c, PRICE_ANALYSIS_BIND_NAME, size));
	TRY(checker_hold(c, name_len(c, def.sym)));
	TRY(checker_hold(c, def.type->type_size));
	TRY(checker_hold(c, def.value->type_size));
	return add(c, &def);
}

static enum err fungible(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);

	if (f->value)
		TRY(expr_expect(c, f->value, KNOWN_UINT));
	TRY(pay_type(c, def.sym, KNOWN_UINT));
	return add(c, &def);
}

static enum err non_fungible(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);

	TRY(read_type(c, f->type, CHECK_DEFINE_NFT_BAD_SIGNATURE, &def.type));
	TRY(pay_type(c, def.sym, def.type));
	return add(c, &def);
}

/* Before Clarity 3 a trait may take a name that something else has. */
static enum err add_trait(struct checker *c, const struct checked_def *def)
{
	if (c->version >= CLARITY_3)
		TRY(checker_free_name(c, def->sym));
	names_define(&c->names, def);
	return names_add_trait(&c->names, def->sym, def->trait_id, def->trait);
}

static enum err define_trait(struct checker *c, const struct form *f)
{
	struct typeexpr reader = type_reader(c);
	struct checked_def def = def_of(f);
	struct span name = symtab_name(c->ast->syms, def.sym);
	struct trait_id *id = arena_new(c->work, struct trait_id);
	uint64_t size;
	enum err e;

	if (!id)
		return ERR_NO_MEMORY;
	*id = (struct trait_id){ .contract = c->ast->contract, .name = name };
	e = typeexpr_trait(&reader, f->methods, name,
	                   epoch_limits_params_and_methods(c->epoch),
	                   c->version >= CLARITY_2, &def.trait);
	if (e == ERR_CHECK)
		c->fault = reader.fault;
	TRY(e);
	TRY(trait_size(c, def.trait, &size));
	TRY(pay(c, name.len, size));
	def.trait_id = id;
	return add_trait(c, &def);
}

static enum err use_trait(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);
	const struct contract_analysis *home;
	uint64_t size;

	def.trait_id = f->trait;
	TRY(checker_load(c, &home, f->trait->contract));
	if (!home)
		return checker_fail1(c, CHECK_NO_SUCH_CONTRACT,
		                     check_arg_contract(f->trait->contract));
	def.trait = analysis_trait(home, f->trait->name);
	if (!def.trait) {
		TRY(checker_charge(c, PRICE_ANALYSIS_USE_TRAIT_ENTRY, 1));
		return checker_fail_name(c, CHECK_TRAIT_REFERENCE_UNKNOWN,
		                         def.sym);
	}
	TRY(trait_size(c, def.trait, &size));
	TRY(checker_charge(c, PRICE_ANALYSIS_USE_TRAIT_ENTRY, size));
	TRY(pay(c, f->trait->name.len, size));
	return add_trait(c, &def);
}

static enum err impl_trait(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);

	TRY(checker_hold(c, f->trait->name.len));
	def.trait_id = f->trait;
	names_define(&c->names, &def);
	return ERR_OK;
}

/* Binds a function's parameters in its scope; `*held` is their memory. */
static enum err bind_params(struct checker *c, const struct ast_node *items,
                            const struct analysis_name *params, uint32_t n,
                            uint64_t *held)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct ast_node *name = &items[i].items[0];
		const struct type *t = params[i].type;
		uint64_t bytes = params[i].name.len + t->type_size;
		enum err e = checker_free_name(c, name->sym);

		if (e != ERR_OK) {
			checker_note(c, name);
			return e;
		}
		TRY(checker_hold(c, bytes));
		*held += bytes;
		if (t->kind == TYPE_CALLABLE_TRAIT)
			TRY(names_bind_trait(&c->names, name, t->trait));
		else
			TRY(names_bind(&c->names, name, t));
	}
	return ERR_OK;
}

/* What the function returns: its body's type and all early returns. */
static enum err join_returns(struct checker *c, const struct type *body,
                             const struct type **ret)
{
	struct type_diag d;

	if (c->returns)
		TRY(checker_join(c, &body, c->returns, body,
		                 CHECK_RETURN_TYPES_MUST_MATCH));
	TRY_TYPE(c, &d, type_concretize(ret, body, &d));
	return ERR_OK;
}

/* Checks a function's body in the scope of its parameters. */
static enum err check_body(struct checker *c, const struct form *f,
                           struct analysis_fn *fn)
{
	const struct ast_node *items = f->signature->items + 1;
	const struct type *body;
	uint64_t held = 0;
	enum err e;

	TRY(bind_params(c, items, fn->params, fn->n_params, &held));
	c->is_in_function = true;
	c->returns = NULL;
	e = expr_check(c, f->value, &body);
	c->is_in_function = false;
	checker_release(c, held);
	TRY(e);
	e = join_returns(c, body, &fn->returns);
	if (e != ERR_OK)
		checker_note(c, f->value);
	return e;
}

static enum err check_signature(struct checker *c, const struct form *f,
                                struct analysis_fn *fn)
{
	const struct ast_node *sig = f->signature;
	struct typeexpr reader = type_reader(c);
	enum err e;

	if (sig->n == 0)
		return checker_at_least(c, 0, 1);
	if (epoch_limits_params_and_methods(c->epoch) &&
	    sig->n - 1 > ANALYSIS_MAX_PARAMS)
		return checker_fail2(c, CHECK_TOO_MANY_FUNCTION_PARAMETERS,
		                     check_arg_number(sig->n - 1),
		                     check_arg_number(ANALYSIS_MAX_PARAMS));
	if (sig->items[0].kind != AST_ATOM)
		return checker_fail_at(c, &sig->items[0],
		                       CHECK_BAD_FUNCTION_NAME);
	fn->name = symtab_name(c->ast->syms, sig->items[0].sym);
	fn->n_params = sig->n - 1;
	e = typeexpr_pairs(&reader, sig->items + 1, fn->n_params, &fn->params);
	if (e == ERR_CHECK)
		c->fault = reader.fault;
	return e;
}

static enum err function(struct checker *c, const struct form *f)
{
	struct checked_def def = def_of(f);
	struct analysis_fn *fn = arena_new(c->work, struct analysis_fn);
	struct names_mark mark;
	uint64_t size;
	enum err e;

	if (!fn)
		return ERR_NO_MEMORY;
	TRY(check_signature(c, f, fn));
	mark = names_enter(&c->names);
	e = check_body(c, f, fn);
	names_leave(&c->names, mark);
	TRY(e);
	TRY(trait_fn_size(c, fn, &size));
	TRY(pay(c, fn->name.len, size));
	if (f->kind == DEFINE_PUBLIC && fn->returns->kind != TYPE_RESPONSE)
		return checker_fail1(c,
		                     CHECK_PUBLIC_FUNCTION_MUST_RETURN_RESPONSE,
		                     check_arg_type(fn->returns));
	def.sym = f->signature->items[0].sym;
	def.fn = fn;
	return add(c, &def);
}

enum err define_check(struct checker *c, const struct form *f)
{
	switch ((uint32_t)f->kind) {
	case DEFINE_CONSTANT:
		return constant(c, f);
	case DEFINE_PRIVATE:
	case DEFINE_PUBLIC:
	case DEFINE_READ_ONLY:
		return function(c, f);
	case DEFINE_DATA_VAR:
		return data_var(c, f);
	case DEFINE_MAP:
		return map(c, f);
	case DEFINE_FT:
		return fungible(c, f);
	case DEFINE_NFT:
		return non_fungible(c, f);
	case DEFINE_TRAIT:
		return define_trait(c, f);
	case DEFINE_USE_TRAIT:
		return use_trait(c, f);
	default:
		CHECK(f->kind == DEFINE_IMPL_TRAIT);
		return impl_trait(c, f);
	}
}
