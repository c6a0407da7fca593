/* tests/twin/define.c - The top level of a contract. */
#include "config.h"

#include "clarity/check/typeexpr.h"
#include "clarity/value/int128.h"
#include "tests/twin/inside.h"

/* One form at the top level. */
struct form {
	struct twin *t;
	struct here here;
	const struct ast_node *args;
	uint32_t n;
	enum native id;
	uint64_t *held; /* by constants, until the end */
};

static enum err unreachable(struct twin *t)
{
	return twin_fail(t, VM_ERROR_UNREACHABLE);
}

/* A type's description is refused as a rule at run time. */
static enum err refused(struct twin *t, enum check_error kind)
{
	static const struct {
		enum check_error from;
		enum vm_error to;
	} pairs[] = {
		{ CHECK_COST_BALANCE_EXCEEDED, VM_ERROR_COST_BALANCE_EXCEEDED },
		{ CHECK_COST_OVERFLOW, VM_ERROR_COST_OVERFLOW },
		{ CHECK_COST_COMPUTATION_FAILED,
		  VM_ERROR_COST_COMPUTATION_FAILED },
		{ CHECK_VALUE_TOO_LARGE, VM_ERROR_VALUE_TOO_LARGE },
		{ CHECK_VALUE_OUT_OF_BOUNDS, VM_ERROR_VALUE_OUT_OF_BOUNDS },
		{ CHECK_TYPE_SIGNATURE_TOO_DEEP, VM_ERROR_TYPE_TOO_DEEP },
		{ CHECK_NAME_ALREADY_USED, VM_ERROR_NAME_ALREADY_USED },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (pairs[i].from == kind)
			return twin_fail(t, pairs[i].to);
	}
	return unreachable(t);
}

static struct typeexpr reader(struct twin *t, struct program *p)
{
	return (struct typeexpr){ .arena = &p->arena,
		                  .syms = p->ast.syms,
		                  .step = &t->prices[PRICE_TYPE_PARSE_STEP],
		                  .meter = &t->meter };
}

enum err define_type(struct twin *t, struct program *p,
                     const struct ast_node *node, const struct type **ret)
{
	struct typeexpr x = reader(t, p);
	enum err e = typeexpr_parse(&x, node, ret);

	return e == ERR_CHECK ? refused(t, x.fault.kind) : e;
}

static bool is_taken(const struct form *f, uint32_t sym)
{
	const struct program *p = f->here.program;

	if (native_is_function(sym, p->version) ||
	    native_is_keyword(sym, p->version) || twin_procedure(p, sym))
		return true;
	for (const struct thing *d = p->things; d; d = d->next) {
		if (d->sym == sym)
			return true;
	}
	return false;
}

static enum err test_name(const struct form *f, uint32_t sym)
{
	return is_taken(f, sym) ? twin_fail(f->t, VM_ERROR_NAME_ALREADY_USED)
	                        : ERR_OK;
}

static enum err read_type(const struct form *f, uint32_t i,
                          const struct type **ret)
{
	return define_type(f->t, f->here.program, &f->args[i], ret);
}

static enum err evaluate(const struct form *f, const struct ast_node *node,
                         struct got *ret)
{
	struct local l = { .depth = 0 };

	return eval_node(f->t, &f->here, &l, node, ret);
}

static enum err add(const struct form *f, const struct thing *d)
{
	struct program *p = f->here.program;
	struct thing *own = arena_new(&p->arena, struct thing);

	if (!own)
		return ERR_NO_MEMORY;
	*own = *d;
	own->form = f->id;
	own->sym = f->args[0].sym;
	own->next = p->things;
	p->things = own;
	return value_copy(&p->arena, &own->value, &d->value);
}

/* Ends the level in which a form was read, as it ended. */
static enum err close(const struct form *f, enum err e)
{
	if (e == ERR_OK)
		return state_commit(f->t);
	state_roll_back(f->t);
	return e;
}

static enum err constant(const struct form *f)
{
	struct thing d = { .next = NULL };
	struct got g;
	uint64_t size;
	enum err e;

