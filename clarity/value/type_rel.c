/*
 * clarity/value/type_rel.c - How types relate: equality, admission, the least
 * supertype and the forms of one type; contract in type.h.
 *
 * All recursion here is over types, whose depth the constructors bound by
 * TYPE_MAX_DEPTH.
 */
#include "config.h"

#include "clarity/value/type.h"

#include "clarity/base/check.h"

static bool type_fields_eq(const struct type *a, const struct type *b)
{
	for (uint32_t i = 0; i < a->len; i++) {
		if (!span_eq(a->fields[i].name, b->fields[i].name) ||
		    !type_eq(a->fields[i].type, b->fields[i].type))
			return false;
	}
	return true;
}

bool type_eq(const struct type *a, const struct type *b)
{
	if (a == b)
		return true;
	if (a->kind != b->kind || a->len != b->len || a->size != b->size ||
	    a->type_size != b->type_size)
		return false;
	switch ((enum type_kind)a->kind) {
	case TYPE_NONE:
	case TYPE_INT:
	case TYPE_UINT:
	case TYPE_BOOL:
	case TYPE_PRINCIPAL:
	case TYPE_BUFF:
	case TYPE_ASCII:
	case TYPE_UTF8:
		return true;
	case TYPE_LIST:
	case TYPE_OPTIONAL:
		return type_eq(a->item, b->item);
	case TYPE_RESPONSE:
		return type_eq(a->ok, b->ok) && type_eq(a->err, b->err);
	case TYPE_TUPLE:
		return type_fields_eq(a, b);
	case TYPE_CALLABLE_PRINCIPAL:
		return principal_eq(a->contract, b->contract);
	case TYPE_CALLABLE_TRAIT:
	case TYPE_TRAIT_REF:
		return principal_trait_eq(a->trait, b->trait);
	case TYPE_LIST_UNION:
		return a->left == b->left && a->right == b->right;
	case TYPE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of type");
	return false;
}

/* A half that is unknown gives way to the other one. */
static bool type_absorbs_half(const struct type *t, const struct type *other)
{
	return other->kind == TYPE_NONE || type_absorbs(t, other);
}

static bool type_absorbs_fields(const struct type *t, const struct type *other)
{
	for (uint32_t i = 0; i < t->len; i++) {
		if (!span_eq(t->fields[i].name, other->fields[i].name) ||
		    !type_absorbs(t->fields[i].type, other->fields[i].type))
			return false;
	}
	return true;
}

bool type_absorbs(const struct type *t, const struct type *other)
{
	if (t->size == TYPE_OVERSIZE || t->kind != other->kind)
		return false;
	if (t == other)
		return true;
	switch ((enum type_kind)t->kind) {
	case TYPE_NONE:
	case TYPE_INT:
	case TYPE_UINT:
	case TYPE_BOOL:
	case TYPE_PRINCIPAL:
		return true;
	case TYPE_BUFF:
	case TYPE_ASCII:
	case TYPE_UTF8:
		return t->len >= other->len;
	case TYPE_LIST:
		/* An empty list takes the other's items, whatever they are. */
		return other->len > 0 && t->len >= other->len &&
		       type_absorbs(t->item, other->item);
	case TYPE_TUPLE:
		return t->len == other->len && type_absorbs_fields(t, other);
	case TYPE_OPTIONAL:
		return type_absorbs_half(t->item, other->item);
	case TYPE_RESPONSE:
		return type_absorbs_half(t->ok, other->ok) &&
		       type_absorbs_half(t->err, other->err);
	case TYPE_CALLABLE_PRINCIPAL:
	case TYPE_CALLABLE_TRAIT:
	case TYPE_LIST_UNION:
	case TYPE_TRAIT_REF:
	case TYPE_KIND_COUNT:
		break;
	}
	return false;
}

enum err type_concretize(const struct type **ret, const struct type *t,
                         struct type_diag *diag)
{
	/* The length of a union says whether a trait is among its members. */
	if (t->kind == TYPE_LIST_UNION && t->len > 0) {
		(void)type_error_set(diag, TYPE_ERROR_MISMATCH);
		if (diag)
			diag->expected = type_atom(TYPE_PRINCIPAL);
		if (diag)
			diag->actual = t;
		return ERR_TYPE;
	}
	*ret = t->kind == TYPE_LIST_UNION || t->kind == TYPE_CALLABLE_PRINCIPAL
	           ? type_atom(TYPE_PRINCIPAL)
	           : t;
	return ERR_OK;
}

static enum err type_admits_response(const struct type *t,
                                     const struct type *other, bool *ret,
                                     struct type_diag *diag)
{
	if (other->ok->kind == TYPE_NONE)
		return type_admits(t->err, other->err, ret, diag);
	if (other->err->kind == TYPE_NONE)
		return type_admits(t->ok, other->ok, ret, diag);
	TRY(type_admits(t->err, other->err, ret, diag));
	return *ret ? type_admits(t->ok, other->ok, ret, diag) : ERR_OK;
}

static enum err type_admits_tuple(const struct type *t,
                                  const struct type *other, bool *ret,
                                  struct type_diag *diag)
{
	*ret = t->len == other->len;
	for (uint32_t i = 0; i < t->len && *ret; i++) {
		const struct type_field *mine = &t->fields[i];
		const struct type_field *theirs = &other->fields[i];

		/* Both are sorted: the first name that differs is missing. */
		*ret = span_eq(mine->name, theirs->name);
		if (*ret)
			TRY(type_admits(mine->type, theirs->type, ret, diag));
	}
	return ERR_OK;
}

/* The cases in which both are of one kind. */
static enum err type_admits_same(const struct type *t, const struct type *other,
                                 bool *ret, struct type_diag *diag)
{
	switch ((enum type_kind)t->kind) {
	case TYPE_BUFF:
	case TYPE_ASCII:
	case TYPE_UTF8:
		*ret = t->len >= other->len;
		return ERR_OK;
	case TYPE_LIST:
		/* An empty list fits everywhere, whatever its items' type. */
		*ret = other->len == 0;
		if (*ret || t->len < other->len)
			return ERR_OK;
		return type_admits(t->item, other->item, ret, diag);
	case TYPE_TUPLE:
		return type_admits_tuple(t, other, ret, diag);
	case TYPE_OPTIONAL:
		*ret = other->item->kind == TYPE_NONE;
		if (*ret)
			return ERR_OK;
		return type_admits(t->item, other->item, ret, diag);
	case TYPE_RESPONSE:
		return type_admits_response(t, other, ret, diag);
	case TYPE_NONE:
	case TYPE_INT:
	case TYPE_UINT:
	case TYPE_BOOL:
	case TYPE_PRINCIPAL:
	case TYPE_CALLABLE_PRINCIPAL:
	case TYPE_CALLABLE_TRAIT:
	case TYPE_LIST_UNION:
	case TYPE_TRAIT_REF:
	case TYPE_KIND_COUNT:
		break;
	}
	*ret = type_eq(t, other);
	return ERR_OK;
}

enum err type_admits(const struct type *t, const struct type *other, bool *ret,
                     struct type_diag *diag)
{
	if (t == other && t->is_concrete) {
		*ret = true;
		return ERR_OK;
	}
	*ret = false;
	/* A union that has no one type is admitted nowhere. */
	if (type_concretize(&other, other, NULL) != ERR_OK)
		return ERR_OK;
	if (t->kind == TYPE_NONE)
		return type_error_set(diag, TYPE_ERROR_UNKNOWN_TYPE);
	if (t->kind != other->kind)
		return ERR_OK;
	return type_admits_same(t, other, ret, diag);
}

static enum err type_mismatch(struct type_diag *diag, const struct type *x,
                              const struct type *y)
{
	if (diag)
		*diag = (struct type_diag){ .kind = TYPE_ERROR_MISMATCH,
			                    .expected = x,
			                    .actual = y };
	return ERR_TYPE;
}

/*
 * Whether the constructors would make `t` again.  Not all types come from them:
 * merge makes tuples that are too large, as-max-len? optionals.  Joining such a
 * type, even with itself, fails as making it does.
 */
static bool type_is_constructible(const struct type *t)
{
	return t->size <= TYPE_MAX_SIZE && t->depth <= TYPE_MAX_DEPTH;
}

/* A supertype that cannot be made is too large, whatever made it fail. */
static enum err type_too_super(struct type_diag *diag, enum err e)
{
	return e == ERR_TYPE
	           ? type_error_set(diag, TYPE_ERROR_SUPERTYPE_TOO_LARGE)
	           : e;
}

static enum err type_supertype_tuple(struct arena *a, const struct type **ret,
                                     const struct type *x, const struct type *y,
                                     struct type_diag *diag)
{
	struct type_field *fields =
	    arena_new_array(a, struct type_field, x->len);
	bool is_x = type_is_constructible(x);

	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < x->len; i++) {
		const struct type_field *mine = &x->fields[i];
		const struct type_field *theirs =
		    i < y->len && span_eq(mine->name, y->fields[i].name)
			? &y->fields[i]
			: type_field_find(y, mine->name);

		if (!theirs)
			return type_mismatch(diag, x, y);
		fields[i].name = mine->name;
		TRY(type_supertype(a, &fields[i].type, mine->type, theirs->type,
		                   diag));
		is_x &= fields[i].type == mine->type;
	}
	if (is_x) {
		*ret = x;
		return ERR_OK;
	}
	return type_too_super(diag, type_tuple(a, ret, fields, x->len, NULL));
}

