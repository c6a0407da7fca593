/*
 * tests/unit/sbtc/frost/deal.h - Groups for tests: a dealer knows everything.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 */
#ifndef TESTS_UNIT_SBTC_FROST_DEAL_H
#define TESTS_UNIT_SBTC_FROST_DEAL_H

#include <string.h>

#include "clarity/crypto/hash.h"
#include "sbtc/frost/frost_plan.h"

struct deal {
	struct frost_group group;
	struct frost_share shares[FROST_MEMBERS_MAX];
};

/** @return a number made of two others; tests need no better randomness. */
static inline struct frost_scalar deal_number(uint32_t a, uint32_t b)
{
	uint32_t both[2] = { a, b };
	uint8_t digest[HASH_256_LEN];

	hash_sha256(digest, both, sizeof(both));
	return frost_scalar_reduce(digest);
}

/** Deals shares of a polynomial that depends on `seed`. */
static inline void deal_make(struct deal *d, uint32_t n, uint32_t threshold,
                             uint32_t seed)
{
	struct frost_scalar secret = deal_number(seed, 0);

	d->group = (struct frost_group){ .n = n, .threshold = threshold };
	d->group.key = frost_point_base(&secret);
	for (uint32_t i = 1; i <= n; i++) {
		struct frost_scalar x = frost_scalar_of(i);
		struct frost_scalar y = frost_scalar_of(0);

		for (uint32_t k = threshold; k-- > 0;) {
			struct frost_scalar a = deal_number(seed, k);

			y = frost_scalar_mul(&y, &x);
			y = frost_scalar_add(&y, &a);
		}
		d->shares[i - 1] = (struct frost_share){ .id = i, .secret = y };
		d->group.shares[i - 1] = frost_point_base(&y);
	}
}

/** Makes member `id`'s secrets and commitment for one signature. */
static inline void deal_commit(uint32_t id, uint32_t seed,
                               struct frost_secrets *secrets,
                               struct frost_commitment *c)
{
	secrets->hiding = deal_number(seed, 2 * id + 1000);
	secrets->binding = deal_number(seed, 2 * id + 1001);
	*c = (struct frost_commitment){
		.id = id,
		.hiding = frost_point_base(&secrets->hiding),
		.binding = frost_point_base(&secrets->binding),
	};
}

#endif /* TESTS_UNIT_SBTC_FROST_DEAL_H */
