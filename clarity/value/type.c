/* clarity/value/type.c - Making types and their sizes; contract in type.h. */
#include "config.h"

#include "clarity/value/type.h"

#include <string.h>

#include "clarity/base/check.h"

/* Bytes of a length and a kind in the size of a type. */
#define TYPE_SIZE_OF_STRING 5u
#define TYPE_SIZE_OF_LIST 5u

#define ATOM(kind_, size_, is_concrete_)                                       \
	{                                                                      \
		.kind = (kind_), .depth = 1, .is_concrete = (is_concrete_),    \
		.size = (size_), .type_size = 1                                \
	}

const struct type type_atoms[TYPE_PRINCIPAL + 1] = {
	[TYPE_NONE] = ATOM(TYPE_NONE, 1, false),
	[TYPE_INT] = ATOM(TYPE_INT, 16, true),
	[TYPE_UINT] = ATOM(TYPE_UINT, 16, true),
	[TYPE_BOOL] = ATOM(TYPE_BOOL, 1, true),
	[TYPE_PRINCIPAL] = ATOM(TYPE_PRINCIPAL, 148, true),
};

const struct type type_empty_list = {
	.kind = TYPE_LIST,
	.depth = 2,
	.size = 6,
	.type_size = 6,
	.item = &type_atoms[TYPE_NONE],
};

const struct type type_of_none = {
	.kind = TYPE_OPTIONAL,
	.depth = 2,
	.size = 2,
	.type_size = 2,
	.item = &type_atoms[TYPE_NONE],
};

/* Sums of sizes are kept in 64 bits and judged once, at their end: no sum of
 * fewer than 2^32 terms of 32 bits can pass that.  The rules count in 32. */
static uint32_t type_size_fit(uint64_t sum, uint32_t max)
{
	return sum > max ? TYPE_OVERSIZE : (uint32_t)sum;
}

static enum err type_keep(struct arena *a, const struct type **ret,
                          const struct type *t)
{
	struct type *copy = arena_new(a, struct type);

	if (!copy)
		return ERR_NO_MEMORY;
	*copy = *t;
	*ret = copy;
	return ERR_OK;
}

enum err type_value_size(const struct type *t, uint32_t *ret,
                         struct type_diag *diag)
{
	if (t->size == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_INVARIANT);
	*ret = t->size;
	return ERR_OK;
}

enum err type_self_size(const struct type *t, uint32_t *ret,
                        struct type_diag *diag)
{
	if (t->type_size == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	*ret = t->type_size;
	return ERR_OK;
}

enum err type_string(struct arena *a, const struct type **ret,
                     enum type_kind kind, i128 len, struct type_diag *diag)
{
	uint32_t unit = kind == TYPE_UTF8 ? 4 : 1;

	CHECK(kind >= TYPE_BUFF && kind <= TYPE_UTF8);
	if (len > (i128)(TYPE_MAX_SIZE / unit))
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	if (len < 0)
		return type_error_set(diag, TYPE_ERROR_OUT_OF_BOUNDS);

	/* The longest strings are larger than TYPE_MAX_SIZE by their length
	 * prefix; the rules want it so. */
	struct type t = { .kind = (uint8_t)kind,
		          .depth = 1,
		          .is_concrete = true,
		          .len = (uint32_t)len,
		          .size = 4 + unit * (uint32_t)len,
		          .type_size = TYPE_SIZE_OF_STRING };

	return type_keep(a, ret, &t);
}

/* The sizes of a list; `item` must have a size. */
static void type_list_measure(struct type *t)
{
	uint64_t self = (uint64_t)t->item->type_size + TYPE_SIZE_OF_LIST;
	uint64_t sum = (uint64_t)t->item->size * t->len + self;

	t->type_size = type_size_fit(self, TYPE_MAX_SIZE);
	t->size = type_size_fit(sum, TYPE_MAX_SIZE);
}

enum err type_list(struct arena *a, const struct type **ret,
                   const struct type *item, uint32_t len,
                   struct type_diag *diag)
{
	struct type t = { .kind = TYPE_LIST,
		          .depth = (uint8_t)(item->depth + 1),
		          .is_concrete = item->is_concrete,
		          .len = len,
		          .item = item };

