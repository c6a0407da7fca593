/*
 * node/bitcoin/btc_sighash.h - What is signed in a Bitcoin transaction.
 *
 * Three ways, by the kind of output that is spent: the old one, whose work
 * grows with the square of the transaction, segwit's, which also covers the
 * amount, and taproot's, which covers all amounts and scripts spent.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates on the heap but the old way's copy of the bytes.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/script/interpreter.cpp; BIP-143; BIP-341,
 *           BIP-342.
 */
#ifndef NODE_BITCOIN_BTC_SIGHASH_H
#define NODE_BITCOIN_BTC_SIGHASH_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_tx.h"

/** The kinds of hash, the lowest bits of the type. */
#define BTC_SIGHASH_DEFAULT 0x00u /* taproot only: as ALL */
#define BTC_SIGHASH_ALL 0x01u
#define BTC_SIGHASH_NONE 0x02u
#define BTC_SIGHASH_SINGLE 0x03u
#define BTC_SIGHASH_ANYONE 0x80u /* a flag: this input only */

/**
 * The old hash.  For SINGLE without an output of the input's number it is the
 * number 1, by an old mistake that is consensus.
 *
 * @param script  what is executed; its code separators are left out
 * @param at      the input's number, below n_ins (a CHECK)
 * @param type    all 32 bits are hashed
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err btc_sighash_legacy(uint8_t ret[BTC_WIRE_HASH_LEN],
                                     const struct btc_tx *tx, uint32_t at,
                                     struct span script, uint32_t type);

/** Segwit's hash, version 0; `value` is that of the output spent. */
void btc_sighash_segwit(uint8_t ret[BTC_WIRE_HASH_LEN], const struct btc_tx *tx,
                        uint32_t at, struct span script, uint64_t value,
                        uint32_t type);

/** What a taproot signature covers besides the transaction. */
struct btc_sighash_taproot {
	const struct btc_out *spent; /* one for each input */
	uint32_t at;
	uint8_t type;
	bool has_annex;
	struct span annex;        /* with its 50 in front */
	const uint8_t *leaf_hash; /* NULL: spent by key */
	uint32_t code_separator;  /* its place, ffffffff without one */
};

/**
 * Taproot's hash.
 *
 * @return ERR_OK; ERR_BTC_SIGHASH for a type that does not exist, or SINGLE
 *         without an output of the input's number.
 */
MUST_USE enum err btc_sighash_taproot(uint8_t ret[BTC_WIRE_HASH_LEN],
                                      const struct btc_tx *tx,
                                      const struct btc_sighash_taproot *t);

#endif /* NODE_BITCOIN_BTC_SIGHASH_H */
