/* clarity/check/keep.c - Copies that last; contract in keep.h. */
#include "config.h"

#include "clarity/check/keep.h"

#include "clarity/base/check.h"

void keep_init(struct keep *k, struct arena *to, struct arena *work)
{
	k->to = to;
	k->work = work;
	hmap_init(&k->types, work, HMAP_MAX, NULL);
	hmap_init(&k->traits, work, HMAP_MAX, NULL);
}

enum err keep_name(struct keep *k, struct span *ret, struct span name)
{
	const uint8_t *p = arena_copy(k->to, name.p, name.len);

	if (!p)
		return ERR_NO_MEMORY;
	*ret = span_of(p, name.len);
	return ERR_OK;
}

enum err keep_trait_id(struct keep *k, const struct trait_id **ret,
                       const struct trait_id *id)
{
	uint64_t key = (uintptr_t)id;
	struct trait_id *copy = hmap_get_u64(&k->traits, key);

	if (copy) {
		*ret = copy;
		return ERR_OK;
	}
	copy = arena_new(k->to, struct trait_id);
	if (!copy)
		return ERR_NO_MEMORY;
	copy->contract = principal_copy(k->to, id->contract);
	if (!copy->contract)
		return ERR_NO_MEMORY;
	TRY(keep_name(k, &copy->name, id->name));
	*ret = copy;
	return hmap_put_u64(&k->traits, key, copy);
}

static enum err keep_fields(struct keep *k, struct type *t)
{
	struct type_field *fields =
	    arena_new_array(k->to, struct type_field, t->len);

	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < t->len; i++) {
		TRY(keep_name(k, &fields[i].name, t->fields[i].name));
		TRY(keep_type(k, &fields[i].type, t->fields[i].type));
	}
	t->fields = fields;
	return ERR_OK;
}

static enum err keep_member(struct keep *k, const struct type **ret,
                            const struct type_callable *m)
{
	const struct principal *contract;
	const struct trait_id *trait;

	if (m->trait) {
		TRY(keep_trait_id(k, &trait, m->trait));
		return type_trait(k->to, ret, trait);
	}
	contract = principal_copy(k->to, m->contract);
	if (!contract)
		return ERR_NO_MEMORY;
	return type_contract(k->to, ret, contract);
}

/* A union can be nested as deep as a list is long: its members are copied and
 * joined again, one after the other. */
static enum err keep_union(struct keep *k, struct type *t)
{
	const struct type_callable *members;
	const struct type *joined = NULL;
	uint32_t n;

	TRY(type_union_members(k->work, &members, &n, t));
	for (uint32_t i = 0; i < n; i++) {
		const struct type *one;

		TRY(keep_member(k, &one, &members[i]));
		if (joined)
			TRY(type_union(k->to, &joined, joined, one));
		else
			joined = one;
	}
	*t = *joined;
	return ERR_OK;
}

/* Replaces the parts of `t`, a copy, by copies; depth bounds the recursion. */
static enum err keep_parts(struct keep *k, struct type *t)
{
	switch ((enum type_kind)t->kind) {
	case TYPE_NONE:
	case TYPE_INT:
	case TYPE_UINT:
	case TYPE_BOOL:
	case TYPE_PRINCIPAL:
	case TYPE_BUFF:
	case TYPE_ASCII:
	case TYPE_UTF8:
		return ERR_OK;
	case TYPE_LIST:
	case TYPE_OPTIONAL:
		return keep_type(k, &t->item, t->item);
	case TYPE_RESPONSE:
		TRY(keep_type(k, &t->ok, t->ok));
		return keep_type(k, &t->err, t->err);
	case TYPE_TUPLE:
		return keep_fields(k, t);
	case TYPE_CALLABLE_PRINCIPAL:
		t->contract = principal_copy(k->to, t->contract);
		return t->contract ? ERR_OK : ERR_NO_MEMORY;
	case TYPE_CALLABLE_TRAIT:
	case TYPE_TRAIT_REF:
		return keep_trait_id(k, &t->trait, t->trait);
	case TYPE_LIST_UNION:
		return keep_union(k, t);
	case TYPE_KIND_COUNT:
		break;
	}
	CHECK(!"a type of no kind");
	return ERR_OK;
}

enum err keep_type(struct keep *k, const struct type **ret,
                   const struct type *t)
{
	uint64_t key = (uintptr_t)t;
	struct type *copy;

	if (t->kind <= TYPE_PRINCIPAL) {
		*ret = type_atom((enum type_kind)t->kind);
		return ERR_OK;
	}
	copy = hmap_get_u64(&k->types, key);
	if (!copy) {
		copy = arena_new(k->to, struct type);
		if (!copy)
			return ERR_NO_MEMORY;
		*copy = *t;
		TRY(keep_parts(k, copy));
		TRY(hmap_put_u64(&k->types, key, copy));
	}
	*ret = copy;
	return ERR_OK;
}

enum err keep_fn(struct keep *k, struct analysis_fn *ret,
                 const struct analysis_fn *f)
{
	struct analysis_name *params =
	    arena_new_array(k->to, struct analysis_name, f->n_params);

	if (!params)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < f->n_params; i++) {
		TRY(keep_name(k, &params[i].name, f->params[i].name));
		TRY(keep_type(k, &params[i].type, f->params[i].type));
	}
	ret->params = params;
	ret->n_params = f->n_params;
	TRY(keep_name(k, &ret->name, f->name));
	return keep_type(k, &ret->returns, f->returns);
}

enum err keep_trait(struct keep *k, struct analysis_trait *ret,
                    struct span name, const struct analysis_trait *t)
{
	struct analysis_fn *methods =
	    arena_new_array(k->to, struct analysis_fn, t->n_methods);

	if (!methods)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < t->n_methods; i++)
		TRY(keep_fn(k, &methods[i], &t->methods[i]));
	ret->methods = methods;
	ret->n_methods = t->n_methods;
	return keep_name(k, &ret->name, name);
}
