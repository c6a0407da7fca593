/*
 * node/chain/pox_lock.h - Locks STX when the stacking contract says so.
 *
 * The contract keeps the books of stacking, but no contract can touch a
 * balance's lock.  It answers with who locks how much until when, and this
 * handler, which the machine runs behind each call of the contract, writes
 * that into the balance, books it for post-conditions and tells it as events.
 * An answer that the balance does not allow is a defect of the contract: no
 * block can contain such a transaction.
 *
 * There are two contracts: the fourth of the network, which from epoch 4.0 on
 * only answers questions, and its successor.
 *
 * Layer:    node/chain.
 * Memory:   a handler borrows the contract's identifier.
 * Threads:  as the machine.
 * Spec:     SIP-007, SIP-021; docs/CONSENSUS.md, "Stacking".
 */
#ifndef NODE_CHAIN_POX_LOCK_H
#define NODE_CHAIN_POX_LOCK_H

#include "clarity/value/principal.h"
#include "clarity/vm/hook.h"

/** @return the handler for the contract with the interface of pox-4, which
 * is named `contract` on this chain. */
struct hook pox_lock_hook(const struct principal *contract);

/** @return likewise for the contract with the interface of pox-5. */
struct hook pox_lock_hook5(const struct principal *contract);

#endif /* NODE_CHAIN_POX_LOCK_H */
