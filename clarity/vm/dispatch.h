/*
 * clarity/vm/dispatch.h - Which C function runs which native.
 *
 * Layer:    clarity/vm.
 * Memory:   static tables.
 * Threads:  constant.
 */
#ifndef CLARITY_VM_DISPATCH_H
#define CLARITY_VM_DISPATCH_H

#include "clarity/vm/host.h"

/** A native that is a C function. */
struct dispatch {
	native_fn *fn;        /* NULL: it is compiled to instructions */
	native_size_fn *size; /* of kind X; NULL: the bytes of all arguments */
};

/** First and middle parts of natives that can answer early. */
enum dispatch_step {
	DISPATCH_DIGEST,         /* a message digest of 32 bytes */
	DISPATCH_K1_RECOVERABLE, /* the signature of secp256k1-recover? */
	DISPATCH_K1_SIGNATURE,   /* the signature of secp256k1-verify */
	DISPATCH_R1_SIGNATURE,   /* the signature of secp256r1-verify */
	DISPATCH_ALLOW_CONTRACT, /* whose tokens an allowance is about */
	DISPATCH_ALLOW_NAME,     /* which of its tokens */
	DISPATCH_LIST,           /* what append appends to */
	DISPATCH_SEQUENCE,       /* that in which replace-at? replaces */
	DISPATCH_STEP_COUNT
};

/** @return the row of a native. */
const struct dispatch *dispatch_native(enum native id);

/** @return the function of a step. */
native_step_fn *dispatch_step(enum dispatch_step step);

#endif /* CLARITY_VM_DISPATCH_H */
