/*
 * clarity/vm/native_token.h - Fungible and non-fungible tokens.
 *
 * In all of them `extra` is the token's index in the running contract, and the
 * price is charged, except that of non-fungible tokens, which depends on the
 * id.  Arguments are read in place.
 *
 * Layer:    clarity/vm.
 * Memory:   values live in the transaction's arena.
 * Threads:  as the machine.
 * Spec:     SIP-002; SIP-005 (events).
 */
#ifndef CLARITY_VM_NATIVE_TOKEN_H
#define CLARITY_VM_NATIVE_TOKEN_H

#include "clarity/vm/machine.h"

native_fn native_token_balance;  /* ft-get-balance */
native_fn native_token_supply;   /* ft-get-supply */
native_fn native_token_mint;     /* ft-mint? */
native_fn native_token_transfer; /* ft-transfer? */
native_fn native_token_burn;     /* ft-burn? */

native_fn native_token_owner;        /* nft-get-owner? */
native_fn native_token_nft_mint;     /* nft-mint? */
native_fn native_token_nft_transfer; /* nft-transfer? */
native_fn native_token_nft_burn;     /* nft-burn? */

/** Starts the supply of a fungible token, when it is defined. */
MUST_USE enum err native_token_define(struct vm *vm,
                                      const struct contract_ft *t);

/** Answers (err code). */
void native_token_refuse(struct value *ret, unsigned code);

/** Answers (ok true). */
void native_token_accept(struct value *ret);

/** Reads a decimal number that the state keeps as text; `absent` if there is
 * none. @return ERR_OK; ERR_RUN for a bad text; a fault. */
MUST_USE enum err native_token_number(struct vm *vm,
                                      const struct store_key *key,
                                      uint64_t hash, bool *found, u128 *ret);

#endif /* CLARITY_VM_NATIVE_TOKEN_H */
