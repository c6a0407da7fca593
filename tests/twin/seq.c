/* tests/twin/seq.c - Lists, buffers and strings. */
#include "config.h"

#include <string.h>

#include "tests/twin/inside.h"

static enum err unreachable(struct twin *t)
{
	return twin_fail(t, VM_ERROR_UNREACHABLE);
}

static size_t char_len(uint8_t first)
{
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* Where character `n` begins. */
static size_t offset(const struct value *v, uint32_t n)
{
	size_t at = 0;

	if (v->kind != VALUE_UTF8)
		return n;
	while (n-- > 0)
		at += char_len(v->bytes[at]);
	return at;
}

/* Elements from `left` up to `right` of a buffer or string. */
static struct value cut(const struct value *v, uint32_t left, uint32_t right)
{
	struct value part = *v;
	size_t from = offset(v, left);

	part.bytes = v->bytes + from;
	part.byte_len = offset(v, right) - from;
	part.n = right - left;
	return part;
}

static struct value element(const struct value *v, uint32_t i)
{
	return v->kind == VALUE_LIST ? v->items[i] : cut(v, i, i + 1);
}

static enum err cons_list(struct twin *t, const struct value *items, uint32_t n,
                          struct value *ret)
{
	struct type_diag d;

	return twin_type(
	    t, value_list(&t->arena, ret, items, n, t->chain.epoch, &d), &d);
}

static enum err run_list(const struct special *s, struct value *ret)
{
	struct value *items = arena_new_array(&s->t->arena, struct value, s->n);
	uint64_t sum = 0, size;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < s->n; i++)
		TRY(special_value(s, i, &items[i]));
	for (uint32_t i = 0; i < s->n; i++) {
		TRY(twin_size(s->t, &items[i], &size));
		sum += size;
	}
	TRY(twin_charge(s->t, PRICE_LIST_CONS, sum));
	return cons_list(s->t, items, s->n, ret);
}

/* Puts `v` behind `list`, cut to `entry`; there is room for it. */
static enum err join(struct twin *t, struct value *items, uint32_t *n,
                     const struct type *entry, const struct value *v)
{
	bool was_cut;
	enum err e = value_sanitize(&t->arena, &items[*n], &was_cut,
	                            t->chain.epoch, entry, v);

	(*n)++;
	return e == ERR_TYPE ? twin_fail(t, VM_ERROR_LIST_TYPES_MUST_MATCH) : e;
}

static enum err append(const struct special *s, const struct value *list,
                       const struct value *v, const struct type *type,
                       struct value *ret)
{
	struct arena *a = &s->t->arena;
	const struct type *entry;
	struct type_diag d;
	uint32_t n = list->n;
	struct value *items = arena_new_array(a, struct value, n + 1);

	if (!items)
		return ERR_NO_MEMORY;
	if (list->type->item->kind == TYPE_NONE) {
		items[0] = *v;
		return cons_list(s->t, items, 1, ret);
	}
	for (uint32_t i = 0; i < n; i++)
		items[i] = list->items[i];
	TRY(twin_type(
	    s->t, type_supertype(a, &entry, list->type->item, type, &d), &d));
	TRY(join(s->t, items, &n, entry, v));
	*ret = (struct value){ .kind = VALUE_LIST, .n = n, .items = items };
	return twin_type(
	    s->t, type_list(a, &ret->type, entry, list->type->len + 1, &d), &d);
}

static enum err run_append(const struct special *s, struct value *ret)
{
	struct value list, v;
	const struct type *type;
	struct type_diag d;
	struct got g;
	uint64_t entry, own;

	TRY(special_count(s, 2));
	TRY(special_value(s, 0, &list));
	if (!value_is(&list, VALUE_LIST))
		return unreachable(s->t);
	TRY(special_arg(s, 1, &g));
	TRY(twin_type(s->t, value_type(&s->t->arena, &type, &g.v, &d), &d));
	entry = list.type->item->size;
	TRY(twin_size(s->t, &g.v, &own));
	TRY(twin_charge(s->t, PRICE_APPEND, entry > own ? entry : own));
	TRY(eval_clone(s->t, &g, &v));
	return append(s, &list, &v, type, ret);
}

