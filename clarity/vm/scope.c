/* clarity/vm/scope.c - Scopes; contract in scope.h. */
#include "config.h"

#include "clarity/vm/scope.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/vm/allowance.h"

#define FIRST_SCOPES 32u

enum err scope_push(struct vm *vm, enum scope_kind kind, struct scope **ret)
{
	if (vm->n_scopes == vm->cap_scopes) {
		uint32_t cap =
		    vm->cap_scopes ? 2 * vm->cap_scopes : FIRST_SCOPES;
		struct scope *scopes =
		    arena_new_array(&vm->arena, struct scope, cap);

		if (!scopes)
			return ERR_NO_MEMORY;
		if (vm->n_scopes > 0)
			memcpy(scopes, vm->scopes,
			       vm->n_scopes * sizeof(scopes[0]));
		vm->scopes = scopes;
		vm->cap_scopes = cap;
	}

	struct scope *s = &vm->scopes[vm->n_scopes++];

	*s = (struct scope){
		.kind = kind,
		.was_read_only = vm->is_read_only,
		.who = vm->who,
		.held = vm->held,
		.frame = vm->n_frames - 1,
	};
	*ret = s;
	return ERR_OK;
}

void scope_arm(struct vm *vm, struct scope *s, bool is_read_only)
{
	s->journal = journal_mark(&vm->journal);
	s->events = vm->events.n;
	s->printed = vm->events.printed;
	s->assets = asset_map_begin(&vm->assets);
	vm->is_read_only = vm->is_read_only || is_read_only;
}

enum err scope_begin(struct vm *vm, enum scope_kind kind, bool is_read_only)
{
	struct scope *s;

	TRY(scope_push(vm, kind, &s));
	scope_arm(vm, s, is_read_only);
	return ERR_OK;
}

/* Common to every end: the scope's own changes are taken back. */
static void pop(struct vm *vm)
{
	const struct scope *s = scope_top(vm);

	vm->is_read_only = s->was_read_only;
	vm->who = s->who;
	machine_back(vm, s->held);
	vm->n_scopes--;
}

static void undo(struct vm *vm, const struct scope *s)
{
	journal_rollback(&vm->journal, s->journal);
	vm->events.n = s->events;
	vm->events.printed = s->printed;
	asset_map_drop(&vm->assets, s->assets);
}

void scope_roll_back(struct vm *vm)
{
	undo(vm, scope_top(vm));
	pop(vm);
}

/* Sums of movements can overflow only here: each alone was possible. */
enum err scope_commit(struct vm *vm)
{
	const struct scope *s = scope_top(vm);
	enum err e = asset_map_commit(&vm->assets, s->assets,
	                              epoch_sums_stacking(vm->chain.epoch));

	if (e != ERR_OK)
		undo(vm, s);
	pop(vm);
	if (e == ERR_OVERFLOW)
		return machine_fail(vm, VM_ERROR_OVERFLOW,
		                    "movements of an asset overflow");
	if (e == ERR_TOO_LARGE)
		return machine_fail(vm, VM_ERROR_POX_OVERWRITE,
		                    "a principal stacked twice");
	return e;
}

/* After a failure nobody knows where the store is. */
static enum err travel(struct vm *vm, const uint8_t *to, bool *found)
{
	enum err e = vm->store.ops->travel(vm->store.ctx, to, found);

	vm->is_astray = e != ERR_OK;
	return e;
}

/* Goes back to where the innermost scope, a TRAVEL, came from.  The network
 * then shows pending writes again, even where that is itself in the past. */
static enum err come_back(struct vm *vm)
{
	const uint8_t *before = scope_top(vm)->block;
	bool found;

	vm->block = before;
	vm->journal.is_away = before != NULL;
	vm->journal.sees_pending = true;
	return travel(vm, before, &found);
}

enum err scope_drop(struct vm *vm)
{
	struct scope *s = scope_top(vm);
	enum err e = ERR_OK;

