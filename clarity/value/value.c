/* clarity/value/value.c - Building and comparing values; see value.h. */
#include "config.h"

#include "clarity/value/value.h"

#include <string.h>

#include "clarity/base/check.h"

/* Sizes and depths without wrappers; lists and tuples ask their type. */
static const uint8_t value_sizes[VALUE_KIND_COUNT] = {
	[VALUE_NONE] = 2,  [VALUE_INT] = 16,        [VALUE_UINT] = 16,
	[VALUE_BOOL] = 1,  [VALUE_PRINCIPAL] = 148, [VALUE_CALLABLE] = 148,
	[VALUE_BUFF] = 4,  [VALUE_ASCII] = 4,       [VALUE_UTF8] = 4,
	[VALUE_ABSENT] = 0
};

/* What seeing a contract through a trait adds to its size. */
#define VALUE_TRAIT_SIZE 128u

static uint32_t value_bare_size(const struct value *v)
{
	uint32_t fixed = value_sizes[v->kind];

	switch ((enum value_kind)v->kind) {
	case VALUE_BUFF:
	case VALUE_ASCII:
		return fixed + v->n;
	case VALUE_UTF8:
		return fixed + 4 * v->n;
	case VALUE_LIST:
	case VALUE_TUPLE:
		return v->type->size;
	case VALUE_CALLABLE:
		return v->trait ? fixed + VALUE_TRAIT_SIZE : fixed;
	case VALUE_NONE:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_BOOL:
	case VALUE_PRINCIPAL:
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	}
	return fixed;
}

uint32_t value_size(const struct value *v)
{
	uint32_t size = value_bare_size(v);

	/* A value of impossible size cannot have been wrapped. */
	return size == TYPE_OVERSIZE
	           ? size
	           : size + TYPE_WRAPPER_SIZE * value_wrap_count(v);
}

uint32_t value_depth(const struct value *v)
{
	uint32_t bare = 1;

	if (v->kind == VALUE_LIST || v->kind == VALUE_TUPLE)
		bare = v->type->depth;
	else if (v->kind == VALUE_NONE)
		bare = 2;
	return bare + value_wrap_count(v);
}

