/*
 * clarity/vm/toplevel.h - Running the top level of a contract.
 *
 * Deploying evaluates each top-level form in a nested transaction of its own:
 * definitions add names to the contract, everything else is run once.  Loading
 * a deployed contract makes the same definitions without running anything:
 * constants come from the store.
 *
 * Layer:    clarity/vm.
 * Memory:   definitions are in the contract's arena.
 * Threads:  as the machine.
 * Spec:     SIP-002, "Definitions"; docs/CONSENSUS.md, "Deployment".
 */
#ifndef CLARITY_VM_TOPLEVEL_H
#define CLARITY_VM_TOPLEVEL_H

#include "clarity/vm/machine.h"

/**
 * Runs the top level of a new contract.  The caller has set who runs.
 *
 * @return ERR_OK; ERR_RUN; ERR_RUN_EXACTLY; a fault.
 */
MUST_USE enum err toplevel_run(struct vm *vm, struct contract *c);

/**
 * Makes the definitions of a deployed contract.
 *
 * @param stored  what the store has of it
 * @return ERR_OK; ERR_RUN if it does not fit its own text; a fault.
 */
MUST_USE enum err toplevel_load(struct vm *vm, struct contract *c,
                                const struct store_contract *stored);

/**
 * Makes constants ready for look-ups, once all are known: cut to their types
 * where the epoch looks them up so.
 *
 * @return ERR_OK; ERR_RUN; ERR_NO_MEMORY.
 */
MUST_USE enum err toplevel_settle(struct vm *vm, struct contract *c);

/** Runs an expression at the top level of the running contract.
 * @return as toplevel_run */
MUST_USE enum err toplevel_eval(struct vm *vm, const struct ast_node *node,
                                struct value *ret);

#endif /* CLARITY_VM_TOPLEVEL_H */
