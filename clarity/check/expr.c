/* clarity/check/expr.c - Types of expressions; contract in expr.h. */
#include "config.h"

#include "clarity/check/expr.h"

#include "clarity/check/rule.h"
#include "clarity/check/simple.h"
#include "clarity/check/suggest.h"
#include "clarity/check/trait.h"

enum err expr_name(struct checker *c, const struct ast_node *n,
                   enum check_error kind, uint32_t *ret)
{
	if (n->kind != AST_ATOM)
		return checker_fail(c, kind);
	*ret = n->sym;
	return ERR_OK;
}

enum err expr_list(struct checker *c, const struct ast_node *n,
                   enum check_error kind)
{
	return n->kind == AST_LIST ? ERR_OK : checker_fail(c, kind);
}

enum err expr_pair(struct checker *c, const struct ast_node *item,
                   uint32_t index, const char *what)
{
	const struct ast_node *at = item;

	if (item->kind == AST_LIST && item->n == 2) {
		at = &item->items[0];
		if (at->kind == AST_ATOM)
			return ERR_OK;
	}
	(void)checker_fail2(c, CHECK_BAD_SYNTAX_BINDING,
	                    check_arg_number((uint64_t)index + 1),
	                    check_arg_name(span_str(what)));
	c->fault.at = at;
	return ERR_CHECK;
}

static const struct type *keyword_type(uint32_t word)
{
	switch (word) {
	case KEYWORD_TX_SENDER:
	case KEYWORD_CONTRACT_CALLER:
	case KEYWORD_CURRENT_CONTRACT:
		return KNOWN_PRINCIPAL;
	case KEYWORD_TX_SPONSOR:
		return &known_optional_principal;
	case KEYWORD_NONE:
		return &type_of_none;
	case KEYWORD_TRUE:
	case KEYWORD_FALSE:
	case KEYWORD_IS_IN_REGTEST:
	case KEYWORD_IS_IN_MAINNET:
		return KNOWN_BOOL;
	default: /* heights, times, supplies and ids */
		return KNOWN_UINT;
	}
}

static enum err look_up_trait(struct checker *c, const struct ast_node *n,
                              const struct names_binding *b,
                              const struct type **ret)
{
	checker_refer(c, n, CHECKED_TRAIT, b->node);
	return type_trait(c->work, ret, b->trait);
}

/* Bindings are looked at last, and at a price that grows with the depth; at
 * the top level there are none. */
static enum err look_up_local(struct checker *c, const struct ast_node *n,
                              const struct type **ret)
{
	const struct names_binding *b;

	if (c->names.depth == 0)
		return suggest_variable(c, n->sym);
	TRY(checker_charge(c, PRICE_ANALYSIS_LOOKUP_VARIABLE_DEPTH,
	                   c->names.depth));
	b = names_value(&c->names, n->sym);
	if (!b)
		return suggest_variable(c, n->sym);
	checker_refer(c, n, CHECKED_LOCAL, b->node);
	*ret = b->type;
	return ERR_OK;
}

static enum err look_up(struct checker *c, const struct ast_node *n,
                        const struct type **ret)
{
	const struct checked_def *constant;
	const struct names_binding *trait;

	TRY(checker_charge(c, PRICE_ANALYSIS_LOOKUP_VARIABLE_CONST, 0));
	if (native_is_keyword(n->sym, c->version)) {
		checker_refer(c, n, CHECKED_KEYWORD, n->sym);
		*ret = keyword_type(n->sym);
		return ERR_OK;
	}
	constant = names_find(&c->names, n->sym, DEFINE_CONSTANT);
	if (constant) {
		checker_refer(c, n, CHECKED_CONSTANT,
		              names_index(&c->names, constant));
		*ret = constant->type;
		return ERR_OK;
	}
	trait = names_trait_value(&c->names, n->sym);
	if (trait)
		return look_up_trait(c, n, trait, ret);
	return look_up_local(c, n, ret);
}

/*
 * The number of arguments is not compared here: a wrong number fails when the
 * function is called, and arguments beyond the last parameter stay unchecked.
 */
static enum err apply_user(struct checker *c, const struct ast_node *call,
                           const struct type **ret)
{
	const struct ast_node *head = &call->items[0];
	const struct ast_node *args = checker_args(call);
	const struct checked_def *def = names_function(&c->names, head->sym);

	if (!def) {
		enum err e = suggest_function(c, head->sym);

		checker_note(c, head);
		return e;
	}
	checker_refer(c, head, CHECKED_FUNCTION, names_index(&c->names, def));
	for (uint32_t i = 0; i < def->fn->n_params; i++) {
		if (i == checker_n_args(call))
			break;
		TRY(expr_expect(c, &args[i], def->fn->params[i].type));
	}
	*ret = def->fn->returns;
	return ERR_OK;
}

