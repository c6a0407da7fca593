/*
 * clarity/crypto/schnorr.h - BIP-340 signatures over secp256k1.
 *
 * Bitcoin's taproot spends are signed so, and with them the peg's wallet.  The
 * public key is an x coordinate alone; its y is the even one.
 *
 * Layer:    clarity/crypto; the only file over libsecp256k1's Schnorr module.
 * Memory:   never allocates.
 * Threads:  any; blinding as ecdsa_blind.
 * Spec:     BIP-340; BIP-341 for the tweak.
 */
#ifndef CLARITY_CRYPTO_SCHNORR_H
#define CLARITY_CRYPTO_SCHNORR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"

#define SCHNORR_KEY_LEN 32u
#define SCHNORR_PUB_LEN 32u
#define SCHNORR_SIG_LEN 64u

/** Computes the x coordinate of `key`'s point. @return ERR_OK, ERR_BAD_KEY. */
MUST_USE enum err schnorr_pub_of(uint8_t ret[SCHNORR_PUB_LEN],
                                 const uint8_t key[SCHNORR_KEY_LEN]);

/** @return whether `pub` is the x coordinate of a point. */
bool schnorr_pub_is_valid(const uint8_t pub[SCHNORR_PUB_LEN]);

/**
 * Signs 32 bytes.
 *
 * @param aux  32 bytes that should be fresh and random; the signature is safe,
 *             but less well shielded against faults, when they are not
 * @return ERR_OK or ERR_BAD_KEY.
 */
MUST_USE enum err schnorr_sign(uint8_t ret[SCHNORR_SIG_LEN],
                               const uint8_t msg[32],
                               const uint8_t key[SCHNORR_KEY_LEN],
                               const uint8_t aux[32]);

/** @return whether `sig` is `pub`'s over the `len` bytes of `msg`. */
bool schnorr_verify(const uint8_t sig[SCHNORR_SIG_LEN], const uint8_t *msg,
                    size_t len, const uint8_t pub[SCHNORR_PUB_LEN]);

/**
 * Adds `tweak` times the generator to the even point of `pub`.
 *
 * @param ret_odd  whether the sum's y is odd; the control block needs it
 * @return ERR_OK; ERR_BAD_KEY if `pub` is no x coordinate, `tweak` is not below
 *         the group order, or the sum is the point at infinity.
 */
MUST_USE enum err schnorr_pub_tweak(uint8_t ret[SCHNORR_PUB_LEN], bool *ret_odd,
                                    const uint8_t pub[SCHNORR_PUB_LEN],
                                    const uint8_t tweak[32]);

/**
 * The private side of schnorr_pub_tweak: `key` is negated first when its point
 * has an odd y.
 *
 * @return ERR_OK; ERR_BAD_KEY as there: `key` is then unchanged.
 */
MUST_USE enum err schnorr_key_tweak(uint8_t key[SCHNORR_KEY_LEN],
                                    const uint8_t tweak[32]);

#endif /* CLARITY_CRYPTO_SCHNORR_H */
