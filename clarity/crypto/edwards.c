/* clarity/crypto/edwards.c - edwards25519's whole group; see edwards.h. */
#include "config.h"

#include "clarity/crypto/edwards.h"

#include <stddef.h>
#include <string.h>

#include <sodium.h>

#include "clarity/base/check.h"

/* The points of small order form a cycle of eight; this one generates it. */
#define TORSION 8u
static const uint8_t torsion_generator[EDWARDS_LEN] = {
	0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
	0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
	0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
};

static const uint8_t neutral[EDWARDS_LEN] = { 1 };

/* The group order 2^252 + ..., little-endian. */
static const uint8_t order[EDWARDS_LEN] = {
	0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
	0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
	0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10,
};

bool edwards_decode(uint8_t ret[EDWARDS_LEN], const uint8_t bytes[EDWARDS_LEN])
{
	/* An addition decodes leniently and encodes canonically. */
	return crypto_core_ed25519_add(ret, bytes, neutral) == 0;
}

bool edwards_is_small_order(const uint8_t p[EDWARDS_LEN])
{
	uint8_t eight_p[EDWARDS_LEN];

	edwards_mul_cofactor(eight_p, p);
	return memcmp(eight_p, neutral, EDWARDS_LEN) == 0;
}

void edwards_add(uint8_t ret[EDWARDS_LEN], const uint8_t p[EDWARDS_LEN],
                 const uint8_t q[EDWARDS_LEN])
{
	CHECK(crypto_core_ed25519_add(ret, p, q) == 0);
}

void edwards_sub(uint8_t ret[EDWARDS_LEN], const uint8_t p[EDWARDS_LEN],
                 const uint8_t q[EDWARDS_LEN])
{
	CHECK(crypto_core_ed25519_sub(ret, p, q) == 0);
}

/* ret = i times the generator of the points of small order. */
static void torsion_point(uint8_t ret[EDWARDS_LEN], unsigned i)
{
	memcpy(ret, neutral, EDWARDS_LEN);
	for (i %= TORSION; i > 0; i--)
		edwards_add(ret, ret, torsion_generator);
}

/*
 * n * p for a point that libsodium refuses: p = q + iT for some i and a q that
 * it takes, unless p itself is of small order and q is neutral.
 */
static void mul_torsioned(uint8_t ret[EDWARDS_LEN],
                          const uint8_t n[EDWARDS_LEN],
                          const uint8_t p[EDWARDS_LEN])
{
	uint8_t torsion[EDWARDS_LEN];
	uint8_t q[EDWARDS_LEN];

	for (unsigned i = 0; i < TORSION; i++) {
		uint8_t product[EDWARDS_LEN];

		torsion_point(torsion, i);
		edwards_sub(q, p, torsion);
		if (memcmp(q, neutral, EDWARDS_LEN) == 0)
			memcpy(product, neutral, EDWARDS_LEN);
		else if (crypto_scalarmult_ed25519_noclamp(product, n, q) != 0)
			continue;
		torsion_point(torsion, (n[0] % TORSION) * i);
		edwards_add(ret, product, torsion);
		return;
	}
	CHECK(!"every point is one of prime order plus one of small order");
}

void edwards_mul(uint8_t ret[EDWARDS_LEN], const uint8_t n[EDWARDS_LEN],
                 const uint8_t p[EDWARDS_LEN])
{
	uint8_t product[EDWARDS_LEN];

	if (sodium_is_zero(n, EDWARDS_LEN))
		memcpy(ret, neutral, EDWARDS_LEN);
	else if (crypto_scalarmult_ed25519_noclamp(product, n, p) == 0)
		memcpy(ret, product, EDWARDS_LEN);
	else
		mul_torsioned(ret, n, p);
}

void edwards_mul_base(uint8_t ret[EDWARDS_LEN], const uint8_t n[EDWARDS_LEN])
{
	if (sodium_is_zero(n, EDWARDS_LEN))
		memcpy(ret, neutral, EDWARDS_LEN);
	else
		CHECK(crypto_scalarmult_ed25519_base_noclamp(ret, n) == 0);
}

void edwards_mul_cofactor(uint8_t ret[EDWARDS_LEN],
                          const uint8_t p[EDWARDS_LEN])
{
	edwards_add(ret, p, p);
	edwards_add(ret, ret, ret);
	edwards_add(ret, ret, ret);
}

bool edwards_scalar_is_canonical(const uint8_t n[EDWARDS_LEN])
{
	for (size_t i = EDWARDS_LEN; i-- > 0;) {
		if (n[i] != order[i])
			return n[i] < order[i];
	}
	return false;
}
