/* clarity/check/check_tuple.c - Typing of tuples. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/suggest.h"

/* The fields of a tuple expression, as far as they fit into one value. */
struct fields {
	struct type_field *items;
	uint32_t n;
	uint32_t size; /* an estimate, only compared with the largest value */
	bool is_too_large;
};

static uint32_t add_capped(uint32_t a, uint32_t b)
{
	uint32_t sum;

	return u32_add(&sum, a, b) ? sum : UINT32_MAX;
}

static enum err add_field(struct checker *c, struct fields *f,
                          const struct ast_node *pair)
{
	struct span name = symtab_name(c->ast->syms, pair->items[0].sym);
	uint32_t len = (uint32_t)name.len;
	const struct type *t;

	TRY(expr_check(c, &pair->items[1], &t));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TUPLE_ITEMS_CHECK, t));
	if (f->size >= TYPE_MAX_SIZE) {
		f->is_too_large = true;
		return ERR_OK;
	}
	if (t->size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_UNREACHABLE);
	f->size = add_capped(f->size, 2 * len + t->type_size);
	f->size = add_capped(f->size, t->size);
	f->items[f->n++] = (struct type_field){ name, t };
	return ERR_OK;
}

enum err check_tuple_cons(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);
	struct fields f = {
		.items = arena_new_array(c->work, struct type_field, n),
	};
	enum err e;

	if (!f.items)
		return ERR_NO_MEMORY;
	TRY(checker_at_least(c, n, 1));
	TRY(checker_charge(c, PRICE_ANALYSIS_CHECK_TUPLE_CONS, n));
	for (uint32_t i = 0; i < n; i++) {
		TRY(expr_pair(c, &args[i], i, "value"));
		TRY(add_field(c, &f, &args[i]));
	}
	if (f.is_too_large)
		return checker_fail(c, CHECK_BAD_TUPLE_CONSTRUCTION);
	e = type_tuple(c->work, ret, f.items, f.n, NULL);
	if (e == ERR_TYPE)
		return checker_fail(c, CHECK_BAD_TUPLE_CONSTRUCTION);
	return e;
}

static enum err get_field(struct checker *c, const struct type *tuple,
                          uint32_t sym, const struct type **ret)
{
	const struct type_field *f;

	TRY(checker_charge(c, PRICE_ANALYSIS_CHECK_TUPLE_GET, tuple->len));
	f = type_field_find(tuple, symtab_name(c->ast->syms, sym));
	if (!f)
		return suggest_field(c, sym, tuple);
	*ret = f->type;
	return ERR_OK;
}

static enum err fail_no_tuple(struct checker *c, const struct type *t)
{
	return checker_fail1(c, CHECK_EXPECTED_TUPLE, check_arg_type(t));
}

enum err check_tuple_get(struct checker *c, const struct ast_node *call,
                         const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *t, *field;
	uint32_t sym;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(expr_name(c, &args[0], CHECK_BAD_TUPLE_FIELD_NAME, &sym));
	TRY(expr_check(c, &args[1], &t));
	if (t->kind == TYPE_TUPLE)
		return get_field(c, t, sym, ret);
	if (t->kind != TYPE_OPTIONAL)
		return fail_no_tuple(c, t);
	if (t->item->kind != TYPE_TUPLE)
		return fail_no_tuple(c, t->item);
	TRY(get_field(c, t->item, sym, &field));
	return checker_optional(c, ret, field);
}

static enum err check_tuple(struct checker *c, const struct ast_node *n,
                            const struct type **ret)
{
	TRY(expr_check(c, n, ret));
	return (*ret)->kind == TYPE_TUPLE ? ERR_OK : fail_no_tuple(c, *ret);
}

enum err check_tuple_merge(struct checker *c, const struct ast_node *call,
                           const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *base, *update, *t;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(check_tuple(c, &args[0], &base));
	TRY(check_tuple(c, &args[1], &update));
	TRY(checker_charge(c, PRICE_ANALYSIS_CHECK_TUPLE_MERGE, update->len));
	TRY(type_merge(c->work, &t, base, update));
	if (epoch_checks_merge_size(c->epoch) && t->size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_VALUE_TOO_LARGE);
	*ret = t;
	return ERR_OK;
}
