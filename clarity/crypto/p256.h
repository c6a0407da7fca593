/*
 * clarity/crypto/p256.h - ECDSA verification over secp256r1 (NIST P-256).
 *
 * Passkeys and secure enclaves sign on this curve; Clarity verifies it and
 * nothing else here uses it.  Unlike on secp256k1 both s and its negation are
 * accepted.
 *
 * The reference's decoder also knows the "compact" form of a key: 05 and x,
 * where y is the smaller of the two candidates.  A contract can pass one, so it
 * is part of consensus and is accepted here too.
 *
 * Layer:    clarity/crypto; over libcrypto.
 * Memory:   libcrypto allocates and frees within a call; running out of memory
 *           stops the process, for it must not look like a bad signature.
 * Threads:  any.
 * Spec:     FIPS 186-4; SEC 1 2.3.4; draft-jivsov-ecc-compact for 05.
 */
#ifndef CLARITY_CRYPTO_P256_H
#define CLARITY_CRYPTO_P256_H

#include <stdbool.h>
#include <stdint.h>

#define P256_PUB_LEN 33u
#define P256_SIG_LEN 64u
#define P256_DIGEST_LEN 32u

/**
 * @param sig     r || s, big-endian
 * @param digest  what was signed, already hashed
 * @param pub     02, 03 or 05, then x
 * @return whether the signature is valid; false as well for a key that is no
 *         point and for r or s outside 1..order-1.
 */
bool p256_verify(const uint8_t sig[P256_SIG_LEN],
                 const uint8_t digest[P256_DIGEST_LEN],
                 const uint8_t pub[P256_PUB_LEN]);

#endif /* CLARITY_CRYPTO_P256_H */
