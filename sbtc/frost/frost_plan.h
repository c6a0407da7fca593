/*
 * sbtc/frost/frost_plan.h - One signature: what all its signers compute alike.
 *
 * Round one gives each signer's commitments.  From them, the message and the
 * group's key everyone derives the same plan: binding factors, weights, the
 * joint commitment and the challenge.  Each signer then answers with a share,
 * any share can be checked alone, and the sum of all is the signature.
 *
 * Layer:    sbtc/frost.
 * Memory:   a plan is large and plain; it holds nothing secret.
 * Threads:  any.
 * Spec:     RFC 9591 sections 4 and 5; BIP-340 for FROST_TAPROOT.
 */
#ifndef SBTC_FROST_FROST_PLAN_H
#define SBTC_FROST_FROST_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "sbtc/frost/frost_key.h"
#include "sbtc/frost/frost_suite.h"

/** Bytes of a signature: FROST_PLAIN's has the whole point. */
#define FROST_SIG_MAX 65u
#define FROST_SIG_TAPROOT_LEN 64u

/** A signer's public half of round one. */
struct frost_commitment {
	uint32_t id; /* member number */
	struct frost_point hiding;
	struct frost_point binding;
};

/** The two secrets behind a commitment; see frost_nonces.h for their life. */
struct frost_secrets {
	struct frost_scalar hiding;
	struct frost_scalar binding;
};

struct frost_plan {
	enum frost_suite suite;
	uint32_t n;
	uint32_t ids[FROST_MEMBERS_MAX];                /* ascending */
	struct frost_scalar binding[FROST_MEMBERS_MAX]; /* binding factors */
	struct frost_scalar weight[FROST_MEMBERS_MAX];
	struct frost_point parts[FROST_MEMBERS_MAX]; /* of the commitment */
	struct frost_point commitment;
	struct frost_scalar challenge;
	bool flips_key;   /* the group's key is odd, BIP-340 wants it even */
	bool flips_nonce; /* likewise the commitment */
};

/**
 * Derives the plan.
 *
 * @param group        the group as it signs, that is, already tweaked
 * @param message      what is signed; any length for FROST_PLAIN, for
 *                     FROST_TAPROOT what BIP-340 hashes, in Bitcoin 32 bytes
 * @param commitments  `n` of them, ids strictly ascending and in the group
 * @return ERR_OK; ERR_FROST_REQUEST: fewer than the threshold or more than the
 *         members, ids out of order or unknown, or commitments that are or add
 *         up to infinity.  `ret` is then not to be used.
 */
MUST_USE enum err
frost_plan_make(struct frost_plan *ret, enum frost_suite suite,
                const struct frost_group *group, struct span message,
                const struct frost_commitment *commitments, uint32_t n);

/** @return the place of member `id` in the plan, or -1. */
int frost_plan_find(const struct frost_plan *p, uint32_t id);

/**
 * Computes a signer's answer.  Each pair of secrets may be used in one call
 * only, ever: two answers give the share away.
 *
 * @param at  the signer's place in the plan
 */
struct frost_scalar frost_plan_answer(const struct frost_plan *p, uint32_t at,
                                      const struct frost_secrets *secrets,
                                      const struct frost_share *share);

/** @return whether `answer` is what the signer at that place should send. */
bool frost_plan_check(const struct frost_plan *p, uint32_t at,
                      const struct frost_group *group,
                      const struct frost_scalar *answer);

/**
 * Adds up the answers, in the plan's order.
 *
 * @param ret  FROST_SIG_MAX bytes
 * @return how many bytes the signature has.  It is valid if every answer was.
 */
uint32_t frost_plan_sum(const struct frost_plan *p,
                        const struct frost_scalar *answers,
                        uint8_t ret[FROST_SIG_MAX]);

#endif /* SBTC_FROST_FROST_PLAN_H */
