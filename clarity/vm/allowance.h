/*
 * clarity/vm/allowance.h - What a guarded body may do with its owner's assets.
 *
 * `restrict-assets?` and `as-contract?` run a body and then compare what the
 * owner lost with a list of allowances.  The answer is the index of the first
 * allowance that is broken, and it is given even when the body failed.
 *
 * Layer:    clarity/vm.
 * Memory:   allowances live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-033, "Restricting asset movements"; SIP-044.
 */
#ifndef CLARITY_VM_ALLOWANCE_H
#define CLARITY_VM_ALLOWANCE_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/lang/native.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"
#include "clarity/vm/asset_map.h"
#include "clarity/vm/host.h"

/** The index when something moved for which there is no allowance at all. */
#define ALLOWANCE_NONE 128u

struct allowance {
	enum native id;                   /* NATIVE_WITH_STX and so on */
	uint32_t index;                   /* in the list */
	const struct principal *contract; /* of a token */
	struct span name;                 /* of a token; "*" for all */
	u128 amount;
	const struct value *ids; /* of non-fungible tokens */
	uint32_t n_ids;
	struct allowance *next; /* the one before it in the list */
};

/**
 * Makes an allowance from evaluated arguments.
 *
 * @param ret_bytes  the memory that it takes
 * @return ERR_OK; ERR_RUN for a contract or token name that is none;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err allowance_new(struct vm *vm, enum native id,
                                const struct value *args,
                                struct allowance **ret, uint64_t *ret_bytes);

/** Step of with-ft and with-nft after arg 0: it must be a contract. */
native_step_fn allowance_contract;

/** Step of with-ft and with-nft after arg 1: it must be a token's name. */
native_step_fn allowance_name;

/**
 * Compares movements with allowances.
 *
 * @param owner   whose assets are guarded
 * @param list    the allowances, last one first
 * @param m       whose innermost map has the movements of the guarded body
 * @param broken  whether one is broken
 * @param ret     the smallest index of a broken one, or ALLOWANCE_NONE
 * @return ERR_OK; ERR_RUN when movements and burns of STX together pass an
 *         allowance that each alone keeps, before epoch 3.4.
 */
MUST_USE enum err allowance_check(struct vm *vm, const struct principal *owner,
                                  const struct allowance *list,
                                  const struct asset_map *m, bool *broken,
                                  uint32_t *ret);

#endif /* CLARITY_VM_ALLOWANCE_H */
