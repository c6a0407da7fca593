/*
 * clarity/vm/native_convert.h - Numbers from and to bytes and text.
 *
 * The texts are those that the network's implementation reads and writes:
 * signs, leading zeros and lengths are all part of the rules.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-015; SIP-033
 */
#ifndef CLARITY_VM_NATIVE_CONVERT_H
#define CLARITY_VM_NATIVE_CONVERT_H

#include "clarity/vm/host.h"

/** `buff-to-int-le`, kind N. */
native_fn native_convert_buff_to_int_le;

/** `buff-to-uint-le`, kind N. */
native_fn native_convert_buff_to_uint_le;

/** `buff-to-int-be`, kind N. */
native_fn native_convert_buff_to_int_be;

/** `buff-to-uint-be`, kind N. */
native_fn native_convert_buff_to_uint_be;

/** `string-to-int?`, kind N. */
native_fn native_convert_string_to_int;

/** `string-to-uint?`, kind N. */
native_fn native_convert_string_to_uint;

/** `int-to-ascii`, kind N. */
native_fn native_convert_int_to_ascii;

/** `int-to-utf8`, kind N. */
native_fn native_convert_int_to_utf8;

/** `to-ascii?`, kind S: the argument maybe in place and never cloned. Charges
 * TO_ASCII for its size first. */
native_fn native_convert_to_ascii;

#endif /* CLARITY_VM_NATIVE_CONVERT_H */