static enum err concat_lists(struct twin *t, const struct value *a,
                             const struct value *b, struct value *ret)
{
	struct value *items =
	    arena_new_array(&t->arena, struct value, a->n + b->n);
	const struct type *entry;
	struct type_diag d;
	uint32_t n = a->n;

	if (!items)
		return ERR_NO_MEMORY;
	TRY(twin_type(
	    t,
	    type_supertype(&t->arena, &entry, a->type->item, b->type->item, &d),
	    &d));
	for (uint32_t i = 0; i < n; i++)
		items[i] = a->items[i];
	for (uint32_t i = 0; i < b->n; i++)
		TRY(join(t, items, &n, entry, &b->items[i]));
	*ret = (struct value){ .kind = VALUE_LIST, .n = n, .items = items };
	return twin_type(t,
	                 type_list(&t->arena, &ret->type, entry,
	                           a->type->len + b->type->len, &d),
	                 &d);
}

static enum err concat_two(struct twin *t, const struct value *a,
                           const struct value *b, struct value *ret)
{
	uint8_t *bytes;

	if (a->kind != b->kind)
		return twin_fail(t, VM_ERROR_TYPE_ERROR);
	if (a->kind == VALUE_LIST)
		return concat_lists(t, a, b, ret);
	bytes = arena_alloc(&t->arena, a->byte_len + b->byte_len);
	if (!bytes)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < a->byte_len; i++)
		bytes[i] = a->bytes[i];
	for (size_t i = 0; i < b->byte_len; i++)
		bytes[a->byte_len + i] = b->bytes[i];
	*ret = (struct value){ .kind = a->kind,
		               .n = a->n + b->n,
		               .bytes = bytes,
		               .byte_len = a->byte_len + b->byte_len };
	return ERR_OK;
}

/* Evaluates all parts; until 3.4 both before the first is looked at. */
static enum err concat_parts(const struct special *s, struct value *parts,
                             uint64_t *len)
{
	bool is_late = epoch_concat_is_variadic(s->t->chain.epoch);

	*len = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		TRY(special_value(s, i, &parts[i]));
		if (is_late && !value_is_sequence(&parts[i])) {
			TRY(twin_charge(s->t, PRICE_CONCAT, 1));
			return unreachable(s->t);
		}
		*len += parts[i].n;
	}
	for (uint32_t i = 0; i < s->n; i++) {
		if (value_is_sequence(&parts[i]))
			continue;
		TRY(twin_charge(s->t, PRICE_CONCAT, 1));
		return i == 0 ? unreachable(s->t)
		              : twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	}
	return ERR_OK;
}

static enum err run_concat(const struct special *s, struct value *ret)
{
	bool is_late = epoch_concat_is_variadic(s->t->chain.epoch);
	struct value *parts = arena_new_array(&s->t->arena, struct value, s->n);
	uint64_t len;

	if (!is_late)
		TRY(special_count(s, 2));
	if (s->n < 2)
		return unreachable(s->t);
	if (!parts)
		return ERR_NO_MEMORY;
	TRY(concat_parts(s, parts, &len));
	TRY(twin_charge(s->t, PRICE_CONCAT, len));
	*ret = parts[0];
	for (uint32_t i = 1; i < s->n; i++) {
		struct value sum = *ret;

		TRY(concat_two(s->t, &sum, &parts[i], ret));
	}
	return ERR_OK;
}

static enum err run_as_max_len(const struct special *s, struct value *ret)
{
	const struct ast_node *max;
	struct value v;
	struct got g;

	TRY(special_count(s, 2));
	max = &s->args[1];
	TRY(special_value(s, 0, &v));
	TRY(twin_charge(s->t, PRICE_AS_MAX_LEN, 0));
	if (max->kind != AST_LITERAL || !value_is(max->value, VALUE_UINT)) {
		TRY(special_arg(s, 1, &g));
		return twin_fail(s->t, VM_ERROR_TYPE_ERROR);
	}
	if (!value_is_sequence(&v))
		return unreachable(s->t);
	*ret = value_none();
	if (v.n > max->value->u)
		return ERR_OK;
	if (v.kind == VALUE_LIST)
		TRY(type_shorten(&s->t->arena, &v.type, v.type,
		                 (uint32_t)max->value->u));
	return twin_wrap(s->t, ret, VALUE_SOME, &v);
}

