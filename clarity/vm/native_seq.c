/* clarity/vm/native_seq.c - Lists, buffers and strings; see native_seq.h. */
#include "config.h"

#include "clarity/vm/native_seq.h"

#include <string.h>

#include "clarity/base/check.h"

/* The sizes of one element of each kind of sequence, as the rules count. */
#define BYTE_SIZE 5u
#define CHAR_SIZE 8u

#define STRING_OF_ONE(kind_, size_)                                            \
	{                                                                      \
		.kind = (kind_), .depth = 1, .is_concrete = true, .len = 1,    \
		.size = (size_), .type_size = 5                                \
	}

static const struct type buff_of_one = STRING_OF_ONE(TYPE_BUFF, BYTE_SIZE);
static const struct type ascii_of_one = STRING_OF_ONE(TYPE_ASCII, BYTE_SIZE);
static const struct type utf8_of_one = STRING_OF_ONE(TYPE_UTF8, CHAR_SIZE);

/* The checker lets only sequences through, so this cannot be a program's. */
static enum err fail_sequence(struct vm *vm)
{
	return host_fail(vm, VM_ERROR_UNREACHABLE, "a sequence was expected");
}

/* The size of `v`; a merged tuple that is too large has none. */
static enum err size_of(struct vm *vm, const struct value *v, uint32_t *ret)
{
	struct type_diag diag;

	*ret = value_size(v);
	if (*ret != TYPE_OVERSIZE)
		return ERR_OK;
	return host_type(vm, type_error_set(&diag, TYPE_ERROR_INVARIANT),
	                 &diag);
}

static enum err some_of(struct vm *vm, struct value *ret, const struct value *v)
{
	struct type_diag diag;

	return host_type(vm, value_wrap(ret, VALUE_SOME, v, &diag), &diag);
}

/* How many bytes the UTF-8 character at `p` has. */
static size_t char_len(const uint8_t *p)
{
	return *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
}

/* The bytes before character `index`, which may be the one behind the last. */
static size_t char_offset(const struct value *v, uint32_t index)
{
	size_t at = 0;

	if (v->byte_len == v->n)
		return index;
	for (uint32_t i = 0; i < index; i++)
		at += char_len(v->bytes + at);
	return at;
}

/* Whether values of these types are equal in type when they are in kind. */
static bool is_scalar(enum value_kind kind)
{
	return kind == VALUE_INT || kind == VALUE_UINT || kind == VALUE_BOOL;
}

static bool are_alike(const struct value *items, uint32_t n)
{
	uint8_t kind = items[0].kind;
	bool all = is_scalar((enum value_kind)kind);

	for (uint32_t i = 0; all && i < n; i++)
		all = items[i].kind == kind && items[i].wraps == 0;
	return all;
}

/* The list of some items, which need not be looked at when they are scalars. */
static enum err list_of(struct vm *vm, struct value *ret,
                        const struct value *items, uint32_t n)
{
	struct type_diag diag;
	const struct type *item;

	if (n == 0 || !are_alike(items, n))
		return host_type(vm,
		                 value_list(host_arena(vm), ret, items, n,
		                            host_epoch(vm), &diag),
		                 &diag);
	item = type_atom(items[0].kind == VALUE_INT    ? TYPE_INT
	                 : items[0].kind == VALUE_UINT ? TYPE_UINT
	                                               : TYPE_BOOL);
	*ret = (struct value){ .kind = VALUE_LIST, .n = n, .items = items };
	return host_list_type(vm, &ret->type, item, n);
}

enum err native_seq_list(struct vm *vm, const struct native_call *c,
                         struct value *ret)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t size;

		TRY(size_of(vm, &c->args[i], &size));
		sum += size;
	}
	TRY(host_charge(vm, PRICE_LIST_CONS, sum));

	const struct value *items =
	    arena_copy(host_arena(vm), c->args, c->n * sizeof(*c->args));

	return items ? list_of(vm, ret, items, c->n) : ERR_NO_MEMORY;
}

/* The items of `list` with room for `more` behind them. */
static struct value *items_with_room(struct arena *a, const struct value *list,
                                     uint32_t more)
{
	struct value *items = arena_new_array(a, struct value, list->n + more);

	if (items && list->n)
		memcpy(items, list->items, list->n * sizeof(*items));
	return items;
}

