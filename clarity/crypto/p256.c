/* clarity/crypto/p256.c - P-256 verification over libcrypto; see p256.h. */
#include "config.h"

#include "clarity/crypto/p256.h"

#include <stddef.h>
#include <string.h>
#include <threads.h>

/* EC_KEY is deprecated in favour of EVP_PKEY, which needs a DER encoder for the
 * signature and a parameter list for the key, and takes twice as long. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include "clarity/base/check.h"

#define COORD_LEN 32u
#define TAG_EVEN 0x02u
#define TAG_ODD 0x03u
#define TAG_COMPACT 0x05u

static EC_GROUP *p256_group;
static once_flag p256_once = ONCE_FLAG_INIT;

static void p256_make(void)
{
	p256_group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	CHECK(p256_group);
}

/* Forgets the reason of a refusal, but a lack of memory is none. */
static void p256_forget_reason(void)
{
	CHECK(ERR_GET_REASON(ERR_peek_last_error()) != ERR_R_MALLOC_FAILURE);
	ERR_clear_error();
}

static bool p256_decode(EC_POINT *ret, const uint8_t pub[P256_PUB_LEN])
{
	if (EC_POINT_oct2point(p256_group, ret, pub, P256_PUB_LEN, NULL))
		return true;
	p256_forget_reason();
	return false;
}

/* The y of a compact key is the smaller of y and p - y. */
static bool p256_decode_compact(EC_POINT *ret, const uint8_t pub[P256_PUB_LEN])
{
	uint8_t even[P256_PUB_LEN];
	uint8_t full[1 + 2 * COORD_LEN];
	uint8_t other[1 + 2 * COORD_LEN];

	memcpy(even, pub, sizeof(even));
	even[0] = TAG_EVEN;
	if (!p256_decode(ret, even))
		return false;
	CHECK(EC_POINT_point2oct(p256_group, ret, POINT_CONVERSION_UNCOMPRESSED,
	                         full, sizeof(full), NULL));
	CHECK(EC_POINT_invert(p256_group, ret, NULL));
	CHECK(EC_POINT_point2oct(p256_group, ret, POINT_CONVERSION_UNCOMPRESSED,
	                         other, sizeof(other), NULL));
	if (memcmp(full + 1 + COORD_LEN, other + 1 + COORD_LEN, COORD_LEN) < 0)
		CHECK(EC_POINT_invert(p256_group, ret, NULL));
	return true;
}

static bool p256_pub_parse(EC_POINT *ret, const uint8_t pub[P256_PUB_LEN])
{
	if (pub[0] == TAG_COMPACT)
		return p256_decode_compact(ret, pub);
	return (pub[0] == TAG_EVEN || pub[0] == TAG_ODD) &&
	       p256_decode(ret, pub);
}

static ECDSA_SIG *p256_sig_new(const uint8_t sig[P256_SIG_LEN])
{
	ECDSA_SIG *ret = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(sig, COORD_LEN, NULL);
	BIGNUM *s = BN_bin2bn(sig + COORD_LEN, COORD_LEN, NULL);

	CHECK(ret && r && s);
	CHECK(ECDSA_SIG_set0(ret, r, s)); /* takes both */
	return ret;
}

static bool p256_verify_with(const EC_POINT *point,
                             const uint8_t sig[P256_SIG_LEN],
                             const uint8_t digest[P256_DIGEST_LEN])
{
	ECDSA_SIG *s = p256_sig_new(sig);
	EC_KEY *key = EC_KEY_new();

	CHECK(key && EC_KEY_set_group(key, p256_group));
	CHECK(EC_KEY_set_public_key(key, point));
	int valid = ECDSA_do_verify(digest, (int)P256_DIGEST_LEN, s, key);

	if (valid != 1)
		p256_forget_reason();
	EC_KEY_free(key);
	ECDSA_SIG_free(s);
	return valid == 1;
}

bool p256_verify(const uint8_t sig[P256_SIG_LEN],
                 const uint8_t digest[P256_DIGEST_LEN],
                 const uint8_t pub[P256_PUB_LEN])
{
	call_once(&p256_once, p256_make);

	EC_POINT *point = EC_POINT_new(p256_group);

	CHECK(point);
	bool valid =
	    p256_pub_parse(point, pub) && p256_verify_with(point, sig, digest);

	EC_POINT_free(point);
	return valid;
}
