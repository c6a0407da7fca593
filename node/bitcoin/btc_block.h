/*
 * node/bitcoin/btc_block.h - Bitcoin blocks: bytes and commitments.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   lists lie in the given arena, bytes borrow the input.
 * Threads:  plain data.
 * Spec:     Bitcoin Core, src/primitives/block.h; BIP-141 for the commitment.
 * Format:   header, transactions
 */
#ifndef NODE_BITCOIN_BTC_BLOCK_H
#define NODE_BITCOIN_BTC_BLOCK_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_header.h"
#include "node/bitcoin/btc_merkle.h"
#include "node/bitcoin/btc_tx.h"

struct btc_block {
	struct btc_header header;
	const struct btc_tx *txs;
	const btc_hash *ids; /* of each transaction, without witnesses */
	uint32_t n_txs;
};

/**
 * Reads a block and computes the ids of its transactions.
 *
 * @return ERR_OK; those of btc_tx_read; ERR_TOO_LARGE past BTC_WIRE_MAX bytes
 *         in a transaction; ERR_NO_MEMORY.
 */
MUST_USE enum err btc_block_read(struct arena *a, struct btc_block *ret,
                                 struct cursor *c);

/** Appends the bytes of a block; errors as buf_add. */
enum err btc_block_write(struct buf *b, const struct btc_block *block);

/**
 * Judges whether the header commits to the transactions, and nobody could have
 * given others for them.
 *
 * @return ERR_OK; ERR_BTC_ROOT for another root; ERR_BTC_MUTATED for a list
 *         whose end is repeated, or without a transaction; ERR_NO_MEMORY.
 */
MUST_USE enum err btc_block_check_root(struct arena *a,
                                       const struct btc_block *block);

/**
 * Judges whether the coinbase commits to the witnesses.
 *
 * @return ERR_OK, also when no transaction has a witness and nothing commits;
 *         ERR_BTC_WITNESS; ERR_NO_MEMORY.
 */
MUST_USE enum err btc_block_check_witness(struct arena *a,
                                          const struct btc_block *block);

#endif /* NODE_BITCOIN_BTC_BLOCK_H */
