/*
 * clarity/crypto/ecdsa.h - ECDSA over secp256k1: what signs Stacks and Bitcoin.
 *
 * A signature (r, s) has a twin (r, -s) that verifies as well.  Who accepts
 * which is consensus: Clarity's secp256k1-verify and ecdsa_verify refuse the
 * high twin, secp256k1-recover? and ecdsa_recover take both, transactions take
 * both before epoch 4.0 and only the low one from then on; callers that must
 * refuse it ask ecdsa_is_low_s.  What is signed here always has a low s.
 *
 * A recoverable signature names its signer.  On the wire it starts with the
 * recovery id ("VRS"); Clarity and wallets' structured data end with it
 * ("RSV").  Everything here takes VRS.
 *
 * Layer:    clarity/crypto; the only file over libsecp256k1's ECDSA.
 * Memory:   never allocates; keys and signatures are caller's bytes.
 * Threads:  any, except ecdsa_blind: see there.
 * Spec:     SEC 1; RFC 6979 for the nonce; SIP-005 for the recoverable form.
 */
#ifndef CLARITY_CRYPTO_ECDSA_H
#define CLARITY_CRYPTO_ECDSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"

#define ECDSA_KEY_LEN 32u      /* a private key, big-endian */
#define ECDSA_SIG_LEN 64u      /* r || s, big-endian */
#define ECDSA_RSIG_LEN 65u     /* recovery id || r || s */
#define ECDSA_PUB_LEN 33u      /* 02 or 03, x */
#define ECDSA_PUB_FULL_LEN 65u /* 04, x, y */
#define ECDSA_DER_MAX 72u      /* a signature in DER */
#define ECDSA_DIGEST_LEN 32u   /* what is signed: a digest, never a message */

/** A public key, parsed and on the curve; the bytes are the library's own. */
struct ecdsa_pub {
	uint8_t opaque[64];
};

/**
 * Makes later signing resist power and timing analysis better.  Programs that
 * hold a key call it once at start with fresh random bytes, before any other
 * thread signs; without it signing is constant-time but not blinded.
 */
void ecdsa_blind(const uint8_t seed[32]);

/** @return whether `key` is a private key: not 0 and below the group order. */
bool ecdsa_key_is_valid(const uint8_t key[ECDSA_KEY_LEN]);

/**
 * Adds `tweak` to `key` modulo the group order, in place.
 *
 * @return ERR_OK; ERR_BAD_KEY if either is out of range or the sum is 0: `key`
 *         is then unchanged.
 */
MUST_USE enum err ecdsa_key_add(uint8_t key[ECDSA_KEY_LEN],
                                const uint8_t tweak[ECDSA_KEY_LEN]);

/** Computes the public key of `key`. @return ERR_OK or ERR_BAD_KEY. */
MUST_USE enum err ecdsa_pub_of(struct ecdsa_pub *ret,
                               const uint8_t key[ECDSA_KEY_LEN]);

/**
 * Reads a public key of 33 bytes (02, 03) or 65 (04, and Bitcoin's hybrid 06
 * and 07 whose parity must be right).
 *
 * @return ERR_OK; ERR_BAD_KEY for another length or form, or when the point is
 *         not on the curve.
 */
MUST_USE enum err ecdsa_pub_parse(struct ecdsa_pub *ret, const uint8_t *bytes,
                                  size_t len);

/** Writes the 33-byte form. */
void ecdsa_pub_write(uint8_t ret[ECDSA_PUB_LEN], const struct ecdsa_pub *pub);

/** Writes the 65-byte form. */
void ecdsa_pub_write_full(uint8_t ret[ECDSA_PUB_FULL_LEN],
                          const struct ecdsa_pub *pub);

/**
 * Adds `tweak` times the generator to `pub`, in place.
 *
 * @return ERR_OK; ERR_BAD_KEY if `tweak` is not below the group order or the
 *         sum is the point at infinity: `pub` is then unusable.
 */
MUST_USE enum err ecdsa_pub_add(struct ecdsa_pub *pub,
                                const uint8_t tweak[ECDSA_KEY_LEN]);

/**
 * Signs a digest with the nonce of RFC 6979; the result has a low s.
 *
 * @return ERR_OK or ERR_BAD_KEY.
 */
MUST_USE enum err ecdsa_sign(uint8_t ret[ECDSA_SIG_LEN],
                             const uint8_t digest[ECDSA_DIGEST_LEN],
                             const uint8_t key[ECDSA_KEY_LEN]);

/** As ecdsa_sign, in VRS form. */
MUST_USE enum err ecdsa_sign_recoverable(uint8_t ret[ECDSA_RSIG_LEN],
                                         const uint8_t digest[ECDSA_DIGEST_LEN],
                                         const uint8_t key[ECDSA_KEY_LEN]);

/** @return whether `sig` is `pub`'s over `digest`; false for a high s. */
bool ecdsa_verify(const uint8_t sig[ECDSA_SIG_LEN],
                  const uint8_t digest[ECDSA_DIGEST_LEN],
                  const struct ecdsa_pub *pub);

/** @return whether s is at most half the group order (r is not looked at). */
bool ecdsa_is_low_s(const uint8_t sig[ECDSA_SIG_LEN]);

/**
 * Brings s into its lower half, in place.
 *
 * @return ERR_OK; ERR_BAD_SIGNATURE if r or s is not below the group order:
 *         `sig` is then unchanged.
 */
MUST_USE enum err ecdsa_lower_s(uint8_t sig[ECDSA_SIG_LEN]);

/**
 * Finds the key that made a VRS signature over `digest`; high s is accepted.
 *
 * @return ERR_OK; ERR_BAD_SIGNATURE if the recovery id is above 3, r or s is
 *         out of range, or no key exists.
 */
MUST_USE enum err ecdsa_recover(struct ecdsa_pub *ret,
                                const uint8_t sig[ECDSA_RSIG_LEN],
                                const uint8_t digest[ECDSA_DIGEST_LEN]);

/** @return whether a VRS signature has a recovery id up to 3, and r and s below
 * the group order (zero included); whether a key exists is not looked at. */
bool ecdsa_rsig_is_formed(const uint8_t sig[ECDSA_RSIG_LEN]);

/**
 * Reads a strictly DER-encoded signature (BIP-66 without the hash type byte).
 *
 * A value that does not fit 32 bytes, or is not below the group order, becomes
 * a signature that no key verifies.
 *
 * @return ERR_OK; ERR_BAD_SIGNATURE if it is not DER.
 */
MUST_USE enum err ecdsa_der_parse(uint8_t ret[ECDSA_SIG_LEN],
                                  const uint8_t *der, size_t len);

/** Writes the DER form of a signature whose r and s are below the group order.
 * @return its length, at most ECDSA_DER_MAX. */
size_t ecdsa_der_write(uint8_t ret[ECDSA_DER_MAX],
                       const uint8_t sig[ECDSA_SIG_LEN]);

/** Turns r || s || recovery id into recovery id || r || s, and back; `ret` and
 * the input must not overlap. */
void ecdsa_vrs_of_rsv(uint8_t ret[ECDSA_RSIG_LEN],
                      const uint8_t rsv[ECDSA_RSIG_LEN]);
void ecdsa_rsv_of_vrs(uint8_t ret[ECDSA_RSIG_LEN],
                      const uint8_t vrs[ECDSA_RSIG_LEN]);

#endif /* CLARITY_CRYPTO_ECDSA_H */
