/*
 * node/bitcoin/btc_wire.h - The pieces of Bitcoin's serialisation.
 *
 * Integers are little-endian.  A count takes 1, 3, 5 or 9 bytes, and only the
 * shortest form is read: otherwise one transaction would have many encodings,
 * and ids with them.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   borrows the input.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/serialize.h.
 */
#ifndef NODE_BITCOIN_BTC_WIRE_H
#define NODE_BITCOIN_BTC_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/crypto/hash.h"

/** The largest count and length that is read. */
#define BTC_WIRE_MAX 0x02000000u

#define BTC_WIRE_HASH_LEN 32u

/**
 * Reads a count.
 *
 * @return ERR_OK; ERR_BTC_COUNT for a form that is longer than needed, or more
 *         than BTC_WIRE_MAX; ERR_TRUNCATED.
 */
MUST_USE enum err btc_wire_count(struct cursor *c, uint32_t *ret);

/** Reads a count of items that take at least `item_min` bytes each; also
 * ERR_TRUNCATED when so many cannot fit into what is left. */
MUST_USE enum err btc_wire_items(struct cursor *c, size_t item_min,
                                 uint32_t *ret);

/** Reads a length and so many bytes; errors as btc_wire_count. */
MUST_USE enum err btc_wire_bytes(struct cursor *c, struct span *ret);

/** Appends a count in its shortest form; errors as buf_add. */
enum err btc_wire_add_count(struct buf *b, uint64_t n);

/** Appends a length and the bytes; errors as buf_add. */
enum err btc_wire_add_bytes(struct buf *b, struct span bytes);

/** Feeds a length and the bytes to a hash. */
void btc_wire_hash_bytes(struct hash_sha256 *h, struct span bytes);

#endif /* NODE_BITCOIN_BTC_WIRE_H */
