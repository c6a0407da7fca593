/* sbtc/frost/frost_suite.c - Hashes of the suites; contract in frost_suite.h.
 */
#include "config.h"

#include "sbtc/frost/frost_suite.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"

#define DOMAIN_MAX 64u

static const char *const contexts[FROST_SUITE_COUNT] = {
	[FROST_PLAIN] = "FROST-secp256k1-SHA256-v1",
	[FROST_TAPROOT] = "FROST-secp256k1-SHA256-TR-v1",
};

static const char *const uses[FROST_USE_COUNT] = {
	[FROST_USE_BINDING] = "rho",
	[FROST_USE_NONCE] = "nonce",
	[FROST_USE_DKG] = "dkg",
	[FROST_USE_EQUAL] = "dleq",
};

static struct frost_scalar suite_hash(enum frost_suite suite, const char *use,
                                      const struct span *parts, uint32_t n)
{
	char domain[DOMAIN_MAX];
	int len =
	    snprintf(domain, sizeof(domain), "%s%s", contexts[suite], use);

	CHECK(len > 0 && (size_t)len < sizeof(domain));
	return frost_scalar_hash(span_of(domain, (size_t)len), parts, n);
}

struct frost_scalar frost_suite_scalar(enum frost_suite suite,
                                       enum frost_use use,
                                       const struct span *parts, uint32_t n)
{
	return suite_hash(suite, uses[use], parts, n);
}

static void suite_digest(enum frost_suite suite, const char *use,
                         uint8_t ret[32], struct span bytes)
{
	struct hash_sha256 h;

	hash_sha256_init(&h);
	hash_sha256_add(&h, contexts[suite], strlen(contexts[suite]));
	hash_sha256_add(&h, use, strlen(use));
	hash_sha256_add(&h, bytes.p, bytes.len);
	hash_sha256_done(&h, ret);
}

void frost_suite_message(enum frost_suite suite, uint8_t ret[32],
                         struct span message)
{
	suite_digest(suite, "msg", ret, message);
}

void frost_suite_commitments(enum frost_suite suite, uint8_t ret[32],
                             struct span encoded)
{
	suite_digest(suite, "com", ret, encoded);
}

struct frost_scalar frost_suite_challenge(enum frost_suite suite,
                                          const struct frost_point *commitment,
                                          const struct frost_point *key,
                                          struct span message)
{
	uint8_t r[FROST_POINT_LEN], pub[FROST_POINT_LEN];
	uint8_t digest[HASH_256_LEN];
	struct hash_sha256 h;

	frost_point_write(r, commitment);
	frost_point_write(pub, key);
	if (suite == FROST_PLAIN) {
		const struct span parts[] = { span_of(r, sizeof(r)),
			                      span_of(pub, sizeof(pub)),
			                      message };

		return suite_hash(suite, "chal", parts, COUNT_OF(parts));
	}
	/* BIP-340 hashes x coordinates alone. */
	hash_sha256_init_tagged(&h, "BIP0340/challenge");
	hash_sha256_add(&h, r + 1, sizeof(r) - 1);
	hash_sha256_add(&h, pub + 1, sizeof(pub) - 1);
	hash_sha256_add(&h, message.p, message.len);
	hash_sha256_done(&h, digest);
	return frost_scalar_reduce(digest);
}
