/*
 * clarity/vm/load.h - Contracts in and out of the store.
 *
 * A deployed contract is kept as its text and the values of its constants.
 * Loading parses and checks it again, free of charge, by the rules under which
 * it was deployed; the contracts it names are loaded first, with a list of
 * those still to do instead of recursion.
 *
 * Layer:    clarity/vm.
 * Memory:   loaded contracts belong to the machine until vm_forget.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_LOAD_H
#define CLARITY_VM_LOAD_H

#include "clarity/vm/machine.h"

/** Finds a contract, loading it if it must. @return ERR_OK, with NULL when it
 * does not exist; faults. */
MUST_USE enum err load_contract(struct vm *vm, const struct principal *id,
                                struct contract **ret);

/** Finds a contract among the loaded ones, or NULL. */
struct contract *load_find(const struct vm *vm, const struct principal *id);

/** Keeps a contract among the loaded ones. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err load_keep(struct vm *vm, struct contract *c);

/** Forgets and frees one. */
void load_drop(struct vm *vm, struct contract *c);

/** Forgets and frees all. */
void load_drop_all(struct vm *vm);

/**
 * Builds the tree of a contract's text and checks it.
 *
 * @param is_free  nothing is charged
 * @param diag     why it was refused
 * @return ERR_OK; ERR_PARSE, ERR_CHECK, ERR_CHECK_REJECT; errors of the meter;
 *         faults.
 */
MUST_USE enum err load_program(struct vm *vm, struct contract *c, bool is_free,
                               bool *was_parsed, struct diag *diag);

/** Builds the tree of a contract's text alone, and pays for it. As
 * load_program. */
MUST_USE enum err load_tree(struct vm *vm, struct contract *c, struct ast *ret,
                            struct diag *diag);

/** Hands a new contract to the store. @return ERR_OK; a fault. */
MUST_USE enum err load_store(struct vm *vm, const struct contract *c);

#endif /* CLARITY_VM_LOAD_H */
