/* clarity/check/typeexpr.c - Reading types; contract in typeexpr.h. */
#include "config.h"

#include "clarity/check/typeexpr.h"

#include "clarity/base/check.h"
#include "clarity/base/hmap.h"
#include "clarity/base/num.h"
#include "clarity/check/order.h"
#include "clarity/check/suggest.h"
#include "clarity/cost/price.h"
#include "clarity/value/value.h"

static enum err fail2(struct typeexpr *t, const struct ast_node *at,
                      enum check_error kind, struct check_arg a,
                      struct check_arg b)
{
	t->fault =
	    (struct check_fault){ .kind = kind, .at = at, .arg = { a, b } };
	return ERR_CHECK;
}

static enum err fail(struct typeexpr *t, const struct ast_node *at,
                     enum check_error kind)
{
	return fail2(t, at, kind, check_arg_none(), check_arg_none());
}

static enum err type_failed(struct typeexpr *t, const struct ast_node *at,
                            enum err e, const struct type_diag *d)
{
	if (e != ERR_TYPE)
		return e;
	return fail2(t, at, check_error_of_type(d->kind),
	             d->name.len ? check_arg_name(d->name) : check_arg_none(),
	             check_arg_none());
}

static enum err charge(struct typeexpr *t, const struct ast_node *at)
{
	enum err e;

	if (!t->meter || !t->step)
		return ERR_OK;
	e = price_charge(t->step, 0, t->meter);
	if (e == ERR_COST_LIMIT)
		return fail(t, at, CHECK_COST_BALANCE_EXCEEDED);
	if (e == ERR_COST_OVERFLOW)
		return fail(t, at, CHECK_COST_OVERFLOW);
	return e == ERR_OK ? ERR_OK
	                   : fail(t, at, CHECK_COST_COMPUTATION_FAILED);
}

static enum err parse_atom(struct typeexpr *t, const struct ast_node *n,
                           const struct type **ret)
{
	static const struct {
		const char *name;
		enum type_kind kind;
	} atoms[] = {
		{ "int", TYPE_INT },
		{ "uint", TYPE_UINT },
		{ "bool", TYPE_BOOL },
		{ "principal", TYPE_PRINCIPAL },
	};
	struct span name = symtab_name(t->syms, n->sym);
	enum err e;

	for (size_t i = 0; i < COUNT_OF(atoms); i++) {
		if (span_eq(name, span_str(atoms[i].name))) {
			*ret = type_atom(atoms[i].kind);
			return ERR_OK;
		}
	}
	e = suggest_type(&t->fault, name);
	t->fault.at = n;
	return e;
}

/* A length is a literal int, whatever its sign. */
static bool is_int(const struct ast_node *n)
{
	return n->kind == AST_LITERAL && value_is(n->value, VALUE_INT);
}

static enum err parse_string(struct typeexpr *t, const struct ast_node *n,
                             enum type_kind kind, const struct type **ret)
{
	struct type_diag d;
	enum err e;

	if (n->n != 2 || !is_int(&n->items[1]))
		return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
	e = type_string(t->arena, ret, kind, n->items[1].value->i, &d);
	return type_failed(t, n, e, &d);
}

static enum err parse_list(struct typeexpr *t, const struct ast_node *n,
                           const struct type **ret)
{
	const struct type *item;
	struct type_diag d;
	enum err e;
	i128 len;

	if (n->n != 3 || !is_int(&n->items[1]))
		return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
	TRY(typeexpr_parse(t, &n->items[2], &item));
	len = n->items[1].value->i;
	if (len < 0 || len > UINT32_MAX)
		return fail(t, n, CHECK_VALUE_TOO_LARGE);
	e = type_list(t->arena, ret, item, (uint32_t)len, &d);
	return type_failed(t, n, e, &d);
}

static enum err parse_optional(struct typeexpr *t, const struct ast_node *n,
                               const struct type **ret)
{
	const struct type *item;
	struct type_diag d;
	enum err e;

	if (n->n != 2)
		return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
	TRY(typeexpr_parse(t, &n->items[1], &item));
	e = type_optional(t->arena, ret, item, &d);
	return type_failed(t, n, e, &d);
}

