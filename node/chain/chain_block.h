/*
 * node/chain/chain_block.h - What a chain remembers of a block.
 *
 * The next block is judged and executed from these facts and the state alone:
 * nobody decodes an old block to append a new one.  They also answer what the
 * language and observers ask about past blocks.  Facts of a tenure are
 * repeated in each of its blocks, so that one look is enough.
 *
 * Layer:    node/chain.
 * Memory:   plain data without pointers.
 * Threads:  plain data.
 * Format:   u8 version 1, then the members in the order of the structs,
 *           integers big-endian in their own width (the epoch as u32);
 *           accounts as u8 length and consensus bytes.
 */
#ifndef NODE_CHAIN_CHAIN_BLOCK_H
#define NODE_CHAIN_CHAIN_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/cost/meter.h"
#include "clarity/crypto/vrf.h"
#include "clarity/value/epoch.h"
#include "clarity/value/principal.h"
#include "node/wire/wire.h"

/** A tenure: all blocks of one election. */
struct chain_tenure {
	uint8_t consensus_hash[WIRE_CONSENSUS_HASH_LEN];
	uint8_t prev_consensus_hash[WIRE_CONSENSUS_HASH_LEN];
	uint8_t start_id[WIRE_HASH_LEN]; /* of its first block */
	uint32_t start_height;           /* of its first block */
	uint32_t height;                 /* tenures below it; genesis has 0 */

	uint8_t burn_hash[WIRE_HASH_LEN]; /* of the sortition's block */
	uint32_t burn_height;
	uint64_t burn_time; /* seconds */
	uint8_t commit_txid[WIRE_HASH_LEN];

	uint8_t proof[VRF_PROOF_LEN]; /* of its coinbase */
	uint8_t vrf_seed[VRF_SEED_LEN];

	/* Its miner's payment, which matures later: */
	struct principal_room miner;     /* who sent the coinbase */
	struct principal_room recipient; /* who is paid */
	u128 coinbase;                   /* microSTX */
	u128 parent_fees; /* microSTX, of the tenure before; for its miner */
	uint64_t commit_burn;    /* satoshi */
	uint64_t sortition_burn; /* satoshi */
};

struct chain_block {
	uint8_t id[WIRE_HASH_LEN];
	uint8_t hash[WIRE_HASH_LEN]; /* what signers signed */
	uint8_t parent_id[WIRE_HASH_LEN];
	uint8_t state_root[WIRE_HASH_LEN];
	uint8_t version;     /* of its header */
	uint32_t height;     /* genesis has 0 */
	uint64_t time;       /* seconds, of its header */
	uint64_t burn_spent; /* satoshi, of its header */
	uint8_t burn_view[WIRE_CONSENSUS_HASH_LEN];
	uint32_t burn_view_height; /* of that Bitcoin block */
	enum epoch epoch;          /* whose rules it followed */
	uint32_t n_txs;

	struct cost cost;       /* of this block alone */
	struct cost spent;      /* of the tenure's budget, extensions undone */
	u128 tenure_fees;       /* microSTX in the tenure so far */
	uint32_t tenure_blocks; /* blocks of the tenure so far, this included */
	struct chain_tenure tenure;
};

/** @return the account that mined a tenure, or is paid for it. */
static inline const struct principal *
chain_tenure_who(const struct principal_room *room)
{
	return (const struct principal *)room->bytes;
}

/** Appends the record of a block; errors as buf_add. */
enum err chain_block_write(struct buf *b, const struct chain_block *block);

/** Reads a record. @return ERR_OK; ERR_STORE_CORRUPT. */
MUST_USE enum err chain_block_read(struct chain_block *ret, struct span record);

#endif /* NODE_CHAIN_CHAIN_BLOCK_H */
