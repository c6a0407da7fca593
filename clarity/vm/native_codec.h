/*
 * clarity/vm/native_codec.h - Values as consensus bytes, inside the language.
 *
 * Reading bytes is where a program meets what others wrote; what is only a
 * `none` and what makes a transaction unincludable depends on the epoch.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-015
 */
#ifndef CLARITY_VM_NATIVE_CODEC_H
#define CLARITY_VM_NATIVE_CODEC_H

#include "clarity/vm/host.h"

/** `to-consensus-buff?`, kind X. */
native_fn native_codec_to_buff;

/** `from-consensus-buff?`, kind S: arg 0 the buffer, maybe in place and never
 * cloned; `type` the wanted type, whose parsing is charged. Charges
 * FROM_CONSENSUS_BUFF for the length (at least 1 from Clarity 5) first. */
native_fn native_codec_from_buff;

#endif /* CLARITY_VM_NATIVE_CODEC_H */
