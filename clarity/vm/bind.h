/*
 * clarity/vm/bind.h - Arguments becoming parameters.
 *
 * A value takes on the type of the parameter that it is bound to: principals
 * become callables where a trait is expected, lists and tuples get the
 * declared type.  That type decides prices later, so it must be exact.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the transaction's arena.
 * Threads:  as the machine.
 * Spec:     SIP-015, "Traits as first-class values".
 */
#ifndef CLARITY_VM_BIND_H
#define CLARITY_VM_BIND_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/vm/machine.h"

/** @return which parameters (see struct function's `binds`) need binding even
 * when the checker has seen the arguments. */
uint64_t bind_mask(const struct type *const *types, uint32_t n);

/** Binds parameter `i` of `fn`, in place; as bind_inner. */
MUST_USE enum err bind_one(struct vm *vm, const struct function *fn, uint32_t i,
                           struct value *v);

/** Binds arguments of a call inside a contract, in place: all in exact code,
 * which believes no type, otherwise those in the mask.
 * @return ERR_OK; ERR_RUN; ERR_NO_MEMORY. */
MUST_USE enum err bind_inner(struct vm *vm, const struct function *fn,
                             struct value *args);

/** Binds all arguments of a call from outside; as bind_inner, and
 * ERR_RUN_EXACTLY for one whose parts are not what its parameter declares. */
MUST_USE enum err bind_outer(struct vm *vm, const struct function *fn,
                             struct value *args);

/**
 * Cuts a value to its own type, as contracts do with what they exchange.
 *
 * @param ret  may be `v`
 * @param ok   whether that was possible
 * @return ERR_OK; ERR_RUN; ERR_NO_MEMORY.
 */
MUST_USE enum err bind_sanitize(struct vm *vm, const struct value *v,
                                struct value *ret, bool *ok);

#endif /* CLARITY_VM_BIND_H */
