/*
 * clarity/vm/op.h - Instructions that are too long for the loop.
 *
 * Each takes operands that the loop has already found; `a` is where the result
 * goes and may be one of the operands.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the transaction's arena.
 * Threads:  as the machine.
 */
#ifndef CLARITY_VM_OP_H
#define CLARITY_VM_OP_H

#include "clarity/vm/machine.h"

/** All return ERR_OK; ERR_RUN; ERR_RUN_EXACTLY; a fault. */
MUST_USE enum err op_charge_size(struct vm *vm, enum price_id id,
                                 const struct value *v);
MUST_USE enum err op_charge_min(struct vm *vm, enum price_id id,
                                const struct value *a, const struct value *b);
MUST_USE enum err op_charge_bytes(struct vm *vm, enum price_id id,
                                  const struct value *args, uint32_t n);
MUST_USE enum err op_charge_native(struct vm *vm, enum native id,
                                   const struct value *args, uint32_t n);
MUST_USE enum err op_hold(struct vm *vm, const struct value *v);
MUST_USE enum err op_error(struct vm *vm, enum vm_error kind);
MUST_USE enum err op_equal(struct vm *vm, struct value *a,
                           const struct value *b, const struct value *c);
MUST_USE enum err op_wrap(struct vm *vm, struct value *a, enum value_wrap wrap,
                          const struct value *b);
MUST_USE enum err op_tuple(struct vm *vm, struct value *a,
                           const struct value *args,
                           const struct tuple_site *site);
MUST_USE enum err op_get(struct vm *vm, struct value *a, const struct value *b,
                         const struct insn *i, struct span name);
MUST_USE enum err op_print(struct vm *vm, struct value *a,
                           const struct value *b);
MUST_USE enum err op_native(struct vm *vm, enum native id, struct value *a,
                            const struct value *args, uint32_t n,
                            const struct native_site *site);
MUST_USE enum err op_step(struct vm *vm, uint32_t step, struct value *a,
                          const struct value *args, uint32_t n, bool *done);
MUST_USE enum err op_contract_call(struct vm *vm, const struct call_site *site,
                                   const struct insn *i,
                                   const struct value *target,
                                   const struct value *args);
MUST_USE enum err op_contract_of(struct vm *vm, struct value *a,
                                 const struct value *b);

/** Ends a guard: a = (ok b), or (err index). */
MUST_USE enum err op_guard_end(struct vm *vm, struct value *a,
                               const struct value *b);

/** Starts a walk: two registers, the sequence and the place in it. */
/*
 * Loops.  A walk is two registers: the sequence, and the place in it.
 */

/** Starts a walk over a sequence. */
MUST_USE enum err op_loop_begin(struct vm *vm, struct value *walk,
                                const struct value *sequence);

/** @return whether there is a next item, then in `a`. */
bool op_loop_next(struct value *a, struct value *walk);

/** Each is one step of filter: start, judge one item, and the result. */
/** Starts what a filter keeps. */
MUST_USE enum err op_loop_filter_begin(struct vm *vm, struct value *a,
                                       const struct value *walk);
/** Keeps an item if the condition holds. */
MUST_USE enum err op_loop_filter_add(struct vm *vm, struct value *kept,
                                     const struct value *item,
                                     const struct value *condition);
/** Ends a filter: a sequence of the kind of the walk. */
void op_loop_filter_end(struct value *a, const struct value *kept,
                        const struct value *walk);

/** @param empty  whether one of the walks is */
MUST_USE enum err op_loop_map_begin(struct vm *vm, struct value *a,
                                    const struct value *walks, uint32_t n,
                                    bool *empty);
void op_loop_map_add(struct value *list, const struct value *item);
MUST_USE enum err op_loop_map_end(struct vm *vm, struct value *a,
                                  const struct value *list);
MUST_USE enum err op_loop_map_empty(struct vm *vm, struct value *list,
                                    const struct value *walks, uint32_t n,
                                    uint32_t callee);

#endif /* CLARITY_VM_OP_H */
