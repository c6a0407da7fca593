/*
 * clarity/value/value_type.c - Values against types: what type a value has,
 * which type admits it, lists of inferred type, and cutting; see value.h.
 *
 * All recursion here is over values, at most VALUE_MAX_DEPTH deep.
 */
#include "config.h"

#include "clarity/base/check.h"
#include "clarity/value/value.h"

/* Wraps `*t` as the value is wrapped, from its innermost wrapper out. */
static enum err value_type_wrap(struct arena *a, const struct type **t,
                                uint64_t wraps, struct type_diag *diag)
{
	if (!wraps)
		return ERR_OK;

	const struct type *none = type_atom(TYPE_NONE);

	for (int shift = (int)(u64_log2(wraps) & ~1u); shift >= 0; shift -= 2) {
		enum value_wrap wrap = (enum value_wrap)(wraps >> shift & 3);

		if (wrap == VALUE_SOME)
			TRY(type_optional(a, t, *t, diag));
		else if (wrap == VALUE_OK)
			TRY(type_response(a, t, *t, none, diag));
		else
			TRY(type_response(a, t, none, *t, diag));
	}
	return ERR_OK;
}

static enum err value_callable_type(struct arena *a, const struct type **ret,
                                    const struct value *v)
{
	return v->trait ? type_trait(a, ret, v->trait)
	                : type_contract(a, ret, v->principal);
}

static enum err value_bare_type(struct arena *a, const struct type **ret,
                                const struct value *v)
{
	static const uint8_t kinds[VALUE_KIND_COUNT] = {
		[VALUE_INT] = TYPE_INT,   [VALUE_UINT] = TYPE_UINT,
		[VALUE_BOOL] = TYPE_BOOL, [VALUE_PRINCIPAL] = TYPE_PRINCIPAL,
		[VALUE_BUFF] = TYPE_BUFF, [VALUE_ASCII] = TYPE_ASCII,
		[VALUE_UTF8] = TYPE_UTF8,
	};
	enum type_kind kind = (enum type_kind)kinds[v->kind];

	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		*ret = &type_of_none;
		return ERR_OK;
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_BOOL:
	case VALUE_PRINCIPAL:
		*ret = type_atom(kind);
		return ERR_OK;
	case VALUE_CALLABLE:
		return value_callable_type(a, ret, v);
	case VALUE_BUFF:
	case VALUE_ASCII:
	case VALUE_UTF8:
		return type_string(a, ret, kind, v->n, NULL);
	case VALUE_LIST:
	case VALUE_TUPLE:
		*ret = v->type;
		return ERR_OK;
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of value");
	return ERR_TYPE;
}

enum err value_type(struct arena *a, const struct type **ret,
                    const struct value *v, struct type_diag *diag)
{
	const struct type *t = NULL;

	TRY(value_bare_type(a, &t, v));
	TRY(value_type_wrap(a, &t, v->wraps, diag));
	*ret = t;
	return ERR_OK;
}

enum err value_literal_type(struct arena *a, const struct type **ret,
                            const struct value *v, struct type_diag *diag)
{
	if (value_is(v, VALUE_PRINCIPAL) && principal_is_contract(v->principal))
		return type_contract(a, ret, v->principal);
	return value_type(a, ret, v, diag);
}

/* Goes through the wrappers of both; NULL when the type has another one. */
static const struct type *value_unwrap_type(const struct type *t,
                                            uint64_t wraps)
{
	for (; wraps; wraps >>= 2) {
		enum value_wrap wrap = (enum value_wrap)(wraps & 3);

		if (t->kind == TYPE_NONE)
			return t;
		if (t->kind !=
		    (wrap == VALUE_SOME ? TYPE_OPTIONAL : TYPE_RESPONSE))
			return NULL;
		t = wrap == VALUE_ERR  ? t->err
		    : wrap == VALUE_OK ? t->ok
		                       : t->item;
	}
	return t;
}

