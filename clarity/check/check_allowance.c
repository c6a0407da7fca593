/*
 * clarity/check/check_allowance.c - Typing of restrict-assets?, as-contract?
 * and the allowances that only they may hold.
 */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"

/* The rules' bounds: allowances in one list, identifiers in one with-nft. */
#define ALLOWANCES_MAX 128u
#define IDENTIFIERS_MAX 128u

enum err check_allowance_misplaced(struct checker *c,
                                   const struct ast_node *call,
                                   const struct type **ret)
{
	(void)call;
	(void)ret;
	return checker_fail(c, CHECK_ALLOWANCE_EXPR_NOT_ALLOWED);
}

static enum err check_identifiers(struct checker *c, const struct ast_node *n)
{
	const struct type *t;

	TRY(expr_check(c, n, &t));
	if (t->kind != TYPE_LIST)
		return checker_fail(
		    c, CHECK_WITH_NFT_EXPECTED_LIST_OF_IDENTIFIERS);
	if (t->len > IDENTIFIERS_MAX)
		return checker_fail2(c, CHECK_MAX_IDENTIFIER_LENGTH_EXCEEDED,
		                     check_arg_number(IDENTIFIERS_MAX),
		                     check_arg_number(t->len));
	return ERR_OK;
}

/* with-ft and with-nft name a token of a contract. */
static enum err check_token(struct checker *c, const struct ast_node *call)
{
	const struct ast_node *args = checker_args(call);

	TRY(checker_exactly(c, checker_n_args(call), 3));
	TRY(expr_expect(c, &args[0], KNOWN_PRINCIPAL));
	TRY(expr_expect(c, &args[1], &known_ascii_128));
	if (call->items[0].sym == NATIVE_WITH_NFT)
		return check_identifiers(c, &args[2]);
	return expr_expect(c, &args[2], KNOWN_UINT);
}

static enum err check_amount(struct checker *c, const struct ast_node *call)
{
	TRY(checker_exactly(c, checker_n_args(call), 1));
	return expr_expect(c, checker_args(call), KNOWN_UINT);
}

/* Checks one allowance; `*ret_all` says whether it allows everything. */
static enum err check_one(struct checker *c, const struct ast_node *n,
                          bool *ret_all)
{
	uint32_t sym;

	TRY(expr_list(c, n, CHECK_EXPECTED_LIST_APPLICATION));
	if (n->n == 0)
		return checker_fail(c, CHECK_EXPECTED_LIST_APPLICATION);
	TRY(expr_name(c, &n->items[0], CHECK_NON_FUNCTION_APPLICATION, &sym));
	*ret_all = sym == NATIVE_WITH_ALL;
	if (!native_is_function(sym, c->version) ||
	    native_table[sym].family != NATIVE_FAMILY_ALLOWANCE)
		return checker_fail_name(c, CHECK_EXPECTED_ALLOWANCE_EXPR, sym);
	checker_refer(c, &n->items[0], CHECKED_NATIVE, sym);
	if (sym == NATIVE_WITH_FT || sym == NATIVE_WITH_NFT)
		return check_token(c, n);
	if (sym == NATIVE_WITH_POX || sym == NATIVE_WITH_ALL)
		return checker_exactly(c, checker_n_args(n), 0);
	return check_amount(c, n);
}

/* Takes the list of allowances at argument `place` and pays for it and for the
 * `n_body` statements behind. */
static enum err take_list(struct checker *c, const struct ast_node *call,
                          uint32_t place, uint32_t n_body)
{
	const struct ast_node *list = &call->items[place];
	const char *word = native_table[call->items[0].sym].name;

	if (list->kind != AST_LIST)
		return checker_fail2(c, CHECK_EXPECTED_LIST_OF_ALLOWANCES,
		                     check_arg_name(span_str(word)),
		                     check_arg_number(place));
	if (list->n > ALLOWANCES_MAX)
		return checker_fail2(c, CHECK_TOO_MANY_ALLOWANCES,
		                     check_arg_number(ALLOWANCES_MAX),
		                     check_arg_number(list->n));
	return checker_charge(c, PRICE_ANALYSIS_LIST_ITEMS_CHECK,
	                      (uint64_t)list->n + n_body);
}

static enum err check_list(struct checker *c, const struct ast_node *list,
                           bool may_all)
{
	for (uint32_t i = 0; i < list->n; i++) {
		bool is_all = false;
		enum err e = check_one(c, &list->items[i], &is_all);

		if (e != ERR_OK) {
			checker_note(c, &list->items[i]);
			return e;
		}
		if (is_all && !may_all)
			return checker_fail_at(
			    c, &list->items[i],
			    CHECK_WITH_ALL_ALLOWANCE_NOT_ALLOWED);
		if (is_all && list->n > 1)
			return checker_fail_at(
			    c, &list->items[i],
			    CHECK_WITH_ALL_ALLOWANCE_NOT_ALONE);
	}
	return ERR_OK;
}

/* No statement may leave a response, not even the last one. */
static enum err check_body(struct checker *c, const struct ast_node *items,
                           uint32_t n, const struct type **ret)
{
	const struct type *t = NULL;

	for (uint32_t i = 0; i < n; i++) {
		TRY(expr_check(c, &items[i], &t));
		if (t->kind == TYPE_RESPONSE)
			return checker_fail_at(
			    c, &items[i],
			    CHECK_UNCHECKED_INTERMEDIARY_RESPONSES);
	}
	return checker_response(c, ret, t, KNOWN_UINT);
}

enum err check_allowance_restrict(struct checker *c,
                                  const struct ast_node *call,
                                  const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);

	TRY(checker_at_least(c, n, 3));
	TRY(take_list(c, call, 2, n - 2));
	TRY(expr_expect(c, &args[0], KNOWN_PRINCIPAL));
	TRY(check_list(c, &args[1], false));
	return check_body(c, args + 2, n - 2, ret);
}

enum err check_allowance_as_contract(struct checker *c,
                                     const struct ast_node *call,
                                     const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);

	TRY(checker_at_least(c, n, 2));
	TRY(take_list(c, call, 1, n - 1));
	TRY(check_list(c, &args[0], true));
	return check_body(c, args + 1, n - 1, ret);
}
