/* clarity/vm/op_loop.c - Walking, selecting and mapping; see op.h. */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/dispatch.h"
#include "clarity/vm/native_arith.h"
#include "clarity/vm/op.h"

/* The place in a walk: `n` items were given, which took (utf8) `u` bytes. */

enum err op_loop_begin(struct vm *vm, struct value *walk,
                       const struct value *sequence)
{
	if (!value_is_sequence(sequence))
		return machine_fail(vm, VM_ERROR_UNREACHABLE,
		                    "expected sequence");
	walk[0] = *sequence;
	walk[1] = value_uint(0);
	return ERR_OK;
}

/* How many bytes the character takes that starts with `lead`. */
static uint32_t char_len(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xe0)
		return 2;
	return lead < 0xf0 ? 3 : 4;
}

static void next_char(struct value *a, const struct value *s, uint64_t at,
                      struct value *place)
{
	uint32_t len = char_len(s->bytes[at]);

	*a = value_utf8(span_of(s->bytes + at, len), 1);
	place->u += len;
}

bool op_loop_next(struct value *a, struct value *walk)
{
	struct value *place = &walk[1];
	uint32_t i = place->n;
	uint64_t at = (uint64_t)place->u;

	if (i >= walk[0].n)
		return false;
	place->n++;
	if (walk[0].kind == VALUE_LIST)
		value_put(a, &walk[0].items[i]);
	else if (walk[0].kind == VALUE_BUFF)
		*a = value_buff(span_of(walk[0].bytes + i, 1));
	else if (walk[0].kind == VALUE_ASCII)
		*a = value_ascii(span_of(walk[0].bytes + i, 1));
	else
		next_char(a, &walk[0], at, place);
	return true;
}

/* A selection has room for all items; `n` counts what was kept. */
enum err op_loop_filter_begin(struct vm *vm, struct value *a,
                              const struct value *walk)
{
	struct value kept = { .kind = walk->kind };

	if (walk->kind == VALUE_LIST) {
		kept.items = arena_new_array(&vm->arena, struct value, walk->n);
		kept.type = walk->type;
	} else {
		kept.bytes = arena_alloc(&vm->arena, walk->byte_len);
	}
	*a = kept;
	return vm->arena.failed ? ERR_NO_MEMORY : ERR_OK;
}

/* What a selection points to was allocated for it, by op_loop_filter_begin. */
static void *writable(const void *p)
{
	return (void *)(uintptr_t)p;
}

enum err op_loop_filter_add(struct vm *vm, struct value *kept,
                            const struct value *item,
                            const struct value *condition)
{
	if (!value_is(condition, VALUE_BOOL))
		return host_fail_value(vm, type_atom(TYPE_BOOL), condition);
	if (condition->n == 0)
		return ERR_OK;
	if (kept->kind == VALUE_LIST) {
		struct value *items = writable(kept->items);

		value_put(&items[kept->n++], item);
		return ERR_OK;
	}

	uint8_t *bytes = writable(kept->bytes);

	memcpy(bytes + kept->byte_len, item->bytes, item->byte_len);
	kept->byte_len += item->byte_len;
	kept->n++;
	return ERR_OK;
}

/* A selection keeps the stored type of what it was selected from. */
void op_loop_filter_end(struct value *a, const struct value *kept,
                        const struct value *walk)
{
	(void)walk;
	*a = *kept;
}

static uint32_t shortest(const struct value *walks, uint32_t n)
{
	uint32_t least = UINT32_MAX;

	for (uint32_t i = 0; i < n; i++) {
		if (walks[2 * i].n < least)
			least = walks[2 * i].n;
	}
	return least;
}

enum err op_loop_map_begin(struct vm *vm, struct value *a,
                           const struct value *walks, uint32_t n, bool *empty)
{
	uint32_t rounds = shortest(walks, n);
	struct value *items = arena_new_array(&vm->arena, struct value, rounds);

	if (!items)
		return ERR_NO_MEMORY;
	*a = (struct value){ .kind = VALUE_LIST, .items = items };
	*empty = rounds == 0;
	return ERR_OK;
}

void op_loop_map_add(struct value *list, const struct value *item)
{
	struct value *items = writable(list->items);

	value_put(&items[list->n++], item);
}

enum err op_loop_map_end(struct vm *vm, struct value *a,
                         const struct value *list)
{
	struct type_diag d;

	return host_type(vm,
	                 value_list(&vm->arena, a, list->items, list->n,
	                            vm->chain.epoch, &d),
	                 &d);
}

/* Row r of the arguments as they were collected before epoch 4.0: a sequence
 * gives its item r if it has one and r is not above the shortest so far. */
static uint32_t collect_row(const struct value *walks, uint32_t n, uint32_t r,
                            struct value *row)
{
	uint32_t least = UINT32_MAX;
	uint32_t k = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct value walk[2] = { walks[2 * i], value_uint(0) };
		struct value item = value_none();

		if (walk[0].n < least)
			least = walk[0].n;
		if (r > least || r >= walk[0].n)
			continue;
		for (uint32_t skip = 0; skip <= r; skip++)
			(void)op_loop_next(&item, walk);
		row[k++] = item;
	}
	return k;
}

/* A function is applied to fewer arguments than it has parameters. */
static enum err apply_user(struct vm *vm, const struct function *fn,
                           const struct value *args, uint32_t n)
{
	bool by_size = epoch_prices_args_by_size(vm->chain.epoch);
	uint32_t n_types = by_size ? n : fn->n_params;

	TRY(host_charge(vm, PRICE_USER_FUNCTION_APPLICATION, fn->n_params));
	for (uint32_t i = 0; i < n_types; i++) {
		uint32_t size =
		    by_size ? value_size(&args[i]) : fn->param_types[i]->size;

		TRY(host_charge(vm, PRICE_INNER_TYPE_CHECK_COST, size));
	}
	return machine_fail(vm, VM_ERROR_ARGUMENT_COUNT, "%u arguments, not %u",
	                    fn->n_params, n);
}

static enum err apply(struct vm *vm, uint32_t callee, const struct value *args,
                      uint32_t n, struct value *ret)
{
	uint64_t held = vm->held;
	enum err e = ERR_OK;

	for (uint32_t i = 0; e == ERR_OK && i < n; i++)
		e = machine_hold(vm, value_size(&args[i]));
	TRY(e);
	if (callee & 0x80000000u)
		e = native_arith_apply(vm, (enum native)(callee & 0x7fffffffu),
		                       args, n, ret);
	else
		e = apply_user(vm, &vm->who.contract->functions[callee], args,
		               n);
	machine_back(vm, held);
	return e;
}

static uint32_t longest(const struct value *walks, uint32_t n)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (walks[2 * i].n > most)
			most = walks[2 * i].n;
	}
	return most;
}

/* Rows go on as long as they have as many items as the first. */
enum err op_loop_map_empty(struct vm *vm, struct value *list,
                           const struct value *walks, uint32_t n,
                           uint32_t callee)
{
	uint32_t rounds = longest(walks, n);
	uint32_t first = 0;
	struct value *row = arena_new_array(&vm->arena, struct value, n);
	struct value *items = arena_new_array(&vm->arena, struct value, rounds);

	if (!row || !items)
		return ERR_NO_MEMORY;
	*list = (struct value){ .kind = VALUE_LIST, .items = items };
	for (uint32_t r = 0; r < rounds; r++) {
		uint32_t k = collect_row(walks, n, r, row);

		if (r == 0)
			first = k;
		if (k == 0 || k != first)
			break;
		TRY(apply(vm, callee, row, k, &items[list->n]));
		list->n++;
	}
	return ERR_OK;
}