/* Whether joining `t` with the type of `v` is sure to give `t` again. */
static bool value_is_absorbed(const struct type *t, const struct value *v)
{
	t = value_unwrap_type(t, v->wraps);
	if (!t)
		return false;
	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		return t->kind == TYPE_OPTIONAL;
	case VALUE_INT:
		return t->kind == TYPE_INT;
	case VALUE_UINT:
		return t->kind == TYPE_UINT;
	case VALUE_BOOL:
		return t->kind == TYPE_BOOL;
	case VALUE_PRINCIPAL:
		return t->kind == TYPE_PRINCIPAL;
	case VALUE_BUFF:
		return t->kind == TYPE_BUFF && t->len >= v->n;
	case VALUE_ASCII:
		return t->kind == TYPE_ASCII && t->len >= v->n;
	case VALUE_UTF8:
		return t->kind == TYPE_UTF8 && t->len >= v->n;
	case VALUE_LIST:
	case VALUE_TUPLE:
		return type_absorbs(t, v->type);
	case VALUE_CALLABLE:
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	return false;
}

/* How many items from the first on are of its one atomic type, wrapped as it
 * is. */
static uint32_t value_same_atoms(const struct value *items, uint32_t n)
{
	uint32_t i = 1;

	if (items->kind < VALUE_INT || items->kind > VALUE_PRINCIPAL)
		return 1;
	while (i < n && items[i].kind == items->kind &&
	       items[i].wraps == items->wraps)
		i++;
	return i;
}

/* The type of a list of these; see type_list_of. */
static enum err value_list_type(struct arena *a, const struct type **ret,
                                const struct value *items, uint32_t n,
                                struct type_diag *diag)
{
	const struct type *item;

	if (n == 0) {
		*ret = &type_empty_list;
		return ERR_OK;
	}
	TRY(value_type(a, &item, &items[0], diag));
	for (uint32_t i = value_same_atoms(items, n); i < n; i++) {
		const struct type *next;

		if (value_is_absorbed(item, &items[i]))
			continue;
		TRY(value_type(a, &next, &items[i], diag));
		if (!type_eq(item, next))
			TRY(type_supertype(a, &item, item, next, diag));
	}
	return type_list(a, ret, item, n, diag);
}

static struct value value_list_of(const struct type *type,
                                  const struct value *items, uint32_t n)
{
	return (struct value){
		.kind = VALUE_LIST, .n = n, .items = items, .type = type
	};
}

enum err value_list_raw(struct arena *a, struct value *ret,
                        const struct value *items, uint32_t n,
                        struct type_diag *diag)
{
	const struct type *type;

	TRY(value_list_type(a, &type, items, n, diag));
	*ret = value_list_of(type, items, n);
	return ERR_OK;
}

/* Only what has parts, or can be of several types, can need cutting. */
static bool value_may_need_cut(const struct value *v)
{
	return v->kind == VALUE_LIST || v->kind == VALUE_TUPLE ||
	       v->kind == VALUE_CALLABLE;
}

enum err value_list(struct arena *a, struct value *ret,
                    const struct value *items, uint32_t n, enum epoch epoch,
                    struct type_diag *diag)
{
	struct value *own = NULL;
	struct value list;

	TRY(value_list_raw(a, &list, items, n, diag));
	for (uint32_t i = 0; i < n && epoch_sanitizes_values(epoch); i++) {
		bool cut;

		if (!value_may_need_cut(&items[i]))
			continue;
		if (!own)
			own = arena_copy(a, items, n * sizeof(*items));
		if (!own)
			return ERR_NO_MEMORY;

		enum err e = value_sanitize(a, &own[i], &cut, epoch,
		                            list.type->item, &items[i]);

		if (e == ERR_TYPE)
			return type_error_set(diag, TYPE_ERROR_LIST_MISMATCH);
		TRY(e);
	}
	if (own)
		list.items = own;
	*ret = list;
	return ERR_OK;
}