static enum err type_supertype_list(struct arena *a, const struct type **ret,
                                    const struct type *x, const struct type *y,
                                    struct type_diag *diag)
{
	uint32_t len = x->len > y->len ? x->len : y->len;
	const struct type *item;

	if (x->len == 0)
		item = y->item;
	else if (y->len == 0)
		item = x->item;
	else
		TRY(type_supertype(a, &item, x->item, y->item, diag));
	if (item == x->item && len == x->len) {
		*ret = x;
		return ERR_OK;
	}
	return type_too_super(diag, type_list(a, ret, item, len, NULL));
}

static enum err type_supertype_response(struct arena *a,
                                        const struct type **ret,
                                        const struct type *x,
                                        const struct type *y,
                                        struct type_diag *diag)
{
	const struct type *ok;
	const struct type *err;

	TRY(type_supertype(a, &ok, x->ok, y->ok, diag));
	TRY(type_supertype(a, &err, x->err, y->err, diag));
	if (ok == x->ok && err == x->err && type_is_constructible(x)) {
		*ret = x;
		return ERR_OK;
	}
	return type_response(a, ret, ok, err, diag);
}

static enum err type_supertype_optional(struct arena *a,
                                        const struct type **ret,
                                        const struct type *x,
                                        const struct type *y,
                                        struct type_diag *diag)
{
	const struct type *item;

