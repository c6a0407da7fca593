/* clarity/check/check_option.c - Typing of optionals and responses. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"

/* Checks the one argument of some, ok and err, which pay before it. */
static enum err wrapped(struct checker *c, const struct ast_node *call,
                        const struct type **ret)
{
	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(checker_charge(c, PRICE_ANALYSIS_OPTION_CONS, 0));
	return expr_check(c, checker_args(call), ret);
}

enum err check_option_some(struct checker *c, const struct ast_node *call,
                           const struct type **ret)
{
	const struct type *t;

	TRY(wrapped(c, call, &t));
	return checker_optional(c, ret, t);
}

enum err check_option_ok(struct checker *c, const struct ast_node *call,
                         const struct type **ret)
{
	const struct type *t;

	TRY(wrapped(c, call, &t));
	return checker_response(c, ret, t, KNOWN_NONE);
}

enum err check_option_err(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct type *t;

	TRY(wrapped(c, call, &t));
	return checker_response(c, ret, KNOWN_NONE, t);
}

/* Checks the one argument of is-some and its like, which pay behind it. */
static enum err asked(struct checker *c, const struct ast_node *call,
                      const struct type **ret)
{
	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), ret));
	return checker_charge(c, PRICE_ANALYSIS_OPTION_CHECK, 0);
}

enum err check_option_is_response(struct checker *c,
                                  const struct ast_node *call,
                                  const struct type **ret)
{
	const struct type *t;

	TRY(asked(c, call, &t));
	if (t->kind != TYPE_RESPONSE)
		return checker_fail1(c, CHECK_EXPECTED_RESPONSE_TYPE,
		                     check_arg_type(t));
	*ret = KNOWN_BOOL;
	return ERR_OK;
}

enum err check_option_is_optional(struct checker *c,
                                  const struct ast_node *call,
                                  const struct type **ret)
{
	const struct type *t;

	TRY(asked(c, call, &t));
	if (t->kind != TYPE_OPTIONAL)
		return checker_fail1(c, CHECK_EXPECTED_OPTIONAL_TYPE,
		                     check_arg_type(t));
	*ret = KNOWN_BOOL;
	return ERR_OK;
}

enum err check_option_default_to(struct checker *c, const struct ast_node *call,
                                 const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *fallback, *input;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(expr_check(c, &args[0], &fallback));
	TRY(expr_check(c, &args[1], &input));
	TRY(checker_charge_compare(c, checker_compare_size(fallback, input)));
	if (input->kind != TYPE_OPTIONAL)
		return checker_fail1(c, CHECK_EXPECTED_OPTIONAL_TYPE,
		                     check_arg_type(input));
	return checker_join(c, ret, fallback, input->item,
	                    CHECK_DEFAULT_TYPES_MUST_MATCH);
}

/* What unwrapping gives: the inside of (some x) or (ok x). */
static enum err inside(struct checker *c, const struct type *t,
                       const struct type **ret)
{
	const struct type *in;

	TRY(checker_charge(c, PRICE_ANALYSIS_OPTION_CHECK, 0));
	if (t->kind == TYPE_OPTIONAL)
		in = t->item;
	else if (t->kind == TYPE_RESPONSE)
		in = t->ok;
	else
		return checker_fail1(c,
		                     CHECK_EXPECTED_OPTIONAL_OR_RESPONSE_TYPE,
		                     check_arg_type(t));
	if (in->kind == TYPE_NONE)
		return checker_fail(c,
		                    CHECK_COULD_NOT_DETERMINE_RESPONSE_OK_TYPE);
	*ret = in;
	return ERR_OK;
}

/* The inside of (err x). */
static enum err inside_err(struct checker *c, const struct type *t,
                           const struct type **ret)
{
	TRY(checker_charge(c, PRICE_ANALYSIS_OPTION_CHECK, 0));
	if (t->kind != TYPE_RESPONSE)
		return checker_fail1(c, CHECK_EXPECTED_RESPONSE_TYPE,
		                     check_arg_type(t));
	if (t->err->kind == TYPE_NONE)
		return checker_fail(
		    c, CHECK_COULD_NOT_DETERMINE_RESPONSE_ERR_TYPE);
	*ret = t->err;
	return ERR_OK;
}

/* Checks the two arguments of unwrap! and unwrap-err!. */
static enum err input_and_thrown(struct checker *c, const struct ast_node *call,
                                 const struct type **ret_input)
{
	const struct ast_node *args = checker_args(call);
	const struct type *thrown;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(expr_check(c, &args[0], ret_input));
	TRY(expr_check(c, &args[1], &thrown));
	return checker_returns(c, thrown);
}

enum err check_option_unwrap(struct checker *c, const struct ast_node *call,
                             const struct type **ret)
{
	const struct type *t;

	TRY(input_and_thrown(c, call, &t));
	return inside(c, t, ret);
}

enum err check_option_unwrap_err(struct checker *c, const struct ast_node *call,
                                 const struct type **ret)
{
	const struct type *t;

	TRY(input_and_thrown(c, call, &t));
	return inside_err(c, t, ret);
}