/* Whether `v` is of a type without parts, so that there is nothing to cut. */
static bool is_atom_of(const struct type *t, const struct value *v)
{
	if (v->wraps != 0)
		return false;
	return (t->kind == TYPE_UINT && v->kind == VALUE_UINT) ||
	       (t->kind == TYPE_INT && v->kind == VALUE_INT) ||
	       (t->kind == TYPE_BOOL && v->kind == VALUE_BOOL) ||
	       (t->kind == TYPE_PRINCIPAL && v->kind == VALUE_PRINCIPAL);
}

/* Cuts `v` to the entry type of the list that it joins. */
static enum err cut_entry(struct vm *vm, struct value *ret,
                          const struct type *entry, const struct value *v)
{
	bool cut;
	enum err e;

	if (is_atom_of(entry, v)) {
		value_put(ret, v);
		return ERR_OK;
	}
	e = value_sanitize(host_arena(vm), ret, &cut, host_epoch(vm), entry, v);
	if (e == ERR_TYPE)
		return host_fail(vm, VM_ERROR_LIST_TYPES_MUST_MATCH,
		                 "the items do not fit together");
	return e;
}

/* The type of the items when `item` has joined them. */
static enum err join_type(struct vm *vm, const struct type **entry,
                          const struct value *item)
{
	const struct type *type;
	struct type_diag diag;

	if (is_atom_of(*entry, item))
		return ERR_OK;
	TRY(host_type(vm, value_type(host_arena(vm), &type, item, &diag),
	              &diag));
	return host_type(
	    vm, type_supertype(host_arena(vm), entry, *entry, type, &diag),
	    &diag);
}

/* Makes the list once the prices are paid and the item is the list's own. */
static enum err append_to(struct vm *vm, struct value *ret,
                          const struct value *list, const struct value *item)
{
	const struct type *entry = list->type->item;
	const struct type *type;
	struct type_diag diag;
	struct value joined;

	if (entry->kind == TYPE_NONE) {
		struct value *one =
		    arena_copy(host_arena(vm), item, sizeof(*item));

		if (!one)
			return ERR_NO_MEMORY;
		return host_type(vm,
		                 value_list(host_arena(vm), ret, one, 1,
		                            host_epoch(vm), &diag),
		                 &diag);
	}
	TRY(join_type(vm, &entry, item));
	TRY(cut_entry(vm, &joined, entry, item));
	/* The length of the type, which may be more than there are items. */
	TRY(host_type(
	    vm,
	    type_list(host_arena(vm), &type, entry, list->type->len + 1, &diag),
	    &diag));

	struct value *items = host_grow(vm, list);

	if (!items)
		return ERR_NO_MEMORY;
	value_put(&items[list->n], &joined);
	*ret = (struct value){ .kind = VALUE_LIST,
		               .n = list->n + 1,
		               .items = items,
		               .type = type };
	return ERR_OK;
}

enum err native_seq_append_to(struct vm *vm, const struct native_call *c,
                              struct value *ret, bool *done)
{
	(void)ret;
	(void)done;
	if (value_is(&c->args[0], VALUE_LIST))
		return ERR_OK;
	return host_fail(vm, VM_ERROR_UNREACHABLE, "a list was expected");
}

enum err native_seq_append(struct vm *vm, const struct native_call *c,
                           struct value *ret)
{
	const struct value *list = &c->args[0];
	uint32_t entry;
	uint32_t item;

	if (!value_is(list, VALUE_LIST))
		return host_fail(vm, VM_ERROR_UNREACHABLE,
		                 "a list was expected");
	entry = list->type->item->size;
	TRY(size_of(vm, &c->args[1], &item));
	TRY(host_charge(vm, PRICE_APPEND, entry > item ? entry : item));
	TRY(host_clone(vm, c, 1));
	return append_to(vm, ret, list, &c->args[1]);
}

