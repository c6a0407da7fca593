/*
 * tests/unit/clarity/crypto/test_kdf.c - Claims about clarity/crypto/kdf.c.
 *
 * Vectors: RFC 4231 (HMAC); PBKDF2 with SHA-512 as its users publish it.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/kdf.h"
#include "tests/lib/hex.h"

static void published_macs_are_reproduced(void **state)
{
	(void)state;
	uint8_t key[131];
	uint8_t got[KDF_LEN];

	memset(key, 0x0b, 20);
	kdf_hmac_sha512(got, span_of(key, 20), span_str("Hi There"));
	assert_hex(
	    got, sizeof(got),
	    "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
	    "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
	kdf_hmac_sha512(got, span_str("Jefe"),
	                span_str("what do ya want for nothing?"));
	assert_hex(
	    got, sizeof(got),
	    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
	    "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
	memset(key, 0xaa, sizeof(key));
	kdf_hmac_sha512(got, span_of(key, sizeof(key)),
	                span_str("Test Using Larger Than Block-Size Key - "
	                         "Hash Key First"));
	assert_hex(
	    got, sizeof(got),
	    "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
	    "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

static void published_derivations_are_reproduced(void **state)
{
	(void)state;
	uint8_t got[KDF_LEN];

	kdf_pbkdf2_sha512(got, span_str("password"), span_str("salt"), 1);
	assert_hex(
	    got, sizeof(got),
	    "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
	    "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
	kdf_pbkdf2_sha512(got, span_str("password"), span_str("salt"), 4096);
	assert_hex(
	    got, sizeof(got),
	    "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
	    "143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_macs_are_reproduced),
		cmocka_unit_test(published_derivations_are_reproduced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
