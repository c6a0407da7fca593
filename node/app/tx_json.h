/*
 * node/app/tx_json.h - A transaction as JSON for people and scripts.
 *
 * The object has everything that the bytes have, in words, and tx_spec.h reads
 * it back.  64-bit numbers are decimal text, bytes are 0x and hex; a Clarity
 * value is its consensus bytes, with its text beside it under "repr".
 *
 * Layer:    node/app.
 * Memory:   writes to the caller's writer.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_TX_JSON_H
#define NODE_APP_TX_JSON_H

#include "clarity/base/err.h"
#include "node/io/json_write.h"
#include "node/wire/tx.h"

/**
 * Writes one object: txid, network, chain_id, origin, sponsor if there is one,
 * anchor_mode, post_condition_mode, post_conditions, payload.
 *
 * @return ERR_OK, or as tx_id.
 */
MUST_USE enum err tx_json_write(struct json_write *w, const struct tx *tx);

#endif /* NODE_APP_TX_JSON_H */
