/*
 * sbtc/frost/frost_suite.h - The hash functions of the two ciphersuites.
 *
 * FROST_PLAIN is RFC 9591's FROST(secp256k1, SHA-256); its signatures are a
 * point and a number.  FROST_TAPROOT differs in its domain and in that its
 * signatures are BIP-340's, so that the group is an ordinary taproot key; the
 * peg uses this one.
 *
 * Layer:    sbtc/frost.
 * Memory:   never allocates.
 * Threads:  pure.
 * Spec:     RFC 9591 section 6.5; BIP-340 for the challenge of FROST_TAPROOT.
 */
#ifndef SBTC_FROST_FROST_SUITE_H
#define SBTC_FROST_FROST_SUITE_H

#include <stdint.h>

#include "clarity/base/span.h"
#include "sbtc/frost/frost_point.h"
#include "sbtc/frost/frost_scalar.h"

enum frost_suite {
	FROST_PLAIN,
	FROST_TAPROOT,
	FROST_SUITE_COUNT
};

/** What hashing to a number is for; each has its own domain. */
enum frost_use {
	FROST_USE_BINDING, /* H1: binding factors */
	FROST_USE_NONCE,   /* H3: nonces */
	FROST_USE_DKG,     /* proofs of possession */
	FROST_USE_EQUAL,   /* proofs of equal logarithms; ours */
	FROST_USE_COUNT
};

/** Hashes parts to a number for one use. */
struct frost_scalar frost_suite_scalar(enum frost_suite suite,
                                       enum frost_use use,
                                       const struct span *parts, uint32_t n);

/** H4: hashes a message; H5: hashes a list of commitments. */
void frost_suite_message(enum frost_suite suite, uint8_t ret[32],
                         struct span message);
void frost_suite_commitments(enum frost_suite suite, uint8_t ret[32],
                             struct span encoded);

/** H2: the challenge of a signature over `message` by `key`. */
struct frost_scalar frost_suite_challenge(enum frost_suite suite,
                                          const struct frost_point *commitment,
                                          const struct frost_point *key,
                                          struct span message);

#endif /* SBTC_FROST_FROST_SUITE_H */
