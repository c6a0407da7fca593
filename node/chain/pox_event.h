/*
 * node/chain/pox_event.h - What explorers are told about stacking.
 *
 * The stacking contract prints nothing.  Indexers live on an event that the
 * chain makes up for it: who stacked, the balance before the lock, and data
 * that depend on the function.  It is read out of the contract's variables
 * and maps as they are after the call, costs nothing, and is left out when
 * something that it needs is not there.
 *
 * Layer:    node/chain.
 * Memory:   the event's value lives in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     docs/CONSENSUS.md, "Stacking".
 */
#ifndef NODE_CHAIN_POX_EVENT_H
#define NODE_CHAIN_POX_EVENT_H

#include <stdbool.h>

#include "clarity/vm/hook.h"

/**
 * Makes the event of a call of a contract with the interface of pox-4.
 *
 * @param is_made  whether this function and this result have an event
 * @return ERR_OK; a fault.
 */
MUST_USE enum err pox_event_make(struct vm *vm, const struct hook_visit *v,
                                 struct event *ret, bool *is_made);

#endif /* NODE_CHAIN_POX_EVENT_H */