enum err value_list_typed(struct value *ret, const struct type *type,
                          const struct value *items, uint32_t n,
                          struct type_diag *diag)
{
	if (n > type->len)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	for (uint32_t i = 0; i < n; i++) {
		bool fits;

		TRY(value_admitted(type->item, &items[i], &fits, diag));
		if (!fits)
			return type_error_set(diag, TYPE_ERROR_LIST_MISMATCH);
	}
	*ret = value_list_of(type, items, n);
	return ERR_OK;
}

/* Goes through the wrappers of both; NULL unless the type is of such a value,
 * whose other halves are unknown. */
static const struct type *value_unwrap_own(const struct type *t, uint64_t wraps)
{
	for (; wraps; wraps >>= 2) {
		enum value_wrap wrap = (enum value_wrap)(wraps & 3);

		if (wrap == VALUE_SOME) {
			if (t->kind != TYPE_OPTIONAL)
				return NULL;
			t = t->item;
			continue;
		}
		if (t->kind != TYPE_RESPONSE)
			return NULL;

		const struct type *other = wrap == VALUE_OK ? t->err : t->ok;

		if (other->kind != TYPE_NONE)
			return NULL;
		t = wrap == VALUE_OK ? t->ok : t->err;
	}
	return t;
}

/* The type of a callable depends on whether it is seen through a trait. */
static bool value_callable_is(const struct type *t, const struct value *v)
{
	if (v->trait)
		return t->kind == TYPE_CALLABLE_TRAIT &&
		       principal_trait_eq(t->trait, v->trait);
	return t->kind == TYPE_CALLABLE_PRINCIPAL &&
	       principal_eq(t->contract, v->principal);
}

bool value_has_type(const struct type *t, const struct value *v)
{
	t = value_unwrap_own(t, v->wraps);
	if (!t)
		return false;
	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		return t->kind == TYPE_OPTIONAL && t->item->kind == TYPE_NONE;
	case VALUE_INT:
		return t->kind == TYPE_INT;
	case VALUE_UINT:
		return t->kind == TYPE_UINT;
	case VALUE_BOOL:
		return t->kind == TYPE_BOOL;
	case VALUE_PRINCIPAL:
		return t->kind == TYPE_PRINCIPAL;
	case VALUE_CALLABLE:
		return value_callable_is(t, v);
	case VALUE_BUFF:
		return t->kind == TYPE_BUFF && t->len == v->n;
	case VALUE_ASCII:
		return t->kind == TYPE_ASCII && t->len == v->n;
	case VALUE_UTF8:
		return t->kind == TYPE_UTF8 && t->len == v->n;
	case VALUE_LIST:
	case VALUE_TUPLE:
		return type_eq(t, v->type);
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	return false;
}

static bool value_callable_fits(const struct type *t, const struct value *v)
{
	if (!v->trait)
		return t->kind == TYPE_PRINCIPAL;
	return t->kind == TYPE_CALLABLE_TRAIT &&
	       principal_trait_eq(t->trait, v->trait);
}

static bool value_items_are_like(const struct type *t, const struct value *v)
{
	for (uint32_t i = 0; i < v->n; i++) {
		if (!value_is_like(t->item, &v->items[i]))
			return false;
	}
	return true;
}

static bool value_fields_are_like(const struct type *t, const struct value *v)
{
	if (v->n != t->len)
		return false;
	for (uint32_t i = 0; i < v->type->len; i++) {
		const struct type_field *f =
		    type_field_find(t, v->type->fields[i].name);

		if (!f || !value_is_like(f->type, &v->items[i]))
			return false;
	}
	return true;
}

