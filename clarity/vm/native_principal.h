/*
 * clarity/vm/native_principal.h - Natives that take principals apart and make
 * them.
 *
 * Whether a version byte belongs to the network that is running decides
 * between ok and err, never whether there is a principal.
 *
 * Layer:    clarity/vm.
 * Memory:   results live in the arena of the transaction.
 * Threads:  as the machine.
 * Spec:     SIP-015
 */
#ifndef CLARITY_VM_NATIVE_PRINCIPAL_H
#define CLARITY_VM_NATIVE_PRINCIPAL_H

#include "clarity/vm/host.h"

/** `is-standard`, kind S: price charged; argument in place is fine. */
native_fn native_principal_is_standard;

/** `principal-of?`, kind S: price charged; fails unless 33 bytes; Clarity 1
 * always gives the testnet version. */
native_fn native_principal_of_key;

/** `principal-destruct?`, kind S: price charged, argument paid. */
native_fn native_principal_destruct;

/** `principal-construct?`, kind S: price charged; arguments maybe in place;
 * clones the name, if there is one, after version and hash were checked. */
native_fn native_principal_construct;

#endif /* CLARITY_VM_NATIVE_PRINCIPAL_H */
