/*
 * node/wire/block.h - Nakamoto blocks: bytes, hashes, ids.
 *
 * A block is signed twice.  The miner signs everything but signatures; the
 * stackers' signers sign that and the miner's signature.  What they sign is
 * the block's hash, so blocks that differ only in the set of signers'
 * signatures have one id: never key storage on a block's bytes.
 *
 * Layer:    node/wire; pure.
 * Memory:   lists lie in the given arena, bytes borrow the input.  Decoding
 *           takes at most BLOCK_ARENA_MAX.
 * Threads:  plain data.
 * Spec:     SIP-021, "Block structure"; SIP-044 for version 1.
 * Format:   header = version, chain length[8], burn spent[8], consensus
 *           hash[20], parent id[32], tx root[32], state root[32],
 *           timestamp[8], miner signature[65], signer signatures, bitvec,
 *           and from version 1 on markers
 *           block = header, transactions
 */
#ifndef NODE_WIRE_BLOCK_H
#define NODE_WIRE_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/wire/bitvec.h"
#include "node/wire/tx.h"

/** Versions; the highest bit marks a shadow block, inserted by operators to
 * repair a chain and not signed by a miner. */
#define BLOCK_VERSION_0 0u
#define BLOCK_VERSION_1 1u /* from epoch 4.0: has markers */
#define BLOCK_SHADOW 0x80u

/** Bits of the treatment of PoX addresses, 1 to so many. */
#define BLOCK_TREATMENT_MAX 4000u

/** Markers: as many as transactions of 180 bytes fit into 2 MiB. */
#define BLOCK_MARKERS_MAX (WIRE_TX_MAX / 180u)

/** The longest block. */
#define BLOCK_MAX WIRE_MESSAGE_MAX

/** An arena of this size decodes every block. */
#define BLOCK_ARENA_MAX ((size_t)2 * 1024 * 1024 * 1024)

/** A transaction whose payload is skipped although its fee is paid. */
struct block_marker {
	uint32_t tx_index;
	uint8_t category;
};

struct block_header {
	uint8_t version;
	uint64_t chain_length; /* the block's height */
	uint64_t burn_spent;   /* satoshi, over the whole chain */
	uint8_t consensus_hash[WIRE_CONSENSUS_HASH_LEN];
	uint8_t parent_id[WIRE_HASH_LEN];
	uint8_t tx_root[WIRE_HASH_LEN];
	uint8_t state_root[WIRE_HASH_LEN];
	uint64_t timestamp; /* seconds since 1970, by the miner */
	uint8_t miner_sig[WIRE_SIG_LEN];
	const uint8_t *signer_sigs; /* n_signer_sigs times WIRE_SIG_LEN */
	uint32_t n_signer_sigs;
	struct bitvec treatment;
	const struct block_marker *markers; /* none in version 0 */
	uint32_t n_markers;
};

struct block {
	struct block_header header;
	const struct tx *txs;
	const uint8_t (*ids)[WIRE_HASH_LEN]; /* of each transaction */
	uint32_t n_txs;
};

/** @return whether the highest bit of the version is set. */
bool block_is_shadow(const struct block_header *h);

/** @return whether headers of the version carry markers. */
bool block_has_markers(const struct block_header *h);

/**
 * Reads a header.
 *
 * @return ERR_OK; ERR_WIRE_COUNT, ERR_WIRE_BITVEC, ERR_TRUNCATED (verdicts);
 *         ERR_NO_MEMORY.
 */
MUST_USE enum err block_header_read(struct arena *a, struct block_header *ret,
                                    struct cursor *c);

/** Appends the bytes of `h`; errors as buf_add. */
enum err block_header_write(struct buf *b, const struct block_header *h);

/** Computes what the miner signs. */
void block_miner_hash(uint8_t ret[WIRE_HASH_LEN], const struct block_header *h);

/** Computes what the signers sign, which is also the block's hash. */
void block_signer_hash(uint8_t ret[WIRE_HASH_LEN],
                       const struct block_header *h);

/** Computes the block's id: the hash of its hash and its consensus hash. */
void block_id(uint8_t ret[WIRE_HASH_LEN], const struct block_header *h);

/** As block_id, from the two hashes. */
void block_id_of(uint8_t ret[WIRE_HASH_LEN], const uint8_t hash[WIRE_HASH_LEN],
                 const uint8_t consensus_hash[WIRE_CONSENSUS_HASH_LEN]);

/** Signs as the miner. @return ERR_OK or ERR_BAD_KEY. */
MUST_USE enum err block_sign_miner(struct block_header *h,
                                   const uint8_t key[ECDSA_KEY_LEN]);

/**
 * Finds who mined a block; a high s is accepted.
 *
 * @param ret  the hash of the compressed key, as the leader registered it
 * @return ERR_OK or ERR_BAD_SIGNATURE.
 */
MUST_USE enum err block_miner(uint8_t ret[ADDRESS_HASH_LEN],
                              const struct block_header *h);

/**
 * Finds who made signature `i` (below n_signer_sigs, a CHECK).
 *
 * @param message  block_signer_hash's result, computed once for all
 * @return ERR_OK or ERR_BAD_SIGNATURE.
 */
MUST_USE enum err block_signer(struct ecdsa_pub *ret,
                               const struct block_header *h, uint32_t i,
                               const uint8_t message[WIRE_HASH_LEN]);

/**
 * Reads a block, computes its transactions' ids and compares their root.
 *
 * @return ERR_OK; ERR_BLOCK_TWICE when two transactions have one id;
 *         ERR_BLOCK_TX_ROOT; those of block_header_read and tx_read.
 */
MUST_USE enum err block_read(struct arena *a, struct block *ret,
                             struct cursor *c);

/** Appends the bytes of `b`; errors as buf_add. */
enum err block_write(struct buf *b, const struct block *block);

#endif /* NODE_WIRE_BLOCK_H */