bool value_is_like(const struct type *t, const struct value *v)
{
	struct value bare = *v;
	bool fits;

	t = value_unwrap_type(t, v->wraps);
	if (!t)
		return false;
	switch ((enum value_kind)v->kind) {
	case VALUE_LIST:
		return t->kind == TYPE_LIST && value_items_are_like(t, v);
	case VALUE_TUPLE:
		return t->kind == TYPE_TUPLE && value_fields_are_like(t, v);
	case VALUE_BUFF:
		return t->kind == TYPE_BUFF;
	case VALUE_ASCII:
		return t->kind == TYPE_ASCII;
	case VALUE_UTF8:
		return t->kind == TYPE_UTF8;
	case VALUE_NONE:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_BOOL:
	case VALUE_PRINCIPAL:
	case VALUE_CALLABLE:
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	bare.wraps = 0;
	return value_admitted(t, &bare, &fits, NULL) == ERR_OK && fits;
}

enum err value_admitted(const struct type *t, const struct value *v, bool *ret,
                        struct type_diag *diag)
{
	t = value_unwrap_type(t, v->wraps);
	*ret = false;
	if (!t)
		return ERR_OK;
	if (t->kind == TYPE_NONE)
		return type_error_set(diag, TYPE_ERROR_UNKNOWN_TYPE);
	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		*ret = t->kind == TYPE_OPTIONAL;
		return ERR_OK;
	case VALUE_INT:
		*ret = t->kind == TYPE_INT;
		return ERR_OK;
	case VALUE_UINT:
		*ret = t->kind == TYPE_UINT;
		return ERR_OK;
	case VALUE_BOOL:
		*ret = t->kind == TYPE_BOOL;
		return ERR_OK;
	case VALUE_PRINCIPAL:
		*ret = t->kind == TYPE_PRINCIPAL;
		return ERR_OK;
	case VALUE_CALLABLE:
		*ret = value_callable_fits(t, v);
		return ERR_OK;
	case VALUE_BUFF:
		*ret = t->kind == TYPE_BUFF && t->len >= v->n;
		return ERR_OK;
	case VALUE_ASCII:
		*ret = t->kind == TYPE_ASCII && t->len >= v->n;
		return ERR_OK;
	case VALUE_UTF8:
		*ret = t->kind == TYPE_UTF8 && t->len >= v->n;
		return ERR_OK;
	case VALUE_LIST:
	case VALUE_TUPLE:
		return type_admits(t, v->type, ret, diag);
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of value");
	return ERR_TYPE;
}

static enum err value_cut(struct arena *a, struct value *ret, bool *ret_cut,
                          const struct type *t, const struct value *v);

/* The kind of bare values of an atomic type, or VALUE_ABSENT. */
static enum value_kind value_kind_of(const struct type *t)
{
	if (t->kind == TYPE_INT)
		return VALUE_INT;
	if (t->kind == TYPE_UINT)
		return VALUE_UINT;
	return t->kind == TYPE_BOOL ? VALUE_BOOL : VALUE_ABSENT;
}

/*
 * Whether `v` holds nothing but integers or truths of the kind that `t` and
 * its stored type want, so that cutting can only change its type.  The items
 * are looked at: a stored type can be wrong about them, for binding a list to
 * a parameter gives it the parameter's item type unseen.
 */
static bool value_is_plain_list(const struct type *t, const struct value *v)
{
	enum value_kind kind = value_kind_of(t->item);

	if (v->n == 0 || kind == VALUE_ABSENT ||
	    t->item->kind != v->type->item->kind)
		return false;
	for (uint32_t i = 0; i < v->n; i++) {
		if (!value_is(&v->items[i], kind))
			return false;
	}
	return true;
}

static enum err value_cut_list(struct arena *a, struct value *ret,
                               bool *ret_cut, const struct type *t,
                               const struct value *v)
{
	struct value *items;

	if (t->kind != TYPE_LIST || v->n > t->len)
		return ERR_TYPE;
	if (value_is_plain_list(t, v)) {
		*ret = value_list_of(v->type, v->items, v->n);
		return type_shorten(a, &ret->type, v->type, v->n);
	}
	items = arena_new_array(a, struct value, v->n);
	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < v->n; i++)
		TRY(value_cut(a, &items[i], ret_cut, t->item, &v->items[i]));
	return value_list_raw(a, ret, items, v->n, NULL);
}

