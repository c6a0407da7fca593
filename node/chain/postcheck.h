/*
 * node/chain/postcheck.h - Do a transaction's post-conditions hold?
 *
 * A sender states what may leave whom.  After the payload ran, every stated
 * condition is compared with what moved; then, unless the mode allows it,
 * whatever moved without being mentioned breaks the transaction: from anybody,
 * or from the origin alone.
 *
 * Layer:    node/chain; pure.
 * Memory:   never allocates.
 * Threads:  pure.
 * Spec:     SIP-005, "Transaction Post-Conditions"; SIP-040; SIP-044.
 */
#ifndef NODE_CHAIN_POSTCHECK_H
#define NODE_CHAIN_POSTCHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "clarity/vm/asset_map.h"
#include "node/wire/tx.h"

/** What broke. */
struct postcheck_fault {
	const struct postcond *cond; /* a condition that does not hold; or */
	const struct asset_entry
	    *moved; /* what moved without being mentioned */
};

/**
 * Compares what moved with what was promised.
 *
 * @param origin  the transaction's origin, which conditions may name as such
 * @param moved   each owner and asset once; `n` of them
 * @param ret     set when the result is false
 * @return whether everything holds.
 */
bool postcheck_holds(const struct tx *tx, const struct principal *origin,
                     enum epoch epoch, const struct asset_entry *moved,
                     uint32_t n, struct postcheck_fault *ret);

#endif /* NODE_CHAIN_POSTCHECK_H */
