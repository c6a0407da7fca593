/*
 * sbtc/frost/frost_blame.h - Secret values on a public channel, and who lied.
 *
 * During key generation each dealer sends every member a value in secret.
 * Were it sent over private links, a wrong value would be one member's word
 * against another's.  So values go sealed over a channel that all can read: a
 * sealed value is masked by a point that dealer and receiver alone can compute
 * from their long-term keys.  A receiver who got a wrong value *complains*: it
 * reveals that point with a proof that it is the right one.  Then everyone
 * can open the seal and sees who lied: the dealer whose value does not fit
 * its offer, or the receiver whose complaint is false.
 *
 * Layer:    sbtc/frost.
 * Memory:   plain data.
 * Threads:  any.
 * Spec:     Chaum and Pedersen's proof of equal discrete logarithms.
 */
#ifndef SBTC_FROST_FROST_BLAME_H
#define SBTC_FROST_FROST_BLAME_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "sbtc/frost/frost_dkg.h"

/** Names one sealed value: which key generation, from whom, to whom. */
struct frost_seal {
	uint8_t session[32]; /* unique for each key generation */
	uint32_t dealer;
	uint32_t receiver;
	struct frost_point dealer_key; /* long-term public keys */
	struct frost_point receiver_key;
};

/** A receiver's claim that the value sealed for it is wrong. */
struct frost_complaint {
	struct frost_point mask;       /* known to the two alone until now */
	struct frost_scalar challenge; /* the proof that it is the right one */
	struct frost_scalar response;
};

/** Who is to blame. */
enum frost_guilt {
	FROST_GUILT_DEALER,
	FROST_GUILT_RECEIVER
};

/**
 * Seals a value; the dealer's side.
 *
 * @param key  the dealer's long-term private key
 * @return ERR_OK; ERR_BAD_KEY if the receiver's key is infinity or `key` zero.
 */
MUST_USE enum err frost_blame_seal(struct frost_scalar *ret,
                                   const struct frost_seal *seal,
                                   const struct frost_scalar *key,
                                   const struct frost_scalar *value);

/** Opens a sealed value; the receiver's side.  Errors as frost_blame_seal. */
MUST_USE enum err frost_blame_open(struct frost_scalar *ret,
                                   const struct frost_seal *seal,
                                   const struct frost_scalar *key,
                                   const struct frost_scalar *sealed);

/**
 * Makes a complaint; it gives away this one value and nothing else.
 *
 * @param key    the receiver's long-term private key
 * @param nonce  fresh and random, used for nothing else; not zero
 * @return ERR_OK; ERR_BAD_KEY.
 */
MUST_USE enum err frost_blame_complain(struct frost_complaint *ret,
                                       const struct frost_seal *seal,
                                       const struct frost_scalar *key,
                                       const struct frost_scalar *nonce);

/** Judges a complaint, whatever it holds; every member comes to the same. */
enum frost_guilt frost_blame_judge(const struct frost_seal *seal,
                                   const struct frost_offer *offer,
                                   const struct frost_scalar *sealed,
                                   const struct frost_complaint *complaint);

#endif /* SBTC_FROST_FROST_BLAME_H */