static enum err slice(struct twin *t, const struct value *v, uint32_t left,
                      uint32_t right, struct value *ret)
{
	uint64_t unit = v->kind == VALUE_LIST   ? v->type->item->size
	                : v->kind == VALUE_UTF8 ? 8
	                                        : 5;
	struct value part;

	TRY(twin_charge(t, PRICE_SLICE, (right - left) * unit));
	if (v->kind == VALUE_LIST)
		TRY(cons_list(t, v->items + left, right - left, &part));
	else
		part = cut(v, left, right);
	return twin_wrap(t, ret, VALUE_SOME, &part);
}

static enum err run_slice(const struct special *s, struct value *ret)
{
	struct value v;
	struct got left, right;
	enum err e = ERR_OK;

	TRY(special_count(s, 3));
	TRY(special_value(s, 0, &v));
	TRY(special_arg(s, 1, &left));
	TRY(special_arg(s, 2, &right));
	*ret = value_none();
	if (!value_is_sequence(&v) || !value_is(&left.v, VALUE_UINT) ||
	    !value_is(&right.v, VALUE_UINT))
		e = unreachable(s->t);
	else if (left.v.u < v.n && right.v.u <= v.n && left.v.u <= right.v.u)
		e = slice(s->t, &v, (uint32_t)left.v.u, (uint32_t)right.v.u,
		          ret);
	if (e == ERR_RUN) {
		struct vm_failure why = s->t->failure;

		TRY(twin_charge(s->t, PRICE_SLICE, 0));
		s->t->failure = why;
	}
	return e;
}

static enum err replace(struct twin *t, const struct value *v, uint32_t i,
                        const struct value *one, struct value *ret)
{
	struct value out = *v, left, right, sum;

	if (v->kind == VALUE_LIST) {
		struct value *items =
		    arena_new_array(&t->arena, struct value, v->n);

		if (!items)
			return ERR_NO_MEMORY;
		memcpy(items, v->items, v->n * sizeof(*items));
		items[i] = *one;
		out.items = items;
		return twin_wrap(t, ret, VALUE_SOME, &out);
	}
	if (one->n != 1)
		return unreachable(t);
	left = cut(v, 0, i);
	right = cut(v, i + 1, v->n);
	TRY(concat_two(t, &left, one, &sum));
	TRY(concat_two(t, &sum, &right, &out));
	return twin_wrap(t, ret, VALUE_SOME, &out);
}

/* The type that an element of `v` must have. */
static enum err unit_of(struct twin *t, const struct value *v,
                        const struct type **ret)
{
	enum type_kind kind = v->kind == VALUE_BUFF    ? TYPE_BUFF
	                      : v->kind == VALUE_ASCII ? TYPE_ASCII
	                                               : TYPE_UTF8;

	if (v->kind != VALUE_LIST)
		return type_string(&t->arena, ret, kind, 1, NULL);
	*ret = v->type->item;
	return ERR_OK;
}

static enum err run_replace_at(const struct special *s, struct value *ret)
{
	struct got seq, index, one;
	struct value v, item;
	const struct type *unit;
	uint64_t size;

	TRY(special_count(s, 3));
	TRY(special_arg(s, 0, &seq));
	TRY(twin_size(s->t, &seq.v, &size));
	TRY(twin_charge(s->t, PRICE_REPLACE_AT, size));
	if (!value_is_sequence(&seq.v))
		return unreachable(s->t);
	TRY(unit_of(s->t, &seq.v, &unit));
	TRY(special_arg(s, 1, &index));
	TRY(special_arg(s, 2, &one));
	if (unit->kind != TYPE_NONE)
		TRY(twin_admit(s->t, unit, &one.v));
	if (!value_is(&index.v, VALUE_UINT))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	*ret = value_none();
	if (index.v.u > UINT64_MAX)
		return ERR_OK;
	TRY(eval_clone(s->t, &seq, &v));
	if (index.v.u >= v.n)
		return ERR_OK;
	TRY(eval_clone(s->t, &one, &item));
	return replace(s->t, &v, (uint32_t)index.v.u, &item, ret);
}

