/* clarity/crypto/ecdsa.c - ECDSA over libsecp256k1; contract in ecdsa.h. */
#include "config.h"

#include "clarity/crypto/ecdsa.h"

#include <string.h>

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include "clarity/base/check.h"
#include "clarity/crypto/secp_ctx.h"
#include "clarity/crypto/secret.h"

_Static_assert(sizeof(struct ecdsa_pub) == sizeof(secp256k1_pubkey),
               "ecdsa_pub must be the library's key");

#define STATIC_CTX secp256k1_context_static

/* Half the group order, rounded down: the largest low s. */
static const uint8_t half_order[32] = {
	0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4,
	0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
};

static secp256k1_pubkey *lib_pub(struct ecdsa_pub *pub)
{
	return (secp256k1_pubkey *)(void *)pub->opaque;
}

static const secp256k1_pubkey *lib_pub_const(const struct ecdsa_pub *pub)
{
	return (const secp256k1_pubkey *)(const void *)pub->opaque;
}

void ecdsa_blind(const uint8_t seed[32])
{
	secp_ctx_blind(seed);
}

bool ecdsa_key_is_valid(const uint8_t key[ECDSA_KEY_LEN])
{
	return secp256k1_ec_seckey_verify(STATIC_CTX, key);
}

enum err ecdsa_key_add(uint8_t key[ECDSA_KEY_LEN],
                       const uint8_t tweak[ECDSA_KEY_LEN])
{
	uint8_t sum[ECDSA_KEY_LEN];

	/* The library zeroes what it is given when it refuses. */
	memcpy(sum, key, sizeof(sum));
	bool ok = secp256k1_ec_seckey_tweak_add(STATIC_CTX, sum, tweak);

	if (ok)
		memcpy(key, sum, sizeof(sum));
	secret_wipe(sum, sizeof(sum));
	return ok ? ERR_OK : ERR_BAD_KEY;
}

enum err ecdsa_pub_of(struct ecdsa_pub *ret, const uint8_t key[ECDSA_KEY_LEN])
{
	struct ecdsa_pub pub;

	if (!secp256k1_ec_pubkey_create(secp_ctx_signing(), lib_pub(&pub), key))
		return ERR_BAD_KEY;
	*ret = pub;
	return ERR_OK;
}

enum err ecdsa_pub_parse(struct ecdsa_pub *ret, const uint8_t *bytes,
                         size_t len)
{
	struct ecdsa_pub pub;

	/* The library calls a NULL its caller's bug, also when it is empty. */
	if (len == 0 ||
	    !secp256k1_ec_pubkey_parse(STATIC_CTX, lib_pub(&pub), bytes, len))
		return ERR_BAD_KEY;
	*ret = pub;
	return ERR_OK;
}

void ecdsa_pub_write(uint8_t ret[ECDSA_PUB_LEN], const struct ecdsa_pub *pub)
{
	size_t len = ECDSA_PUB_LEN;

	CHECK(secp256k1_ec_pubkey_serialize(STATIC_CTX, ret, &len,
	                                    lib_pub_const(pub),
	                                    SECP256K1_EC_COMPRESSED));
}

void ecdsa_pub_write_full(uint8_t ret[ECDSA_PUB_FULL_LEN],
                          const struct ecdsa_pub *pub)
{
	size_t len = ECDSA_PUB_FULL_LEN;

	CHECK(secp256k1_ec_pubkey_serialize(STATIC_CTX, ret, &len,
	                                    lib_pub_const(pub),
	                                    SECP256K1_EC_UNCOMPRESSED));
}

enum err ecdsa_pub_add(struct ecdsa_pub *pub,
                       const uint8_t tweak[ECDSA_KEY_LEN])
{
	return secp256k1_ec_pubkey_tweak_add(STATIC_CTX, lib_pub(pub), tweak)
	           ? ERR_OK
	           : ERR_BAD_KEY;
}

enum err ecdsa_sign(uint8_t ret[ECDSA_SIG_LEN],
                    const uint8_t digest[ECDSA_DIGEST_LEN],
                    const uint8_t key[ECDSA_KEY_LEN])
{
	secp256k1_ecdsa_signature sig;

	if (!secp256k1_ecdsa_sign(secp_ctx_signing(), &sig, digest, key, NULL,
	                          NULL))
		return ERR_BAD_KEY;
	CHECK(
	    secp256k1_ecdsa_signature_serialize_compact(STATIC_CTX, ret, &sig));
	return ERR_OK;
}

