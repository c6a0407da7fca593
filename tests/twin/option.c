/* tests/twin/option.c - Optionals, responses and tuples. */
#include "config.h"

#include "tests/twin/inside.h"

static enum err unreachable(const struct plain *p)
{
	return twin_fail(p->t, VM_ERROR_UNREACHABLE);
}

/* Throws `v` to the function around. */
static enum err throw(const struct plain *p, const struct value *v) {
	struct value thrown = *v;

	    (void)twin_fail(p->t, VM_ERROR_UNWRAP_FAILED);
	    p->t->failure.value = thrown; return ERR_RUN;
}

static enum err default_to(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[1];

	if (!value_is_optional(v))
		return unreachable(p);
	*ret = value_is_none(v) ? p->args[0] : value_unwrap(v);
	return ERR_OK;
}

/* What is inside, or `*has` is false. */
static enum err inside(const struct plain *p, bool wants_err, bool *has,
                       struct value *ret)
{
	const struct value *v = &p->args[0];

	if (!value_is_response(v) && (wants_err || !value_is_optional(v)))
		return unreachable(p);
	*has = wants_err
	           ? value_outer(v) == VALUE_ERR
	           : value_outer(v) == VALUE_OK || value_outer(v) == VALUE_SOME;
	if (*has)
		*ret = value_unwrap(v);
	return ERR_OK;
}

static enum err unwrap(const struct plain *p, bool wants_err, bool panics,
                       struct value *ret)
{
	bool has;

	TRY(inside(p, wants_err, &has, ret));
	if (has)
		return ERR_OK;
	return panics ? twin_fail(p->t, VM_ERROR_UNWRAP_FAILURE)
	              : throw(p, &p->args[1]);
}

/* What is thrown is what was there: none, or (err …). */
static enum err try(const struct plain *p, struct value *ret)
{
	bool has;

	TRY(inside(p, false, &has, ret));
	return has ? ERR_OK : throw(p, &p->args[0]);
}

static enum err is_kind(const struct plain *p, struct value *ret)
{
	const struct value *v = &p->args[0];
	bool of_response = p->id == NATIVE_IS_OK || p->id == NATIVE_IS_ERR;
	bool good;

	if (of_response ? !value_is_response(v) : !value_is_optional(v))
		return unreachable(p);
	good = value_outer(v) == VALUE_OK || value_outer(v) == VALUE_SOME;
	*ret = value_bool(good ==
	                  (p->id == NATIVE_IS_OK || p->id == NATIVE_IS_SOME));
	return ERR_OK;
}

enum err option_plain(const struct plain *p, struct value *ret)
{
	switch ((int)p->id) {
	case NATIVE_SOME:
		return twin_wrap(p->t, ret, VALUE_SOME, &p->args[0]);
	case NATIVE_OK:
		return twin_wrap(p->t, ret, VALUE_OK, &p->args[0]);
	case NATIVE_ERR:
		return twin_wrap(p->t, ret, VALUE_ERR, &p->args[0]);
	case NATIVE_DEFAULT_TO:
		return default_to(p, ret);
	case NATIVE_UNWRAP:
		return unwrap(p, false, false, ret);
	case NATIVE_UNWRAP_ERR:
		return unwrap(p, true, false, ret);
	case NATIVE_UNWRAP_PANIC:
		return unwrap(p, false, true, ret);
	case NATIVE_UNWRAP_ERR_PANIC:
		return unwrap(p, true, true, ret);
	case NATIVE_TRY:
		return try(p, ret);
	default:
		return is_kind(p, ret);
	}
}

static enum err cons(const struct special *s, struct value *ret)
{
	struct value_field *fields =
	    arena_new_array(&s->t->arena, struct value_field, s->n);
	struct type_diag d;

	if (s->n == 0)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct ast_node *pair = &s->args[i];

		if (pair->kind != AST_LIST || pair->n != 2 ||
		    pair->items[0].kind != AST_ATOM)
			return twin_fail(s->t, VM_ERROR_UNREACHABLE);
		fields[i].name =
		    symtab_name(s->h->program->ast.syms, pair->items[0].sym);
		TRY(eval_value(s->t, s->h, s->l, &pair->items[1],
		               &fields[i].value));
	}
	TRY(twin_charge(s->t, PRICE_TUPLE_CONS, s->n));
	return twin_type(s->t, value_tuple(&s->t->arena, ret, fields, s->n, &d),
	                 &d);
}

static enum err field(const struct special *s, const struct value *tuple,
                      struct value *ret)
{
	struct span name = symtab_name(s->h->program->ast.syms, s->args[0].sym);
	const struct value *v;

	if (!value_is(tuple, VALUE_TUPLE))
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	TRY(twin_charge(s->t, PRICE_TUPLE_GET, tuple->n));
	v = value_tuple_get(tuple, name);
	if (!v)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	*ret = *v;
	return ERR_OK;
}

static enum err get(const struct special *s, struct value *ret)
{
	struct value v, inner;

	TRY(special_count(s, 2));
	if (s->args[0].kind != AST_ATOM)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	TRY(special_value(s, 1, &v));
	if (!value_is_optional(&v))
		return field(s, &v, ret);
	*ret = value_none();
	if (value_is_none(&v))
		return ERR_OK;
	inner = value_unwrap(&v);
	TRY(field(s, &inner, &v));
	return twin_wrap(s->t, ret, VALUE_SOME, &v);
}

enum err tuple_run(const struct special *s, struct value *ret)
{
	return s->id == NATIVE_GET ? get(s, ret) : cons(s, ret);
}

enum err tuple_merge(const struct plain *p, struct value *ret)
{
	const struct value *base = &p->args[0], *update = &p->args[1];

	if (!value_is(base, VALUE_TUPLE) || !value_is(update, VALUE_TUPLE))
		return twin_fail(p->t, VM_ERROR_UNREACHABLE);
	TRY(value_tuple_merge(&p->t->arena, ret, base, update));
	if (epoch_checks_merge_size(p->t->chain.epoch) &&
	    value_size(ret) == TYPE_OVERSIZE)
		return twin_fail(p->t, VM_ERROR_VALUE_TOO_LARGE);
	return ERR_OK;
}
