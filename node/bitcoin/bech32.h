/*
 * node/bitcoin/bech32.h - Segwit's text form of bytes.
 *
 * A prefix for the network, the digit 1, 5-bit digits and a checksum that
 * finds every mistake of up to four characters.  Version 0 programs use the
 * first constant, later ones the second, which closes a gap of the first.
 *
 * Layer:    node/bitcoin; pure.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     BIP-173, BIP-350.
 */
#ifndef NODE_BITCOIN_BECH32_H
#define NODE_BITCOIN_BECH32_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The longest text, and room for it and a NUL. */
#define BECH32_TEXT_LEN 90u
#define BECH32_TEXT_MAX (BECH32_TEXT_LEN + 1u)

#define BECH32_HRP_MAX 16u

/** Witness programs have 2 to 40 bytes. */
#define BECH32_PROGRAM_MIN 2u
#define BECH32_PROGRAM_MAX 40u

/** A segwit address: the network's prefix, a version, a program. */
struct bech32 {
	char hrp[BECH32_HRP_MAX]; /* lower case, with its NUL */
	uint8_t version;          /* 0 to 16 */
	uint8_t program[BECH32_PROGRAM_MAX];
	size_t len; /* of the program */
};

/**
 * Writes an address and a NUL.
 *
 * @return the length, or 0 if the version or the program's length is not one
 *         that an address may have (version 0: 20 or 32 bytes).
 */
size_t bech32_write(char ret[BECH32_TEXT_MAX], const struct bech32 *a);

/**
 * Reads an address, all in lower or all in upper case.
 *
 * @return ERR_OK; ERR_SYNTAX for anything else, a wrong checksum or the
 *         constant of another version included.
 */
MUST_USE enum err bech32_read(struct bech32 *ret, struct span text);

#endif /* NODE_BITCOIN_BECH32_H */