enum err check_option_unwrap_panic(struct checker *c,
                                   const struct ast_node *call,
                                   const struct type **ret)
{
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	return inside(c, t, ret);
}

enum err check_option_unwrap_err_panic(struct checker *c,
                                       const struct ast_node *call,
                                       const struct type **ret)
{
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	return inside_err(c, t, ret);
}

/* What try! lets the function return: none, or the response's error. */
static enum err thrown_by_try(struct checker *c, const struct type *t)
{
	const struct type *thrown = &type_of_none;

	if (t->kind == TYPE_RESPONSE) {
		if (t->err->kind == TYPE_NONE)
			return checker_fail(
			    c, CHECK_COULD_NOT_DETERMINE_RESPONSE_ERR_TYPE);
		TRY(checker_response(c, &thrown, KNOWN_NONE, t->err));
	}
	return checker_returns(c, thrown);
}

enum err check_option_try(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct type *t, *in;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	TRY(inside(c, t, &in));
	TRY(thrown_by_try(c, t));
	*ret = in;
	return ERR_OK;
}

static enum err bind_arm(struct checker *c, const struct ast_node *name,
                         const struct type *t, uint64_t *ret_held)
{
	TRY(checker_charge_type(c, PRICE_ANALYSIS_BIND_NAME, t));
	*ret_held = symtab_name(c->ast->syms, name->sym).len + t->type_size;
	TRY(checker_hold(c, *ret_held));
	TRY(checker_free_name(c, name->sym));
	if (names_value(&c->names, name->sym))
		return checker_fail_name(c, CHECK_NAME_ALREADY_USED, name->sym);
	if (t->kind == TYPE_CALLABLE_TRAIT && version_has_callables(c->version))
		return names_bind_trait(&c->names, name, t->trait);
	return names_bind(&c->names, name, t);
}

/* Checks the arm `body`, in which `name` is of type `t`. */
static enum err check_arm(struct checker *c, const struct ast_node *name,
                          const struct type *t, const struct ast_node *body,
                          const struct type **ret)
{
	struct names_mark mark;
	uint64_t held = 0;
	enum err e;

	if (c->names.depth >= NAMES_MAX_DEPTH)
		return checker_fail(c, CHECK_MAX_CONTEXT_DEPTH_REACHED);
	mark = names_enter(&c->names);
	e = bind_arm(c, name, t, &held);
	if (e == ERR_OK) {
		e = expr_check(c, body, ret);
		checker_release(c, held);
	} else {
		checker_note(c, name);
	}
	names_leave(&c->names, mark);
	return e;
}

static enum err join_arms(struct checker *c, const struct type *a,
                          const struct type *b, const struct type **ret)
{
	TRY(checker_charge_compare(c, checker_compare_size(a, b)));
	return checker_join(c, ret, a, b, CHECK_MATCH_ARMS_MUST_MATCH);
}

static enum err match_optional(struct checker *c, const struct ast_node *call,
                               const struct type *t, const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *some, *none;
	uint32_t unused;

	if (checker_n_args(call) != 4)
		return checker_fail(c, CHECK_BAD_MATCH_OPTION_SYNTAX);
	TRY(expr_name(c, &args[1], CHECK_BAD_MATCH_OPTION_SYNTAX, &unused));
	if (t->item->kind == TYPE_NONE)
		return checker_fail(c, CHECK_COULD_NOT_DETERMINE_MATCH_TYPES);
	TRY(check_arm(c, &args[1], t->item, &args[2], &some));
	TRY(expr_check(c, &args[3], &none));
	return join_arms(c, some, none, ret);
}

static enum err match_response(struct checker *c, const struct ast_node *call,
                               const struct type *t, const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *ok, *err;
	uint32_t unused;

	if (checker_n_args(call) != 5)
		return checker_fail(c, CHECK_BAD_MATCH_RESPONSE_SYNTAX);
	TRY(expr_name(c, &args[1], CHECK_BAD_MATCH_RESPONSE_SYNTAX, &unused));
	TRY(expr_name(c, &args[3], CHECK_BAD_MATCH_RESPONSE_SYNTAX, &unused));
	if (t->ok->kind == TYPE_NONE || t->err->kind == TYPE_NONE)
		return checker_fail(c, CHECK_COULD_NOT_DETERMINE_MATCH_TYPES);
	TRY(check_arm(c, &args[1], t->ok, &args[2], &ok));
	TRY(check_arm(c, &args[3], t->err, &args[4], &err));
	return join_arms(c, ok, err, ret);
}

enum err check_option_match(struct checker *c, const struct ast_node *call,
                            const struct type **ret)
{
	const struct type *t;

	TRY(checker_at_least(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	if (t->kind == TYPE_OPTIONAL)
		return match_optional(c, call, t, ret);
	if (t->kind == TYPE_RESPONSE)
		return match_response(c, call, t, ret);
	return checker_fail1(c, CHECK_BAD_MATCH_INPUT, check_arg_type(t));
}
