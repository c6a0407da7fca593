/*
 * clarity/vm/native_block.h - What programs may ask about blocks.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-002; SIP-021 (tenures and Nakamoto blocks).
 */
#ifndef CLARITY_VM_NATIVE_BLOCK_H
#define CLARITY_VM_NATIVE_BLOCK_H

#include "clarity/base/span.h"
#include "clarity/vm/host.h"

enum block_property {
	BLOCK_TIME,
	BLOCK_BURN_TIME,
	BLOCK_VRF_SEED,
	BLOCK_HEADER_HASH,
	BLOCK_ID,
	BLOCK_BURN_HASH,
	BLOCK_MINER,
	BLOCK_SPEND_WINNER,
	BLOCK_SPEND_TOTAL,
	BLOCK_REWARD,
	BLOCK_POX_ADDRS,
	BLOCK_PROPERTY_COUNT
};

/** @return what `name` means for block native `id`, or BLOCK_PROPERTY_COUNT. */
enum block_property native_block_property(enum native id, struct span name,
                                          enum clarity_version version);

/** The four natives; `extra` is the property, argument 0 the height, which is
 * never cloned; the price is charged. */
native_fn native_block_info;
native_fn native_block_burn_info;
native_fn native_block_stacks_info;
native_fn native_block_tenure_info;

/** The value of a keyword that stands for a fact. Errors as native_fn. */
MUST_USE enum err native_block_keyword(struct vm *vm, enum native id,
                                       struct value *ret);

#endif /* CLARITY_VM_NATIVE_BLOCK_H */
