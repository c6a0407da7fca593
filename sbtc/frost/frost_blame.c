/* sbtc/frost/frost_blame.c - Sealed values; contract in frost_blame.h. */
#include "config.h"

#include "sbtc/frost/frost_blame.h"

#include <string.h>

#include <secp256k1_ecdh.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/secp_ctx.h"
#include "clarity/crypto/secret.h"
#include "sbtc/frost/frost_suite.h"

/* Hands the shared point itself out of libsecp256k1's exchange. */
static int blame_take_point(unsigned char *ret, const unsigned char *x,
                            const unsigned char *y, void *data)
{
	(void)data;
	ret[0] =
	    y[31] & 1 ? SECP256K1_TAG_PUBKEY_ODD : SECP256K1_TAG_PUBKEY_EVEN;
	memcpy(ret + 1, x, 32);
	return 1;
}

/* A secret times another's point, in constant time. */
static enum err blame_exchange(struct frost_point *ret,
                               const struct frost_scalar *key,
                               const struct frost_point *other)
{
	uint8_t bytes[FROST_POINT_LEN];
	enum err e;

	if (other->is_infinity ||
	    !secp256k1_ecdh(secp_ctx_signing(), bytes, &other->key, key->bytes,
	                    blame_take_point, NULL))
		return ERR_BAD_KEY;
	e = frost_point_read(ret, bytes);
	secret_wipe(bytes, sizeof(bytes));
	return e;
}

static struct frost_scalar blame_pad(const struct frost_seal *seal,
                                     const struct frost_point *mask)
{
	uint8_t bytes[FROST_POINT_LEN], ids[8];
	const struct span parts[] = {
		span_of("seal", 4), span_of(bytes, sizeof(bytes)),
		span_of(seal->session, sizeof(seal->session)),
		span_of(ids, sizeof(ids))
	};

	frost_point_write(bytes, mask);
	be32_write(ids, seal->dealer);
	be32_write(ids + 4, seal->receiver);

	struct frost_scalar pad = frost_suite_scalar(
	    FROST_TAPROOT, FROST_USE_EQUAL, parts, COUNT_OF(parts));

	secret_wipe(bytes, sizeof(bytes));
	return pad;
}

enum err frost_blame_seal(struct frost_scalar *ret,
                          const struct frost_seal *seal,
                          const struct frost_scalar *key,
                          const struct frost_scalar *value)
{
	struct frost_point mask;

	TRY(blame_exchange(&mask, key, &seal->receiver_key));

	struct frost_scalar pad = blame_pad(seal, &mask);

	*ret = frost_scalar_add(value, &pad);
	frost_scalar_wipe(&pad);
	secret_wipe(&mask, sizeof(mask));
	return ERR_OK;
}

static struct frost_scalar blame_unmask(const struct frost_seal *seal,
                                        const struct frost_point *mask,
                                        const struct frost_scalar *sealed)
{
	struct frost_scalar pad = blame_pad(seal, mask);
	struct frost_scalar minus = frost_scalar_negate(&pad);
	struct frost_scalar value = frost_scalar_add(sealed, &minus);

	frost_scalar_wipe(&pad);
	frost_scalar_wipe(&minus);
	return value;
}

enum err frost_blame_open(struct frost_scalar *ret,
                          const struct frost_seal *seal,
                          const struct frost_scalar *key,
                          const struct frost_scalar *sealed)
{
	struct frost_point mask;

	TRY(blame_exchange(&mask, key, &seal->dealer_key));
	*ret = blame_unmask(seal, &mask, sealed);
	secret_wipe(&mask, sizeof(mask));
	return ERR_OK;
}

/* Binds the proof to everything that it is about. */
static struct frost_scalar blame_challenge(const struct frost_seal *seal,
                                           const struct frost_point *mask,
                                           const struct frost_point *a,
                                           const struct frost_point *b)
{
	const struct frost_point *points[] = { &seal->dealer_key,
		                               &seal->receiver_key, mask, a,
		                               b };
	uint8_t bytes[COUNT_OF(points) * FROST_POINT_LEN], ids[8];
	const struct span parts[] = {
		span_of("complaint", 9),
		span_of(seal->session, sizeof(seal->session)),
		span_of(ids, sizeof(ids)), span_of(bytes, sizeof(bytes))
	};

	for (uint32_t i = 0; i < COUNT_OF(points); i++)
		frost_point_write(bytes + i * FROST_POINT_LEN, points[i]);
	be32_write(ids, seal->dealer);
	be32_write(ids + 4, seal->receiver);
	return frost_suite_scalar(FROST_TAPROOT, FROST_USE_EQUAL, parts,
	                          COUNT_OF(parts));
}

enum err frost_blame_complain(struct frost_complaint *ret,
                              const struct frost_seal *seal,
                              const struct frost_scalar *key,
                              const struct frost_scalar *nonce)
{
	struct frost_complaint c;
	struct frost_point b, a = frost_point_base(nonce);

	TRY(blame_exchange(&c.mask, key, &seal->dealer_key));
	TRY(blame_exchange(&b, nonce, &seal->dealer_key));
	c.challenge = blame_challenge(seal, &c.mask, &a, &b);

	struct frost_scalar part = frost_scalar_mul(key, &c.challenge);

	c.response = frost_scalar_add(nonce, &part);
	frost_scalar_wipe(&part);
	*ret = c;
	return ERR_OK;
}

/* @return response * base - challenge * result, the nonce's point. */
static struct frost_point blame_recompute(const struct frost_complaint *c,
                                          const struct frost_point *base,
                                          const struct frost_point *result)
{
	struct frost_point left = frost_point_mul(base, &c->response);
	struct frost_point right = frost_point_mul(result, &c->challenge);

	right = frost_point_negate(&right);
	return frost_point_add(&left, &right);
}

static bool blame_is_proven(const struct frost_seal *seal,
                            const struct frost_complaint *c)
{
	struct frost_scalar one = frost_scalar_of(1);
	struct frost_point g = frost_point_base(&one);
	struct frost_point a = blame_recompute(c, &g, &seal->receiver_key);
	struct frost_point b = blame_recompute(c, &seal->dealer_key, &c->mask);
	struct frost_scalar want = blame_challenge(seal, &c->mask, &a, &b);

	return !c->mask.is_infinity && !a.is_infinity && !b.is_infinity &&
	       frost_scalar_eq(&want, &c->challenge);
}

enum frost_guilt frost_blame_judge(const struct frost_seal *seal,
                                   const struct frost_offer *offer,
                                   const struct frost_scalar *sealed,
                                   const struct frost_complaint *complaint)
{
	if (!blame_is_proven(seal, complaint))
		return FROST_GUILT_RECEIVER;

	struct frost_scalar value =
	    blame_unmask(seal, &complaint->mask, sealed);

	return frost_dkg_fits(offer, seal->receiver, &value)
	           ? FROST_GUILT_RECEIVER
	           : FROST_GUILT_DEALER;
}