/* Sums the lengths; what is no sequence fails, after the price of that. */
static enum err concat_len(struct vm *vm, const struct native_call *c,
                           uint64_t *ret)
{
	*ret = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		if (value_is_sequence(&c->args[i])) {
			*ret += c->args[i].n;
			continue;
		}
		TRY(host_charge(vm, PRICE_CONCAT, 1));
		if (i == 0 || epoch_concat_is_variadic(host_epoch(vm)))
			return fail_sequence(vm);

		struct type_diag diag;
		const struct type *type;

		TRY(host_type(
		    vm, value_type(host_arena(vm), &type, &c->args[0], &diag),
		    &diag));
		return host_fail_value(vm, type, &c->args[i]);
	}
	return ERR_OK;
}

static enum err concat_bytes(struct vm *vm, const struct native_call *c,
                             uint64_t n, struct value *ret)
{
	size_t len = 0;

	for (uint32_t i = 0; i < c->n; i++)
		len += c->args[i].byte_len;

	uint8_t *bytes = arena_alloc(host_arena(vm), len);
	uint8_t *at = bytes;

	if (!bytes)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < c->n; i++) {
		if (c->args[i].byte_len)
			memcpy(at, c->args[i].bytes, c->args[i].byte_len);
		at += c->args[i].byte_len;
	}
	*ret = (struct value){ .kind = c->args[0].kind,
		               .n = (uint32_t)n,
		               .bytes = bytes,
		               .byte_len = len };
	return ERR_OK;
}

/* Whether the items of two lists are scalars of one type, which fast code
 * believes of their types. */
static bool are_scalars(const struct vm *vm, const struct value *a,
                        const struct value *b)
{
	enum type_kind kind = (enum type_kind)a->type->item->kind;

	return host_believes_types(vm) && a->type->item == b->type->item &&
	       (kind == TYPE_INT || kind == TYPE_UINT || kind == TYPE_BOOL);
}

/* Copies the items of the next list behind those of `list`. */
static enum err join_items(struct vm *vm, struct value *list,
                           struct value *items, const struct value *next,
                           const struct type **entry)
{
	struct type_diag diag;

	*entry = list->type->item;
	if (are_scalars(vm, list, next)) {
		/* An empty list has no items to point to. */
		if (next->n > 0)
			memcpy(items + list->n, next->items,
			       next->n * sizeof(*items));
		return ERR_OK;
	}
	TRY(host_type(vm,
	              type_supertype(host_arena(vm), entry, *entry,
	                             next->type->item, &diag),
	              &diag));
	for (uint32_t i = 0; i < next->n; i++)
		TRY(cut_entry(vm, &items[list->n + i], *entry,
		              &next->items[i]));
	return ERR_OK;
}

/* Joins the next list to `*list`, whose items have room for it. */
static enum err concat_list(struct vm *vm, struct value *list,
                            struct value *items, const struct value *next)
{
	const struct type *entry;
	uint32_t len = list->type->len + next->type->len;

	TRY(join_items(vm, list, items, next, &entry));
	list->n += next->n;
	return host_list_type(vm, &list->type, entry, len);
}

static enum err concat_lists(struct vm *vm, const struct native_call *c,
                             uint64_t n, struct value *ret)
{
	struct value list = c->args[0];
	struct value *items =
	    items_with_room(host_arena(vm), &list, (uint32_t)n - list.n);

	if (!items)
		return ERR_NO_MEMORY;
	list.items = items;
	for (uint32_t i = 1; i < c->n; i++)
		TRY(concat_list(vm, &list, items, &c->args[i]));
	*ret = list;
	return ERR_OK;
}

enum err native_seq_concat(struct vm *vm, const struct native_call *c,
                           struct value *ret)
{
	uint64_t n;

	TRY(concat_len(vm, c, &n));
	TRY(host_charge(vm, PRICE_CONCAT, n));
	for (uint32_t i = 1; i < c->n; i++) {
		if (c->args[i].kind != c->args[0].kind)
			return host_fail(vm, VM_ERROR_TYPE_ERROR,
			                 "sequences of different kinds");
	}
	return c->args[0].kind == VALUE_LIST ? concat_lists(vm, c, n, ret)
	                                     : concat_bytes(vm, c, n, ret);
}

enum err native_seq_as_max_len(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	struct value v = c->args[0];

	if (!value_is_sequence(&v))
		return fail_sequence(vm);
	if (v.n > c->extra) {
		*ret = value_none();
		return ERR_OK;
	}
	if (v.kind == VALUE_LIST && v.type->len > c->extra)
		TRY(host_list_type(vm, &v.type, v.type->item, c->extra));
	return some_of(vm, ret, &v);
}

