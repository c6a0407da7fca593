/*
 * clarity/crypto/bip39.h - Secrets as sentences of English words.
 *
 * A sentence stands for 16 to 32 random bytes and a checksum, 11 bits a word.
 * The seed of a wallet is not those bytes but a slow hash of the sentence, so
 * it also exists for sentences that are none; they are refused here, for a
 * misspelt word would quietly open another wallet.
 *
 * Layer:    clarity/crypto.
 * Memory:   never allocates; intermediates are wiped, the caller wipes results.
 * Threads:  pure functions.
 * Spec:     BIP-39, English words.
 */
#ifndef CLARITY_CRYPTO_BIP39_H
#define CLARITY_CRYPTO_BIP39_H

#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

#define BIP39_WORDS 2048u
#define BIP39_ENTROPY_MIN 16u
#define BIP39_ENTROPY_MAX 32u
#define BIP39_SEED_LEN 64u

/** 24 words of at most 8 letters, blanks between them and a NUL. */
#define BIP39_TEXT_MAX (24u * 9u)

/**
 * Writes the sentence for random bytes, words parted by single blanks.
 *
 * @param entropy  16, 20, 24, 28 or 32 bytes (a CHECK): 12 to 24 words
 * @return how many characters, without the NUL behind them
 */
size_t bip39_write(char ret[BIP39_TEXT_MAX], struct span entropy);

/**
 * Reads a sentence; words may be in upper case and parted by any blanks.
 *
 * @param ret      the sentence as bip39_write writes it
 * @param ret_len  its length
 * @return ERR_OK; ERR_SYNTAX for an unknown word or another number of words
 *         than 12, 15, 18, 21 or 24; ERR_BAD_KEY for a wrong checksum.
 */
MUST_USE enum err bip39_parse(char ret[BIP39_TEXT_MAX], size_t *ret_len,
                              struct span text);

/**
 * Computes the seed.
 *
 * @param sentence    as bip39_parse returns it
 * @param passphrase  a further secret, or empty; ASCII, for other texts would
 *                    have to be normalised first
 * @return ERR_OK; ERR_SYNTAX if the passphrase is not ASCII; ERR_TOO_LARGE if
 *         it is longer than 256 bytes.
 */
MUST_USE enum err bip39_seed(uint8_t ret[BIP39_SEED_LEN], struct span sentence,
                             struct span passphrase);

#endif /* CLARITY_CRYPTO_BIP39_H */
