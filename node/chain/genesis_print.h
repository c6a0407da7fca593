/*
 * node/chain/genesis_print.h - A fingerprint of what a chain begins with.
 *
 * A store remembers from which genesis it was made, so that a node that is
 * given another one says so at once, and not at the first block whose root
 * differs.
 *
 * Layer:    node/chain; pure.
 * Memory:   plain data.
 * Threads:  pure.
 * Format:   SHA-512/256 over every number, text and source of the
 *           description, each behind its length.
 */
#ifndef NODE_CHAIN_GENESIS_PRINT_H
#define NODE_CHAIN_GENESIS_PRINT_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "node/chain/genesis.h"

#define GENESIS_PRINT_LEN 32u

/** Computes the fingerprint. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err genesis_print(uint8_t ret[GENESIS_PRINT_LEN],
                                const struct genesis *g);

#endif /* NODE_CHAIN_GENESIS_PRINT_H */
