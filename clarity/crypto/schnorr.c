/* clarity/crypto/schnorr.c - BIP-340 over libsecp256k1; see schnorr.h. */
#include "config.h"

#include "clarity/crypto/schnorr.h"

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

#include "clarity/base/check.h"
#include "clarity/crypto/secp_ctx.h"
#include "clarity/crypto/secret.h"

#define STATIC_CTX secp256k1_context_static

enum err schnorr_pub_of(uint8_t ret[SCHNORR_PUB_LEN],
                        const uint8_t key[SCHNORR_KEY_LEN])
{
	secp256k1_pubkey full;
	secp256k1_xonly_pubkey x;

	if (!secp256k1_ec_pubkey_create(secp_ctx_signing(), &full, key))
		return ERR_BAD_KEY;
	CHECK(secp256k1_xonly_pubkey_from_pubkey(STATIC_CTX, &x, NULL, &full));
	CHECK(secp256k1_xonly_pubkey_serialize(STATIC_CTX, ret, &x));
	return ERR_OK;
}

bool schnorr_pub_is_valid(const uint8_t pub[SCHNORR_PUB_LEN])
{
	secp256k1_xonly_pubkey x;

	return secp256k1_xonly_pubkey_parse(STATIC_CTX, &x, pub);
}

enum err schnorr_sign(uint8_t ret[SCHNORR_SIG_LEN], const uint8_t msg[32],
                      const uint8_t key[SCHNORR_KEY_LEN], const uint8_t aux[32])
{
	const secp256k1_context *ctx = secp_ctx_signing();
	secp256k1_keypair pair;

	if (!secp256k1_keypair_create(ctx, &pair, key))
		return ERR_BAD_KEY;
	bool ok = secp256k1_schnorrsig_sign32(ctx, ret, msg, &pair, aux);

	secret_wipe(&pair, sizeof(pair));
	CHECK(ok);
	return ERR_OK;
}

bool schnorr_verify(const uint8_t sig[SCHNORR_SIG_LEN], const uint8_t *msg,
                    size_t len, const uint8_t pub[SCHNORR_PUB_LEN])
{
	secp256k1_xonly_pubkey x;

	return secp256k1_xonly_pubkey_parse(STATIC_CTX, &x, pub) &&
	       secp256k1_schnorrsig_verify(STATIC_CTX, sig, msg, len, &x);
}

enum err schnorr_pub_tweak(uint8_t ret[SCHNORR_PUB_LEN], bool *ret_odd,
                           const uint8_t pub[SCHNORR_PUB_LEN],
                           const uint8_t tweak[32])
{
	secp256k1_xonly_pubkey x;
	secp256k1_pubkey sum;
	int odd;

	if (!secp256k1_xonly_pubkey_parse(STATIC_CTX, &x, pub) ||
	    !secp256k1_xonly_pubkey_tweak_add(STATIC_CTX, &sum, &x, tweak))
		return ERR_BAD_KEY;
	CHECK(secp256k1_xonly_pubkey_from_pubkey(STATIC_CTX, &x, &odd, &sum));
	CHECK(secp256k1_xonly_pubkey_serialize(STATIC_CTX, ret, &x));
	*ret_odd = odd;
	return ERR_OK;
}

enum err schnorr_key_tweak(uint8_t key[SCHNORR_KEY_LEN],
                           const uint8_t tweak[32])
{
	const secp256k1_context *ctx = secp_ctx_signing();
	secp256k1_keypair pair;

	if (!secp256k1_keypair_create(ctx, &pair, key))
		return ERR_BAD_KEY;
	bool ok = secp256k1_keypair_xonly_tweak_add(ctx, &pair, tweak);

	if (ok)
		CHECK(secp256k1_keypair_sec(ctx, key, &pair));
	secret_wipe(&pair, sizeof(pair));
	return ok ? ERR_OK : ERR_BAD_KEY;
}
