/* sbtc/frost/frost_scalar.c - Numbers modulo the order; contract in
 * frost_scalar.h. */
#include "config.h"

#include "sbtc/frost/frost_scalar.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/secp_ctx.h"
#include "clarity/crypto/secret.h"

/* RFC 9380 for 128 bits of security: 48 bytes for a 32-byte order. */
#define WIDE_LEN 48u
#define BLOCK_LEN 64u
#define DOMAIN_MAX 255u

static const uint8_t order[FROST_SCALAR_LEN] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48,
	0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41
};

/* 2^256 modulo the order. */
static const struct frost_scalar two_256 = {
	{ 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	  0x00, 0x00, 0x00, 0x00, 0x01, 0x45, 0x51, 0x23, 0x19, 0x50, 0xb7,
	  0x5f, 0xc4, 0x40, 0x2d, 0xa1, 0x73, 0x2f, 0xc9, 0xbe, 0xbf }
};

struct frost_scalar frost_scalar_of(uint64_t n)
{
	struct frost_scalar s = { { 0 } };

	be64_write(s.bytes + FROST_SCALAR_LEN - 8, n);
	return s;
}

enum err frost_scalar_read(struct frost_scalar *ret,
                           const uint8_t bytes[FROST_SCALAR_LEN])
{
	if (memcmp(bytes, order, FROST_SCALAR_LEN) >= 0)
		return ERR_BAD_KEY;
	memcpy(ret->bytes, bytes, FROST_SCALAR_LEN);
	return ERR_OK;
}

/* 2^256 is less than twice the order, so one subtraction is enough. */
struct frost_scalar frost_scalar_reduce(const uint8_t bytes[FROST_SCALAR_LEN])
{
	struct frost_scalar ret, less;
	unsigned borrow = 0;

	memcpy(ret.bytes, bytes, FROST_SCALAR_LEN);
	for (uint32_t i = FROST_SCALAR_LEN; i-- > 0;) {
		unsigned d = 256u + bytes[i] - order[i] - borrow;

		less.bytes[i] = (uint8_t)d;
		borrow = d < 256u;
	}
	/* Without a branch: the bytes may be of a secret. */
	for (uint32_t i = 0; i < FROST_SCALAR_LEN; i++) {
		uint8_t keep = (uint8_t)(0u - borrow);

		ret.bytes[i] = (uint8_t)((bytes[i] & keep) |
		                         (less.bytes[i] & (uint8_t)~keep));
	}
	frost_scalar_wipe(&less);
	return ret;
}

/* expand_message_xmd of RFC 9380 with SHA-256, for WIDE_LEN bytes. */
static void scalar_expand(uint8_t ret[2 * HASH_256_LEN], struct span domain,
                          const struct span *parts, uint32_t n)
{
	static const uint8_t pad[BLOCK_LEN];
	const uint8_t len[3] = { 0, WIDE_LEN, 0 };
	uint8_t domain_len = (uint8_t)domain.len;
	uint8_t first[HASH_256_LEN], mixed[HASH_256_LEN] = { 0 };
	struct hash_sha256 h;

	CHECK(domain.len <= DOMAIN_MAX);
	hash_sha256_init(&h);
	hash_sha256_add(&h, pad, sizeof(pad));
	for (uint32_t i = 0; i < n; i++)
		hash_sha256_add(&h, parts[i].p, parts[i].len);
	hash_sha256_add(&h, len, sizeof(len));
	hash_sha256_add(&h, domain.p, domain.len);
	hash_sha256_add(&h, &domain_len, 1);
	hash_sha256_done(&h, first);
	for (uint8_t block = 1; block <= 2; block++) {
		uint8_t *out = ret + (block - 1) * HASH_256_LEN;

		for (uint32_t i = 0; i < HASH_256_LEN; i++)
			mixed[i] ^= first[i];
		hash_sha256_init(&h);
		hash_sha256_add(&h, mixed, sizeof(mixed));
		hash_sha256_add(&h, &block, 1);
		hash_sha256_add(&h, domain.p, domain.len);
		hash_sha256_add(&h, &domain_len, 1);
		hash_sha256_done(&h, out);
		memcpy(mixed, out, sizeof(mixed));
	}
	secret_wipe(first, sizeof(first));
	secret_wipe(mixed, sizeof(mixed));
	secret_wipe(&h, sizeof(h));
}

