/*
 * node/app/tx_spec.h - Makes a transaction from its description in JSON.
 *
 * The description is what tx_json.h writes, less what follows from the rest:
 * "txid" and "repr" are not looked at; signatures and fields may be left out
 * while nobody has signed; and instead of an "address" the origin or sponsor
 * may list all "public_keys", from which the account follows.
 *
 * Layer:    node/app.
 * Memory:   the transaction lies in the given arena and borrows nothing.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_TX_SPEC_H
#define NODE_APP_TX_SPEC_H

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "node/io/json_read.h"
#include "node/wire/tx.h"

/** Where a description is wrong. */
struct tx_spec_diag {
	const char *key; /* the key whose value is missing or wrong; static */
};

/**
 * Reads a description.  Left out: chain_id is the network's, nonce and fee are
 * 0, anchor_mode is any (on_chain_only where it must be), post_condition_mode
 * is deny, post_conditions none.
 *
 * @param diag  filled on ERR_SYNTAX
 * @return ERR_OK; ERR_SYNTAX; errors of the parts (ERR_BAD_KEY,
 *         ERR_VALUE_BYTES, ERR_BAD_PROOF, ...); ERR_NO_MEMORY.
 */
MUST_USE enum err tx_spec_read(struct arena *a, struct tx *ret,
                               const struct json *spec,
                               struct tx_spec_diag *diag);

/**
 * Reads hex with or without 0x into the arena.
 *
 * @return ERR_OK; ERR_SYNTAX for other characters or half a byte;
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err tx_spec_hex(struct arena *a, struct span *ret,
                              struct span text);

#endif /* NODE_APP_TX_SPEC_H */