enum err native_seq_len(struct vm *vm, const struct native_call *c,
                        struct value *ret)
{
	if (!value_is_sequence(&c->args[0]))
		return fail_sequence(vm);
	*ret = value_uint(c->args[0].n);
	return ERR_OK;
}

/* Elements [left, right) of bytes or characters; the bytes are shared. */
static struct value part_of(const struct value *v, uint32_t left,
                            uint32_t right)
{
	struct value part = *v;
	size_t from = left;
	size_t to = right;

	if (v->kind == VALUE_UTF8) {
		from = char_offset(v, left);
		to = char_offset(v, right);
	}
	part.n = right - left;
	part.bytes = v->bytes + from;
	part.byte_len = to - from;
	return part;
}

/* Element `index`, which exists. */
static struct value element_of(const struct value *v, uint32_t index)
{
	return v->kind == VALUE_LIST ? v->items[index]
	                             : part_of(v, index, index + 1);
}

enum err native_seq_element_at(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	const struct value *index = &c->args[1];
	struct value v = c->args[0];

	if (!value_is_sequence(&v))
		return fail_sequence(vm);
	if (!value_is(index, VALUE_UINT))
		return host_fail_value(vm, type_atom(TYPE_UINT), index);
	if (index->u >= v.n) {
		*ret = value_none();
		return ERR_OK;
	}
	v = element_of(&v, (uint32_t)index->u);
	return some_of(vm, ret, &v);
}

/* Where one character or byte occurs in a string, or `n`. */
static uint32_t find_part(const struct value *v, const struct value *wanted)
{
	size_t at = 0;

	for (uint32_t i = 0; i < v->n; i++) {
		size_t len =
		    v->kind == VALUE_UTF8 ? char_len(v->bytes + at) : 1;

		if (len == wanted->byte_len &&
		    memcmp(v->bytes + at, wanted->bytes, len) == 0)
			return i;
		at += len;
	}
	return v->n;
}

static uint32_t find_integer(const struct value *v, const struct value *wanted)
{
	const struct value *items = v->items;
	uint32_t i = 0;

	while (i < v->n &&
	       (items[i].u != wanted->u || items[i].kind != wanted->kind ||
	        items[i].wraps != 0))
		i++;
	return i;
}

static uint32_t find_item(const struct value *v, const struct value *wanted)
{
	uint32_t i = 0;

	if (value_is(wanted, VALUE_UINT) || value_is(wanted, VALUE_INT))
		return find_integer(v, wanted);
	while (i < v->n && !value_eq(&v->items[i], wanted))
		i++;
	return i;
}

static const struct type *type_of_one(const struct value *v)
{
	if (v->kind == VALUE_BUFF)
		return &buff_of_one;
	return v->kind == VALUE_ASCII ? &ascii_of_one : &utf8_of_one;
}

enum err native_seq_index_of(struct vm *vm, const struct native_call *c,
                             struct value *ret)
{
	const struct value *v = &c->args[0];
	const struct value *wanted = &c->args[1];
	uint32_t at = v->n;

	if (!value_is_sequence(v))
		return fail_sequence(vm);
	if (v->kind == VALUE_LIST)
		at = find_item(v, wanted);
	else if (!value_is(wanted, (enum value_kind)v->kind))
		return host_fail_value(vm, type_of_one(v), wanted);
	else if (wanted->n == 1)
		at = find_part(v, wanted);
	if (at == v->n) {
		*ret = value_none();
		return ERR_OK;
	}

	struct value index = value_uint(at);

	return some_of(vm, ret, &index);
}

static enum err slice_of(struct vm *vm, struct value *ret,
                         const struct value *v, uint32_t left, uint32_t right)
{
	uint32_t unit = v->kind == VALUE_LIST   ? v->type->item->size
	                : v->kind == VALUE_UTF8 ? CHAR_SIZE
	                                        : BYTE_SIZE;
	struct value part;

	TRY(host_charge(vm, PRICE_SLICE, (uint64_t)(right - left) * unit));
	if (v->kind == VALUE_LIST)
		TRY(list_of(vm, &part, v->items + left, right - left));
	else
		part = part_of(v, left, right);
	return some_of(vm, ret, &part);
}

