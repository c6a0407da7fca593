/* tests/twin/data.c - Variables and maps. */
#include "config.h"

#include "clarity/value/value_codec.h"
#include "tests/twin/inside.h"

/* What an operation touched; when it failed, what its types could be. */
struct touch {
	enum price_id price;
	uint64_t size;
	uint64_t if_failed;
	bool is_write;
};

static enum err settle(struct twin *t, enum err e, const struct touch *w)
{
	struct vm_failure why = t->failure;

	if (e != ERR_OK && e != ERR_RUN)
		return e;
	TRY(twin_charge(t, w->price, e == ERR_OK ? w->size : w->if_failed));
	if (w->is_write)
		TRY(twin_hold(t, e == ERR_OK ? w->size : w->if_failed));
	t->failure = why;
	return e;
}

static enum err thing_of(const struct special *s, enum native form,
                         struct thing **ret)
{
	if (s->args[0].kind != AST_ATOM)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	*ret = twin_thing(s->h->program, s->args[0].sym, form);
	return *ret ? ERR_OK : twin_fail(s->t, VM_ERROR_UNREACHABLE);
}

static enum err refuse_write(const struct special *s)
{
	return s->t->level->is_read_only ? twin_fail(s->t, VM_ERROR_UNREACHABLE)
	                                 : ERR_OK;
}

static enum err var_get(const struct special *s, struct value *ret)
{
	struct touch w = { .price = PRICE_FETCH_VAR, .size = 1 };
	struct store_key key;
	struct thing *d;
	bool found;
	enum err e;

	TRY(special_count(s, 1));
	TRY(thing_of(s, DEFINE_DATA_VAR, &d));
	TRY(state_key(s->t, s->h, 1, d->sym, &key));
	w.if_failed = d->type->size;
	*ret = value_none();
	e = state_get_value(s->t, &key, d->type, ret, &w.size, &found);
	return settle(s->t, e, &w);
}

static enum err var_set(const struct special *s, struct value *ret)
{
	struct touch w = { .price = PRICE_SET_VAR, .is_write = true };
	struct store_key key;
	struct value v;
	struct thing *d;
	struct got g;
	enum err e;

	TRY(refuse_write(s));
	TRY(special_count(s, 2));
	TRY(special_arg(s, 1, &g));
	TRY(thing_of(s, DEFINE_DATA_VAR, &d));
	TRY(eval_clone(s->t, &g, &v));
	TRY(state_key(s->t, s->h, 1, d->sym, &key));
	w.if_failed = d->type->size;
	e = twin_admit(s->t, d->type, &v);
	if (e == ERR_OK)
		e = state_put_value(s->t, &key, &v, &w.size);
	*ret = value_bool(true);
	return settle(s->t, e, &w);
}

/* The key of an entry, and what its values are stored as. */
struct place {
	struct store_key key;
	const struct type *stored;
};

static enum err find(const struct special *s, const struct thing *d,
                     const struct value *key, const struct value *v,
                     struct place *ret)
{
	struct type_diag diag;

	TRY(twin_admit(s->t, d->type, key));
	if (v)
		TRY(twin_admit(s->t, d->value_type, v));
	TRY(state_key(s->t, s->h, 0, d->sym, &ret->key));
	TRY(value_codec_bytes(&s->t->arena, &ret->key.tail, key));
	return twin_type(
	    s->t,
	    type_optional(&s->t->arena, &ret->stored, d->value_type, &diag),
	    &diag);
}

static enum err map_fetch(const struct special *s, const struct thing *d,
                          const struct value *key, uint64_t *size,
                          struct value *ret)
{
	struct place p;
	uint64_t len;
	bool found;

	TRY(find(s, d, key, NULL, &p));
	*size = p.key.tail.len;
	*ret = value_none();
	TRY(state_get_value(s->t, &p.key, p.stored, ret, &len, &found));
	if (found)
		*size += len;
	return ERR_OK;
}

