/*
 * clarity/vm/frame.h - Entering functions, and leaving them in every way.
 *
 * Layer:    clarity/vm.
 * Memory:   frames are in the machine; registers are in one stack that moves
 *           when it grows, so pointers into it end with a call.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_FRAME_H
#define CLARITY_VM_FRAME_H

#include <stdbool.h>

#include "clarity/vm/machine.h"

/** What stays when a run ends: frames and scopes of whoever started it. */
struct frame_floor {
	uint32_t n_frames;
	uint32_t n_scopes;
};

/** @return the innermost frame. */
static inline struct frame *frame_top(struct vm *vm)
{
	return &vm->frames[vm->n_frames - 1];
}

/** @return the code of a function for this run, compiling it if it must;
 * NULL and `*e` on a fault. */
const struct code *frame_code(struct vm *vm, struct function *fn, enum err *e);

/**
 * Calls a function of the running contract.
 *
 * @param fn     the function
 * @param base   where its arguments lie; their number is right
 * @param ret    register that gets the result
 * @param depth  applications that are open in the caller
 * @return ERR_OK: its frame is the innermost; ERR_RUN; ERR_RUN_EXACTLY; a
 *         fault.
 */
MUST_USE enum err frame_call(struct vm *vm, struct function *fn, uint32_t base,
                             uint32_t ret, uint32_t depth);

/** A call of another contract. */
struct frame_visit {
	const struct principal *contract;
	struct span function;
	const struct value *args; /* may lie in registers */
	uint32_t n_args;
	uint32_t ret;   /* register that gets the result */
	uint32_t depth; /* applications that are open in the caller */
	const struct type *returns; /* what the result must be, or NULL */
	bool is_read_only; /* only a read-only function may be called */
	bool allows_private;
};

/**
 * Calls a function of a contract, as `contract-call?` and transactions do.
 * The caller has set who calls.
 *
 * @return as frame_call
 */
MUST_USE enum err frame_visit(struct vm *vm, const struct frame_visit *v);

/** Starts an expression at the top level of a contract. As frame_call. */
MUST_USE enum err frame_start(struct vm *vm, const struct code *code);

/**
 * Leaves the innermost function with a value.
 *
 * @return ERR_OK: the caller's frame is the innermost and has the value;
 *         ERR_RUN: likewise, but the caller fails
 */
MUST_USE enum err frame_return(struct vm *vm, const struct value *v);

/**
 * Leaves the innermost function early; guards on the way are settled.
 *
 * @param kind  what it is called if nobody catches it
 * @return ERR_OK: go on in the frame that is innermost now; ERR_RUN
 */
MUST_USE enum err frame_throw(struct vm *vm, enum vm_error kind,
                              const struct value *v);

/**
 * Lets a failure pass through frames and scopes down to `floor`.
 *
 * @return ERR_OK: a guard answered, go on in the innermost frame; otherwise
 *         the failure, or a fault that happened on the way
 */
MUST_USE enum err frame_unwind(struct vm *vm, enum err e,
                               const struct frame_floor *floor);

/** @return whether the function is running. */
bool frame_is_running(const struct vm *vm, const struct function *fn);

#endif /* CLARITY_VM_FRAME_H */