enum err seq_run(const struct special *s, struct value *ret)
{
	switch ((int)s->id) {
	case NATIVE_LIST:
		return run_list(s, ret);
	case NATIVE_APPEND:
		return run_append(s, ret);
	case NATIVE_CONCAT:
		return run_concat(s, ret);
	case NATIVE_AS_MAX_LEN:
		return run_as_max_len(s, ret);
	case NATIVE_SLICE:
		return run_slice(s, ret);
	default:
		return run_replace_at(s, ret);
	}
}

static enum err element_at(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0], *i = &p->args[1];
	struct value one;

	if (!value_is(i, VALUE_UINT))
		return twin_fail(p->t, VM_ERROR_TYPE_VALUE_ERROR);
	*ret = value_none();
	if (i->u >= v->n)
		return ERR_OK;
	one = element(v, (uint32_t)i->u);
	return twin_wrap(p->t, ret, VALUE_SOME, &one);
}

/* In buffers and strings only a single element can be found. */
static enum err index_of(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0], *what = &p->args[1];
	bool is_list = v->kind == VALUE_LIST;

	if (!is_list && !value_is(what, (enum value_kind)v->kind))
		return twin_fail(p->t, VM_ERROR_TYPE_VALUE_ERROR);
	*ret = value_none();
	if (!is_list && what->n != 1)
		return ERR_OK;
	for (uint32_t i = 0; i < v->n; i++) {
		struct value one = element(v, i);
		struct value at = value_uint(i);

		if (value_eq(&one, what))
			return twin_wrap(p->t, ret, VALUE_SOME, &at);
	}
	return ERR_OK;
}

enum err seq_plain(const struct plain *p, struct value *ret)
{
	if (!value_is_sequence(&p->args[0]))
		return unreachable(p->t);
	if (p->id == NATIVE_LEN) {
		*ret = value_uint(p->args[0].n);
		return ERR_OK;
	}
	if (p->id == NATIVE_INDEX_OF || p->id == NATIVE_INDEX_OF_OPT)
		return index_of(p, ret);
	return element_at(p, ret);
}

/*
 * map, filter and fold.
 */

static enum err name_of(const struct special *s, uint32_t *ret)
{
	if (s->args[0].kind != AST_ATOM)
		return unreachable(s->t);
	*ret = s->args[0].sym;
	return ERR_OK;
}

static enum err apply(const struct special *s, uint32_t sym,
                      const struct value *args, uint32_t n, struct value *ret)
{
	struct values all = { args, n, 0 };

	return eval_apply(s->t, s->h, s->l, sym, &all, ret);
}

/* Whether the function keeps this element. */
static enum err keeps(const struct special *s, uint32_t sym, struct value one,
                      bool *ret)
{
	struct value answer;

	TRY(apply(s, sym, &one, 1, &answer));
	if (!value_is(&answer, VALUE_BOOL))
		return twin_fail(s->t, VM_ERROR_TYPE_VALUE_ERROR);
	*ret = answer.n != 0;
	return ERR_OK;
}

/* The elements that are kept; a list stays of its type. */
static enum err choose(const struct special *s, uint32_t sym,
                       const struct value *v, struct value *ret)
{
	struct arena *a = &s->t->arena;
	bool is_list = v->kind == VALUE_LIST, keep = false;
	struct value *items = arena_new_array(a, struct value, v->n);
	uint8_t *bytes = arena_alloc(a, is_list ? 1 : v->byte_len);
	size_t len = 0;
	uint32_t n = 0;

	if (!items || !bytes)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < v->n; i++) {
		struct value one = element(v, i);

		TRY(keeps(s, sym, one, &keep));
		if (!keep)
			continue;
		items[n++] = one;
		for (size_t k = 0; !is_list && k < one.byte_len; k++)
			bytes[len++] = one.bytes[k];
	}
	*ret = *v;
	ret->n = n;
	if (is_list) {
		ret->items = items;
	} else {
		ret->bytes = bytes;
		ret->byte_len = len;
	}
	return ERR_OK;
}

