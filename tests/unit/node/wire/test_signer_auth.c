/* tests/unit/node/wire/test_signer_auth.c - Claims about signers' consents. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/wire/signer_auth.h"
#include "tests/lib/hex.h"

#define TESTNET 0x80000000u

static struct arena arena;
static const uint8_t zeros[33];

/* The consent whose digest other libraries publish as their fixture. */
static struct signer_auth published(void)
{
	return (struct signer_auth){ .addr_hash = span_of(zeros, 20),
		                     .reward_cycle = 1,
		                     .topic = SIGNER_AUTH_STACK_STX,
		                     .period = 12,
		                     .max_amount = ~(u128)0,
		                     .auth_id = 111 };
}

static void the_digest_is_the_published_one(void **state)
{
	(void)state;
	const struct signer_auth auth = published();
	uint8_t digest[ECDSA_DIGEST_LEN];

	assert_int_equal(signer_auth_digest(&arena, digest, &auth, TESTNET),
	                 ERR_OK);
	assert_hex(digest, sizeof(digest),
	           "ec5b88aa81a96a6983c26cdba537a13d253425348ffc0ba6b07130869b"
	           "025a2d");
}

static void a_consent_names_its_signer(void **state)
{
	(void)state;
	const struct signer_auth auth = published();
	const uint8_t key[ECDSA_KEY_LEN] = { [31] = 7 };
	uint8_t sig[ECDSA_RSIG_LEN], want[ECDSA_PUB_LEN], have[ECDSA_PUB_LEN];
	struct ecdsa_pub pub;

	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	ecdsa_pub_write(want, &pub);
	assert_int_equal(signer_auth_sign(&arena, sig, &auth, TESTNET, key),
	                 ERR_OK);
	assert_int_equal(signer_auth_signer(&arena, have, &auth, TESTNET, sig),
	                 ERR_OK);
	assert_memory_equal(have, want, sizeof(have));
}

/* Tells whether the consent that key 7 signed is one to `other`. */
static bool is_consent_to(const struct signer_auth *other, uint32_t chain_id)
{
	const struct signer_auth auth = published();
	const uint8_t key[ECDSA_KEY_LEN] = { [31] = 7 };
	uint8_t sig[ECDSA_RSIG_LEN], want[ECDSA_PUB_LEN], have[ECDSA_PUB_LEN];
	struct ecdsa_pub pub;

	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	ecdsa_pub_write(want, &pub);
	assert_int_equal(signer_auth_sign(&arena, sig, &auth, TESTNET, key),
	                 ERR_OK);
	return signer_auth_signer(&arena, have, other, chain_id, sig) ==
	           ERR_OK &&
	       memcmp(have, want, sizeof(have)) == 0;
}

static void every_field_and_the_chain_are_signed(void **state)
{
	(void)state;
	struct signer_auth other[] = { published(), published(), published(),
		                       published(), published(), published(),
		                       published() };
	const struct signer_auth same = published();

	other[0].addr_version = 1;
	other[1].addr_hash = span_of("01234567890123456789", 20);
	other[2].reward_cycle = 2;
	other[3].topic = SIGNER_AUTH_AGG_COMMIT;
	other[4].period = 11;
	other[5].max_amount--;
	other[6].auth_id = 112;
	assert_true(is_consent_to(&same, TESTNET));
	assert_false(is_consent_to(&same, 1));
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		assert_false(is_consent_to(&other[i], TESTNET));
}

static void an_address_of_the_wrong_form_is_refused(void **state)
{
	(void)state;
	static const struct {
		uint8_t version;
		size_t len;
		enum err want;
	} cases[] = {
		{ 0, 19, ERR_TYPE }, { 0, 20, ERR_OK },   { 0, 21, ERR_TYPE },
		{ 4, 20, ERR_OK },   { 4, 32, ERR_TYPE }, { 5, 20, ERR_TYPE },
		{ 5, 32, ERR_OK },   { 6, 31, ERR_TYPE }, { 6, 32, ERR_OK },
		{ 6, 33, ERR_TYPE }, { 7, 32, ERR_TYPE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct signer_auth auth = published();
		uint8_t digest[ECDSA_DIGEST_LEN];

		auth.addr_version = cases[i].version;
		auth.addr_hash = span_of(zeros, cases[i].len);
		assert_int_equal(
		    signer_auth_digest(&arena, digest, &auth, TESTNET),
		    cases[i].want);
	}
}

static void a_signature_of_nobody_is_refused(void **state)
{
	(void)state;
	const struct signer_auth auth = published();
	uint8_t sig[ECDSA_RSIG_LEN] = { 0 };
	uint8_t pub[ECDSA_PUB_LEN];

	assert_int_equal(signer_auth_signer(&arena, pub, &auth, TESTNET, sig),
	                 ERR_BAD_SIGNATURE);
	sig[64] = 4;
	assert_int_equal(signer_auth_signer(&arena, pub, &auth, TESTNET, sig),
	                 ERR_BAD_SIGNATURE);
}

static void a_key_of_zero_cannot_sign(void **state)
{
	(void)state;
	const struct signer_auth auth = published();
	uint8_t sig[ECDSA_RSIG_LEN];

	assert_int_equal(signer_auth_sign(&arena, sig, &auth, TESTNET, zeros),
	                 ERR_BAD_KEY);
}

static void topics_are_read_as_they_are_written(void **state)
{
	(void)state;
	enum signer_auth_topic topic;

	for (int t = 0; t < SIGNER_AUTH_TOPICS; t++) {
		const char *name =
		    signer_auth_topic_name((enum signer_auth_topic)t);

		assert_true(signer_auth_topic_parse(&topic, span_str(name)));
		assert_int_equal(topic, t);
	}
	assert_false(signer_auth_topic_parse(&topic, span_str("stack")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_digest_is_the_published_one),
		cmocka_unit_test(a_consent_names_its_signer),
		cmocka_unit_test(every_field_and_the_chain_are_signed),
		cmocka_unit_test(an_address_of_the_wrong_form_is_refused),
		cmocka_unit_test(a_signature_of_nobody_is_refused),
		cmocka_unit_test(a_key_of_zero_cannot_sign),
		cmocka_unit_test(topics_are_read_as_they_are_written),
	};

	arena_init(&arena, 1 << 20);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_fini(&arena);
	return failed;
}