static enum err value_cut_tuple(struct arena *a, struct value *ret,
                                bool *ret_cut, const struct type *t,
                                const struct value *v)
{
	struct value_field *fields;

	if (t->kind != TYPE_TUPLE)
		return ERR_TYPE;
	fields = arena_new_array(a, struct value_field, t->len);
	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < t->len; i++) {
		const struct value *item =
		    value_tuple_get(v, t->fields[i].name);

		if (!item)
			return ERR_TYPE;
		fields[i].name = t->fields[i].name;
		TRY(value_cut(a, &fields[i].value, ret_cut, t->fields[i].type,
		              item));
	}
	*ret_cut |= t->len != v->n;
	return value_tuple(a, ret, fields, t->len, NULL);
}

static bool value_is_cut(const struct type *t, const struct value *v);

static bool value_list_is_cut(const struct type *t, const struct value *v)
{
	if (v->n == 0 || v->type->len != v->n || v->n > t->len)
		return false;
	if (value_is_plain_list(t, v))
		return true;
	for (uint32_t i = 0; i < v->n; i++) {
		if (!value_has_type(v->type->item, &v->items[i]) ||
		    !value_is_cut(t->item, &v->items[i]))
			return false;
	}
	return true;
}

static bool value_tuple_is_cut(const struct type *t, const struct value *v)
{
	if (v->n != t->len || v->type->len != t->len ||
	    v->type->size == TYPE_OVERSIZE)
		return false;
	for (uint32_t i = 0; i < t->len; i++) {
		const struct type_field *own = &v->type->fields[i];

		if (!span_eq(own->name, t->fields[i].name) ||
		    !value_has_type(own->type, &v->items[i]) ||
		    !value_is_cut(t->fields[i].type, &v->items[i]))
			return false;
	}
	return true;
}

/*
 * Whether cutting to `t` is sure to give `v` again, stored types and all;
 * false when in doubt.  Most values that meet a type are such ones, and seeing
 * that allocates nothing.
 */
static bool value_is_cut(const struct type *t, const struct value *v)
{
	bool fits;

	if (v->kind == VALUE_LIST || v->kind == VALUE_TUPLE) {
		t = value_unwrap_type(t, v->wraps);
		if (!t || t->kind != v->type->kind)
			return false;
		return v->kind == VALUE_LIST ? value_list_is_cut(t, v)
		                             : value_tuple_is_cut(t, v);
	}
	return value_admitted(t, v, &fits, NULL) == ERR_OK && fits;
}

/*
 * Cuts to `t`; sets `*ret_cut` when something was dropped and otherwise leaves
 * it.  Wrappers are gone through and put back, and with them their tests of
 * size and depth: a merged tuple can be larger than its stored type says.
 */
static enum err value_cut(struct arena *a, struct value *ret, bool *ret_cut,
                          const struct type *t, const struct value *v)
{
	const struct type *inner = value_unwrap_type(t, v->wraps);
	struct value bare = *v;
	bool fits;

	if (value_is_cut(t, v)) {
		*ret = *v;
		return ERR_OK;
	}
	bare.wraps = 0;
	if (v->kind == VALUE_LIST && inner)
		TRY(value_cut_list(a, &bare, ret_cut, inner, v));
	else if (v->kind == VALUE_TUPLE && inner)
		TRY(value_cut_tuple(a, &bare, ret_cut, inner, v));
	bare.wraps = v->wraps;
	if (bare.wraps && (value_size(&bare) > TYPE_MAX_SIZE ||
	                   value_depth(&bare) > TYPE_MAX_DEPTH))
		return ERR_TYPE;
	TRY(value_admitted(t, &bare, &fits, NULL));
	if (!fits)
		return ERR_TYPE;
	*ret = bare;
	return ERR_OK;
}

enum err value_sanitize(struct arena *a, struct value *ret, bool *ret_cut,
                        enum epoch epoch, const struct type *t,
                        const struct value *v)
{
	bool cut = false;

	if (!epoch_sanitizes_values(epoch)) {
		*ret_cut = false;
		*ret = *v;
		return ERR_OK;
	}
	TRY(value_cut(a, ret, &cut, t, v));
	*ret_cut = cut;
	return ERR_OK;
}