enum err ecdsa_sign_recoverable(uint8_t ret[ECDSA_RSIG_LEN],
                                const uint8_t digest[ECDSA_DIGEST_LEN],
                                const uint8_t key[ECDSA_KEY_LEN])
{
	secp256k1_ecdsa_recoverable_signature sig;
	int id;

	if (!secp256k1_ecdsa_sign_recoverable(secp_ctx_signing(), &sig, digest,
	                                      key, NULL, NULL))
		return ERR_BAD_KEY;
	CHECK(secp256k1_ecdsa_recoverable_signature_serialize_compact(
	    STATIC_CTX, ret + 1, &id, &sig));
	ret[0] = (uint8_t)id;
	return ERR_OK;
}

bool ecdsa_verify(const uint8_t sig[ECDSA_SIG_LEN],
                  const uint8_t digest[ECDSA_DIGEST_LEN],
                  const struct ecdsa_pub *pub)
{
	secp256k1_ecdsa_signature s;

	/* The library's verification refuses a high s by itself. */
	return secp256k1_ecdsa_signature_parse_compact(STATIC_CTX, &s, sig) &&
	       secp256k1_ecdsa_verify(STATIC_CTX, &s, digest,
	                              lib_pub_const(pub));
}

bool ecdsa_is_low_s(const uint8_t sig[ECDSA_SIG_LEN])
{
	return memcmp(sig + 32, half_order, sizeof(half_order)) <= 0;
}

enum err ecdsa_lower_s(uint8_t sig[ECDSA_SIG_LEN])
{
	secp256k1_ecdsa_signature s;

	if (!secp256k1_ecdsa_signature_parse_compact(STATIC_CTX, &s, sig))
		return ERR_BAD_SIGNATURE;
	(void)secp256k1_ecdsa_signature_normalize(STATIC_CTX, &s, &s);
	CHECK(secp256k1_ecdsa_signature_serialize_compact(STATIC_CTX, sig, &s));
	return ERR_OK;
}

enum err ecdsa_recover(struct ecdsa_pub *ret, const uint8_t sig[ECDSA_RSIG_LEN],
                       const uint8_t digest[ECDSA_DIGEST_LEN])
{
	secp256k1_ecdsa_recoverable_signature s;
	struct ecdsa_pub pub;

	/* The library calls an id above 3 its caller's bug, and aborts. */
	if (sig[0] > 3)
		return ERR_BAD_SIGNATURE;
	if (!secp256k1_ecdsa_recoverable_signature_parse_compact(
		STATIC_CTX, &s, sig + 1, sig[0]))
		return ERR_BAD_SIGNATURE;
	if (!secp256k1_ecdsa_recover(STATIC_CTX, lib_pub(&pub), &s, digest))
		return ERR_BAD_SIGNATURE;
	*ret = pub;
	return ERR_OK;
}

bool ecdsa_rsig_is_formed(const uint8_t sig[ECDSA_RSIG_LEN])
{
	secp256k1_ecdsa_signature s;

	return sig[0] <= 3 &&
	       secp256k1_ecdsa_signature_parse_compact(STATIC_CTX, &s, sig + 1);
}

enum err ecdsa_der_parse(uint8_t ret[ECDSA_SIG_LEN], const uint8_t *der,
                         size_t len)
{
	secp256k1_ecdsa_signature s;

	if (len == 0 ||
	    !secp256k1_ecdsa_signature_parse_der(STATIC_CTX, &s, der, len))
		return ERR_BAD_SIGNATURE;
	CHECK(secp256k1_ecdsa_signature_serialize_compact(STATIC_CTX, ret, &s));
	return ERR_OK;
}

size_t ecdsa_der_write(uint8_t ret[ECDSA_DER_MAX],
                       const uint8_t sig[ECDSA_SIG_LEN])
{
	secp256k1_ecdsa_signature s;
	size_t len = ECDSA_DER_MAX;

	CHECK(secp256k1_ecdsa_signature_parse_compact(STATIC_CTX, &s, sig));
	CHECK(
	    secp256k1_ecdsa_signature_serialize_der(STATIC_CTX, ret, &len, &s));
	return len;
}

void ecdsa_vrs_of_rsv(uint8_t ret[ECDSA_RSIG_LEN],
                      const uint8_t rsv[ECDSA_RSIG_LEN])
{
	ret[0] = rsv[ECDSA_SIG_LEN];
	memcpy(ret + 1, rsv, ECDSA_SIG_LEN);
}

void ecdsa_rsv_of_vrs(uint8_t ret[ECDSA_RSIG_LEN],
                      const uint8_t vrs[ECDSA_RSIG_LEN])
{
	memcpy(ret, vrs + 1, ECDSA_SIG_LEN);
	ret[ECDSA_SIG_LEN] = vrs[0];
}