static enum err apply(struct checker *c, const struct ast_node *call,
                      const struct type **ret)
{
	const struct ast_node *head = call->items;
	const struct simple *simple;

	if (call->n == 0)
		return checker_fail(c, CHECK_NON_FUNCTION_APPLICATION);
	checker_annotate(c, head, KNOWN_NONE);
	if (head->kind != AST_ATOM)
		return checker_fail(c, CHECK_NON_FUNCTION_APPLICATION);
	if (!native_is_function(head->sym, c->version))
		return apply_user(c, call, ret);

	checker_refer(c, head, CHECKED_NATIVE, head->sym);
	simple = simple_find((enum native)head->sym);
	if (simple)
		return simple_apply(c, ret, simple, call);
	return rule_find((enum native)head->sym)(c, call, ret);
}

static enum err literal(struct checker *c, const struct ast_node *n,
                        const struct type **ret)
{
	struct type_diag d;

	TRY_TYPE(c, &d, value_literal_type(c->work, ret, n->value, &d));
	return ERR_OK;
}

static enum err infer(struct checker *c, const struct ast_node *n,
                      const struct type **ret)
{
	if (n->kind == AST_ATOM)
		return look_up(c, n, ret);
	if (n->kind == AST_LIST)
		return apply(c, n, ret);
	if (n->kind == AST_LITERAL)
		return literal(c, n, ret);
	return checker_fail(c, CHECK_UNEXPECTED_TRAIT_OR_FIELD_REFERENCE);
}

static enum err annotate(struct checker *c, const struct ast_node *n,
                         const struct type *t)
{
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_ANNOTATE, t));
	checker_annotate(c, n, t);
	return ERR_OK;
}

enum err expr_check(struct checker *c, const struct ast_node *n,
                    const struct type **ret)
{
	const struct type *t = NULL;
	enum err e;

	TRY(checker_charge(c, PRICE_ANALYSIS_VISIT, 0));
	e = infer(c, n, &t);
	if (e == ERR_OK)
		e = annotate(c, n, t);
	if (e != ERR_OK) {
		checker_note(c, n);
		return e;
	}
	*ret = t;
	return ERR_OK;
}

/* Clarity 1 turns a literal contract into a trait, and nothing else. */
static enum err expect_plain(struct checker *c, const struct ast_node *n,
                             const struct type *want)
{
	const struct type *have;

	if (want->kind == TYPE_CALLABLE_TRAIT && n->kind == AST_LITERAL &&
	    value_is(n->value, VALUE_PRINCIPAL) &&
	    principal_is_contract(n->value->principal)) {
		TRY(trait_check_literal(c, n->value->principal, want->trait));
		checker_annotate(c, n, want);
		return ERR_OK;
	}
	TRY(expr_check(c, n, &have));
	TRY(checker_charge_compare(c, checker_compare_size(want, have)));
	return checker_admit(c, want, have);
}

static enum err expect_callable(struct checker *c, const struct ast_node *n,
                                const struct type *want)
{
	const struct type *have;

	TRY(infer(c, n, &have));
	TRY(checker_charge_compare(c, checker_compare_size(want, have)));
	TRY(trait_admit(c, have, want));
	return annotate(c, n, want);
}

enum err expr_expect(struct checker *c, const struct ast_node *n,
                     const struct type *want)
{
	enum err e = version_has_callables(c->version)
	                 ? expect_callable(c, n, want)
	                 : expect_plain(c, n, want);

	if (e != ERR_OK)
		checker_note(c, n);
	return e;
}

enum err expr_check_body(struct checker *c, const struct type **ret,
                         const struct ast_node *items, uint32_t n)
{
	const struct ast_node *dropped = NULL;
	const struct type *t = NULL;

	for (uint32_t i = 0; i < n; i++) {
		TRY(expr_check(c, &items[i], &t));
		if (t->kind == TYPE_RESPONSE && i + 1 < n)
			dropped = &items[i];
	}
	if (n == 0)
		return checker_fail(c, CHECK_CHECKER_IMPLEMENTATION_FAILURE);
	if (dropped)
		return checker_fail_at(c, dropped,
		                       CHECK_UNCHECKED_INTERMEDIARY_RESPONSES);
	*ret = t;
	return ERR_OK;
}