	switch (s->kind) {
	case SCOPE_TRAVEL:
		e = come_back(vm);
		scope_roll_back(vm);
		break;
	case SCOPE_PUBLIC:
	case SCOPE_READ_ONLY:
	case SCOPE_GUARD:
		scope_roll_back(vm);
		break;
	case SCOPE_CALL:
		s->entered->n_open--;
		pop(vm);
		break;
	case SCOPE_SELF:
	case SCOPE_ALLOW:
		pop(vm);
		break;
	}
	return e;
}

enum err scope_end_guard(struct vm *vm, bool *broken, uint32_t *index)
{
	const struct scope *s = scope_top(vm);
	const struct asset_map *m = &vm->assets;
	enum err e =
	    allowance_check(vm, s->owner, s->allowances, m, broken, index);

	if (e != ERR_OK || *broken) {
		scope_roll_back(vm);
		return e;
	}
	return scope_commit(vm);
}

enum err scope_become_self(struct vm *vm)
{
	struct scope *s;

	TRY(scope_push(vm, SCOPE_SELF, &s));
	vm->who.sender = vm->who.contract->id;
	vm->who.caller = vm->who.contract->id;
	return machine_hold(vm, MACHINE_SELF_BYTES);
}

enum err scope_travel(struct vm *vm, const struct value *hash)
{
	uint64_t held = vm->held;
	bool found = false;

	if (!value_is(hash, VALUE_BUFF))
		return host_fail_value(vm, type_atom(TYPE_NONE), hash);
	if (hash->n != STORE_HASH_LEN)
		return machine_fail(vm, VM_ERROR_BAD_BLOCK_HASH,
		                    "a block hash has 32 bytes");
	TRY(machine_hold(vm, MACHINE_SELF_BYTES));
	TRY(travel(vm, hash->bytes, &found));
	if (!found)
		return machine_fail(vm, VM_ERROR_UNKNOWN_BLOCK,
		                    "no such block");
	TRY(scope_begin(vm, SCOPE_TRAVEL, true));
	scope_top(vm)->held = held;
	scope_top(vm)->block = vm->block;
	vm->block = hash->bytes;
	vm->journal.is_away = true;
	vm->journal.sees_pending = false;
	return ERR_OK;
}

enum err scope_collect(struct vm *vm, const struct value *owner)
{
	struct scope *s;

	if (owner && !value_is(owner, VALUE_PRINCIPAL))
		return machine_fail(vm, VM_ERROR_EXPECT, "expected principal");
	TRY(scope_push(vm, SCOPE_ALLOW, &s));
	s->is_self = !owner;
	s->used = vm->memory.used;
	s->owner = owner ? owner->principal : vm->who.contract->id;
	return ERR_OK;
}

/* Unlike every other passing of the memory limit, this one gives back all that
 * was counted since the first allowance, the excess included. */
static enum err refuse_allowance(struct vm *vm, const struct scope *s)
{
	memory_drop(&vm->memory,
	            vm->memory.used - s->used - (vm->held - s->held));
	vm->failure.kind = VM_ERROR_RESTRICT_MEMORY;
	return ERR_RUN;
}

enum err scope_allow(struct vm *vm, enum native id, const struct value *args)
{
	struct allowance *a;
	uint64_t bytes;

	TRY(allowance_new(vm, id, args, &a, &bytes));

	enum err e = machine_hold(vm, bytes);
	struct scope *s = scope_top(vm);

	if (e == ERR_RUN && !s->is_self &&
	    vm->failure.kind == VM_ERROR_MEMORY_BALANCE_EXCEEDED)
		return refuse_allowance(vm, s);
	TRY(e);
	a->index = s->index++;
	a->next = s->allowances;
	s->allowances = a;
	return ERR_OK;
}

enum err scope_guard(struct vm *vm, uint32_t ret, const struct insn *end)
{
	struct scope *s = scope_top(vm);

	CHECK(s->kind == SCOPE_ALLOW);
	if (s->is_self)
		TRY(machine_hold(vm, MACHINE_SELF_BYTES));
	s->kind = SCOPE_GUARD;
	s->ret = ret;
	s->end = end;
	scope_arm(vm, s, false);
	if (s->is_self) {
		vm->who.sender = vm->who.contract->id;
		vm->who.caller = vm->who.contract->id;
	}
	return ERR_OK;
}