enum err value_wrap(struct value *ret, enum value_wrap wrap,
                    const struct value *inner, struct type_diag *diag)
{
	uint32_t size = value_size(inner);

	CHECK(wrap != VALUE_BARE);
	if (size == TYPE_OVERSIZE)
		return type_error_set(diag, TYPE_ERROR_INVARIANT);
	if (size + TYPE_WRAPPER_SIZE > TYPE_MAX_SIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	if (value_depth(inner) + 1 > TYPE_MAX_DEPTH)
		return type_error_set(diag, TYPE_ERROR_TOO_DEEP);
	value_put_as(ret, inner, inner->wraps << 2 | wrap);
	return ERR_OK;
}

enum err value_buffer(struct value *ret, struct span bytes,
                      struct type_diag *diag)
{
	if (bytes.len > TYPE_MAX_SIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	*ret = value_buff(bytes);
	return ERR_OK;
}

/* Printable characters and the blanks of ASCII, but no vertical tab. */
static bool value_is_ascii(uint8_t c)
{
	return (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\f' ||
	       c == '\r';
}

enum err value_string_ascii(struct value *ret, struct span s,
                            struct type_diag *diag)
{
	uint8_t odd = 0;

	if (s.len > TYPE_MAX_SIZE)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	/* No branch: the compiler makes vectors of this. */
	for (size_t i = 0; i < s.len; i++)
		odd |= (uint8_t)(s.p[i] - ' ') > '~' - ' ';
	for (size_t i = 0; odd && i < s.len; i++) {
		if (value_is_ascii(s.p[i]))
			continue;
		(void)type_error_set(diag, TYPE_ERROR_BAD_ASCII);
		if (diag)
			diag->number = s.p[i];
		return ERR_TYPE;
	}
	*ret = value_ascii(s);
	return ERR_OK;
}

/* How many bytes the character at `p` has; 0 if it is not UTF-8. */
static size_t value_utf8_char(const uint8_t *p, size_t left)
{
	uint8_t low = 0x80;
	uint8_t high = 0xbf;
	size_t n;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	/* The second byte excludes long forms, surrogates and > 10FFFF. */
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (left < n || p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return n;
}

enum err value_string_utf8(struct value *ret, struct span s,
                           struct type_diag *diag)
{
	uint64_t chars = 0;
	size_t i = 0;

	while (i < s.len) {
		uint64_t word;

		/* Eight ASCII characters at a time. */
		while (s.len - i >= sizeof(word)) {
			memcpy(&word, s.p + i, sizeof(word));
			if (word & 0x8080808080808080u)
				break;
			i += sizeof(word);
			chars += sizeof(word);
		}
		if (i == s.len)
			break;

		size_t n = value_utf8_char(s.p + i, s.len - i);

		if (n == 0)
			return type_error_set(diag, TYPE_ERROR_BAD_UTF8);
		i += n;
		chars++;
	}
	if (chars > TYPE_MAX_UTF8)
		return type_error_set(diag, TYPE_ERROR_VALUE_TOO_LARGE);
	*ret = value_utf8(s, (uint32_t)chars);
	return ERR_OK;
}

static struct value value_tuple_of(const struct type *type,
                                   const struct value *items, uint32_t n)
{
	return (struct value){
		.kind = VALUE_TUPLE, .n = n, .items = items, .type = type
	};
}

enum err value_tuple(struct arena *a, struct value *ret,
                     const struct value_field *fields, uint32_t n,
                     struct type_diag *diag)
{
	struct type_field *parts = arena_new_array(a, struct type_field, n);
	struct value *items = arena_new_array(a, struct value, n);
	const struct type *type;

	if (!parts || !items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		parts[i].name = fields[i].name;
		TRY(value_type(a, &parts[i].type, &fields[i].value, diag));
	}
	TRY(type_tuple(a, &type, parts, n, diag));
	for (uint32_t i = 0; i < n; i++) {
		const struct type_field *f = &type->fields[i];

		if (!span_eq(f->name, fields[i].name))
			f = type_field_find(type, fields[i].name);
		items[f - type->fields] = fields[i].value;
	}
	*ret = value_tuple_of(type, items, n);
	return ERR_OK;
}

/* Puts one field into its place among `items`; `*n` counts the present. */
static enum err value_tuple_put(struct value *items, uint32_t *n,
                                const struct type *type,
                                const struct value_field *field, bool exact)
{
	const struct type_field *f = type_field_find(type, field->name);
	bool fits;

	if (!f)
		return ERR_TYPE;
	TRY(value_admitted(f->type, &field->value, &fits, NULL));

	struct value *item = &items[f - type->fields];

	if (!fits || (exact && item->kind != VALUE_ABSENT))
		return ERR_TYPE;
	*n += item->kind == VALUE_ABSENT;
	*item = field->value;
	return ERR_OK;
}

enum err value_tuple_typed(struct arena *a, struct value *ret,
                           const struct type *type,
                           const struct value_field *fields, uint32_t n,
                           bool exact)
{
	struct value *items = arena_new_array(a, struct value, type->len);
	uint32_t present = 0;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < type->len; i++)
		items[i] = (struct value){ .kind = VALUE_ABSENT };
	for (uint32_t i = 0; i < n; i++)
		TRY(value_tuple_put(items, &present, type, &fields[i], exact));
	if (exact && present != type->len)
		return ERR_TYPE;
	*ret = value_tuple_of(type, items, present);
	return ERR_OK;
}

const struct value *value_tuple_get(const struct value *tuple, struct span name)
{
	const struct type_field *f = type_field_find(tuple->type, name);
	const struct value *item =
	    f ? &tuple->items[f - tuple->type->fields] : NULL;

	return item && item->kind != VALUE_ABSENT ? item : NULL;
}

enum err value_tuple_merge(struct arena *a, struct value *ret,
                           const struct value *base, const struct value *update)
{
	const struct type *type;

	TRY(type_merge(a, &type, base->type, update->type));

	struct value *items = arena_new_array(a, struct value, type->len);
	uint32_t present = 0;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < type->len; i++) {
		struct span name = type->fields[i].name;
		const struct value *item = value_tuple_get(update, name);

		if (!item)
			item = value_tuple_get(base, name);
		if (item)
			items[i] = *item;
		else
			items[i] = (struct value){ .kind = VALUE_ABSENT };
		present += item != NULL;
	}
	*ret = value_tuple_of(type, items, present);
	return ERR_OK;
}

static bool value_bytes_eq(const struct value *a, const struct value *b)
{
	return a->byte_len == b->byte_len &&
	       (a->byte_len == 0 ||
	        memcmp(a->bytes, b->bytes, a->byte_len) == 0);
}

static bool value_items_eq(const struct value *a, const struct value *b,
                           uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (!value_eq(&a[i], &b[i]))
			return false;
	}
	return true;
}

/* Equal when the same fields are present and equal, whatever the types. */
static bool value_tuple_eq(const struct value *a, const struct value *b)
{
	if (a->n != b->n)
		return false;
	if (a->type == b->type)
		return value_items_eq(a->items, b->items, a->type->len);
	for (uint32_t i = 0; i < a->type->len; i++) {
		const struct value *other;

		if (a->items[i].kind == VALUE_ABSENT)
			continue;
		other = value_tuple_get(b, a->type->fields[i].name);
		if (!other || !value_eq(&a->items[i], other))
			return false;
	}
	return true;
}

static bool value_trait_eq(const struct trait_id *a, const struct trait_id *b)
{
	return a && b ? principal_trait_eq(a, b) : a == b;
}

bool value_eq(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind || a->wraps != b->wraps)
		return false;
	switch ((enum value_kind)a->kind) {
	case VALUE_NONE:
	case VALUE_ABSENT:
		return true;
	case VALUE_INT:
	case VALUE_UINT:
		return a->u == b->u;
	case VALUE_BOOL:
		return a->n == b->n;
	case VALUE_PRINCIPAL:
		return principal_eq(a->principal, b->principal);
	case VALUE_CALLABLE:
		return principal_eq(a->principal, b->principal) &&
		       value_trait_eq(a->trait, b->trait);
	case VALUE_BUFF:
	case VALUE_ASCII:
	case VALUE_UTF8:
		return value_bytes_eq(a, b);
	case VALUE_LIST:
		return a->n == b->n && value_items_eq(a->items, b->items, a->n);
	case VALUE_TUPLE:
		return value_tuple_eq(a, b);
	case VALUE_KIND_COUNT:
		break;
	}
	CHECK(!"a kind of value");
	return false;
}

