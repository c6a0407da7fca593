/*
 * clarity/crypto/vrf.h - The verifiable random function of Stacks miners.
 *
 * A miner proves over the last sortition hash; the hash of the proof seeds the
 * next sortition.  It is the ECVRF of an early IETF draft on edwards25519, with
 * one oddity of the reference that is consensus: while a message is hashed to a
 * point by trial, the trial number 0 is hashed as one zero byte, number 1 as
 * nothing, and a larger one as those of its little-endian bytes i for which it
 * exceeds 256^i.
 *
 * Layer:    clarity/crypto.
 * Memory:   never allocates; secret intermediates are wiped.
 * Threads:  pure functions.
 * Spec:     draft-irtf-cfrg-vrf-02, ECVRF-ED25519-SHA512-TAI, suite 03.
 * Format:   proof = gamma (point, 32) | c (16, little-endian) | s (scalar, 32)
 */
#ifndef CLARITY_CRYPTO_VRF_H
#define CLARITY_CRYPTO_VRF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"

#define VRF_KEY_LEN 32u /* the seed from which the scalar is derived */
#define VRF_PUB_LEN 32u
#define VRF_PROOF_LEN 80u
#define VRF_SEED_LEN 32u

/** Computes the public key of `key`; every 32 bytes are a key. */
void vrf_pub_of(uint8_t ret[VRF_PUB_LEN], const uint8_t key[VRF_KEY_LEN]);

/** @return whether the bytes decode to a point, however odd. */
bool vrf_pub_is_valid(const uint8_t pub[VRF_PUB_LEN]);

/**
 * Checks the form of a proof: gamma is a point and not of small order, s is
 * below the group order.
 *
 * @param ret  the proof with gamma in its canonical encoding, as it is hashed
 *             and re-encoded everywhere; may be `bytes`
 * @return ERR_OK or ERR_BAD_PROOF.
 */
MUST_USE enum err vrf_proof_parse(uint8_t ret[VRF_PROOF_LEN],
                                  const uint8_t bytes[VRF_PROOF_LEN]);

/** Proves over `len` bytes of `alpha`. */
void vrf_prove(uint8_t ret[VRF_PROOF_LEN], const uint8_t key[VRF_KEY_LEN],
               const uint8_t *alpha, size_t len);

/**
 * @return whether `proof` is `pub`'s over `alpha`; false as well for what
 *         vrf_proof_parse or vrf_pub_is_valid refuse.
 */
bool vrf_verify(const uint8_t proof[VRF_PROOF_LEN],
                const uint8_t pub[VRF_PUB_LEN], const uint8_t *alpha,
                size_t len);

/** The seed that follows from a parsed proof: its SHA-512/256. */
void vrf_seed(uint8_t ret[VRF_SEED_LEN], const uint8_t proof[VRF_PROOF_LEN]);

#endif /* CLARITY_CRYPTO_VRF_H */
