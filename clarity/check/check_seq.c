/* clarity/check/check_seq.c - Typing of lists, buffers and strings. */
#include "config.h"

#include "clarity/check/expr.h"
#include "clarity/check/rule.h"

/* The items of a list expression, as far as they fit into one value. */
struct items {
	const struct type **types;
	uint32_t n;
	uint32_t *charges; /* of all items; paid when all are checked */
	uint32_t size;     /* of the items so far */
	bool is_too_large;
};

static enum err add_item(struct checker *c, struct items *it, uint32_t index,
                         const struct type *t)
{
	it->charges[index] = t->type_size;
	if (it->is_too_large)
		return ERR_OK;
	if (t->size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_UNREACHABLE);
	/* No overflow: one item is far below 2^31, the sum below 2^20. */
	it->size += t->size;
	it->is_too_large = it->size > TYPE_MAX_SIZE;
	if (!it->is_too_large)
		it->types[it->n++] = t;
	return ERR_OK;
}

/* A type without size has no price; the kind differs from that of a
 * comparison. */
static enum err pay_item(struct checker *c, uint32_t type_size)
{
	if (type_size == TYPE_OVERSIZE)
		return checker_fail(c, CHECK_VALUE_TOO_LARGE);
	return checker_charge(c, PRICE_ANALYSIS_LIST_ITEMS_CHECK, type_size);
}

enum err check_seq_list(struct checker *c, const struct ast_node *call,
                        const struct type **ret)
{
	uint32_t n = checker_n_args(call);
	struct items it = {
		.types = arena_new_array(c->work, const struct type *, n),
		.charges = arena_new_array(c->work, uint32_t, n),
	};
	struct type_diag d;

	if (!it.types || !it.charges)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		const struct type *t;

		TRY(expr_check(c, &checker_args(call)[i], &t));
		TRY(add_item(c, &it, i, t));
	}
	for (uint32_t i = 0; i < n; i++)
		TRY(pay_item(c, it.charges[i]));
	if (it.is_too_large)
		return checker_fail(c, CHECK_VALUE_TOO_LARGE);
	TRY_TYPE(c, &d, type_list_of(c->work, ret, it.types, it.n, &d));
	return ERR_OK;
}

static enum err fail_no_sequence(struct checker *c, const struct type *t)
{
	return checker_fail1(c, CHECK_EXPECTED_SEQUENCE, check_arg_type(t));
}

static enum err add_lengths(struct checker *c, uint32_t a, uint32_t b,
                            uint32_t *ret)
{
	if (!u32_add(ret, a, b))
		return checker_fail(c, CHECK_MAX_LENGTH_OVERFLOW);
	return ERR_OK;
}

static enum err join_lists(struct checker *c, const struct type **ret,
                           const struct type *a, const struct type *b)
{
	const struct type *item;
	uint32_t len;

	TRY(checker_supertype(c, &item, a->item, b->item));
	TRY(add_lengths(c, a->len, b->len, &len));
	return checker_list(c, ret, item, len);
}

/* The type of two sequences one behind the other. */
static enum err join(struct checker *c, const struct type **ret,
                     const struct type *a, const struct type *b)
{
	uint32_t len;

	if (!type_is_sequence(a) || !type_is_sequence(b))
		return fail_no_sequence(c, a);
	if (a->kind != b->kind)
		return checker_fail_types(c, CHECK_TYPE_ERROR, a, b);
	if (a->kind == TYPE_LIST)
		return join_lists(c, ret, a, b);
	TRY(add_lengths(c, a->len, b->len, &len));
	return checker_string(c, ret, (enum type_kind)a->kind, len);
}

enum err check_seq_concat(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	uint32_t n = checker_n_args(call);
	const struct type *a, *b;

	if (version_concat_is_variadic(c->version))
		TRY(checker_at_least(c, n, 2));
	else
		TRY(checker_exactly(c, n, 2));
	TRY(expr_check(c, &args[0], &a));
	TRY(expr_check(c, &args[1], &b));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	TRY(checker_charge_compare(c, checker_compare_size(a, b)));
	TRY(join(c, &a, a, b));
	for (uint32_t i = 2; i < n; i++) {
		TRY(expr_check(c, &args[i], &b));
		TRY(checker_charge_compare(c, checker_compare_size(a, b)));
		TRY(join(c, &a, a, b));
	}
	*ret = a;
	return ERR_OK;
}

enum err check_seq_append(struct checker *c, const struct ast_node *call,
                          const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *list, *t, *item;
	uint32_t len;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	TRY(expr_check(c, &args[0], &list));
	if (list->kind != TYPE_LIST)
		return checker_fail(c, CHECK_EXPECTED_LIST_APPLICATION);
	TRY(expr_check(c, &args[1], &t));
	TRY(checker_charge_compare(c, checker_compare_size(list->item, t)));
	TRY(checker_supertype(c, &item, list->item, t));
	TRY(add_lengths(c, list->len, 1, &len));
	return checker_list(c, ret, item, len);
}