int value_cmp(const struct value *a, const struct value *b)
{
	CHECK(a->kind == b->kind && !a->wraps && !b->wraps);
	if (a->kind == VALUE_INT)
		return a->i < b->i ? -1 : a->i > b->i;
	if (a->kind == VALUE_UINT)
		return a->u < b->u ? -1 : a->u > b->u;
	CHECK(a->kind >= VALUE_BUFF && a->kind <= VALUE_UTF8);
	/* No character's UTF-8 is a prefix of another's, so bytes order as
	 * characters do. */
	return span_cmp(value_bytes(a), value_bytes(b));
}

/* Copies the items of a list or tuple; those of one type share its copy. */
static enum err value_copy_items(struct arena *a, struct value *v)
{
	uint32_t n = v->kind == VALUE_TUPLE ? v->type->len : v->n;
	struct value *items = arena_new_array(a, struct value, n);
	const struct type *seen = NULL;
	const struct type *seen_copy = NULL;

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		bool has_type = v->items[i].kind == VALUE_LIST ||
		                v->items[i].kind == VALUE_TUPLE;

		items[i] = v->items[i];
		if (has_type && items[i].type == seen) {
			items[i].type = seen_copy;
			TRY(value_copy_items(a, &items[i]));
			continue;
		}
		TRY(value_copy(a, &items[i], &v->items[i]));
		if (has_type) {
			seen = v->items[i].type;
			seen_copy = items[i].type;
		}
	}
	v->items = items;
	return ERR_OK;
}

enum err value_copy(struct arena *a, struct value *ret, const struct value *v)
{
	struct value copy = *v;

	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
	case VALUE_INT:
	case VALUE_UINT:
	case VALUE_BOOL:
	case VALUE_ABSENT:
	case VALUE_KIND_COUNT:
		break;
	case VALUE_CALLABLE:
		copy.trait =
		    v->trait ? principal_trait_copy(a, v->trait) : NULL;
		copy.principal = principal_copy(a, v->principal);
		break;
	case VALUE_PRINCIPAL:
		copy.principal = principal_copy(a, v->principal);
		break;
	case VALUE_BUFF:
	case VALUE_ASCII:
	case VALUE_UTF8:
		copy.bytes = arena_copy(a, v->bytes, v->byte_len);
		break;
	case VALUE_LIST:
	case VALUE_TUPLE:
		copy.type = type_copy(a, v->type);
		if (!copy.type)
			return ERR_NO_MEMORY;
		TRY(value_copy_items(a, &copy));
		break;
	}
	if (arena_err(a) != ERR_OK)
		return ERR_NO_MEMORY;
	*ret = copy;
	return ERR_OK;
}
