/*
 * node/chain/ledger.h - What a block writes besides its transactions.
 *
 * Each function is a transaction of the machine of its own, free of cost, and
 * writes even where nothing changes: a write of an unchanged value still
 * changes the state root.
 *
 * Layer:    node/chain.
 * Memory:   plain data.
 * Threads:  as the machine.
 * Spec:     docs/CONSENSUS.md, "Keys of the Clarity state" and "Blocks".
 */
#ifndef NODE_CHAIN_LEDGER_H
#define NODE_CHAIN_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/vm/vm.h"

/** What limits nothing. */
extern const struct cost ledger_free;

/** Reads the epoch that the state is in.
 *
 * @param found  false in a state that has not left its first epoch
 * @return ERR_OK; ERR_STORE_CORRUPT and other faults. */
MUST_USE enum err ledger_epoch(struct vm *vm, enum epoch *ret, bool *found);

/** Writes the epoch. @return ERR_OK; a fault; likewise those below. */
MUST_USE enum err ledger_set_epoch(struct vm *vm, enum epoch epoch);

/** Writes how many tenures came before. */
MUST_USE enum err ledger_set_tenure(struct vm *vm, uint32_t height);

/** Writes a block's time, in seconds. */
MUST_USE enum err ledger_set_time(struct vm *vm, uint64_t time);

/** Reads how many microSTX exist, in the transaction that is open. */
MUST_USE enum err ledger_supply(struct vm *vm, u128 *ret);

/** Adds microSTX to what exists; ERR_STORE_CORRUPT past 128 bits. */
MUST_USE enum err ledger_add_supply(struct vm *vm, u128 amount);

/** Gives microSTX to an account, ending a lock that has run out. */
MUST_USE enum err ledger_credit(struct vm *vm, const struct store_view *view,
                                const struct principal *who, u128 amount);

/** ledger_credit, within the transaction that is open. */
MUST_USE enum err ledger_credit_here(struct vm *vm,
                                     const struct store_view *view,
                                     const struct principal *who, u128 amount);

/** ledger_add_supply, within the transaction that is open. */
MUST_USE enum err ledger_add_supply_here(struct vm *vm, u128 amount);

#endif /* NODE_CHAIN_LEDGER_H */
