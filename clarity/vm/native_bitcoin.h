/*
 * clarity/vm/native_bitcoin.h - Bitcoin transactions and Merkle proofs inside
 * the language.
 *
 * Both parse what strangers wrote; anything malformed is an answer, never a
 * failure.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-044
 */
#ifndef CLARITY_VM_NATIVE_BITCOIN_H
#define CLARITY_VM_NATIVE_BITCOIN_H

#include "clarity/vm/host.h"

/** `verify-merkle-proof`, kind X. */
native_fn native_bitcoin_verify_proof;

/** Its input size: the number of siblings. */
native_size_fn native_bitcoin_proof_size;

/** `get-bitcoin-tx-output?`, kind X. */
native_fn native_bitcoin_tx_output;

/** Its input size: bytes of the transaction. */
native_size_fn native_bitcoin_tx_size;

#endif /* CLARITY_VM_NATIVE_BITCOIN_H */
