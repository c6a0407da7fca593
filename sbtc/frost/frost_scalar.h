/*
 * sbtc/frost/frost_scalar.h - Numbers modulo the order of secp256k1.
 *
 * Shares, nonces and challenges are such numbers.  All arithmetic on them goes
 * through libsecp256k1's operations on private keys, which run in constant
 * time; they refuse zero, so zero is handled here.  What a zero reveals is
 * only that it is one, and no secret is zero but with negligible probability.
 *
 * Layer:    sbtc/frost.
 * Memory:   plain data of the caller, who wipes what is secret.
 * Threads:  any.
 * Spec:     RFC 9591 section 6.5; RFC 9380 section 5.3.1 (expansion).
 */
#ifndef SBTC_FROST_FROST_SCALAR_H
#define SBTC_FROST_FROST_SCALAR_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

#define FROST_SCALAR_LEN 32u

/** A number below the group order, big-endian. */
struct frost_scalar {
	uint8_t bytes[FROST_SCALAR_LEN];
};

/** @return the number `n`. */
struct frost_scalar frost_scalar_of(uint64_t n);

/** Reads 32 bytes. @return ERR_OK; ERR_BAD_KEY if not below the order. */
MUST_USE enum err frost_scalar_read(struct frost_scalar *ret,
                                    const uint8_t bytes[FROST_SCALAR_LEN]);

/** @return 32 bytes, reduced; for digests, whose bias is negligible. */
struct frost_scalar frost_scalar_reduce(const uint8_t bytes[FROST_SCALAR_LEN]);

/**
 * Hashes parts to a number without bias.
 *
 * @param domain  the separation tag, at most 255 bytes
 * @param parts   hashed one behind the other; `n` of them
 */
struct frost_scalar frost_scalar_hash(struct span domain,
                                      const struct span *parts, uint32_t n);

/** @return whether it is 0. */
bool frost_scalar_is_zero(const struct frost_scalar *a);

/** @return whether both are equal, in constant time. */
bool frost_scalar_eq(const struct frost_scalar *a,
                     const struct frost_scalar *b);

/** @return -a; a + b; a times b.  Arguments may be secret. */
struct frost_scalar frost_scalar_negate(const struct frost_scalar *a);
struct frost_scalar frost_scalar_add(const struct frost_scalar *a,
                                     const struct frost_scalar *b);
struct frost_scalar frost_scalar_mul(const struct frost_scalar *a,
                                     const struct frost_scalar *b);

/** @return 1 / a; `a` is public and must not be zero. */
struct frost_scalar frost_scalar_invert(const struct frost_scalar *a);

/** Overwrites a secret. */
void frost_scalar_wipe(struct frost_scalar *a);

#endif /* SBTC_FROST_FROST_SCALAR_H */
