/*
 * node/wire/sip018.h - Signed structured data: values that a key signs.
 *
 * What is signed is a Clarity value, so that a wallet can show it and a
 * contract can build the same one.  The domain says for which application and
 * chain it is meant: a signature is worth nothing anywhere else.  The prefix
 * keeps the digest apart from those of transactions.
 *
 * Layer:    node/wire; pure.
 * Memory:   the arena holds what is encoded; results are plain bytes.
 * Threads:  pure functions.
 * Spec:     SIP-018.
 * Format:   digest = SHA-256("SIP018", SHA-256(domain), SHA-256(message)), of
 *           the consensus bytes of both
 */
#ifndef NODE_WIRE_SIP018_H
#define NODE_WIRE_SIP018_H

#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/crypto/ecdsa.h"
#include "clarity/value/value.h"

/** For whom a message is meant. */
struct sip018_domain {
	struct span name;    /* printable ASCII */
	struct span version; /* printable ASCII, such as "1.0.0" */
	uint32_t chain_id;
};

/**
 * Hashes one value: its consensus bytes.
 *
 * @return ERR_OK; ERR_TOO_LARGE past 2^32-1 bytes; ERR_NO_MEMORY.
 */
MUST_USE enum err sip018_hash(struct arena *a, uint8_t ret[ECDSA_DIGEST_LEN],
                              const struct value *v);

/**
 * Makes the digest that is signed.
 *
 * @return as sip018_hash; ERR_TYPE if name or version is not ASCII.
 */
MUST_USE enum err sip018_digest(struct arena *a, uint8_t ret[ECDSA_DIGEST_LEN],
                                const struct sip018_domain *domain,
                                const struct value *message);

#endif /* NODE_WIRE_SIP018_H */
