/*
 * sbtc/frost/frost_point.h - Points of secp256k1, the one at infinity included.
 *
 * libsecp256k1's public keys are points other than infinity; sums in threshold
 * signing can be it, and then a check fails further on.  Multiplication by a
 * secret is done only with the generator, which is constant-time.
 *
 * Layer:    sbtc/frost.
 * Memory:   plain data.
 * Threads:  any.
 */
#ifndef SBTC_FROST_FROST_POINT_H
#define SBTC_FROST_FROST_POINT_H

#include <stdbool.h>
#include <stdint.h>

#include <secp256k1.h>

#include "clarity/base/err.h"
#include "sbtc/frost/frost_scalar.h"

#define FROST_POINT_LEN 33u

struct frost_point {
	secp256k1_pubkey key; /* unless at infinity */
	bool is_infinity;
};

/** @return the point at infinity. */
struct frost_point frost_point_zero(void);

/** Reads a compressed point. @return ERR_OK or ERR_BAD_KEY. */
MUST_USE enum err frost_point_read(struct frost_point *ret,
                                   const uint8_t bytes[FROST_POINT_LEN]);

/** Writes the compressed form; infinity, which has none, becomes zeros. */
void frost_point_write(uint8_t ret[FROST_POINT_LEN],
                       const struct frost_point *p);

/** @return a times the generator; `a` may be secret. */
struct frost_point frost_point_base(const struct frost_scalar *a);

/** @return a + b; -a. */
struct frost_point frost_point_add(const struct frost_point *a,
                                   const struct frost_point *b);
struct frost_point frost_point_negate(const struct frost_point *a);

/** @return a times p; `a` must be public. */
struct frost_point frost_point_mul(const struct frost_point *p,
                                   const struct frost_scalar *a);

/** @return whether both are equal. */
bool frost_point_eq(const struct frost_point *a, const struct frost_point *b);

/** @return whether y is even; false at infinity. */
bool frost_point_is_even(const struct frost_point *p);

#endif /* SBTC_FROST_FROST_POINT_H */