	if (t.depth > TYPE_MAX_DEPTH)
		return type_error_set(diag, TYPE_ERROR_TOO_DEEP);
	if (item->size == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_INVARIANT);
	type_list_measure(&t);
	if (t.size == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	return type_keep(a, ret, &t);
}

enum err type_shorten(struct arena *a, const struct type **ret,
                      const struct type *t, uint32_t len)
{
	struct type shorter = *t;

	if (len >= t->len) {
		*ret = t;
		return ERR_OK;
	}
	shorter.len = len;
	type_list_measure(&shorter);
	return type_keep(a, ret, &shorter);
}

enum err type_optional(struct arena *a, const struct type **ret,
                       const struct type *item, struct type_diag *diag)
{
	struct type t = {
		.kind = TYPE_OPTIONAL,
		.depth = (uint8_t)(item->depth + 1),
		.is_concrete = item->is_concrete,
		.size = item->size + TYPE_WRAPPER_SIZE,
		.type_size =
		    type_size_fit((uint64_t)item->type_size + 1, TYPE_OVERSIZE),
		.item = item,
	};

	if (item->size == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_INVARIANT);
	if (t.size > TYPE_MAX_SIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	if (t.depth > TYPE_MAX_DEPTH)
		return type_error_set(diag, TYPE_ERROR_TOO_DEEP);
	return type_keep(a, ret, &t);
}

enum err type_response(struct arena *a, const struct type **ret,
                       const struct type *ok, const struct type *err,
                       struct type_diag *diag)
{
	uint32_t larger = ok->size > err->size ? ok->size : err->size;
	uint8_t deeper = ok->depth > err->depth ? ok->depth : err->depth;
	uint64_t self = (uint64_t)ok->type_size + err->type_size + 1;
	struct type t = { .kind = TYPE_RESPONSE,
		          .depth = (uint8_t)(deeper + 1),
		          .is_concrete = ok->is_concrete && err->is_concrete,
		          .size = larger + TYPE_WRAPPER_SIZE,
		          .type_size = type_size_fit(self, TYPE_OVERSIZE),
		          .ok = ok,
		          .err = err };

	if (larger == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_INVARIANT);
	if (t.size > TYPE_MAX_SIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	if (t.depth > TYPE_MAX_DEPTH)
		return type_error_set(diag, TYPE_ERROR_TOO_DEEP);
	return type_keep(a, ret, &t);
}

enum err type_contract(struct arena *a, const struct type **ret,
                       const struct principal *contract)
{
	struct type t = { .kind = TYPE_CALLABLE_PRINCIPAL,
		          .depth = 1,
		          .size = 148,
		          .type_size = 1,
		          .contract = contract };

	return type_keep(a, ret, &t);
}

enum err type_trait(struct arena *a, const struct type **ret,
                    const struct trait_id *trait)
{
	struct type t = { .kind = TYPE_CALLABLE_TRAIT,
		          .depth = 1,
		          .size = 276,
		          .type_size = 1,
		          .trait = trait };

	return type_keep(a, ret, &t);
}

/* Merges the runs [0, mid) and [mid, n) of `from` into `to`. */
static void type_fields_merge(struct type_field *to,
                              const struct type_field *from, uint32_t mid,
                              uint32_t n)
{
	uint32_t left = 0;
	uint32_t right = mid;

	for (uint32_t i = 0; i < n; i++) {
		bool take_left =
		    left < mid &&
		    (right >= n ||
		     span_cmp(from[left].name, from[right].name) <= 0);

		to[i] = take_left ? from[left++] : from[right++];
	}
}

static bool type_fields_sorted(const struct type_field *fields, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		if (span_cmp(fields[i - 1].name, fields[i].name) >= 0)
			return false;
	}
	return true;
}

/* Sorts by name, bottom-up: n log n whatever an attacker sends. */
static enum err type_fields_sort(struct arena *a, struct type_field *fields,
                                 uint32_t n)
{
	if (type_fields_sorted(fields, n))
		return ERR_OK;

	struct type_field *room = arena_new_array(a, struct type_field, n);

	if (!room)
		return ERR_NO_MEMORY;
	for (uint64_t run = 1; run < n; run *= 2) {
		for (uint64_t at = 0; at < n; at += 2 * run) {
			uint64_t end = at + 2 * run < n ? at + 2 * run : n;
			uint64_t mid = at + run < end ? at + run : end;

			type_fields_merge(room + at, fields + at,
			                  (uint32_t)(mid - at),
			                  (uint32_t)(end - at));
		}
		memcpy(fields, room, n * sizeof(*fields));
	}
	return ERR_OK;
}

/* Depth, sizes and concreteness of a tuple whose fields stand. */
static void type_tuple_measure(struct type *t)
{
	uint64_t self = 2 * (uint64_t)t->len;
	uint64_t sum = 0;

	t->depth = 1;
	t->is_concrete = true;
	for (uint32_t i = 0; i < t->len; i++) {
		const struct type_field *f = &t->fields[i];

		self += f->name.len + f->type->type_size;
		sum += f->name.len + f->type->size;
		t->is_concrete &= f->type->is_concrete;
		if (f->type->depth >= t->depth)
			t->depth = (uint8_t)(f->type->depth + 1);
	}
	t->type_size = type_size_fit(self, TYPE_MAX_SIZE);
	t->size =
	    type_size_fit(sum + 2 * (uint64_t)t->len + self, TYPE_MAX_SIZE);
}

/*
 * Which error an impossible tuple gets.  The sizes are summed in field order,
 * and a sum that passes 32 bits ends that before a later oversize field is
 * asked for its size.
 */
static enum err type_tuple_judge(const struct type *t, struct type_diag *diag)
{
	uint64_t sum = 2 * (uint64_t)t->len + t->type_size;

	if (t->depth > TYPE_MAX_DEPTH)
		return type_error_set(diag, TYPE_ERROR_TOO_DEEP);
	if (t->size != TYPE_OVERSIZE)
		return ERR_OK;
	for (uint32_t i = 0;
	     i < t->len && sum <= UINT32_MAX && t->type_size != TYPE_OVERSIZE;
	     i++) {
		if (t->fields[i].type->size == TYPE_OVERSIZE)
			return type_error_set(diag, TYPE_ERROR_INVARIANT);
		sum += t->fields[i].type->size + t->fields[i].name.len;
	}
	return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
}

enum err type_tuple(struct arena *a, const struct type **ret,
                    const struct type_field *fields, uint32_t n,
                    struct type_diag *diag)
{
	if (n == 0)
		return type_error_set(diag, TYPE_ERROR_EMPTY_TUPLE);

	struct type_field *own = arena_new_array(a, struct type_field, n);

	if (!own)
		return ERR_NO_MEMORY;
	memcpy(own, fields, n * sizeof(*own));
	TRY(type_fields_sort(a, own, n));
	for (uint32_t i = 1; i < n; i++) {
		if (span_eq(own[i - 1].name, own[i].name)) {
			(void)type_error_set(diag, TYPE_ERROR_DUPLICATE_FIELD);
			if (diag)
				diag->name = own[i].name;
			return ERR_TYPE;
		}
	}

	struct type t = { .kind = TYPE_TUPLE, .len = n, .fields = own };

	type_tuple_measure(&t);
	TRY(type_tuple_judge(&t, diag));
	return type_keep(a, ret, &t);
}

enum err type_merge(struct arena *a, const struct type **ret,
                    const struct type *base, const struct type *update)
{
	uint32_t most = base->len + update->len;
	struct type_field *own = arena_new_array(a, struct type_field, most);
	struct type t = { .kind = TYPE_TUPLE, .fields = own };
	uint32_t i = 0;
	uint32_t j = 0;

	if (!own)
		return ERR_NO_MEMORY;
	while (i < base->len || j < update->len) {
		int order = i == base->len ? 1
		            : j == update->len
		                ? -1
		                : span_cmp(base->fields[i].name,
		                           update->fields[j].name);

		own[t.len++] = order < 0 ? base->fields[i] : update->fields[j];
		i += order <= 0;
		j += order >= 0;
	}
	type_tuple_measure(&t);
	return type_keep(a, ret, &t);
}

const struct type_field *type_field_find(const struct type *tuple,
                                         struct span name)
{
	uint32_t low = 0;
	uint32_t high = tuple->len;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int order = span_cmp(name, tuple->fields[mid].name);

		if (order == 0)
			return &tuple->fields[mid];
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

enum err type_list_of(struct arena *a, const struct type **ret,
                      const struct type *const *items, uint32_t n,
                      struct type_diag *diag)
{
	if (n == 0) {
		*ret = &type_empty_list;
		return ERR_OK;
	}

	const struct type *item = items[0];

	for (uint32_t i = 1; i < n; i++) {
		if (!type_eq(item, items[i]))
			TRY(type_supertype(a, &item, item, items[i], diag));
	}
	return type_list(a, ret, item, n, diag);
}

static enum err type_unknown_bytes(struct type_diag *diag)
{
	return type_error_set(diag, TYPE_ERROR_NO_SERIALIZATION_TYPE);
}

static enum err type_bytes(const struct type *t, uint64_t *ret,
                           struct type_diag *diag);

/* As type_bytes, but an unknown part counts nothing; `known` says whether. */
static enum err type_bytes_or_none(const struct type *t, uint64_t *ret,
                                   bool *known, struct type_diag *diag)
{
	struct type_diag inner;
	enum err e = type_bytes(t, ret, &inner);

	*known = e == ERR_OK;
	if (e == ERR_OK)
		return ERR_OK;
	*ret = 0;
	if (inner.kind == TYPE_ERROR_NO_SERIALIZATION_TYPE)
		return ERR_OK;
	return type_error_set(diag, inner.kind);
}

static enum err type_bytes_response(const struct type *t, uint64_t *ret,
                                    struct type_diag *diag)
{
	uint64_t ok;
	uint64_t err;
	bool ok_known;
	bool err_known;

	TRY(type_bytes_or_none(t->ok, &ok, &ok_known, diag));
	TRY(type_bytes_or_none(t->err, &err, &err_known, diag));
	if (!ok_known && !err_known)
		return type_unknown_bytes(diag);
	*ret = ok > err ? ok : err;
	return ERR_OK;
}

static enum err type_bytes_tuple(const struct type *t, uint64_t *ret,
                                 struct type_diag *diag)
{
	uint64_t sum = 4;

	for (uint32_t i = 0; i < t->len; i++) {
		uint64_t bytes;

		TRY(type_bytes(t->fields[i].type, &bytes, diag));
		sum += 1 + t->fields[i].name.len + bytes;
		if (sum > UINT32_MAX)
			return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	}
	*ret = sum;
	return ERR_OK;
}

/* The payload of a value, without its prefix byte; at most 32 bits. */
static enum err type_payload(const struct type *t, uint64_t *ret,
                             struct type_diag *diag)
{
	bool known;

	switch ((enum type_kind)t->kind) {
	case TYPE_NONE:
	case TYPE_LIST_UNION:
		return type_unknown_bytes(diag);
	case TYPE_INT:
	case TYPE_UINT:
		*ret = 16;
		return ERR_OK;
	case TYPE_BOOL:
		*ret = 0;
		return ERR_OK;
	case TYPE_PRINCIPAL:
	case TYPE_CALLABLE_PRINCIPAL:
	case TYPE_CALLABLE_TRAIT:
	case TYPE_TRAIT_REF:
		*ret = PRINCIPAL_MAX_LEN - 1;
		return ERR_OK;
	case TYPE_BUFF:
	case TYPE_ASCII:
	case TYPE_UTF8:
		*ret = t->size;
		return ERR_OK;
	case TYPE_LIST:
		TRY(type_bytes(t->item, ret, diag));
		*ret = *ret * t->len + 4;
		return ERR_OK;
	case TYPE_TUPLE:
		return type_bytes_tuple(t, ret, diag);
	case TYPE_OPTIONAL:
		return type_bytes_or_none(t->item, ret, &known, diag);
	case TYPE_RESPONSE:
		return type_bytes_response(t, ret, diag);
	case TYPE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of type");
	return ERR_TYPE;
}

static enum err type_bytes(const struct type *t, uint64_t *ret,
                           struct type_diag *diag)
{
	uint64_t payload = 0;

	TRY(type_payload(t, &payload, diag));
	if (payload + 1 > UINT32_MAX)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	*ret = payload + 1;
	return ERR_OK;
}

enum err type_max_serialized(const struct type *t, uint32_t *ret,
                             struct type_diag *diag)
{
	uint64_t bytes;

	TRY(type_bytes(t, &bytes, diag));
	*ret = (uint32_t)bytes;
	return ERR_OK;
}