static enum err parse_response(struct typeexpr *t, const struct ast_node *n,
                               const struct type **ret)
{
	const struct type *ok, *err;
	struct type_diag d;
	enum err e;

	if (n->n != 3)
		return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
	TRY(typeexpr_parse(t, &n->items[1], &ok));
	TRY(typeexpr_parse(t, &n->items[2], &err));
	e = type_response(t->arena, ret, ok, err, &d);
	return type_failed(t, n, e, &d);
}

static enum err parse_tuple(struct typeexpr *t, const struct ast_node *n,
                            const struct type **ret)
{
	const struct analysis_name *names;
	struct type_field *fields;
	struct type_diag d;
	enum err e;

	TRY(typeexpr_pairs(t, n->items + 1, n->n - 1, &names));
	fields = arena_new_array(t->arena, struct type_field, n->n - 1);
	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n->n - 1; i++)
		fields[i] = (struct type_field){ names[i].name, names[i].type };
	e = type_tuple(t->arena, ret, fields, n->n - 1, &d);
	return type_failed(t, n, e, &d);
}

static enum err parse_compound(struct typeexpr *t, const struct ast_node *n,
                               const struct type **ret)
{
	uint32_t head = ast_head(n);
	struct span name;

	if (head == NATIVE_LIST)
		return parse_list(t, n, ret);
	if (head == NATIVE_TUPLE)
		return parse_tuple(t, n, ret);
	if (head == SYMTAB_NONE)
		return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
	name = symtab_name(t->syms, head);
	if (span_eq(name, span_str("buff")))
		return parse_string(t, n, TYPE_BUFF, ret);
	if (span_eq(name, span_str("string-ascii")))
		return parse_string(t, n, TYPE_ASCII, ret);
	if (span_eq(name, span_str("string-utf8")))
		return parse_string(t, n, TYPE_UTF8, ret);
	if (span_eq(name, span_str("optional")))
		return parse_optional(t, n, ret);
	if (span_eq(name, span_str("response")))
		return parse_response(t, n, ret);
	return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
}

enum err typeexpr_parse(struct typeexpr *t, const struct ast_node *n,
                        const struct type **ret)
{
	TRY(charge(t, n));
	if (n->kind == AST_ATOM)
		return parse_atom(t, n, ret);
	if (n->kind == AST_LIST)
		return parse_compound(t, n, ret);
	if (n->kind == AST_TRAIT_REF)
		return type_trait(t->arena, ret, n->trait->id);
	return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
}

static enum err fail_pair(struct typeexpr *t, const struct ast_node *at,
                          uint32_t index)
{
	return fail2(t, at, CHECK_BAD_SYNTAX_BINDING,
	             check_arg_number((uint64_t)index + 1),
	             check_arg_name(span_str("type")));
}

enum err typeexpr_pairs(struct typeexpr *t, const struct ast_node *items,
                        uint32_t n, const struct analysis_name **ret)
{
	struct analysis_name *out =
	    arena_new_array(t->arena, struct analysis_name, n);

	if (!out)
		return ERR_NO_MEMORY;
	/* All are pairs before the first type is read (and paid). */
	for (uint32_t i = 0; i < n; i++) {
		if (items[i].kind != AST_LIST || items[i].n != 2)
			return fail_pair(t, &items[i], i);
	}
	for (uint32_t i = 0; i < n; i++) {
		const struct ast_node *name = &items[i].items[0];

		if (name->kind != AST_ATOM)
			return fail_pair(t, name, i);
		out[i].name = symtab_name(t->syms, name->sym);
		TRY(typeexpr_parse(t, &items[i].items[1], &out[i].type));
	}
	*ret = out;
	return ERR_OK;
}

/* The result of a method: whatever is wrong with it makes the trait wrong. */
static enum err parse_result(struct typeexpr *t, const struct ast_node *n,
                             const struct type **ret)
{
	enum err e = typeexpr_parse(t, n, ret);

	if (e == ERR_OK && (*ret)->kind == TYPE_RESPONSE)
		return ERR_OK;
	if (e != ERR_OK && e != ERR_CHECK)
		return e;
	return fail(t, n, CHECK_DEFINE_TRAIT_BAD_SIGNATURE);
}

