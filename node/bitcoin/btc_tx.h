/*
 * node/bitcoin/btc_tx.h - Bitcoin transactions: bytes and ids.
 *
 * A transaction with witnesses is written with a marker that no old node can
 * read as a transaction, and has two ids: one without the witnesses, by which
 * outputs are named, and one with them.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   lists lie in the given arena, scripts and witnesses borrow the
 *           input.
 * Threads:  plain data.
 * Spec:     Bitcoin Core, src/primitives/transaction.h; BIP-144.
 * Format:   version[4], [00 01], inputs, outputs, [witnesses], lock time[4]
 */
#ifndef NODE_BITCOIN_BTC_TX_H
#define NODE_BITCOIN_BTC_TX_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_wire.h"

/** The output number of a coinbase's only input, which spends nothing. */
#define BTC_TX_NO_OUTPUT 0xffffffffu

struct btc_outpoint {
	uint8_t txid[BTC_WIRE_HASH_LEN]; /* as hashed; shown backwards */
	uint32_t n;
};

struct btc_in {
	struct btc_outpoint spends;
	struct span script;
	uint32_t sequence;
	const struct span *witness; /* stack items, bottom first */
	uint32_t n_witness;
};

struct btc_out {
	uint64_t value; /* satoshi; signed in old rules, so it may be absurd */
	struct span script;
};

struct btc_tx {
	int32_t version;
	uint32_t lock_time;
	const struct btc_in *ins;
	uint32_t n_ins;
	const struct btc_out *outs;
	uint32_t n_outs;
	bool has_witness; /* some input has one */
};

/**
 * Reads a transaction, with or without witnesses.
 *
 * @return ERR_OK; ERR_BTC_COUNT; ERR_BTC_TX for an unknown marker, or one
 *         without any witness behind it; ERR_TRUNCATED (verdicts);
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err btc_tx_read(struct arena *a, struct btc_tx *ret,
                              struct cursor *c);

/** As btc_tx_read; a transaction without inputs may be read in the old form,
 * whose bytes the new form takes for its marker. */
MUST_USE enum err btc_tx_read_old(struct arena *a, struct btc_tx *ret,
                                  struct cursor *c);

/** Appends the bytes, with witnesses if there are any; errors as buf_add. */
enum err btc_tx_write(struct buf *b, const struct btc_tx *tx);

/** Appends the bytes without witnesses; errors as buf_add. */
enum err btc_tx_write_old(struct buf *b, const struct btc_tx *tx);

/** Computes the id by which outputs are named.
 * @return ERR_OK; ERR_TOO_LARGE past BTC_WIRE_MAX bytes; ERR_NO_MEMORY. */
MUST_USE enum err btc_tx_id(uint8_t ret[BTC_WIRE_HASH_LEN],
                            const struct btc_tx *tx);

/** Computes the id with witnesses; errors as btc_tx_id. */
MUST_USE enum err btc_tx_wid(uint8_t ret[BTC_WIRE_HASH_LEN],
                             const struct btc_tx *tx);

/** @return whether its only input spends nothing. */
bool btc_tx_is_coinbase(const struct btc_tx *tx);

#endif /* NODE_BITCOIN_BTC_TX_H */
