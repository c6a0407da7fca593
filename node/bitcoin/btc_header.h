/*
 * node/bitcoin/btc_header.h - Block headers and their proof of work.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates.
 * Threads:  plain data.
 * Spec:     Bitcoin Core, src/primitives/block.h, src/pow.cpp,
 *           src/arith_uint256.cpp.
 * Format:   version[4], previous hash[32], Merkle root[32], time[4], bits[4],
 *           nonce[4]; all little-endian
 */
#ifndef NODE_BITCOIN_BTC_HEADER_H
#define NODE_BITCOIN_BTC_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/bitcoin/btc_wire.h"

#define BTC_HEADER_LEN 80u

struct btc_header {
	int32_t version;
	uint8_t prev[BTC_WIRE_HASH_LEN]; /* as hashed; shown backwards */
	uint8_t root[BTC_WIRE_HASH_LEN];
	uint32_t time; /* seconds since 1970 */
	uint32_t bits; /* the target, as a float of base 256 */
	uint32_t nonce;
};

/** Reads a header. @return ERR_OK or ERR_TRUNCATED. */
MUST_USE enum err btc_header_read(struct btc_header *ret, struct cursor *c);

/** Writes a header. */
void btc_header_write(uint8_t ret[BTC_HEADER_LEN], const struct btc_header *h);

/** Computes a header's hash, the block's id. */
void btc_header_hash(uint8_t ret[BTC_WIRE_HASH_LEN],
                     const struct btc_header *h);

/**
 * Expands bits into a target.
 *
 * @param ret  256 bits, little-endian, as hashes are compared
 * @return false if it is negative, zero or beyond 256 bits: no hash can meet
 *         it.
 */
bool btc_header_target(uint8_t ret[BTC_WIRE_HASH_LEN], uint32_t bits);

/** @return the bits for a target, little-endian, rounded down. */
uint32_t btc_header_bits(const uint8_t target[BTC_WIRE_HASH_LEN]);

/** @return whether a hash meets the target of `bits`, and that target does not
 * pass `limit`, the easiest one that the network allows. */
bool btc_header_has_work(const uint8_t hash[BTC_WIRE_HASH_LEN], uint32_t bits,
                         const uint8_t limit[BTC_WIRE_HASH_LEN]);

#endif /* NODE_BITCOIN_BTC_HEADER_H */
