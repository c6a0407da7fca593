/*
 * clarity/crypto/ed25519.h - Strict Ed25519 verification.
 *
 * Implementations of Ed25519 disagree on odd keys and signatures, so "valid"
 * must be said exactly.  Here, as in the reference's strict mode: s is below
 * the group order; neither the key nor R is a point of small order; R and the
 * key are points; and the equation holds without the cofactor, R compared as
 * bytes.  A key with a small-order component beside a large one is allowed.
 *
 * Layer:    clarity/crypto; over libsodium, whose rules these are.
 * Memory:   never allocates.
 * Threads:  pure functions.
 * Spec:     RFC 8032, 5.1.7, with the restrictions above.
 */
#ifndef CLARITY_CRYPTO_ED25519_H
#define CLARITY_CRYPTO_ED25519_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ED25519_PUB_LEN 32u
#define ED25519_SIG_LEN 64u

/** @return whether `sig` is `pub`'s over the `len` bytes of `msg`. */
bool ed25519_verify(const uint8_t sig[ED25519_SIG_LEN], const uint8_t *msg,
                    size_t len, const uint8_t pub[ED25519_PUB_LEN]);

#endif /* CLARITY_CRYPTO_ED25519_H */
