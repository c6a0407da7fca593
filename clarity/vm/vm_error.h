/*
 * clarity/vm/vm_error.h - Why a program stopped, and what that means.
 *
 * The class decides consensus: whether the transaction is included as a
 * failure, does not fit into the block, or makes the block invalid.  The kind
 * is for people and for comparing with other implementations.
 *
 * Layer:    clarity/vm.
 * Memory:   never allocates; all texts are static.
 * Threads:  pure functions.
 */
#ifndef CLARITY_VM_VM_ERROR_H
#define CLARITY_VM_VM_ERROR_H

#include <stdbool.h>

enum vm_error {
#define X(name, class, reference) VM_ERROR_##name,
#include "clarity/vm/vm_error.def"
#undef X
	VM_ERROR_COUNT
};

enum vm_error_class {
	VM_ERROR_CLASS_RUNTIME, /* included; the program went wrong */
	VM_ERROR_CLASS_CHECK,   /* included; a rule was broken at run time */
	VM_ERROR_CLASS_EARLY,   /* included; a value was thrown to the top */
	VM_ERROR_CLASS_COST,    /* does not fit into this block */
	VM_ERROR_CLASS_REJECT,  /* a block with it is invalid */
	VM_ERROR_CLASS_INTERNAL /* likewise */
};

/** @return the kind's class. */
enum vm_error_class vm_error_class(enum vm_error kind);

/** @return the name that the reference implementation prints. */
const char *vm_error_name(enum vm_error kind);

/** @return the name of a class, as "RuntimeCheck". */
const char *vm_error_class_name(enum vm_error_class c);

/** @return whether a transaction that fails so may be in a block. */
bool vm_error_is_includable(enum vm_error kind);

#endif /* CLARITY_VM_VM_ERROR_H */
