/*
 * node/boot/boot.h - The contracts that a chain begins with.
 *
 * Genesis takes a table of contracts and names none of them itself: this is
 * the default one, made at build time from manifest.txt and the files in
 * contracts/.  Some parameters are not in the texts, since they differ from
 * chain to chain: genesis calls `set-burnchain-parameters` of pox-4 right
 * after it deploys pox-4, before signers-voting reads what was set.
 *
 * Layer:    node/boot.
 * Memory:   constant data.
 * Threads:  pure functions.
 * Spec:     node/boot/README.md.
 */
#ifndef NODE_BOOT_BOOT_H
#define NODE_BOOT_BOOT_H

#include <stddef.h>

#include "clarity/base/span.h"
#include "clarity/value/version.h"

struct boot_contract {
	const char *name; /* without the boot address */
	enum clarity_version version;
	struct span text;
};

/**
 * Gives the default contracts in the order in which they are deployed.
 *
 * @param ret_n  how many
 */
const struct boot_contract *boot_contracts(size_t *ret_n);

/** @return the contract of this name, or NULL. */
const struct boot_contract *boot_find(const char *name);

#endif /* NODE_BOOT_BOOT_H */
