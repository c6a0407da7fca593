/*
 * node/app/tx_word.h - The words by which people name parts of transactions.
 *
 * The same tables serve printing and reading, so that what `tenure tx decode`
 * shows is what `tenure tx make` takes.
 *
 * Layer:    node/app.
 * Memory:   static tables.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_TX_WORD_H
#define NODE_APP_TX_WORD_H

#include <stdbool.h>

#include "clarity/base/span.h"

/** A word and the value that it has on the wire. */
struct tx_word {
	const char *word; /* NULL ends a table */
	unsigned value;
};

/** The tables, each of one enum of node/wire. */
extern const struct tx_word tx_word_modes[];     /* enum address_mode */
extern const struct tx_word tx_word_anchors[];   /* enum tx_anchor */
extern const struct tx_word tx_word_pc_modes[];  /* enum tx_mode */
extern const struct tx_word tx_word_pc_kinds[];  /* enum postcond_kind */
extern const struct tx_word tx_word_pc_codes[];  /* enum postcond_code */
extern const struct tx_word tx_word_payloads[];  /* enum payload_kind */
extern const struct tx_word tx_word_causes[];    /* enum payload_cause */
extern const struct tx_word tx_word_encodings[]; /* 1: compressed */
extern const struct tx_word tx_word_networks[];  /* 1: mainnet */

/** @return the word for a value that is in the table (a CHECK). */
const char *tx_word_of(const struct tx_word *table, unsigned value);

/** @return whether the table has the word; then `*ret` is its value. */
bool tx_word_find(const struct tx_word *table, struct span word, unsigned *ret);

#endif /* NODE_APP_TX_WORD_H */
