/* sbtc/frost/frost_plan.c - Signing; contract in frost_plan.h. */
#include "config.h"

#include "sbtc/frost/frost_plan.h"

#include <string.h>

#include "clarity/base/check.h"

/* A commitment as it is hashed: number, hiding point, binding point. */
#define ENCODED_LEN (FROST_SCALAR_LEN + 2 * FROST_POINT_LEN)

static enum err plan_check_request(const struct frost_group *group,
                                   const struct frost_commitment *c, uint32_t n)
{
	if (n < group->threshold || n > group->n || n > FROST_MEMBERS_MAX)
		return ERR_FROST_REQUEST;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t below = i ? c[i - 1].id : 0;

		if (c[i].id <= below || c[i].id > group->n ||
		    c[i].hiding.is_infinity || c[i].binding.is_infinity)
			return ERR_FROST_REQUEST;
	}
	return ERR_OK;
}

static void plan_encode(uint8_t *ret, const struct frost_commitment *c)
{
	struct frost_scalar id = frost_scalar_of(c->id);

	memcpy(ret, id.bytes, FROST_SCALAR_LEN);
	frost_point_write(ret + FROST_SCALAR_LEN, &c->hiding);
	frost_point_write(ret + FROST_SCALAR_LEN + FROST_POINT_LEN,
	                  &c->binding);
}

/* Binds each signer's second nonce to the message and to all commitments. */
static void plan_bind(struct frost_plan *p, const struct frost_point *key,
                      struct span message, const struct frost_commitment *c)
{
	uint8_t pub[FROST_POINT_LEN], msg[32], list[32];
	uint8_t encoded[FROST_MEMBERS_MAX * ENCODED_LEN];

	for (uint32_t i = 0; i < p->n; i++)
		plan_encode(encoded + i * ENCODED_LEN, &c[i]);
	frost_point_write(pub, key);
	frost_suite_message(p->suite, msg, message);
	frost_suite_commitments(p->suite, list,
	                        span_of(encoded, p->n * ENCODED_LEN));
	for (uint32_t i = 0; i < p->n; i++) {
		struct frost_scalar id = frost_scalar_of(c[i].id);
		const struct span parts[] = {
			span_of(pub, sizeof(pub)), span_of(msg, sizeof(msg)),
			span_of(list, sizeof(list)),
			span_of(id.bytes, sizeof(id.bytes))
		};

		p->ids[i] = c[i].id;
		p->binding[i] = frost_suite_scalar(p->suite, FROST_USE_BINDING,
		                                   parts, COUNT_OF(parts));
	}
}

static void plan_commit(struct frost_plan *p, const struct frost_commitment *c)
{
	p->commitment = frost_point_zero();
	for (uint32_t i = 0; i < p->n; i++) {
		struct frost_point bound =
		    frost_point_mul(&c[i].binding, &p->binding[i]);

		p->parts[i] = frost_point_add(&c[i].hiding, &bound);
		p->commitment = frost_point_add(&p->commitment, &p->parts[i]);
		p->weight[i] = frost_key_weight(p->ids, p->n, i);
	}
}

enum err frost_plan_make(struct frost_plan *ret, enum frost_suite suite,
                         const struct frost_group *group, struct span message,
                         const struct frost_commitment *commitments, uint32_t n)
{
	struct frost_point key = group->key;

	/* The commitments' ids are copied by plan_bind, after this check. */
	TRY(plan_check_request(group, commitments, n));
	*ret = (struct frost_plan){ .suite = suite, .n = n };
	if (suite == FROST_TAPROOT && !frost_point_is_even(&key)) {
		ret->flips_key = true;
		key = frost_point_negate(&key);
	}
	plan_bind(ret, &key, message, commitments);
	plan_commit(ret, commitments);
	if (ret->commitment.is_infinity || key.is_infinity)
		return ERR_FROST_REQUEST;
	ret->flips_nonce =
	    suite == FROST_TAPROOT && !frost_point_is_even(&ret->commitment);
	ret->challenge =
	    frost_suite_challenge(suite, &ret->commitment, &key, message);
	return ERR_OK;
}

int frost_plan_find(const struct frost_plan *p, uint32_t id)
{
	for (uint32_t i = 0; i < p->n; i++) {
		if (p->ids[i] == id)
			return (int)i;
	}
	return -1;
}

static struct frost_scalar plan_flip(const struct frost_scalar *a, bool flips)
{
	return flips ? frost_scalar_negate(a) : *a;
}

struct frost_scalar frost_plan_answer(const struct frost_plan *p, uint32_t at,
                                      const struct frost_secrets *secrets,
                                      const struct frost_share *share)
{
	CHECK(at < p->n);

	struct frost_scalar bound =
	    frost_scalar_mul(&secrets->binding, &p->binding[at]);
	struct frost_scalar sum = frost_scalar_add(&secrets->hiding, &bound);
	struct frost_scalar nonce = plan_flip(&sum, p->flips_nonce);
	struct frost_scalar key = plan_flip(&share->secret, p->flips_key);
	struct frost_scalar weight =
	    frost_scalar_mul(&p->weight[at], &p->challenge);
	struct frost_scalar part = frost_scalar_mul(&key, &weight);
	struct frost_scalar answer = frost_scalar_add(&nonce, &part);

	frost_scalar_wipe(&bound);
	frost_scalar_wipe(&sum);
	frost_scalar_wipe(&nonce);
	frost_scalar_wipe(&key);
	frost_scalar_wipe(&part);
	return answer;
}

bool frost_plan_check(const struct frost_plan *p, uint32_t at,
                      const struct frost_group *group,
                      const struct frost_scalar *answer)
{
	CHECK(at < p->n);

	const struct frost_point *share = &group->shares[p->ids[at] - 1];
	struct frost_point nonce =
	    p->flips_nonce ? frost_point_negate(&p->parts[at]) : p->parts[at];
	struct frost_point key =
	    p->flips_key ? frost_point_negate(share) : *share;
	struct frost_scalar weight =
	    frost_scalar_mul(&p->weight[at], &p->challenge);
	struct frost_point part = frost_point_mul(&key, &weight);
	struct frost_point want = frost_point_add(&nonce, &part);
	struct frost_point got = frost_point_base(answer);

	return frost_point_eq(&got, &want);
}

uint32_t frost_plan_sum(const struct frost_plan *p,
                        const struct frost_scalar *answers,
                        uint8_t ret[FROST_SIG_MAX])
{
	struct frost_scalar sum = frost_scalar_of(0);
	uint8_t point[FROST_POINT_LEN];
	uint32_t skip = p->suite == FROST_TAPROOT ? 1 : 0;
	uint32_t len = FROST_POINT_LEN - skip;

	for (uint32_t i = 0; i < p->n; i++)
		sum = frost_scalar_add(&sum, &answers[i]);
	frost_point_write(point, &p->commitment);
	memcpy(ret, point + skip, len);
	memcpy(ret + len, sum.bytes, FROST_SCALAR_LEN);
	return len + FROST_SCALAR_LEN;
}