	TRY(type_supertype(a, &item, x->item, y->item, diag));
	if (item == x->item && type_is_constructible(x)) {
		*ret = x;
		return ERR_OK;
	}
	return type_optional(a, ret, item, diag);
}

static bool type_is_callable(const struct type *t)
{
	return t->kind >= TYPE_CALLABLE_PRINCIPAL && t->kind <= TYPE_LIST_UNION;
}

/* The cases in which the kinds differ, or nothing can be joined. */
static enum err type_supertype_other(struct arena *a, const struct type **ret,
                                     const struct type *x, const struct type *y,
                                     struct type_diag *diag)
{
	const struct type *callable = x->kind == TYPE_PRINCIPAL ? y : x;
	const struct type *plain = x->kind == TYPE_PRINCIPAL ? x : y;

	if (type_is_callable(x) && type_is_callable(y))
		return type_union(a, ret, x, y);
	if (plain->kind == TYPE_PRINCIPAL && type_is_callable(callable) &&
	    callable->kind != TYPE_CALLABLE_TRAIT &&
	    type_concretize(ret, callable, NULL) == ERR_OK)
		return ERR_OK;
	return type_mismatch(diag, x, y);
}

enum err type_supertype(struct arena *a, const struct type **ret,
                        const struct type *x, const struct type *y,
                        struct type_diag *diag)
{
	if (y->kind == TYPE_NONE || (x == y && type_is_constructible(x))) {
		*ret = x;
		return ERR_OK;
	}
	if (x->kind == TYPE_NONE) {
		*ret = y;
		return ERR_OK;
	}
	if (x->kind == y->kind && type_is_sequence(x) && x->kind != TYPE_LIST) {
		*ret = x->len >= y->len ? x : y;
		return ERR_OK;
	}
	if (x->kind == TYPE_LIST && y->kind == TYPE_LIST)
		return type_supertype_list(a, ret, x, y, diag);
	if (x->kind == TYPE_TUPLE && y->kind == TYPE_TUPLE)
		return type_supertype_tuple(a, ret, x, y, diag);
	if (x->kind == TYPE_OPTIONAL && y->kind == TYPE_OPTIONAL)
		return type_supertype_optional(a, ret, x, y, diag);
	if (x->kind == TYPE_RESPONSE && y->kind == TYPE_RESPONSE)
		return type_supertype_response(a, ret, x, y, diag);
	if (type_eq(x, y)) {
		*ret = x;
		return ERR_OK;
	}
	return type_supertype_other(a, ret, x, y, diag);
}

