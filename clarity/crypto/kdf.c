/* clarity/crypto/kdf.c - Key derivation; contract in kdf.h. */
#include "config.h"

#include "clarity/crypto/kdf.h"

#include <limits.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "clarity/base/check.h"

void kdf_hmac_sha512(uint8_t ret[KDF_LEN], struct span key, struct span msg)
{
	unsigned len = 0;

	CHECK(key.len <= INT_MAX);
	CHECK(
	    HMAC(EVP_sha512(), key.p, (int)key.len, msg.p, msg.len, ret, &len));
	CHECK(len == KDF_LEN);
}

void kdf_pbkdf2_sha512(uint8_t ret[KDF_LEN], struct span secret,
                       struct span salt, uint32_t rounds)
{
	CHECK(rounds >= 1 && rounds <= INT_MAX);
	CHECK(secret.len <= INT_MAX && salt.len <= INT_MAX);
	CHECK(PKCS5_PBKDF2_HMAC((const char *)secret.p, (int)secret.len, salt.p,
	                        (int)salt.len, (int)rounds, EVP_sha512(),
	                        (int)KDF_LEN, ret));
}
