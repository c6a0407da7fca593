/*
 * clarity/vm/native_stx.h - Balances of the chain's own token.
 *
 * What is stored, and when a lock ends, is stx_balance.h's.
 *
 * Layer:    clarity/vm.
 * Memory:   values live in the transaction's arena.
 * Threads:  as the machine.
 * Spec:     SIP-007; SIP-015, SIP-022 to SIP-024 (locks that end early).
 */
#ifndef CLARITY_VM_NATIVE_STX_H
#define CLARITY_VM_NATIVE_STX_H

#include "clarity/vm/machine.h"
#include "clarity/vm/stx_balance.h"

/** Reads a balance and applies a lock that has ended.
 * @return ERR_OK; ERR_RUN for bad stored data; a fault. */
MUST_USE enum err native_stx_read(struct vm *vm, const struct principal *who,
                                  struct stx_balance *ret);

/** Writes a balance. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err native_stx_write(struct vm *vm, const struct principal *who,
                                   const struct stx_balance *b);

/** Reads the supply of STX that is not burnt. As native_stx_read. */
MUST_USE enum err native_stx_supply(struct vm *vm, u128 *ret);

/** Writes it. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err native_stx_set_supply(struct vm *vm, u128 supply);

/** The natives; their price is charged and arguments are read in place. */
native_fn native_stx_balance;
native_fn native_stx_account;
native_fn native_stx_transfer;
native_fn native_stx_transfer_memo;
native_fn native_stx_burn;

#endif /* CLARITY_VM_NATIVE_STX_H */
