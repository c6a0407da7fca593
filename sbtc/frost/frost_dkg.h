/*
 * sbtc/frost/frost_dkg.h - A group makes its key; nobody ever holds it.
 *
 * Every member deals a secret polynomial: it *offers* public commitments to
 * the coefficients with a proof that it knows the first, and sends to each
 * member the value at that member's number.  Each checks what it got against
 * the offer, and adds up.  The proof stops a member who speaks last from
 * choosing its part to cancel the others'.  A value that does not fit its
 * offer names the dealer: frost_blame.h makes that provable to all.
 *
 * Layer:    sbtc/frost.
 * Memory:   a polynomial is secret: keep it in secret_new's memory, wipe it.
 * Threads:  any.
 * Spec:     Komlo and Goldberg, "FROST", figure 1; the proof's hash as
 *           published with RFC 9591's vectors for secp256k1 and taproot.
 */
#ifndef SBTC_FROST_FROST_DKG_H
#define SBTC_FROST_FROST_DKG_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "sbtc/frost/frost_key.h"

/** A proof of possession: an x coordinate, whose y is even, and a number. */
#define FROST_PROOF_LEN 64u

/** A member's secret polynomial; coefficient 0 is its part of the key. */
struct frost_polynomial {
	uint32_t id;        /* of the dealer */
	uint32_t threshold; /* coefficients, 1 to FROST_MEMBERS_MAX */
	struct frost_scalar coefficients[FROST_MEMBERS_MAX];
};

/** What a member says in public in the first round. */
struct frost_offer {
	uint32_t id;
	uint32_t threshold; /* commitments */
	struct frost_point commitments[FROST_MEMBERS_MAX];
	uint8_t proof[FROST_PROOF_LEN];
};

/** The key that is being made: how many members, how many must sign. */
struct frost_dkg {
	uint32_t n;         /* 1 to FROST_MEMBERS_MAX */
	uint32_t threshold; /* 1 to n */
};

/**
 * Commits to a polynomial and proves knowledge of its first coefficient.
 *
 * @param nonce  fresh and random, used for nothing else; not zero
 */
void frost_dkg_offer(struct frost_offer *ret, const struct frost_polynomial *p,
                     const struct frost_scalar *nonce);

/**
 * Judges an offer.
 *
 * @param id  who sent it
 * @return ERR_OK; ERR_FROST_OFFER: wrong number, length or proof; the sender
 *         is to blame.
 */
MUST_USE enum err frost_dkg_check_offer(const struct frost_dkg *dkg,
                                        uint32_t id,
                                        const struct frost_offer *offer);

/** @return the secret value for member `id`. */
struct frost_scalar frost_dkg_value(const struct frost_polynomial *p,
                                    uint32_t id);

/** @return whether `value` is what `offer` promises member `id`. */
bool frost_dkg_fits(const struct frost_offer *offer, uint32_t id,
                    const struct frost_scalar *value);

/** Adds up the offers of all members, 1 to n in order, to the public side. */
void frost_dkg_group(struct frost_group *ret, const struct frost_dkg *dkg,
                     const struct frost_offer *offers);

/**
 * Adds up the values that member `id` got, 1 to n in order, its own included.
 * All must fit their offers.
 */
void frost_dkg_share(struct frost_share *ret, uint32_t id,
                     const struct frost_scalar *values, uint32_t n);

#endif /* SBTC_FROST_FROST_DKG_H */
