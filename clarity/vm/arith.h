/*
 * clarity/vm/arith.h - Integer arithmetic as the language wants it.
 *
 * Every overflow is a failure of the program, never a wrapped number.  The
 * slow twin in tests is written without this file.
 *
 * Layer:    clarity/vm.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     SIP-002, "Arithmetic".
 */
#ifndef CLARITY_VM_ARITH_H
#define CLARITY_VM_ARITH_H

#include <stdbool.h>

#include "clarity/value/value.h"
#include "clarity/vm/vm_error.h"

/**
 * Computes on two values of one integer kind.
 *
 * @param ret  may alias either operand
 * @return VM_ERROR_NONE; OVERFLOW, UNDERFLOW or DIVISION_BY_ZERO;
 *         UNION_TYPE_VALUE_ERROR when `a` is no integer, TYPE_VALUE_ERROR when
 *         `b` is not of its kind (arith_mod: UNION_TYPE_VALUE_ERROR for both);
 *         then `ret` is untouched
 */
typedef enum vm_error arith_fn(struct value *ret, const struct value *a,
                               const struct value *b);

arith_fn arith_add, arith_sub, arith_mul, arith_div, arith_mod;

/** Negates; UNDERFLOW for the smallest int and for uints above 0. */
enum vm_error arith_negate(struct value *ret, const struct value *a);

/** Compares two values of one kind that has an order.
 * @return VM_ERROR_NONE; UNION_TYPE_VALUE_ERROR */
enum vm_error arith_compare(int *ret, const struct value *a,
                            const struct value *b, bool integers_only);

#endif /* CLARITY_VM_ARITH_H */