static enum err run_filter(const struct special *s, struct value *ret)
{
	struct value v;
	uint32_t sym = 0;

	TRY(special_count(s, 2));
	TRY(twin_charge(s->t, PRICE_FILTER, 0));
	TRY(name_of(s, &sym));
	TRY(special_value(s, 1, &v));
	TRY(eval_lookup(s->t, s->h, sym));
	return value_is_sequence(&v) ? choose(s, sym, &v, ret)
	                             : unreachable(s->t);
}

static enum err run_fold(const struct special *s, struct value *ret)
{
	struct value v, acc, *args;
	uint32_t sym = 0;

	TRY(special_count(s, 3));
	TRY(twin_charge(s->t, PRICE_FOLD, 0));
	TRY(name_of(s, &sym));
	TRY(eval_lookup(s->t, s->h, sym));
	TRY(special_value(s, 1, &v));
	TRY(special_value(s, 2, &acc));
	if (!value_is_sequence(&v))
		return unreachable(s->t);
	for (uint32_t i = 0; i < v.n; i++) {
		args = arena_new_array(&s->t->arena, struct value, 2);
		if (!args)
			return ERR_NO_MEMORY;
		args[0] = element(&v, i);
		args[1] = acc;
		TRY(apply(s, sym, args, 2, &acc));
	}
	*ret = acc;
	return ERR_OK;
}

/* The calls that map makes: the network, until 3.4, collects column by column
 * and goes one element too far, so an empty list shortens the calls instead of
 * ending them. */
struct columns {
	struct value *seqs;
	uint32_t n;
};

static uint32_t calls_of(const struct special *s, const struct columns *c)
{
	uint32_t least = UINT32_MAX, calls = 0;
	bool is_fixed = epoch_map_stops_at_shortest(s->t->chain.epoch);

	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t len = c->seqs[i].n;

		least = least < len ? least : len;
		/* Up to and with the index of the shortest so far. */
		len = len < least ? len : least;
		if (c->seqs[i].n > least)
			len = least + 1;
		calls = calls > len ? calls : len;
	}
	return is_fixed ? least : calls;
}

/* The arguments of call `k`: of every column that reached it. */
static uint32_t row(const struct special *s, const struct columns *c,
                    uint32_t k, struct value *args)
{
	uint32_t least = UINT32_MAX, n = 0;
	bool is_fixed = epoch_map_stops_at_shortest(s->t->chain.epoch);

	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t len = c->seqs[i].n;

		least = least < len ? least : len;
		if (k < len && (is_fixed || k <= least))
			args[n++] = element(&c->seqs[i], k);
	}
	return n;
}

static enum err run_map(const struct special *s, struct value *ret)
{
	struct columns c = { .n = s->n - 1 };
	uint32_t sym = 0, calls, first = 0, made = 0;
	struct value *results;

	if (s->n < 2)
		return unreachable(s->t);
	TRY(twin_charge(s->t, PRICE_MAP, s->n));
	TRY(name_of(s, &sym));
	TRY(eval_lookup(s->t, s->h, sym));
	c.seqs = arena_new_array(&s->t->arena, struct value, c.n);
	if (!c.seqs)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < c.n; i++) {
		TRY(special_value(s, i + 1, &c.seqs[i]));
		if (!value_is_sequence(&c.seqs[i]))
			return unreachable(s->t);
	}
	calls = calls_of(s, &c);
	results = arena_new_array(&s->t->arena, struct value, calls);
	for (uint32_t k = 0; results && k < calls; k++, made++) {
		struct value *args =
		    arena_new_array(&s->t->arena, struct value, c.n);
		uint32_t n = args ? row(s, &c, k, args) : 0;

		first = k == 0 ? n : first;
		if (n != first)
			break;
		TRY(apply(s, sym, args, n, &results[k]));
	}
	TRY(arena_err(&s->t->arena));
	return cons_list(s->t, results, made, ret);
}

enum err iterate_run(const struct special *s, struct value *ret)
{
	if (s->id == NATIVE_MAP)
		return run_map(s, ret);
	return s->id == NATIVE_FOLD ? run_fold(s, ret) : run_filter(s, ret);
}
