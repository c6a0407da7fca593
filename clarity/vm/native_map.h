/*
 * clarity/vm/native_map.h - Data variables and maps of the running contract.
 *
 * What a read or write costs is known only after it was done: it is priced by
 * the bytes that lie in the store.  When it fails, the declared types price it.
 *
 * Layer:    clarity/vm.
 * Memory:   values live in the transaction's arena.
 * Threads:  as the machine.
 * Spec:     SIP-002; SIP-012 (prices by actual size).
 */
#ifndef CLARITY_VM_NATIVE_MAP_H
#define CLARITY_VM_NATIVE_MAP_H

#include "clarity/vm/machine.h"

/** Each works on variable or map `index`; results go to `ret`, which may be an
 * operand. @return ERR_OK; ERR_RUN; ERR_RUN_EXACTLY; a fault. */
MUST_USE enum err native_map_var_get(struct vm *vm, uint32_t index,
                                     struct value *ret);
MUST_USE enum err native_map_var_set(struct vm *vm, uint32_t index,
                                     const struct value *v, struct value *ret);
MUST_USE enum err native_map_get(struct vm *vm, uint32_t index,
                                 const struct value *key, struct value *ret);

/** @param keeps  `map-insert`: an entry that is there stays */
MUST_USE enum err native_map_set(struct vm *vm, uint32_t index,
                                 const struct value *key, const struct value *v,
                                 bool keeps, struct value *ret);
MUST_USE enum err native_map_delete(struct vm *vm, uint32_t index,
                                    const struct value *key, struct value *ret);

/** Puts the first value of a variable, when it is defined. */
MUST_USE enum err native_map_define(struct vm *vm, const struct contract_var *d,
                                    const struct value *v);

#endif /* CLARITY_VM_NATIVE_MAP_H */