struct frost_scalar frost_scalar_hash(struct span domain,
                                      const struct span *parts, uint32_t n)
{
	uint8_t wide[2 * HASH_256_LEN];
	struct frost_scalar high = { { 0 } }, low, product, ret;

	scalar_expand(wide, domain, parts, n);
	memcpy(high.bytes + FROST_SCALAR_LEN - (WIDE_LEN - FROST_SCALAR_LEN),
	       wide, WIDE_LEN - FROST_SCALAR_LEN);
	low = frost_scalar_reduce(wide + WIDE_LEN - FROST_SCALAR_LEN);
	product = frost_scalar_mul(&high, &two_256);
	ret = frost_scalar_add(&product, &low);
	secret_wipe(wide, sizeof(wide));
	frost_scalar_wipe(&high);
	frost_scalar_wipe(&low);
	frost_scalar_wipe(&product);
	return ret;
}

bool frost_scalar_is_zero(const struct frost_scalar *a)
{
	uint8_t any = 0;

	for (uint32_t i = 0; i < FROST_SCALAR_LEN; i++)
		any |= a->bytes[i];
	return any == 0;
}

bool frost_scalar_eq(const struct frost_scalar *a, const struct frost_scalar *b)
{
	return secret_eq(a->bytes, b->bytes, FROST_SCALAR_LEN);
}

struct frost_scalar frost_scalar_negate(const struct frost_scalar *a)
{
	struct frost_scalar ret = *a;

	if (!frost_scalar_is_zero(a))
		CHECK(
		    secp256k1_ec_seckey_negate(secp_ctx_signing(), ret.bytes));
	return ret;
}

struct frost_scalar frost_scalar_add(const struct frost_scalar *a,
                                     const struct frost_scalar *b)
{
	struct frost_scalar ret = *a;

	if (frost_scalar_is_zero(a))
		return *b;
	if (frost_scalar_is_zero(b))
		return *a;
	/* The one failure left is that the sum is zero. */
	if (!secp256k1_ec_seckey_tweak_add(secp_ctx_signing(), ret.bytes,
	                                   b->bytes))
		return frost_scalar_of(0);
	return ret;
}

struct frost_scalar frost_scalar_mul(const struct frost_scalar *a,
                                     const struct frost_scalar *b)
{
	struct frost_scalar ret = *a;

	if (frost_scalar_is_zero(a) || frost_scalar_is_zero(b))
		return frost_scalar_of(0);
	CHECK(secp256k1_ec_seckey_tweak_mul(secp_ctx_signing(), ret.bytes,
	                                    b->bytes));
	return ret;
}

/* Fermat: a^(order - 2), bit by bit from the top. */
struct frost_scalar frost_scalar_invert(const struct frost_scalar *a)
{
	struct frost_scalar ret = frost_scalar_of(1);
	uint8_t exponent[FROST_SCALAR_LEN];

	CHECK(!frost_scalar_is_zero(a));
	memcpy(exponent, order, sizeof(exponent));
	exponent[FROST_SCALAR_LEN - 1] -= 2;
	for (uint32_t bit = 0; bit < 8 * FROST_SCALAR_LEN; bit++) {
		ret = frost_scalar_mul(&ret, &ret);
		if (exponent[bit / 8] >> (7 - bit % 8) & 1)
			ret = frost_scalar_mul(&ret, a);
	}
	return ret;
}

void frost_scalar_wipe(struct frost_scalar *a)
{
	secret_wipe(a, sizeof(*a));
}