static enum err map_get(const struct special *s, struct value *ret)
{
	struct touch w = { .price = PRICE_FETCH_ENTRY };
	struct thing *d;
	struct got key;

	TRY(special_count(s, 2));
	if (s->args[0].kind != AST_ATOM)
		return twin_fail(s->t, VM_ERROR_UNREACHABLE);
	TRY(special_arg(s, 1, &key));
	TRY(thing_of(s, DEFINE_MAP, &d));
	w.if_failed = (uint64_t)d->type->size + d->value_type->size;
	return settle(s->t, map_fetch(s, d, &key.v, &w.size, ret), &w);
}

static enum err exists(const struct special *s, const struct place *p,
                       bool *ret)
{
	struct value old = value_none();
	uint64_t len;
	bool found;

	TRY(state_get_value(s->t, &p->key, p->stored, &old, &len, &found));
	*ret = found && !value_is_none(&old);
	return ERR_OK;
}

static enum err map_put(const struct special *s, const struct thing *d,
                        const struct value *key, const struct value *v,
                        uint64_t *size, struct value *ret)
{
	struct place p;
	struct value some;
	uint64_t written;
	bool there = false;

	TRY(find(s, d, key, v, &p));
	*size = p.key.tail.len;
	if (s->id == NATIVE_MAP_INSERT)
		TRY(exists(s, &p, &there));
	*ret = value_bool(!there);
	if (there)
		return ERR_OK;
	TRY(twin_wrap(s->t, &some, VALUE_SOME, v));
	TRY(state_put_value(s->t, &p.key, &some, &written));
	*size += written;
	return ERR_OK;
}

static enum err map_set(const struct special *s, struct value *ret)
{
	struct touch w = { .price = PRICE_SET_ENTRY, .is_write = true };
	struct value key, v;
	struct got a, b;
	struct thing *d;

	TRY(refuse_write(s));
	TRY(special_count(s, 3));
	TRY(special_arg(s, 1, &a));
	TRY(special_arg(s, 2, &b));
	TRY(thing_of(s, DEFINE_MAP, &d));
	TRY(eval_clone(s->t, &a, &key));
	TRY(eval_clone(s->t, &b, &v));
	w.if_failed = (uint64_t)d->type->size + d->value_type->size;
	return settle(s->t, map_put(s, d, &key, &v, &w.size, ret), &w);
}

static enum err map_remove(const struct special *s, const struct thing *d,
                           const struct value *key, uint64_t *size,
                           struct value *ret)
{
	struct value none = value_none();
	struct place p;
	uint64_t written;
	bool there;

	TRY(find(s, d, key, NULL, &p));
	*size = p.key.tail.len;
	TRY(exists(s, &p, &there));
	*ret = value_bool(there);
	if (!there)
		return ERR_OK;
	TRY(state_put_value(s->t, &p.key, &none, &written));
	*size += written;
	return ERR_OK;
}

static enum err map_delete(const struct special *s, struct value *ret)
{
	struct touch w = { .price = PRICE_SET_ENTRY, .is_write = true };
	struct thing *d;
	struct got key;

	TRY(refuse_write(s));
	TRY(special_count(s, 2));
	TRY(special_arg(s, 1, &key));
	TRY(thing_of(s, DEFINE_MAP, &d));
	w.if_failed = d->type->size;
	return settle(s->t, map_remove(s, d, &key.v, &w.size, ret), &w);
}

enum err data_run(const struct special *s, struct value *ret)
{
	switch ((int)s->id) {
	case NATIVE_VAR_GET:
		return var_get(s, ret);
	case NATIVE_VAR_SET:
		return var_set(s, ret);
	case NATIVE_MAP_GET:
		return map_get(s, ret);
	case NATIVE_MAP_DELETE:
		return map_delete(s, ret);
	default:
		return map_set(s, ret);
	}
}
