/* sbtc/frost/frost_point.c - Points; contract in frost_point.h. */
#include "config.h"

#include "sbtc/frost/frost_point.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/secp_ctx.h"

struct frost_point frost_point_zero(void)
{
	return (struct frost_point){ .is_infinity = true };
}

enum err frost_point_read(struct frost_point *ret,
                          const uint8_t bytes[FROST_POINT_LEN])
{
	struct frost_point p = { .is_infinity = false };

	if (!secp256k1_ec_pubkey_parse(secp_ctx_signing(), &p.key, bytes,
	                               FROST_POINT_LEN))
		return ERR_BAD_KEY;
	*ret = p;
	return ERR_OK;
}

void frost_point_write(uint8_t ret[FROST_POINT_LEN],
                       const struct frost_point *p)
{
	size_t len = FROST_POINT_LEN;

	memset(ret, 0, FROST_POINT_LEN);
	if (!p->is_infinity)
		CHECK(secp256k1_ec_pubkey_serialize(secp_ctx_signing(), ret,
		                                    &len, &p->key,
		                                    SECP256K1_EC_COMPRESSED));
}

struct frost_point frost_point_base(const struct frost_scalar *a)
{
	struct frost_point ret = { .is_infinity = false };

	if (!secp256k1_ec_pubkey_create(secp_ctx_signing(), &ret.key, a->bytes))
		return frost_point_zero();
	return ret;
}

struct frost_point frost_point_add(const struct frost_point *a,
                                   const struct frost_point *b)
{
	const secp256k1_pubkey *both[2] = { &a->key, &b->key };
	struct frost_point ret = { .is_infinity = false };

	if (a->is_infinity)
		return *b;
	if (b->is_infinity)
		return *a;
	if (!secp256k1_ec_pubkey_combine(secp_ctx_signing(), &ret.key, both, 2))
		return frost_point_zero();
	return ret;
}

struct frost_point frost_point_negate(const struct frost_point *a)
{
	struct frost_point ret = *a;

	if (!a->is_infinity)
		CHECK(secp256k1_ec_pubkey_negate(secp_ctx_signing(), &ret.key));
	return ret;
}

struct frost_point frost_point_mul(const struct frost_point *p,
                                   const struct frost_scalar *a)
{
	struct frost_point ret = *p;

	if (p->is_infinity || frost_scalar_is_zero(a))
		return frost_point_zero();
	CHECK(secp256k1_ec_pubkey_tweak_mul(secp_ctx_signing(), &ret.key,
	                                    a->bytes));
	return ret;
}

bool frost_point_eq(const struct frost_point *a, const struct frost_point *b)
{
	if (a->is_infinity || b->is_infinity)
		return a->is_infinity == b->is_infinity;
	return secp256k1_ec_pubkey_cmp(secp_ctx_signing(), &a->key, &b->key) ==
	       0;
}

bool frost_point_is_even(const struct frost_point *p)
{
	uint8_t bytes[FROST_POINT_LEN];

	frost_point_write(bytes, p);
	return bytes[0] == SECP256K1_TAG_PUBKEY_EVEN;
}