/* What type_rebuild does on its way down. */
enum type_rebuild {
	TYPE_CANONICAL, /* trait references become callables; shares the rest */
	TYPE_COPY       /* everything is copied, names and ids too */
};

static enum err type_rebuild(struct arena *a, const struct type **ret,
                             const struct type *t, enum type_rebuild how);

static enum err type_rebuild_fields(struct arena *a, struct type *t,
                                    enum type_rebuild how)
{
	struct type_field *fields =
	    arena_new_array(a, struct type_field, t->len);

	if (!fields)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < t->len; i++) {
		fields[i] = t->fields[i];
		TRY(type_rebuild(a, &fields[i].type, fields[i].type, how));
		if (how == TYPE_COPY)
			fields[i].name.p =
			    arena_copy(a, fields[i].name.p, fields[i].name.len);
		if (!fields[i].name.p)
			return ERR_NO_MEMORY;
	}
	t->fields = fields;
	return ERR_OK;
}

/* A union is rebuilt from its members, one after the other. */
static enum err type_rebuild_union(struct arena *a, struct type *t)
{
	const struct type_callable *members;
	const struct type *joined = NULL;
	uint32_t n;

	TRY(type_union_members(a, &members, &n, t));
	for (uint32_t i = 0; i < n; i++) {
		struct type one = { .kind = members[i].trait
			                        ? TYPE_CALLABLE_TRAIT
			                        : TYPE_CALLABLE_PRINCIPAL };
		const struct type *copy;

		one.trait = members[i].trait;
		if (!members[i].trait)
			one.contract = members[i].contract;
		TRY(type_rebuild(a, &copy, &one, TYPE_COPY));
		if (one.kind == TYPE_CALLABLE_TRAIT)
			TRY(type_trait(a, &copy, copy->trait));
		else
			TRY(type_contract(a, &copy, copy->contract));
		if (joined)
			TRY(type_union(a, &joined, joined, copy));
		else
			joined = copy;
	}
	*t = *joined;
	return ERR_OK;
}

/* Rebuilds the callables, which have ids instead of parts. */
static enum err type_rebuild_callable(struct arena *a, struct type *t,
                                      enum type_rebuild how)
{
	if (how == TYPE_CANONICAL) {
		if (t->kind == TYPE_TRAIT_REF)
			t->kind = TYPE_CALLABLE_TRAIT;
		return ERR_OK;
	}
	if (t->kind == TYPE_LIST_UNION)
		return type_rebuild_union(a, t);
	if (t->kind == TYPE_CALLABLE_PRINCIPAL) {
		t->contract = principal_copy(a, t->contract);
		return t->contract ? ERR_OK : ERR_NO_MEMORY;
	}
	t->trait = principal_trait_copy(a, t->trait);
	return t->trait ? ERR_OK : ERR_NO_MEMORY;
}

static enum err type_rebuild_parts(struct arena *a, struct type *t,
                                   enum type_rebuild how)
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
		return type_rebuild(a, &t->item, t->item, how);
	case TYPE_RESPONSE:
		TRY(type_rebuild(a, &t->ok, t->ok, how));
		return type_rebuild(a, &t->err, t->err, how);
	case TYPE_TUPLE:
		return type_rebuild_fields(a, t, how);
	case TYPE_CALLABLE_PRINCIPAL:
	case TYPE_CALLABLE_TRAIT:
	case TYPE_LIST_UNION:
	case TYPE_TRAIT_REF:
		return type_rebuild_callable(a, t, how);
	case TYPE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of type");
	return ERR_TYPE;
}

static enum err type_rebuild(struct arena *a, const struct type **ret,
                             const struct type *t, enum type_rebuild how)
{
	if ((how == TYPE_CANONICAL && t->is_concrete) ||
	    t->kind <= TYPE_PRINCIPAL) {
		/* Atoms are static. */
		*ret = t->kind <= TYPE_PRINCIPAL ? &type_atoms[t->kind] : t;
		return ERR_OK;
	}

	struct type *copy = arena_new(a, struct type);

	if (!copy)
		return ERR_NO_MEMORY;
	*copy = *t;
	TRY(type_rebuild_parts(a, copy, how));
	*ret = copy;
	return ERR_OK;
}

enum err type_canonicalize(struct arena *a, const struct type **ret,
                           const struct type *t)
{
	return type_rebuild(a, ret, t, TYPE_CANONICAL);
}

const struct type *type_copy(struct arena *a, const struct type *t)
{
	const struct type *copy;

	return type_rebuild(a, &copy, t, TYPE_COPY) == ERR_OK ? copy : NULL;
}
