/* clarity/vm/host.c - The machine as natives see it; contract in host.h. */
#include "config.h"

#include "clarity/vm/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/value/repr.h"
#include "clarity/vm/machine.h"

/* Items that a list which grows has room for at first. */
#define MIN_GROWING 8u

/* The longest detail of a failure. */
#define DETAIL_MAX 240u

struct arena *host_arena(struct vm *vm)
{
	return &vm->arena;
}

enum epoch host_epoch(const struct vm *vm)
{
	return vm->chain.epoch;
}

bool host_is_mainnet(const struct vm *vm)
{
	return vm->chain.is_mainnet;
}

const struct principal *host_sender(const struct vm *vm)
{
	return vm->who.sender;
}

const struct principal *host_contract(const struct vm *vm)
{
	return vm->who.contract->id;
}

bool host_is_read_only(const struct vm *vm)
{
	return vm->is_read_only;
}

enum err host_charge(struct vm *vm, enum price_id id, uint64_t n)
{
	return machine_limit(vm, machine_charge(vm, id, n));
}

enum err host_clone(struct vm *vm, const struct native_call *c, uint32_t i)
{
	uint32_t size;

	if (i >= 32 || !(c->in_place >> i & 1))
		return ERR_OK;
	TRY(machine_size(vm, &c->args[i], &size));
	return host_charge(vm, PRICE_LOOKUP_VARIABLE_SIZE, size);
}

enum err host_keep(struct vm *vm, uint64_t bytes)
{
	return machine_limit(vm, memory_add(&vm->memory, bytes));
}

enum err host_fail(struct vm *vm, enum vm_error kind, const char *fmt, ...)
{
	char text[DETAIL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return machine_fail(vm, kind, "%s", text);
}

enum err host_fail_value(struct vm *vm, const struct type *expected,
                         const struct value *v)
{
	struct buf b;

	buf_init(&b, 1 << 16);
	(void)buf_add_str(&b, "expected ");
	(void)repr_type(&b, expected);
	(void)buf_add_str(&b, ", got ");
	(void)repr_value(&b, v);

	int len = b.len < DETAIL_MAX ? (int)b.len : (int)DETAIL_MAX - 1;
	enum err e = machine_fail(vm, VM_ERROR_TYPE_VALUE_ERROR, "%.*s", len,
	                          b.p ? (const char *)b.p : "");

	buf_fini(&b);
	return e;
}

enum err host_fail_union(struct vm *vm, const struct value *v)
{
	(void)v;
	return machine_fail(vm, VM_ERROR_UNION_TYPE_VALUE_ERROR,
	                    "a value of another type was expected");
}

/* What the network reports for each refusal of the type rules. */
static enum vm_error kind_of(enum type_error kind)
{
	switch (kind) {
	case TYPE_ERROR_VALUE_TOO_LARGE:
		return VM_ERROR_VALUE_TOO_LARGE;
	case TYPE_ERROR_TOO_DEEP:
		return VM_ERROR_TYPE_TOO_DEEP;
	case TYPE_ERROR_OUT_OF_BOUNDS:
		return VM_ERROR_VALUE_OUT_OF_BOUNDS;
	case TYPE_ERROR_DUPLICATE_FIELD:
		return VM_ERROR_NAME_ALREADY_USED;
	case TYPE_ERROR_MISMATCH_VALUE:
		return VM_ERROR_TYPE_VALUE_ERROR;
	case TYPE_ERROR_MISMATCH:
		return VM_ERROR_TYPE_ERROR;
	case TYPE_ERROR_LIST_MISMATCH:
		return VM_ERROR_LIST_TYPES_MUST_MATCH;
	case TYPE_ERROR_BAD_ASCII:
		return VM_ERROR_INVALID_CHARACTERS;
	case TYPE_ERROR_BAD_UTF8:
		return VM_ERROR_INVALID_UTF8;
	case TYPE_ERROR_UNKNOWN_TYPE:
		return VM_ERROR_UNKNOWN_TYPE;
	case TYPE_ERROR_INVARIANT:
	case TYPE_ERROR_BAD_PRINCIPAL_VERSION:
		return VM_ERROR_EXPECT;
	case TYPE_ERROR_NONE:
	case TYPE_ERROR_NO_SUCH_FIELD:
	case TYPE_ERROR_RESPONSE_MISMATCH:
	case TYPE_ERROR_BAD_CONTRACT_NAME:
	case TYPE_ERROR_BAD_NAME:
	case TYPE_ERROR_EMPTY_TUPLE:
	case TYPE_ERROR_SUPERTYPE_TOO_LARGE:
	case TYPE_ERROR_BAD_DESCRIPTION:
	case TYPE_ERROR_ELEMENT_ARITY:
	case TYPE_ERROR_EXPECTED_SEQUENCE:
	case TYPE_ERROR_BAD_PRINCIPAL_LENGTH:
	case TYPE_ERROR_BAD_PRINCIPAL:
	case TYPE_ERROR_MISSING_DOT:
	case TYPE_ERROR_EMPTY_ISSUER:
	case TYPE_ERROR_NO_SERIALIZATION_TYPE:
	case TYPE_ERROR_UNSUPPORTED_TYPE:
	case TYPE_ERROR_COUNT:
		return VM_ERROR_UNREACHABLE;
	}
	return VM_ERROR_UNREACHABLE;
}

enum err host_type(struct vm *vm, enum err e, const struct type_diag *diag)
{
	if (e != ERR_TYPE)
		return e;
	return machine_fail(vm, kind_of(diag->kind), "%s",
	                    type_error_text(diag->kind));
}

bool host_believes_types(const struct vm *vm)
{
	return !vm->is_exact;
}

enum err host_list_type(struct vm *vm, const struct type **ret,
                        const struct type *item, uint32_t len)
{
	struct machine_list *known = &vm->lists[len % MACHINE_LISTS];
	struct type_diag diag;

	if (known->item != item || known->type->len != len) {
		TRY(host_type(
		    vm, type_list(&vm->arena, &known->type, item, len, &diag),
		    &diag));
		known->item = item;
	}
	*ret = known->type;
	return ERR_OK;
}

struct value *host_grow(struct vm *vm, const struct value *list)
{
	struct machine_growing *g = &vm->growing;
	uint32_t cap = list->n < MIN_GROWING ? MIN_GROWING : 2 * list->n;

	if (g->items && g->items == list->items && g->n == list->n &&
	    g->n < g->cap) {
		g->n++;
		return g->items;
	}
	g->items = arena_new_array(&vm->arena, struct value, cap);
	g->n = list->n + 1;
	g->cap = cap;
	if (g->items && list->n > 0)
		memcpy(g->items, list->items, list->n * sizeof(*list->items));
	return g->items;
}
