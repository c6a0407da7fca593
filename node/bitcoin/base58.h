/*
 * node/bitcoin/base58.h - Bitcoin's first text form of bytes.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     Bitcoin Core, src/base58.cpp.
 */
#ifndef NODE_BITCOIN_BASE58_H
#define NODE_BITCOIN_BASE58_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The longest payload, and room for its text and a NUL. */
#define BASE58_MAX 128u
#define BASE58_TEXT_MAX 192u

/** Writes at most BASE58_MAX bytes (a CHECK) and a NUL. @return the length. */
size_t base58_write(char ret[BASE58_TEXT_MAX], struct span bytes);

/** As base58_write, with four bytes of checksum behind the payload of at most
 * BASE58_MAX - 4 bytes. */
size_t base58_write_checked(char ret[BASE58_TEXT_MAX], struct span payload);

/**
 * Reads a text without blanks.
 *
 * @return ERR_OK; ERR_SYNTAX for other characters, or more than BASE58_MAX
 *         bytes.
 */
MUST_USE enum err base58_read(uint8_t ret[BASE58_MAX], size_t *ret_len,
                              struct span text);

/** As base58_read; the checksum is taken off, ERR_SYNTAX if it is wrong. */
MUST_USE enum err base58_read_checked(uint8_t ret[BASE58_MAX], size_t *ret_len,
                                      struct span text);

#endif /* NODE_BITCOIN_BASE58_H */
