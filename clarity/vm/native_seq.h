/*
 * clarity/vm/native_seq.h - Natives on lists, buffers and strings.
 *
 * Sequences are immutable, so slicing a buffer shares its bytes.  The stored
 * type of a list decides prices later on, so each native says which it gives.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-002; facts of each native in docs/NATIVES.md
 */
#ifndef CLARITY_VM_NATIVE_SEQ_H
#define CLARITY_VM_NATIVE_SEQ_H

#include "clarity/vm/host.h"

/** `list`, kind S: charges LIST_CONS for the sum of the sizes, then builds. */
native_fn native_seq_list;

/** `append`, kind S: args list (paid), item (maybe in place). Charges APPEND
 * for the larger of the entry type's and the item type's size, then clones
 * the item, then builds with length one more than the *type's*. */
native_fn native_seq_append;

/** Tests what `append` appends to. */
native_step_fn native_seq_append_to;

/** Tests that in which `replace-at?` replaces. */
native_step_fn native_seq_replace_in;

/** `concat`, kind S: two or more paid arguments. Charges CONCAT for the sum
 * of the lengths (1 before failing on a non-sequence), then joins. */
native_fn native_seq_concat;

/** `as-max-len?`, kind S: arg 0 paid, `extra` the wanted length (capped at
 * 2^32-1); AS_MAX_LEN is already charged. */
native_fn native_seq_as_max_len;

/** `len`, kind N. */
native_fn native_seq_len;

/** `element-at`, `element-at?`, kind N. */
native_fn native_seq_element_at;

/** `index-of`, `index-of?`, kind X. */
native_fn native_seq_index_of;

/** `slice?`, kind S: arg 0 paid, positions maybe in place. Charges SLICE only
 * when there is a slice; after a failure SLICE for 0, then the failure. */
native_fn native_seq_slice;

/** `replace-at?`, kind S: all maybe in place. The price was charged after
 * evaluating arg 0. Checks the item, then the position, clones arg 0, answers
 * none past the end, clones arg 2, and replaces. */
native_fn native_seq_replace_at;

#endif /* CLARITY_VM_NATIVE_SEQ_H */