static enum err parse_params(struct typeexpr *t, const struct ast_node *list,
                             bool limits, struct analysis_fn *f)
{
	struct analysis_name *params;

	if (list->kind != AST_LIST)
		return fail(t, list, CHECK_DEFINE_TRAIT_BAD_SIGNATURE);
	if (limits && list->n > ANALYSIS_MAX_PARAMS)
		return fail2(t, list, CHECK_TOO_MANY_FUNCTION_PARAMETERS,
		             check_arg_number(list->n),
		             check_arg_number(ANALYSIS_MAX_PARAMS));
	params = arena_new_array(t->arena, struct analysis_name, list->n);
	if (!params)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < list->n; i++) {
		params[i].name = span_of(NULL, 0);
		TRY(typeexpr_parse(t, &list->items[i], &params[i].type));
	}
	f->params = params;
	f->n_params = list->n;
	return ERR_OK;
}

static enum err parse_method(struct typeexpr *t, const struct ast_node *n,
                             bool limits, struct analysis_fn *f)
{
	if (n->kind != AST_LIST)
		return fail(t, n, CHECK_DEFINE_TRAIT_BAD_SIGNATURE);
	if (n->n != 3)
		return fail(t, n, CHECK_INVALID_TYPE_DESCRIPTION);
	if (n->items[0].kind != AST_ATOM)
		return fail(t, n, CHECK_DEFINE_TRAIT_BAD_SIGNATURE);
	f->name = symtab_name(t->syms, n->items[0].sym);
	TRY(parse_params(t, &n->items[1], limits, f));
	return parse_result(t, &n->items[2], &f->returns);
}

/* Methods while they are read: in the order of the text, found by name. */
struct methods {
	struct analysis_fn *items;
	uint32_t n;
	struct hmap places; /* name to item */
};

static enum err add_method(struct typeexpr *t, const struct ast_node *at,
                           struct methods *m, const struct analysis_fn *f,
                           bool strict)
{
	struct analysis_fn *known = hmap_get(&m->places, f->name);

	if (known && strict)
		return fail2(t, at, CHECK_DEFINE_TRAIT_DUPLICATE_METHOD,
		             check_arg_name(f->name), check_arg_none());
	if (known) {
		*known = *f;
		return ERR_OK;
	}
	m->items[m->n] = *f;
	return hmap_put(&m->places, f->name, &m->items[m->n++]);
}

static int cmp_methods(const void *a, const void *b)
{
	const struct analysis_fn *x = a;
	const struct analysis_fn *y = b;

	return span_cmp(x->name, y->name);
}

/* A trait lists its methods by name. */
static enum err finish_trait(struct typeexpr *t, const struct methods *m,
                             struct span name,
                             const struct analysis_trait **ret)
{
	struct analysis_trait *trait =
	    arena_new(t->arena, struct analysis_trait);
	struct analysis_fn *sorted =
	    arena_new_array(t->arena, struct analysis_fn, m->n);
	const void **order = arena_new_array(t->arena, const void *, m->n);

	if (!trait || !sorted || !order)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < m->n; i++)
		order[i] = &m->items[i];
	TRY(order_sort(t->arena, order, m->n, cmp_methods));
	for (uint32_t i = 0; i < m->n; i++)
		sorted[i] = *(const struct analysis_fn *)order[i];
	*trait = (struct analysis_trait){ .name = name,
		                          .methods = sorted,
		                          .n_methods = m->n };
	*ret = trait;
	return ERR_OK;
}

enum err typeexpr_trait(struct typeexpr *t, const struct ast_node *list,
                        struct span name, bool limits, bool strict,
                        const struct analysis_trait **ret)
{
	struct methods m = { .n = 0 };

	if (list->kind != AST_LIST)
		return fail(t, list, CHECK_DEFINE_TRAIT_BAD_SIGNATURE);
	if (limits && list->n > ANALYSIS_MAX_METHODS)
		return fail2(t, list, CHECK_TRAIT_TOO_MANY_METHODS,
		             check_arg_number(list->n),
		             check_arg_number(ANALYSIS_MAX_METHODS));
	m.items = arena_new_array(t->arena, struct analysis_fn, list->n);
	if (!m.items)
		return ERR_NO_MEMORY;
	hmap_init(&m.places, t->arena, list->n + 1, NULL);
	for (uint32_t i = 0; i < list->n; i++) {
		struct analysis_fn f;

		TRY(parse_method(t, &list->items[i], limits, &f));
		TRY(add_method(t, &list->items[i], &m, &f, strict));
	}
	return finish_trait(t, &m, name, ret);
}
