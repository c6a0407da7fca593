/*
 * node/chain/account.h - Nonces and balances, inside a machine's transaction.
 *
 * Fees, native transfers and nonces are written through the machine, so that
 * a program sees them and everything of a transaction is kept, or dropped,
 * together.
 *
 * Layer:    node/chain.
 * Memory:   plain data.
 * Threads:  as the machine.
 * Spec:     SIP-005; docs/CONSENSUS.md, "Keys of the Clarity state".
 */
#ifndef NODE_CHAIN_ACCOUNT_H
#define NODE_CHAIN_ACCOUNT_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/vm/stx_balance.h"
#include "clarity/vm/vm.h"

/** Reads a nonce: how many transactions the account has had.
 * @return ERR_OK; ERR_STORE_CORRUPT and other faults. */
MUST_USE enum err account_nonce(struct vm *vm, const struct principal *who,
                                uint64_t *ret);

/** Writes a nonce. @return ERR_OK; a fault. */
MUST_USE enum err account_set_nonce(struct vm *vm, const struct principal *who,
                                    uint64_t nonce);

/** Reads a balance as it is stored. @return as account_nonce. */
MUST_USE enum err account_balance(struct vm *vm, const struct principal *who,
                                  struct stx_balance *ret);

/** Writes a balance. @return ERR_OK; a fault. */
MUST_USE enum err account_set_balance(struct vm *vm,
                                      const struct principal *who,
                                      const struct stx_balance *b);

/**
 * Takes microSTX, ending a lock that has run out; also written for 0.
 *
 * @return ERR_OK; ERR_TX_FEE with too little unlocked, nothing is written;
 *         faults.
 */
MUST_USE enum err account_debit(struct vm *vm, const struct store_view *view,
                                const struct principal *who, u128 amount);

/** Gives microSTX; a lock stays as it is written. @return ERR_OK; a fault. */
MUST_USE enum err account_credit(struct vm *vm, const struct principal *who,
                                 u128 amount);

#endif /* NODE_CHAIN_ACCOUNT_H */
