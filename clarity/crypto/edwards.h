/*
 * clarity/crypto/edwards.h - The whole group of edwards25519, not only the part
 * of prime order.
 *
 * libsodium multiplies points of the prime-order subgroup and refuses others.
 * The VRF's rules are written over the whole group, eight times as large: a
 * miner may publish a key or a proof with a small-order component, and whether
 * such a proof verifies is consensus.  So a point is split here into a part
 * that libsodium takes and a part that a small table knows.
 *
 * A point is its canonical 32-byte encoding.  What is not is brought into that
 * form by edwards_decode, the only function here that takes foreign bytes.
 *
 * Layer:    clarity/crypto; over libsodium.
 * Memory:   never allocates.
 * Threads:  pure functions.  Multiplication takes time independent of scalar
 *           and point as long as the point is of prime order.
 * Spec:     RFC 8032, 5.1.
 */
#ifndef CLARITY_CRYPTO_EDWARDS_H
#define CLARITY_CRYPTO_EDWARDS_H

#include <stdbool.h>
#include <stdint.h>

#define EDWARDS_LEN 32u         /* of a point and of a scalar */
#define EDWARDS_SCALAR_WIDE 64u /* what a scalar is reduced from */

/**
 * Reads a point leniently: y may be p or more (it is reduced) and the sign of
 * x = 0 may be set (it is dropped).
 *
 * @param ret  the canonical encoding; may be `bytes`
 * @return false if no point has this y: `ret` is then unchanged.
 */
bool edwards_decode(uint8_t ret[EDWARDS_LEN], const uint8_t bytes[EDWARDS_LEN]);

/** @return whether eight times `p` is the neutral element. */
bool edwards_is_small_order(const uint8_t p[EDWARDS_LEN]);

/** ret = p + q; `ret` may be either. */
void edwards_add(uint8_t ret[EDWARDS_LEN], const uint8_t p[EDWARDS_LEN],
                 const uint8_t q[EDWARDS_LEN]);

/** ret = p - q; `ret` may be either. */
void edwards_sub(uint8_t ret[EDWARDS_LEN], const uint8_t p[EDWARDS_LEN],
                 const uint8_t q[EDWARDS_LEN]);

/** ret = n * p, for a scalar below the group order; `ret` may be `p`. */
void edwards_mul(uint8_t ret[EDWARDS_LEN], const uint8_t n[EDWARDS_LEN],
                 const uint8_t p[EDWARDS_LEN]);

/** ret = n * B, for a scalar below the group order. */
void edwards_mul_base(uint8_t ret[EDWARDS_LEN], const uint8_t n[EDWARDS_LEN]);

/** ret = 8 * p, which is always of prime order or neutral. */
void edwards_mul_cofactor(uint8_t ret[EDWARDS_LEN],
                          const uint8_t p[EDWARDS_LEN]);

/** @return whether the little-endian scalar is below the group order. */
bool edwards_scalar_is_canonical(const uint8_t n[EDWARDS_LEN]);

#endif /* CLARITY_CRYPTO_EDWARDS_H */
