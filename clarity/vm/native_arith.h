/*
 * clarity/vm/native_arith.h - Arithmetic that is no instruction.
 *
 * Layer:    clarity/vm.
 * Memory:   never allocates.
 * Threads:  as the machine.
 * Spec:     SIP-002; SIP-020 (bits).
 */
#ifndef CLARITY_VM_NATIVE_ARITH_H
#define CLARITY_VM_NATIVE_ARITH_H

#include "clarity/vm/host.h"

/** Kind N: `pow`, `sqrti`, `log2`, `xor`, and the bit natives. */
native_fn native_arith_pow;
native_fn native_arith_sqrti;
native_fn native_arith_log2;
native_fn native_arith_xor;
native_fn native_arith_bit_xor;
native_fn native_arith_bit_and;
native_fn native_arith_bit_or;
native_fn native_arith_bit_not;
native_fn native_arith_shift_left;
native_fn native_arith_shift_right;

/** Kind N: `+`, `-`, `*` and `/` where no types are believed and there are not
 * just two arguments, for which there is an instruction. */
native_fn native_arith_add;
native_fn native_arith_sub;
native_fn native_arith_mul;
native_fn native_arith_div;

/** `is-eq`, kind X, of any number of arguments. */
native_fn native_arith_is_eq;

/** `merge`, kind X. */
native_fn native_arith_merge;

/**
 * Applies a native that `map` can apply to `n` values, charging its price, as
 * the mapping of an empty sequence did before epoch 4.0.
 *
 * @return as native_fn
 */
MUST_USE enum err native_arith_apply(struct vm *vm, enum native id,
                                     const struct value *args, uint32_t n,
                                     struct value *ret);

#endif /* CLARITY_VM_NATIVE_ARITH_H */