	state_begin(f->t, false);
	e = test_name(f, f->args[0].sym);
	if (e == ERR_OK)
		e = evaluate(f, &f->args[1], &g);
	if (e == ERR_OK)
		e = eval_clone(f->t, &g, &d.value);
	TRY(close(f, e));
	TRY(twin_charge(f->t, PRICE_BIND_NAME, 0));
	TRY(twin_size(f->t, &d.value, &size));
	TRY(twin_hold(f->t, size));
	*f->held += size;
	return add(f, &d);
}

static enum err read_function(const struct form *f, struct procedure *p)
{
	struct program *c = f->here.program;
	const struct ast_node *head = &f->args[0];
	struct typeexpr x = reader(f->t, c);
	uint32_t *syms;
	enum err e;

	if (head->kind != AST_LIST || head->n == 0 ||
	    head->items[0].kind != AST_ATOM)
		return unreachable(f->t);
	p->sym = head->items[0].sym;
	p->n_params = head->n - 1;
	TRY(test_name(f, p->sym));
	e = typeexpr_pairs(&x, head->items + 1, p->n_params, &p->params);
	if (e == ERR_CHECK)
		return refused(f->t, x.fault.kind);
	TRY(e);
	syms = arena_new_array(&c->arena, uint32_t, p->n_params);
	if (!syms)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < p->n_params; i++) {
		syms[i] = head->items[i + 1].items[0].sym;
		TRY(test_name(f, syms[i]));
	}
	p->syms = syms;
	return ERR_OK;
}

static enum err function(const struct form *f)
{
	struct program *c = f->here.program;
	struct procedure *p = arena_new(&c->arena, struct procedure);

	if (!p)
		return ERR_NO_MEMORY;
	*p = (struct procedure){ .form = f->id, .body = &f->args[1] };
	TRY(read_function(f, p));
	TRY(twin_charge(f->t, PRICE_BIND_NAME, 0));
	p->next = c->procedures;
	c->procedures = p;
	return ERR_OK;
}

static enum err read_variable(const struct form *f, struct thing *d)
{
	struct got g;

	TRY(test_name(f, f->args[0].sym));
	TRY(read_type(f, 1, &d->type));
	TRY(evaluate(f, &f->args[2], &g));
	return eval_clone(f->t, &g, &d->value);
}

static enum err variable(const struct form *f)
{
	struct thing d = { .next = NULL };
	struct store_key key;
	uint64_t size;

	state_begin(f->t, false);
	TRY(close(f, read_variable(f, &d)));
	TRY(twin_charge(f->t, PRICE_CREATE_VAR, d.type->size));
	TRY(twin_hold(f->t, d.type->type_size));
	TRY(twin_size(f->t, &d.value, &size));
	TRY(twin_hold(f->t, size));
	TRY(twin_admit(f->t, d.type, &d.value));
	TRY(state_key(f->t, &f->here, 1, f->args[0].sym, &key));
	TRY(state_put_value(f->t, &key, &d.value, &size));
	return add(f, &d);
}

static enum err map(const struct form *f)
{
	struct thing d = { .next = NULL };

	TRY(test_name(f, f->args[0].sym));
	TRY(read_type(f, 1, &d.type));
	TRY(read_type(f, 2, &d.value_type));
	TRY(twin_charge(f->t, PRICE_CREATE_MAP,
	                (uint64_t)d.type->size + d.value_type->size));
	TRY(twin_hold(f->t, d.type->type_size));
	TRY(twin_hold(f->t, d.value_type->type_size));
	return add(f, &d);
}

static enum err read_cap(const struct form *f, struct thing *d)
{
	struct got g;

	TRY(test_name(f, f->args[0].sym));
	d->is_capped = f->n == 2;
	if (!d->is_capped)
		return ERR_OK;
	TRY(evaluate(f, &f->args[1], &g));
	d->value = g.v;
	return value_is(&g.v, VALUE_UINT)
	           ? ERR_OK
	           : twin_fail(f->t, VM_ERROR_TYPE_VALUE_ERROR);
}

