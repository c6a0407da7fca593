/*
 * clarity/vm/scope.h - What must be settled when control leaves something.
 *
 * Nested transactions, changes of identity and of time, and guards are scopes.
 * Whoever leaves one, by its end, an early return or a failure, pops it here,
 * so that none can be forgotten.
 *
 * Layer:    clarity/vm.
 * Memory:   the stack of scopes is in the transaction's arena.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_SCOPE_H
#define CLARITY_VM_SCOPE_H

#include <stdbool.h>

#include "clarity/vm/machine.h"

/** Opens a scope that changes nothing yet. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err scope_push(struct vm *vm, enum scope_kind kind,
                             struct scope **ret);

/** Opens a nested transaction. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err scope_begin(struct vm *vm, enum scope_kind kind,
                              bool is_read_only);

/** Turns the innermost scope into a nested transaction from here on. */
void scope_arm(struct vm *vm, struct scope *s, bool is_read_only);

/** @return the innermost scope. */
static inline struct scope *scope_top(struct vm *vm)
{
	return &vm->scopes[vm->n_scopes - 1];
}

/** Drops all that happened in the innermost scope, and the scope. */
void scope_roll_back(struct vm *vm);

/**
 * Keeps what happened in the innermost scope, and drops the scope.
 *
 * @return ERR_OK; ERR_RUN when sums of movements do not fit (everything is
 *         rolled back then); ERR_NO_MEMORY.
 */
MUST_USE enum err scope_commit(struct vm *vm);

/**
 * Drops the innermost scope, whatever its kind, and what happened in it.
 *
 * @return ERR_OK, or the store's fault; the scope is gone in any case.
 */
MUST_USE enum err scope_drop(struct vm *vm);

/**
 * Ends a guard: compares movements with allowances; rolls back or commits.
 *
 * @param broken  whether an allowance was broken
 * @param index   which
 * @return ERR_OK; ERR_RUN; ERR_NO_MEMORY; the scope is gone in any case.
 */
MUST_USE enum err scope_end_guard(struct vm *vm, bool *broken, uint32_t *index);

/** Becomes the running contract itself. @return as machine_hold. */
MUST_USE enum err scope_become_self(struct vm *vm);

/** Sees the state as of block `hash`. @return ERR_OK; ERR_RUN; a fault. */
MUST_USE enum err scope_travel(struct vm *vm, const struct value *hash);

/** Starts collecting allowances for `owner`, or (NULL) for the contract. */
MUST_USE enum err scope_collect(struct vm *vm, const struct value *owner);

/** Adds an allowance. @return ERR_OK; ERR_RUN; ERR_NO_MEMORY. */
MUST_USE enum err scope_allow(struct vm *vm, enum native id,
                              const struct value *args);

/** Starts the guarded body. @return as machine_hold. */
MUST_USE enum err scope_guard(struct vm *vm, uint32_t ret,
                              const struct insn *end);

#endif /* CLARITY_VM_SCOPE_H */
