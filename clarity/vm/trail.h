/*
 * clarity/vm/trail.h - Where a program was when it failed.
 *
 * Running code notes nothing.  When it fails, the frames that are still there
 * say which calls were open and which instruction each had reached, and each
 * instruction says from which expression it was compiled; so the way to a
 * failure is read afterwards, and costs only those who fail.
 *
 * Layer:    clarity/vm.
 * Memory:   copies all that it keeps into the transaction's arena: a contract
 *           whose deployment fails does not outlive the failure.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_TRAIL_H
#define CLARITY_VM_TRAIL_H

#include "clarity/vm/machine.h"

/** Notes in `vm->failure` where the frames have got to, unless that was done
 * already. @return ERR_RUN, the failure itself; ERR_NO_MEMORY. */
MUST_USE enum err trail_record(struct vm *vm);

/** As trail_record, for a form at the top level that failed without running
 * code of its own, such as a name that is taken. */
MUST_USE enum err trail_record_form(struct vm *vm, const struct contract *c,
                                    const struct ast_node *form);

/** @return the contract whose code frame `i` runs. */
const struct contract *trail_contract(const struct vm *vm, uint32_t i);

/** @return the node of a tree with this id, or NULL. */
const struct ast_node *trail_node(const struct ast *ast, uint32_t id);

/** @return the place of instruction `at` of a contract's code; end 0 if it is
 * not known. */
struct diag_span trail_span(const struct contract *c, const struct code *code,
                            const struct insn *at);

#endif /* CLARITY_VM_TRAIL_H */
