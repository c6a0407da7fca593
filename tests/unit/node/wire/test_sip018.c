/* tests/unit/node/wire/test_sip018.c - Claims about structured data; the
 * expected hashes are the test vectors of SIP-018. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/wire/sip018.h"
#include "tests/lib/hex.h"

static struct arena arena;

static const struct sip018_domain test_app = {
	.name = { (const uint8_t *)"Test App", 8 },
	.version = { (const uint8_t *)"1.0.0", 5 },
	.chain_id = 1,
};

static void values_hash_as_published(void **state)
{
	(void)state;
	uint8_t hash[ECDSA_DIGEST_LEN];
	struct value v = value_ascii(span_str("Hello World"));

	assert_int_equal(sip018_hash(&arena, hash, &v), ERR_OK);
	assert_hex(hash, ECDSA_DIGEST_LEN,
	           "5297eef9765c466d945ad1cb2c81b30b9fed6c165575dc9226e9e"
	           "df78b8cd9e8");
	v = value_ascii(span_str(""));
	assert_int_equal(sip018_hash(&arena, hash, &v), ERR_OK);
	assert_hex(hash, ECDSA_DIGEST_LEN,
	           "3c8f1b104592e3ebb2b2602b3979a27e77f586fb4c655369fa4ec"
	           "cb6d545a0f8");
}

static void a_message_hashes_as_published(void **state)
{
	(void)state;
	uint8_t digest[ECDSA_DIGEST_LEN];
	const struct value v = value_ascii(span_str("Hello World"));

	assert_int_equal(sip018_digest(&arena, digest, &test_app, &v), ERR_OK);
	assert_hex(digest, ECDSA_DIGEST_LEN,
	           "1bfdab6d4158313ce34073fbb8d6b0fc32c154d439def12247a"
	           "0f44bb2225259");
}

static void a_message_is_signed_as_published(void **state)
{
	(void)state;
	static const char secret[] = "753b7cc01a1a2e86221266a154af739463fce512"
				     "19d97e4f856cd7200c3bd2a6";
	static const char want[] =
	    "8b94e45701d857c9f1d1d70e8b2ca076045dae4920fb0160be0642a68cd78de0"
	    "72ab527b5c5277a593baeb2a8b657c216b99f7abb5d14af35b4bf12ba6460ba4"
	    "01";
	uint8_t digest[ECDSA_DIGEST_LEN], key[ECDSA_KEY_LEN];
	uint8_t vrs[ECDSA_RSIG_LEN], rsv[ECDSA_RSIG_LEN];
	const struct value v = value_ascii(span_str("Hello World"));

	assert_int_equal(hex_to(key, sizeof(key), secret), sizeof(key));
	assert_int_equal(sip018_digest(&arena, digest, &test_app, &v), ERR_OK);
	assert_int_equal(ecdsa_sign_recoverable(vrs, digest, key), ERR_OK);
	ecdsa_rsv_of_vrs(rsv, vrs);
	assert_hex(rsv, sizeof(rsv), want);
}

static void another_domain_gives_another_digest(void **state)
{
	(void)state;
	uint8_t first[ECDSA_DIGEST_LEN], other[ECDSA_DIGEST_LEN];
	const struct value v = value_uint(1);
	struct sip018_domain domain = test_app;

	assert_int_equal(sip018_digest(&arena, first, &domain, &v), ERR_OK);
	domain.chain_id = 0x80000000u;
	assert_int_equal(sip018_digest(&arena, other, &domain, &v), ERR_OK);
	assert_memory_not_equal(first, other, sizeof(first));
	domain = test_app;
	domain.version = span_str("1.0.1");
	assert_int_equal(sip018_digest(&arena, other, &domain, &v), ERR_OK);
	assert_memory_not_equal(first, other, sizeof(first));
}

static void a_domain_beyond_ascii_is_refused(void **state)
{
	(void)state;
	uint8_t digest[ECDSA_DIGEST_LEN];
	const struct value v = value_uint(1);
	struct sip018_domain domain = test_app;

	domain.name = span_str("caf\xc3\xa9");
	assert_int_equal(sip018_digest(&arena, digest, &domain, &v), ERR_TYPE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_hash_as_published),
		cmocka_unit_test(a_message_hashes_as_published),
		cmocka_unit_test(a_message_is_signed_as_published),
		cmocka_unit_test(another_domain_gives_another_digest),
		cmocka_unit_test(a_domain_beyond_ascii_is_refused),
	};

	arena_init(&arena, 1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_fini(&arena);
	return failed;
}
