/*
 * node/chain/block_shape.h - What a block shows by itself.
 *
 * A block starts a tenure (a tenure change and a coinbase, in this order and
 * first of all), extends its tenure's budget (a tenure change alone, first of
 * all), or does neither.  These and the other rules here need no parent, no
 * state and no Bitcoin; the epoch is that of the tenure's sortition.
 *
 * Layer:    node/chain; pure.
 * Memory:   borrows the block.
 * Threads:  pure.
 * Spec:     SIP-021, "Tenure change"; SIP-034 for extensions of one dimension;
 *           SIP-044 for markers.
 */
#ifndef NODE_CHAIN_BLOCK_SHAPE_H
#define NODE_CHAIN_BLOCK_SHAPE_H

#include <stdbool.h>

#include "clarity/base/err.h"
#include "node/chain/block_rule.h"
#include "node/chain/chain_params.h"
#include "node/wire/block.h"

/** What a block does to tenures. */
struct block_shape {
	const struct payload_tenure *tenure; /* its tenure change, or NULL */
	const struct payload_coinbase *coinbase; /* of a new tenure, or NULL */
};

/** @return whether the block begins a tenure. */
static inline bool block_shape_is_start(const struct block_shape *s)
{
	return s->coinbase != NULL;
}

/** @return the header version of an epoch's blocks. */
uint8_t block_shape_version(enum epoch epoch);

/**
 * Finds the tenure transactions and judges their places.
 *
 * @param ret  set on success
 * @return ERR_OK; ERR_BLOCK_REFUSED by TENURE_TWICE, TENURE_PLACE,
 *         TENURE_ALONE, TENURE_CAUSE, TENURE_END or TENURE_HASHES.
 */
MUST_USE enum err block_shape_tenure(const struct block *b,
                                     struct block_shape *ret,
                                     struct block_verdict *v);

/**
 * Judges all that a block shows by itself; transactions' signatures and the
 * root over them are looked at elsewhere.
 *
 * @param epoch  of the tenure's sortition
 * @return ERR_OK; ERR_BLOCK_REFUSED by a rule of this file.
 */
MUST_USE enum err block_shape_check(const struct block *b,
                                    const struct chain_params *params,
                                    enum epoch epoch, struct block_shape *ret,
                                    struct block_verdict *v);

#endif /* NODE_CHAIN_BLOCK_SHAPE_H */
