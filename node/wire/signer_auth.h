/*
 * node/wire/signer_auth.h - A signer's consent to a stacker, as a signature.
 *
 * Whoever stacks names the key that will sign blocks for the stake, and the
 * key's owner must agree: to this Bitcoin address, from this cycle on, for so
 * many cycles, up to this amount, in this kind of call.  `pox-4` accepts each
 * consent once; `auth_id` tells equal ones apart.
 *
 * Layer:    node/wire; pure.
 * Memory:   the arena holds what is encoded; a consent borrows its hash.
 * Threads:  pure functions.
 * Spec:     SIP-018; `get-signer-key-message-hash` of pox-4.
 * Format:   signature = r[32] s[32] recovery id[1]
 */
#ifndef NODE_WIRE_SIGNER_AUTH_H
#define NODE_WIRE_SIGNER_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"
#include "clarity/crypto/ecdsa.h"

/** The kind of call that is agreed to. */
enum signer_auth_topic {
	SIGNER_AUTH_STACK_STX,      /* cycle: the present one */
	SIGNER_AUTH_STACK_EXTEND,   /* the present one; period: how many more */
	SIGNER_AUTH_STACK_INCREASE, /* the present one; period: of the lock */
	SIGNER_AUTH_AGG_COMMIT,     /* the one committed to; period: 1 */
	SIGNER_AUTH_AGG_INCREASE,   /* the one committed to; period: 1 */
	SIGNER_AUTH_TOPICS
};

/** What is agreed to. */
struct signer_auth {
	uint8_t addr_version;  /* of the Bitcoin address: 0 to 6 */
	struct span addr_hash; /* 20 bytes up to version 4, then 32 */
	u128 reward_cycle;
	enum signer_auth_topic topic;
	u128 period;     /* cycles */
	u128 max_amount; /* microSTX */
	u128 auth_id;
};

/** @return the name in a signed message, such as "stack-stx". */
const char *signer_auth_topic_name(enum signer_auth_topic topic);

/** @return whether `text` names a topic; then `*ret` is it. */
bool signer_auth_topic_parse(enum signer_auth_topic *ret, struct span text);

/**
 * Makes the digest that the key signs.
 *
 * @return ERR_OK; ERR_TYPE if the address's version is above 6 or its hash has
 *         the wrong length; ERR_NO_MEMORY.
 */
MUST_USE enum err signer_auth_digest(struct arena *a,
                                     uint8_t ret[ECDSA_DIGEST_LEN],
                                     const struct signer_auth *auth,
                                     uint32_t chain_id);

/** Signs. @return as signer_auth_digest; ERR_BAD_KEY. */
MUST_USE enum err signer_auth_sign(struct arena *a, uint8_t ret[ECDSA_RSIG_LEN],
                                   const struct signer_auth *auth,
                                   uint32_t chain_id,
                                   const uint8_t key[ECDSA_KEY_LEN]);

/**
 * Finds whose consent a signature is: the contract compares that key with the
 * one it was given.
 *
 * @return as signer_auth_digest; ERR_BAD_SIGNATURE if no key made it.
 */
MUST_USE enum err signer_auth_signer(struct arena *a,
                                     uint8_t ret[ECDSA_PUB_LEN],
                                     const struct signer_auth *auth,
                                     uint32_t chain_id,
                                     const uint8_t sig[ECDSA_RSIG_LEN]);

#endif /* NODE_WIRE_SIGNER_AUTH_H */
