/*
 * node/wire/wire.h - The pieces that all messages of the chain are made of.
 *
 * Integers are big-endian, lists are a 32-bit count and their items, and names
 * carry their length in one byte.  Whether bytes can be decoded at all decides
 * whether a block can exist, so each bound here is consensus: it stands as a
 * constant with the place that it comes from, not as a convenience.
 *
 * Layer:    node/wire; pure.
 * Memory:   never allocates; spans and pointers borrow the input.
 * Threads:  pure functions.
 * Spec:     SIP-005, "Transaction Encoding".
 */
#ifndef NODE_WIRE_WIRE_H
#define NODE_WIRE_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/principal.h"
#include "node/wire/address.h"

/** The longest message: a 16 MiB payload, one type byte, the preamble of 165
 * bytes and 16 relayers of 42.  It also bounds blocks and lists. */
#define WIRE_MESSAGE_MAX (16u * 1024u * 1024u + 1u + 165u + 16u * 42u)

/** The longest transaction. */
#define WIRE_TX_MAX (2u * 1024u * 1024u)

/** A contract's name, where it is not inside a Clarity value. */
#define WIRE_CONTRACT_NAME_MAX NAME_CONTRACT_MAX_DEPLOY

/** The bytes of a hash, of a consensus hash, of a recoverable signature. */
#define WIRE_HASH_LEN 32u
#define WIRE_CONSENSUS_HASH_LEN 20u
#define WIRE_SIG_LEN 65u

/**
 * Items that a list may hold.  The reference refuses a list whose items, as it
 * keeps them in memory, would pass WIRE_MESSAGE_MAX; these are the sizes of its
 * types on a 64-bit machine, release 4.0.2.
 */
#define WIRE_TXS_MAX (WIRE_MESSAGE_MAX / 552u)
#define WIRE_POSTCONDS_MAX (WIRE_MESSAGE_MAX / 192u)
#define WIRE_AUTH_FIELDS_MAX (WIRE_MESSAGE_MAX / 66u)
#define WIRE_ARGS_MAX (WIRE_MESSAGE_MAX / 64u)
#define WIRE_SIGNATURES_MAX (WIRE_MESSAGE_MAX / 65u)

/**
 * Reads the count of a list.
 *
 * @param max       items allowed
 * @param item_min  bytes that an item takes at least
 * @return ERR_OK; ERR_WIRE_COUNT above `max`; ERR_TRUNCATED when so many items
 *         cannot fit into what is left, so that a count alone reserves nothing.
 */
MUST_USE enum err wire_count(struct cursor *c, uint32_t max, size_t item_min,
                             uint32_t *ret);

/** Reads a version byte and a hash; ERR_WIRE_ADDRESS from version 32 on. */
MUST_USE enum err wire_address(struct cursor *c, struct address *ret);

/** Reads a contract's name, 1 to WIRE_CONTRACT_NAME_MAX bytes; ERR_WIRE_NAME.
 */
MUST_USE enum err wire_contract_name(struct cursor *c, struct span *ret);

/** Reads a Clarity name; ERR_WIRE_NAME. */
MUST_USE enum err wire_clarity_name(struct cursor *c, struct span *ret);

/** @return whether `text` is printable ASCII, tabs and newlines only. */
bool wire_text_is_valid(struct span text);

/** Reads a text of printable ASCII, tabs and newlines; ERR_WIRE_TEXT. */
MUST_USE enum err wire_text(struct cursor *c, struct span *ret);

/**
 * Reads a principal: a prefix 05 or 06 and its bytes, with a contract's name of
 * up to NAME_MAX_LEN as in Clarity values.
 *
 * @return ERR_OK; ERR_WIRE_ADDRESS, ERR_WIRE_NAME or ERR_WIRE_PRINCIPAL.
 */
MUST_USE enum err wire_principal(struct cursor *c,
                                 const struct principal **ret);

/** Appends what the function of the same name reads; errors as buf_add. */
enum err wire_add_address(struct buf *b, const struct address *a);
enum err wire_add_name(struct buf *b, struct span name);
enum err wire_add_text(struct buf *b, struct span text);
enum err wire_add_principal(struct buf *b, const struct principal *p);

#endif /* NODE_WIRE_WIRE_H */