/* An optional that may be larger than a value: as-max-len? never tests it. */
static enum err optional_unchecked(struct checker *c, const struct type **ret,
                                   const struct type *item)
{
	struct type *t = arena_new(c->work, struct type);

	if (!t)
		return ERR_NO_MEMORY;
	*t = (struct type){
		.kind = TYPE_OPTIONAL,
		.depth = (uint8_t)(item->depth + 1),
		.is_concrete = item->is_concrete,
		.size = item->size + TYPE_WRAPPER_SIZE,
		.type_size = item->type_size + 1,
		.item = item,
	};
	*ret = t;
	return ERR_OK;
}

static enum err resize(struct checker *c, const struct type *t, uint32_t len,
                       const struct type **ret)
{
	const struct type *resized;

	if (!type_is_sequence(t))
		return fail_no_sequence(c, t);
	if (t->kind == TYPE_LIST)
		TRY(checker_list(c, &resized, t->item, len));
	else
		TRY(checker_string(c, &resized, (enum type_kind)t->kind, len));
	return optional_unchecked(c, ret, resized);
}

/* The length is part of the type, so it must be written as a number. */
static enum err fail_no_length(struct checker *c, const struct ast_node *n)
{
	const struct type *t;

	TRY(expr_check(c, n, &t));
	return checker_fail_types(c, CHECK_TYPE_ERROR, KNOWN_UINT, t);
}

enum err check_seq_as_max_len(struct checker *c, const struct ast_node *call,
                              const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *t;
	u128 len;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	if (args[1].kind != AST_LITERAL || !value_is(args[1].value, VALUE_UINT))
		return fail_no_length(c, &args[1]);
	TRY(checker_charge_type(c, PRICE_ANALYSIS_TYPE_ANNOTATE, KNOWN_UINT));
	checker_annotate(c, &args[1], KNOWN_UINT);
	len = args[1].value->u;
	if (len > UINT32_MAX)
		return checker_fail(c, CHECK_MAX_LENGTH_OVERFLOW);
	TRY(expr_check(c, &args[0], &t));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	return resize(c, t, (uint32_t)len, ret);
}

enum err check_seq_len(struct checker *c, const struct ast_node *call,
                       const struct type **ret)
{
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 1));
	TRY(expr_check(c, checker_args(call), &t));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	if (!type_is_sequence(t))
		return fail_no_sequence(c, t);
	*ret = KNOWN_UINT;
	return ERR_OK;
}

enum err check_seq_element_at(struct checker *c, const struct ast_node *call,
                              const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(expr_expect(c, &args[1], KNOWN_UINT));
	TRY(expr_check(c, &args[0], &t));
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	if (!type_is_sequence(t))
		return fail_no_sequence(c, t);
	if (t->kind == TYPE_LIST)
		return checker_optional(c, ret, t->item);
	if (t->kind == TYPE_BUFF)
		*ret = &known_optional_buff_1;
	else
		*ret = t->kind == TYPE_ASCII ? &known_optional_ascii_1
		                             : &known_optional_utf8_1;
	return ERR_OK;
}

/* Checks the sequence that index-of, slice? and replace-at? begin with. */
static enum err sequence(struct checker *c, const struct ast_node *n,
                         const struct type **ret)
{
	TRY(checker_charge(c, PRICE_ANALYSIS_ITERABLE_FUNC, 0));
	TRY(expr_check(c, n, ret));
	return type_is_sequence(*ret) ? ERR_OK : fail_no_sequence(c, *ret);
}

enum err check_seq_index_of(struct checker *c, const struct ast_node *call,
                            const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 2));
	TRY(sequence(c, &args[0], &t));
	TRY(expr_expect(c, &args[1], checker_unit(t)));
	*ret = &known_optional_uint;
	return ERR_OK;
}

enum err check_seq_slice(struct checker *c, const struct ast_node *call,
                         const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *t, *slice;

	TRY(checker_exactly(c, checker_n_args(call), 3));
	TRY(sequence(c, &args[0], &t));
	TRY(checker_optional(c, &slice, t));
	TRY(expr_expect(c, &args[1], KNOWN_UINT));
	TRY(expr_expect(c, &args[2], KNOWN_UINT));
	*ret = slice;
	return ERR_OK;
}

enum err check_seq_replace_at(struct checker *c, const struct ast_node *call,
                              const struct type **ret)
{
	const struct ast_node *args = checker_args(call);
	const struct type *t;

	TRY(checker_exactly(c, checker_n_args(call), 3));
	TRY(sequence(c, &args[0], &t));
	TRY(expr_expect(c, &args[1], KNOWN_UINT));
	TRY(expr_expect(c, &args[2], checker_unit(t)));
	return checker_optional(c, ret, t);
}
