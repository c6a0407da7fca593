/* clarity/check/check_iter.c - Typing of map, filter and fold. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/simple.h"

/*
 * Finds what map, filter or fold shall apply: a word with a plain signature or
 * a function of the contract.
 */
static enum err find_callee(struct checker *c, const struct ast_node *n,
                            struct simple_callee *ret)
{
	const struct checked_def *def;
	uint32_t sym;

	TRY(expr_name(c, n, CHECK_NON_FUNCTION_APPLICATION, &sym));
	TRY(checker_charge(c, PRICE_ANALYSIS_LOOKUP_FUNCTION, 0));
	*ret = (struct simple_callee){ .native = NULL };
	if (native_is_function(sym, c->version)) {
		ret->native = simple_find((enum native)sym);
		checker_refer(c, n, CHECKED_NATIVE, sym);
	} else {
		def = names_function(&c->names, sym);
		if (def) {
			ret->user = def->fn;
			checker_refer(c, n, CHECKED_FUNCTION,
			              names_index(&c->names, def));
		}
	}
	if (ret->native || ret->user)
		return ERR_OK;
	(void)checker_fail_name(
	    c, CHECK_ILLEGAL_OR_UNKNOWN_FUNCTION_APPLICATION, sym);
	checker_note(c, n);
	return ERR_CHECK;
}

/* Checks a sequence and gives the type of its items. */
static enum err sequence(struct checker *c, const struct ast_node *n,
                         const struct type **ret_sequence,
                         const struct type **ret_item)
{
	TRY(expr_check(c, n, ret_sequence));
	if (!type_is_sequence(*ret_sequence))
		return checker_fail1(c, CHECK_EXPECTED_SEQUENCE,
		                     check_arg_type(*ret_sequence));
	*ret_item = checker_unit(*ret_sequence);
	return ERR_OK;
}

/* Checks the sequences of a map; `*ret_len` is the shortest length. */
static enum err visit_sequences(struct checker *c, struct simple_visit *v,
                                const struct ast_node *items, uint32_t n,
                                uint32_t *ret_len)
{
	uint32_t shortest = UINT32_MAX;

	for (uint32_t i = 0; i < n; i++) {
		const struct type *t, *item;

		TRY(sequence(c, &items[i], &t, &item));
		if (t->len < shortest)
			shortest = t->len;
		TRY(simple_next(c, v, item));
	}
	*ret_len = shortest;
	return ERR_OK;
}

enum err check_iter_map(struct checker *c, const struct ast_node *call,
                        const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);
	struct simple_callee callee;
	struct simple_visit v;
	const struct type *item;
	uint32_t len;
	enum err e;

	TRY(checker_at_least(c, n, 2));
	TRY(find_callee(c, &args[0], &callee));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, n));
	TRY(simple_start(c, &v, &callee, n - 1));
	TRY(visit_sequences(c, &v, args + 1, n - 1, &len));
	TRY(simple_end(c, &item, &v, n - 1));
	e = type_list(c->work, ret, item, len, NULL);
	if (e == ERR_TYPE)
		return checker_fail(c, CHECK_CONSTRUCTED_LIST_TOO_LARGE);
	return e;
}

enum err check_iter_filter(struct checker *c, const struct ast_node *call,
                           const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	struct simple_callee callee;
	const struct type *t, *item, *answer;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(find_callee(c, &args[0], &callee));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	TRY(sequence(c, &args[1], &t, &item));
	TRY(simple_check(c, &answer, &callee, &item, 1));
	if (answer->kind != TYPE_BOOL)
		return checker_fail_types(c, CHECK_TYPE_ERROR, KNOWN_BOOL,
		                          answer);
	*ret = t;
	return ERR_OK;
}

/* The function takes an item and the result so far: first the initial value,
 * then what it returned itself. */
enum err check_iter_fold(struct checker *c, const struct ast_node *call,
                         const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	struct simple_callee callee;
	const struct type *t, *first;
	const struct type *types[2];

	TRY(checker_exactly(c, checker_n_args(call), 3));
	TRY(find_callee(c, &args[0], &callee));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	TRY(sequence(c, &args[1], &t, &types[0]));
	TRY(expr_check(c, &args[2], &types[1]));
	TRY(simple_check(c, &first, &callee, types, 2));
	types[1] = first;
	return simple_check(c, ret, &callee, types, 2);
}
