/* clarity/check/check_control.c - Typing of if, let and their like. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"

enum err check_control_if(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *a, *b, *t;

	TRY(checker_exactly(c, checker_n_args(call), 3));
	TRY(expr_expect(c, &args[0], KNOWN_BOOL));
	TRY(expr_check(c, &args[1], &a));
	TRY(expr_check(c, &args[2], &b));
	TRY(checker_charge_compare(c, checker_compare_size(a, b)));
	TRY(checker_join(c, &t, a, b, CHECK_IF_ARMS_MUST_MATCH));
	if (type_concretize(ret, t, NULL) != ERR_OK)
		return checker_fail_types(c, CHECK_IF_ARMS_MUST_MATCH, a, b);
	return ERR_OK;
}

/* Binds one (name value) of a let; adds what it holds to `*held`. */
static enum err bind_let(struct checker *c, const struct ast_node *pair,
                         uint64_t *held)
{
	const struct ast_node *name = &pair->items[0];
	const struct type *t;
	uint64_t bytes;

	TRY(checker_free_name(c, name->sym));
	if (names_value(&c->names, name->sym))
		return checker_fail_name(c, CHECK_NAME_ALREADY_USED, name->sym);
	TRY(expr_check(c, &pair->items[1], &t));
	TRY(checker_charge_type(c, PRICE_ANALYSIS_BIND_NAME, t));
	bytes = symtab_name(c->ast->syms, name->sym).len + t->type_size;
	*held += bytes;
	TRY(checker_hold(c, bytes));
	/* Traits can be bound since Clarity 2. */
	if (t->kind == TYPE_CALLABLE_TRAIT && version_has_callables(c->version))
		return names_bind_trait(&c->names, name, t->trait);
	return names_bind(&c->names, name, t);
}

static enum err check_let(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct ast_node *list = &args[0];
	uint64_t held = 0;
	enum err e;

	TRY(checker_charge(c, PRICE_ANALYSIS_CHECK_LET, checker_n_args(call)));
	for (uint32_t i = 0; i < list->n; i++) {
		TRY(expr_pair(c, &list->items[i], i, "value"));
		e = bind_let(c, &list->items[i], &held);
		if (e != ERR_OK) {
			checker_note(c, &list->items[i].items[0]);
			return e;
		}
	}
	e = expr_check_body(c, ret, args + 1, checker_n_args(call) - 1);
	checker_release(c, held);
	return e;
}

enum err check_control_let(struct checker *c, const struct ast_node *call,
                           const struct type **ret)
{
	struct names_mark mark;
	enum err e;

	TRY(checker_at_least(c, checker_n_args(call), 2));
	TRY(expr_list(c, checker_args(call), CHECK_BAD_LET_SYNTAX));
	if (c->names.depth >= NAMES_MAX_DEPTH)
		return checker_fail(c, CHECK_MAX_CONTEXT_DEPTH_REACHED);
	mark = names_enter(&c->names);
	e = check_let(c, call, ret);
	names_leave(&c->names, mark);
	return e;
}

enum err check_control_begin(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	uint32_t n = checker_n_args(call);

	TRY(checker_at_least(c, n, 1));
	return expr_check_body(c, ret, checker_args(call), n);
}

enum err check_control_asserts(struct checker *c, const struct ast_node *call,
                               const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *thrown;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(expr_expect(c, &args[0], KNOWN_BOOL));
	TRY(expr_check(c, &args[1], &thrown));
	TRY(checker_returns(c, thrown));
	*ret = KNOWN_BOOL;
	return ERR_OK;
}

/* print and as-contract give what they are given. */
enum err check_control_same(struct checker *c, const struct ast_node *call,
                            const struct type **ret)
{
	TRY(checker_exactly(c, checker_n_args(call), 1));
	return expr_check(c, checker_args(call), ret);
}

/* The state of an is-eq: what all arguments so far have in common. */
struct eq {
	const struct type *common; /* NULL at first and after a refusal */
	const struct type *bad[2]; /* the pair that has nothing in common */
	uint32_t n;                /* of charges */
	uint32_t *charges;         /* paid when all arguments are checked */
};

static enum err add_equal(struct checker *c, struct eq *eq,
                          const struct type *t)
{
	const struct type *common = eq->common;
	enum err e;

	if (eq->bad[0])
		return ERR_OK;
	if (!common)
		common = t;
	eq->charges[eq->n++] = checker_compare_size(t, common);
	e = type_supertype(c->work, &eq->common, t, common, NULL);
	if (e == ERR_TYPE) {
		eq->bad[0] = t;
		eq->bad[1] = common;
		return ERR_OK;
	}
	return e;
}

enum err check_control_is_eq(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	uint32_t n = checker_n_args(call);
	struct eq eq = { .charges = arena_new_array(c->work, uint32_t, n) };

	if (!eq.charges)
		return ERR_NO_MEMORY;
	TRY(checker_at_least(c, n, 1));
	for (uint32_t i = 0; i < n; i++) {
		const struct type *t;

		TRY(expr_check(c, &checker_args(call)[i], &t));
		TRY(add_equal(c, &eq, t));
	}
	for (uint32_t i = 0; i < eq.n; i++)
		TRY(checker_charge_compare(c, eq.charges[i]));
	if (eq.bad[0])
		return checker_fail_types(c, CHECK_TYPE_ERROR, eq.bad[0],
		                          eq.bad[1]);
	*ret = KNOWN_BOOL;
	return ERR_OK;
}