static enum err fungible(const struct form *f)
{
	struct thing d = { .next = NULL };
	struct store_key key;

	state_begin(f->t, false);
	TRY(close(f, read_cap(f, &d)));
	TRY(twin_charge(f->t, PRICE_CREATE_FT, 0));
	TRY(twin_hold(f->t, 1));
	TRY(state_key(f->t, &f->here, 3, f->args[0].sym, &key));
	TRY(state_put(f->t, &key, span_str("0"), STORE_TEXT));
	return add(f, &d);
}

static enum err non_fungible(const struct form *f)
{
	struct thing d = { .next = NULL };

	TRY(test_name(f, f->args[0].sym));
	TRY(read_type(f, 1, &d.type));
	TRY(twin_charge(f->t, PRICE_CREATE_NFT, d.type->size));
	TRY(twin_hold(f->t, d.type->type_size));
	return add(f, &d);
}

static enum err trait(const struct form *f)
{
	struct program *p = f->here.program;
	struct typeexpr x = reader(f->t, p);
	struct thing d = { .next = NULL };
	enum err e;

	TRY(test_name(f, f->args[0].sym));
	e = typeexpr_trait(&x, &f->args[1],
	                   symtab_name(p->ast.syms, f->args[0].sym),
	                   epoch_limits_params_and_methods(f->t->chain.epoch),
	                   p->version >= CLARITY_2, &d.trait);
	if (e == ERR_CHECK)
		return refused(f->t, x.fault.kind);
	TRY(e);
	return add(f, &d);
}

static enum err implement(const struct form *f)
{
	struct program *p = f->here.program;
	const struct trait_id **more =
	    arena_new_array(&p->arena, const struct trait_id *, p->n_impls + 1);

	if (!more)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < p->n_impls; i++)
		more[i] = p->impls[i];
	more[p->n_impls++] = f->args[0].field;
	p->impls = more;
	return ERR_OK;
}

/* Not a definition: evaluated in a level of its own, and forgotten. */
static enum err plain_form(const struct form *f, const struct ast_node *node)
{
	struct value v;
	struct got g;
	enum err e;

	state_begin(f->t, false);
	e = evaluate(f, node, &g);
	if (e == ERR_OK)
		e = eval_clone(f->t, &g, &v);
	return close(f, e);
}

static enum err define(const struct form *f)
{
	uint32_t min = native_table[f->id].min, max = native_table[f->id].max;

	if (f->n < min || f->n > max)
		return twin_fail(f->t, VM_ERROR_ARGUMENT_COUNT);
	switch ((int)f->id) {
	case DEFINE_CONSTANT:
		return constant(f);
	case DEFINE_DATA_VAR:
		return variable(f);
	case DEFINE_MAP:
		return map(f);
	case DEFINE_FT:
		return fungible(f);
	case DEFINE_NFT:
		return non_fungible(f);
	case DEFINE_TRAIT:
		return trait(f);
	case DEFINE_IMPL_TRAIT:
		return implement(f);
	case DEFINE_USE_TRAIT:
		return ERR_OK;
	default:
		return function(f);
	}
}

enum err define_all(struct twin *t, struct program *p)
{
	const struct principal *issuer = principal_issuer(&t->arena, p->id);
	struct form f = { .t = t, .here = { p, issuer, issuer } };
	uint64_t held = 0;
	enum err e = ERR_OK;

	if (!issuer)
		return ERR_NO_MEMORY;
	f.held = &held;
	for (uint32_t i = 0; e == ERR_OK && i < p->ast.n; i++) {
		const struct ast_node *node = &p->ast.items[i];
		uint32_t head = ast_head(node);

		if (head == SYMTAB_NONE || !native_is_define(head)) {
			e = plain_form(&f, node);
			continue;
		}
		f.id = (enum native)head;
		f.args = node->items + 1;
		f.n = node->n - 1;
		e = define(&f);
	}
	twin_drop(t, held);
	p->data_size = held;
	return e;
}