/* A slice if there is one; everything but its failure is said here. */
static enum err slice_maybe(struct vm *vm, const struct native_call *c,
                            struct value *ret)
{
	const struct value *v = &c->args[0];
	const struct value *left = &c->args[1];
	const struct value *right = &c->args[2];

	if (!value_is_sequence(v) || !value_is(left, VALUE_UINT) ||
	    !value_is(right, VALUE_UINT))
		return host_fail(vm, VM_ERROR_UNREACHABLE,
		                 "a sequence and two positions were expected");
	if (left->u >= v->n || right->u > v->n || right->u < left->u) {
		*ret = value_none();
		return ERR_OK;
	}
	return slice_of(vm, ret, v, (uint32_t)left->u, (uint32_t)right->u);
}

enum err native_seq_slice(struct vm *vm, const struct native_call *c,
                          struct value *ret)
{
	enum err e = slice_maybe(vm, c, ret);

	if (e != ERR_OK && err_class(e) == ERR_CLASS_VERDICT)
		TRY(host_charge(vm, PRICE_SLICE, 0));
	return e;
}

static enum err replace_item(struct vm *vm, struct value *ret,
                             const struct value *v, uint32_t index,
                             const struct value *item)
{
	struct value *items = items_with_room(host_arena(vm), v, 0);
	struct value list = *v;

	if (!items)
		return ERR_NO_MEMORY;
	items[index] = *item;
	list.items = items;
	return some_of(vm, ret, &list);
}

static enum err replace_part(struct vm *vm, struct value *ret,
                             const struct value *v, uint32_t index,
                             const struct value *part)
{
	struct value old = part_of(v, index, index + 1);
	size_t head = (size_t)(old.bytes - v->bytes);
	size_t tail = v->byte_len - head - old.byte_len;
	size_t len = head + part->byte_len + tail;
	uint8_t *bytes = arena_alloc(host_arena(vm), len);
	struct value whole = *v;

	if (!bytes)
		return ERR_NO_MEMORY;
	memcpy(bytes, v->bytes, head);
	memcpy(bytes + head, part->bytes, part->byte_len);
	memcpy(bytes + head + part->byte_len, old.bytes + old.byte_len, tail);
	whole.bytes = bytes;
	whole.byte_len = len;
	return some_of(vm, ret, &whole);
}

enum err native_seq_replace_in(struct vm *vm, const struct native_call *c,
                               struct value *ret, bool *done)
{
	(void)ret;
	(void)done;
	return value_is_sequence(&c->args[0]) ? ERR_OK : fail_sequence(vm);
}

/* Whether the new element may stand in `v`. */
static enum err check_element(struct vm *vm, const struct value *v,
                              const struct value *item)
{
	const struct type *unit =
	    v->kind == VALUE_LIST ? v->type->item : type_of_one(v);
	struct type_diag diag;
	bool fits;

	if (unit->kind == TYPE_NONE)
		return ERR_OK;
	TRY(host_type(vm, value_admitted(unit, item, &fits, &diag), &diag));
	return fits ? ERR_OK : host_fail_value(vm, unit, item);
}

enum err native_seq_replace_at(struct vm *vm, const struct native_call *c,
                               struct value *ret)
{
	const struct value *v = &c->args[0];
	const struct value *index = &c->args[1];
	const struct value *item = &c->args[2];
	struct type_diag diag;

	if (!value_is_sequence(v))
		return fail_sequence(vm);
	TRY(check_element(vm, v, item));
	if (!value_is(index, VALUE_UINT))
		return host_fail_value(vm, type_atom(TYPE_UINT), index);
	/* A position beyond 64 bits is answered before the copy is paid. */
	if (index->u <= UINT64_MAX)
		TRY(host_clone(vm, c, 0));
	if (index->u >= v->n) {
		*ret = value_none();
		return ERR_OK;
	}
	TRY(host_clone(vm, c, 2));
	if (v->kind == VALUE_LIST)
		return replace_item(vm, ret, v, (uint32_t)index->u, item);
	if (item->n != 1)
		return host_type(
		    vm, type_error_set(&diag, TYPE_ERROR_ELEMENT_ARITY), &diag);
	return replace_part(vm, ret, v, (uint32_t)index->u, item);
}
