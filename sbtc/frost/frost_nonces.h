/*
 * sbtc/frost/frost_nonces.h - Nonces that live once.
 *
 * Whoever gets two answers made with one nonce computes the share from them.
 * So a nonce is an object with one way through life: empty, committed to a
 * session, key and message, spent.  It exists in locked memory alone, is never
 * written anywhere, and is wiped before the answer is handed out; a restart
 * forgets them all.  No coordinator can talk a signer into a second answer:
 * not with another message, signer set or commitment, and not in parallel.
 *
 * Layer:    sbtc/frost.
 * Memory:   new/free; one block of locked memory, of fixed size.
 * Threads:  one at a time.
 * Spec:     RFC 9591 section 5; docs/CONSENSUS.md names what goes beyond it.
 */
#ifndef SBTC_FROST_FROST_NONCES_H
#define SBTC_FROST_FROST_NONCES_H

#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "sbtc/frost/frost_key.h"
#include "sbtc/frost/frost_plan.h"

/** How many nonces may be committed at the same time. */
#define FROST_NONCES_MAX 64u

/** Bytes of a session's name and of fresh randomness for one nonce. */
#define FROST_SESSION_LEN 32u
#define FROST_RANDOM_LEN 64u

struct frost_nonces;

/** What a nonce is bound to from the start. */
struct frost_session {
	uint8_t name[FROST_SESSION_LEN]; /* unique for each signing attempt */
	enum frost_suite suite;
	const struct frost_group *group; /* as it signs; borrowed for a call */
	struct span message;             /* borrowed for a call */
};

/** Makes an empty pool. @return NULL when no locked memory is to be had. */
struct frost_nonces *frost_nonces_new(void);

/** Wipes and frees the pool; NULL is accepted. */
void frost_nonces_free(struct frost_nonces *pool);

/** @return how many nonces are committed now. */
uint32_t frost_nonces_count(const struct frost_nonces *pool);

/**
 * Commits a fresh nonce to a session.
 *
 * @param random  FROST_RANDOM_LEN bytes, fresh from the system, used for
 *                nothing else; wiped by this call
 * @return ERR_OK; ERR_FROST_NONCE: the session has had a nonce, or the pool is
 *         full; ERR_BAD_KEY: the share is not one of the group.
 */
MUST_USE enum err frost_nonces_commit(struct frost_nonces *pool,
                                      const struct frost_session *session,
                                      const struct frost_share *share,
                                      uint8_t random[FROST_RANDOM_LEN],
                                      struct frost_commitment *ret);

/**
 * Spends the session's nonce and answers.
 *
 * @param commitments  all signers', ids ascending; ours must be among them,
 *                     exactly as we made it
 * @return ERR_OK; ERR_FROST_NONCE: no nonce is committed to this session, key
 *         and message, or our commitment is missing or changed;
 *         ERR_FROST_REQUEST as frost_plan_make.  On an error the nonce stays
 *         committed, so that a framed request does not silence us.
 */
MUST_USE enum err frost_nonces_answer(
    struct frost_nonces *pool, const struct frost_session *session,
    const struct frost_share *share, const struct frost_commitment *commitments,
    uint32_t n, struct frost_scalar *ret);

/** Wipes the session's nonce, if any; the session is over for good. */
void frost_nonces_drop(struct frost_nonces *pool,
                       const uint8_t name[FROST_SESSION_LEN]);

#endif /* SBTC_FROST_FROST_NONCES_H */
