/*
 * clarity/vm/native_contract.h - What programs may ask about contracts.
 *
 * Layer:    clarity/vm.
 * Memory:   values live in the transaction's arena.
 * Threads:  as the machine.
 * Spec:     SIP-033.
 */
#ifndef CLARITY_VM_NATIVE_CONTRACT_H
#define CLARITY_VM_NATIVE_CONTRACT_H

#include "clarity/vm/host.h"

/** `contract-hash?`, kind S: the argument is read in place; charges for
 * contracts only. */
native_fn native_contract_hash;

#endif /* CLARITY_VM_NATIVE_CONTRACT_H */
