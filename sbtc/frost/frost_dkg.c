/* sbtc/frost/frost_dkg.c - Making a key together; contract in frost_dkg.h. */
#include "config.h"

#include "sbtc/frost/frost_dkg.h"

#include <string.h>

#include "clarity/base/check.h"
#include "sbtc/frost/frost_suite.h"

/* The proof's challenge: dealer's number, first commitment, nonce's point. */
static struct frost_scalar dkg_challenge(uint32_t id,
                                         const struct frost_point *first,
                                         const struct frost_point *nonce)
{
	struct frost_scalar number = frost_scalar_of(id);
	uint8_t key[FROST_POINT_LEN], r[FROST_POINT_LEN];
	const struct span parts[] = { span_of(number.bytes, FROST_SCALAR_LEN),
		                      span_of(key, sizeof(key)),
		                      span_of(r, sizeof(r)) };

	frost_point_write(key, first);
	frost_point_write(r, nonce);
	return frost_suite_scalar(FROST_TAPROOT, FROST_USE_DKG, parts,
	                          COUNT_OF(parts));
}

static void dkg_prove(uint8_t ret[FROST_PROOF_LEN],
                      const struct frost_polynomial *p,
                      const struct frost_point *first,
                      const struct frost_scalar *nonce)
{
	struct frost_scalar k = *nonce;
	struct frost_point r = frost_point_base(&k);
	uint8_t bytes[FROST_POINT_LEN];

	if (!frost_point_is_even(&r)) {
		k = frost_scalar_negate(nonce);
		r = frost_point_negate(&r);
	}

	struct frost_scalar c = dkg_challenge(p->id, first, &r);
	struct frost_scalar part = frost_scalar_mul(&p->coefficients[0], &c);
	struct frost_scalar z = frost_scalar_add(&k, &part);

	frost_point_write(bytes, &r);
	memcpy(ret, bytes + 1, FROST_SCALAR_LEN);
	memcpy(ret + FROST_SCALAR_LEN, z.bytes, FROST_SCALAR_LEN);
	frost_scalar_wipe(&k);
	frost_scalar_wipe(&part);
}

void frost_dkg_offer(struct frost_offer *ret, const struct frost_polynomial *p,
                     const struct frost_scalar *nonce)
{
	CHECK(p->threshold >= 1 && p->threshold <= FROST_MEMBERS_MAX);
	CHECK(!frost_scalar_is_zero(nonce));
	*ret = (struct frost_offer){ .id = p->id, .threshold = p->threshold };
	for (uint32_t k = 0; k < p->threshold; k++)
		ret->commitments[k] = frost_point_base(&p->coefficients[k]);
	dkg_prove(ret->proof, p, &ret->commitments[0], nonce);
}

static bool dkg_proof_holds(const struct frost_offer *offer)
{
	uint8_t bytes[FROST_POINT_LEN] = { SECP256K1_TAG_PUBKEY_EVEN };
	const struct frost_point *first = &offer->commitments[0];
	struct frost_scalar z;
	struct frost_point r;

	memcpy(bytes + 1, offer->proof, FROST_SCALAR_LEN);
	if (frost_point_read(&r, bytes) != ERR_OK ||
	    frost_scalar_read(&z, offer->proof + FROST_SCALAR_LEN) != ERR_OK)
		return false;

	struct frost_scalar c = dkg_challenge(offer->id, first, &r);
	struct frost_point part = frost_point_mul(first, &c);
	struct frost_point want = frost_point_add(&r, &part);
	struct frost_point got = frost_point_base(&z);

	return frost_point_eq(&got, &want);
}

enum err frost_dkg_check_offer(const struct frost_dkg *dkg, uint32_t id,
                               const struct frost_offer *offer)
{
	if (offer->id != id || id < 1 || id > dkg->n ||
	    offer->threshold != dkg->threshold)
		return ERR_FROST_OFFER;
	for (uint32_t k = 0; k < offer->threshold; k++) {
		if (offer->commitments[k].is_infinity)
			return ERR_FROST_OFFER;
	}
	return dkg_proof_holds(offer) ? ERR_OK : ERR_FROST_OFFER;
}

struct frost_scalar frost_dkg_value(const struct frost_polynomial *p,
                                    uint32_t id)
{
	struct frost_scalar x = frost_scalar_of(id);
	struct frost_scalar y = frost_scalar_of(0);

	for (uint32_t k = p->threshold; k-- > 0;) {
		y = frost_scalar_mul(&y, &x);
		y = frost_scalar_add(&y, &p->coefficients[k]);
	}
	return y;
}

/* The same polynomial over the commitments. */
static struct frost_point dkg_point(const struct frost_offer *offer,
                                    uint32_t id)
{
	struct frost_scalar x = frost_scalar_of(id);
	struct frost_point y = frost_point_zero();

	for (uint32_t k = offer->threshold; k-- > 0;) {
		y = frost_point_mul(&y, &x);
		y = frost_point_add(&y, &offer->commitments[k]);
	}
	return y;
}

bool frost_dkg_fits(const struct frost_offer *offer, uint32_t id,
                    const struct frost_scalar *value)
{
	struct frost_point got = frost_point_base(value);
	struct frost_point want = dkg_point(offer, id);

	return frost_point_eq(&got, &want);
}

void frost_dkg_group(struct frost_group *ret, const struct frost_dkg *dkg,
                     const struct frost_offer *offers)
{
	CHECK(dkg->n >= 1 && dkg->n <= FROST_MEMBERS_MAX);
	*ret = (struct frost_group){ .n = dkg->n,
		                     .threshold = dkg->threshold,
		                     .key = frost_point_zero() };
	for (uint32_t i = 0; i < dkg->n; i++)
		ret->key =
		    frost_point_add(&ret->key, &offers[i].commitments[0]);
	for (uint32_t id = 1; id <= dkg->n; id++) {
		struct frost_point sum = frost_point_zero();

		for (uint32_t i = 0; i < dkg->n; i++) {
			struct frost_point part = dkg_point(&offers[i], id);

			sum = frost_point_add(&sum, &part);
		}
		ret->shares[id - 1] = sum;
	}
}

void frost_dkg_share(struct frost_share *ret, uint32_t id,
                     const struct frost_scalar *values, uint32_t n)
{
	*ret = (struct frost_share){ .id = id, .secret = frost_scalar_of(0) };
	for (uint32_t i = 0; i < n; i++)
		ret->secret = frost_scalar_add(&ret->secret, &values[i]);
}
