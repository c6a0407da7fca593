/*
 * clarity/vm/hook.h - What a chain does after calls of contracts that it knows.
 *
 * No contract can lock STX: the chain does it, when the stacking contract has
 * said yes.  So whoever embeds the machine names contracts, and a handler for
 * each that is run after every call into it from outside: by a transaction or
 * by another contract, with whatever result, after its writes were kept or
 * rolled back.  The handler belongs to the caller's nested transaction: when
 * that is rolled back, so is what the handler did.
 *
 * A call may be undone and run again (see vm.h), so a handler changes nothing
 * but through the machine: vm_read and vm_write for state, and the functions
 * below.  Charges and failures are host_charge and host_fail.
 *
 * Layer:    clarity/vm.
 * Memory:   hooks are borrowed for as long as the machine lives.
 * Threads:  as the machine.
 * Spec:     docs/CONSENSUS.md, "Stacking".
 */
#ifndef CLARITY_VM_HOOK_H
#define CLARITY_VM_HOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"
#include "clarity/vm/event.h"
#include "clarity/vm/store.h"

struct vm;
struct scope;

/** A call that has returned. */
struct hook_visit {
	const struct principal *contract;
	struct span function;
	const struct value *args; /* before they were bound to parameters */
	uint32_t n_args;
	const struct principal *sender; /* tx-sender where the call was made */
	const struct value *result;
};

/** Handles a call that has returned.
 * @return ERR_OK; ERR_RUN: the call fails after all; what a host function
 *         returned; a fault. */
typedef enum err hook_fn(void *ctx, struct vm *vm, const struct hook_visit *v);

struct hook {
	const struct principal *contract;
	hook_fn *after;
	void *ctx;
};

/** Installs all hooks of a machine. Between transactions. */
void hook_install(struct vm *vm, const struct hook *hooks, uint32_t n);

/*
 * For handlers.
 */

/** Tells where the block that is being built stands. @return ERR_OK; a
 * fault. */
MUST_USE enum err hook_view(struct vm *vm, struct store_view *ret);

/** Appends an event (copied). @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err hook_event(struct vm *vm, const struct event *e);

/** @return whether the caller's nested transaction has booked a stacking of
 * `owner`. */
bool hook_has_stacked(const struct vm *vm, const struct principal *owner);

/**
 * Books a stacking, for post-conditions.  From epoch 4.0 amounts of one owner
 * add up, before the last one counts.
 *
 * @return ERR_OK; ERR_RUN for a sum that does not fit; ERR_NO_MEMORY.
 */
MUST_USE enum err hook_stack(struct vm *vm, const struct principal *owner,
                             u128 amount);

/** Books that `owner` tried to change its position in stacking, for
 * post-conditions. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err hook_move(struct vm *vm, const struct principal *owner);

/*
 * For the machine.
 */

/** A call that a handler waits for. */
struct hook_call {
	const struct hook *hook;
	struct hook_visit visit; /* without the result */
};

/** Notes in the scope of a call that a handler waits for it, if one does.
 * @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err hook_note(struct vm *vm, struct scope *s,
                            const struct hook_visit *v);

/** Runs the handler of a noted call. @return as hook_fn. */
MUST_USE enum err hook_run(struct vm *vm, const struct hook_call *call,
                           const struct value *result);

#endif /* CLARITY_VM_HOOK_H */
