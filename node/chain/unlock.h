/*
 * node/chain/unlock.h - Grants that become free at a height of the chain.
 *
 * Genesis wrote them into a map of a boot contract, by height.  Every block
 * looks up its own height and gives to each recipient what stands there; the
 * entry stays.
 *
 * Layer:    node/chain.
 * Memory:   events lie in the given arena.
 * Threads:  as the machine.
 * Spec:     docs/CONSENSUS.md, "Blocks".
 */
#ifndef NODE_CHAIN_UNLOCK_H
#define NODE_CHAIN_UNLOCK_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/vm/event.h"
#include "clarity/vm/vm.h"
#include "node/chain/chain_params.h"

/** What became free: an event for each recipient. */
struct unlock_list {
	const struct event *events; /* mints */
	uint32_t n;
	u128 total; /* microSTX */
};

/**
 * Gives out the grants of the view's height, in one transaction.
 *
 * @return ERR_OK; ERR_STORE_CORRUPT if the map holds something else; faults.
 */
MUST_USE enum err unlock_grants(struct arena *a, struct vm *vm,
                                const struct chain_params *params,
                                const struct store_view *view,
                                struct unlock_list *ret);

#endif /* NODE_CHAIN_UNLOCK_H */
