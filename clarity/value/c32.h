/*
 * clarity/value/c32.h - Addresses as people write them.
 *
 * Crockford's 32 digits with a checksum.  The encoding is of a number, so
 * leading zero bytes are written apart, one '0' each: a decoder that forgets
 * this accepts several texts for one address, or loses bytes.
 *
 * Layer:    clarity/value; the checksum is clarity/crypto's double SHA-256.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     SIP-005, "Address encoding".
 * Format:   'S', version digit, c32(payload ‖ first 4 bytes of
 *           sha256(sha256(version ‖ payload)))
 */
#ifndef CLARITY_VALUE_C32_H
#define CLARITY_VALUE_C32_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The longest payload that addresses have, and the room for its text. */
#define C32_MAX_PAYLOAD 64u
#define C32_MAX_TEXT 112u

/**
 * Writes the c32 digits of `bytes`, without checksum.
 *
 * @param ret  room for at least bytes.len * 8 / 5 + 1 characters
 * @return how many characters were written; no NUL
 */
size_t c32_encode(char *ret, struct span bytes);

/**
 * Reads c32 digits; lower case counts as upper, O as 0, L and I as 1.
 *
 * @param ret      room for at least text.len bytes
 * @param ret_len  how many bytes were written
 * @return ERR_OK; ERR_SYNTAX on any other character.
 */
MUST_USE enum err c32_decode(uint8_t *ret, size_t *ret_len, struct span text);

/**
 * Writes an address: 'S', version and checked payload.
 *
 * @param ret      room for C32_MAX_TEXT characters
 * @param version  below 32 (a CHECK)
 * @param payload  at most C32_MAX_PAYLOAD bytes (a CHECK)
 * @return how many characters were written; no NUL
 */
size_t c32_format(char *ret, uint8_t version, struct span payload);

/**
 * Reads an address.  The first character is not looked at, as nobody ever
 * did; so "T…" reads as "S…" does.
 *
 * @param ret          room for C32_MAX_PAYLOAD bytes
 * @param ret_len      the payload's length; 1 or more, 20 for an account
 * @param ret_version  below 32
 * @return ERR_OK; ERR_SYNTAX on a character outside the alphabet, a text too
 *         short or too long, or a checksum that does not fit.
 */
MUST_USE enum err c32_parse(uint8_t *ret, size_t *ret_len, uint8_t *ret_version,
                            struct span text);

#endif /* CLARITY_VALUE_C32_H */
