/* clarity/check/check_convert.c - Typing of encodings and to-ascii?. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"
#include "clarity/check/typeexpr.h"

/* to-consensus-buff?: as long as the longest encoding can be. */
enum err check_convert_encode(struct checker *c, const struct ast_node *call,
                              const struct type **ret)
{
	const struct type *t, *bytes;
	struct type_diag d;
	uint32_t len;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	TRY_TYPE(c, &d, type_max_serialized(t, &len, &d));
	TRY(checker_string(c, &bytes, TYPE_BUFF, len));
	return checker_optional(c, ret, bytes);
}

/* from-consensus-buff?: reading the type is paid, unlike elsewhere. */
enum err check_convert_decode(struct checker *c, const struct ast_node *call,
                              const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	struct typeexpr parser = {
		.arena = c->work,
		.syms = c->ast->syms,
		.step = &c->prices[PRICE_TYPE_PARSE_STEP],
		.meter = c->meter,
	};
	const struct type *t;
	enum err e;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	e = typeexpr_parse(&parser, &args[0], &t);
	if (e == ERR_CHECK)
		c->fault = parser.fault;
	TRY(e);
	TRY(expr_expect(c, &args[1], &known_buff_max));
	return checker_optional(c, ret, t);
}

static enum err fail_no_text(struct checker *c, const struct type *t)
{
	static const struct type *const texts[] = {
		KNOWN_INT,       KNOWN_UINT,           KNOWN_BOOL,
		KNOWN_PRINCIPAL, &known_buff_to_ascii, &known_utf8_max
	};

	return checker_fail2(c, CHECK_UNION_TYPE_ERROR,
	                     check_arg_types(texts, COUNT_OF(texts)),
	                     check_arg_type(t));
}

static enum err text_of(struct checker *c, const struct type **ret,
                        uint32_t len)
{
	const struct type *text;

	TRY(checker_string(c, &text, TYPE_ASCII, len));
	return checker_response(c, ret, text, KNOWN_UINT);
}

/* to-ascii?: the longest text that a value of the type can have. */
enum err check_convert_to_ascii(struct checker *c, const struct ast_node *call,
                                const struct type **ret)
{
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	if (t->kind == TYPE_INT || t->kind == TYPE_UINT)
		*ret = &known_response_ascii_40;
	else if (t->kind == TYPE_BOOL)
		*ret = &known_response_ascii_5;
	else if (t->kind == TYPE_PRINCIPAL ||
	         t->kind == TYPE_CALLABLE_PRINCIPAL ||
	         t->kind == TYPE_CALLABLE_TRAIT)
		*ret = &known_response_ascii_170;
	else if (t->kind == TYPE_BUFF && t->len <= KNOWN_TO_ASCII_MAX)
		return text_of(c, ret, t->len * 2 + 2);
	else if (t->kind == TYPE_UTF8)
		return text_of(c, ret, t->len);
	else
		return fail_no_text(c, t);
	return ERR_OK;
}
