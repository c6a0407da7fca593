/*
 * sbtc/frost/frost_key.h - A group's key and one member's share of it.
 *
 * Members have numbers from 1 to n; member i holds the value at i of a secret
 * polynomial whose value at 0 is the group's private key, which nobody holds.
 * Any `threshold` members can sign.  The public side lists every member's
 * public share, by which a wrong contribution is traced to its sender.
 *
 * Layer:    sbtc/frost.
 * Memory:   plain data; a share is secret: keep it in secret_new's memory and
 *           wipe it.
 * Threads:  any.
 * Spec:     RFC 9591 sections 4.4 and 5; BIP-341 for tweaks.
 */
#ifndef SBTC_FROST_FROST_KEY_H
#define SBTC_FROST_FROST_KEY_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "sbtc/frost/frost_point.h"
#include "sbtc/frost/frost_scalar.h"

/** The most members of a group, as the registry of signers allows. */
#define FROST_MEMBERS_MAX 128u

/** What everybody knows of a group. */
struct frost_group {
	uint32_t n;         /* members, at most FROST_MEMBERS_MAX */
	uint32_t threshold; /* 1 to n */
	struct frost_point key;
	struct frost_point shares[FROST_MEMBERS_MAX]; /* member i at i - 1 */
};

/** What one member knows besides; secret. */
struct frost_share {
	uint32_t id; /* 1 to n */
	struct frost_scalar secret;
};

/**
 * Computes the weight of member `ids[at]` among the given members, by which
 * their shares add up to the value at 0.
 *
 * @param ids  distinct, from 1; `n` of them
 */
struct frost_scalar frost_key_weight(const uint32_t *ids, uint32_t n,
                                     uint32_t at);

/** @return whether `s` is the share that `g` knows its member to have. */
bool frost_key_share_fits(const struct frost_group *g,
                          const struct frost_share *s);

/**
 * Makes the key even and adds `tweak`, as taproot does with an inner key; all
 * public shares follow.
 *
 * @return ERR_OK; ERR_BAD_KEY if the sum is infinity: `g` is unchanged.
 */
MUST_USE enum err frost_key_tweak_group(struct frost_group *g,
                                        const struct frost_scalar *tweak);

/** Does the same to a share; `g` is the group before it was tweaked. */
void frost_key_tweak_share(struct frost_share *s, const struct frost_group *g,
                           const struct frost_scalar *tweak);

#endif /* SBTC_FROST_FROST_KEY_H */
