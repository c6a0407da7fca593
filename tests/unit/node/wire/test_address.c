/*
 * tests/unit/node/wire/test_address.c - Claims about node/wire/address.c.
 *
 * Vectors: addresses that the network's own tests and SIP-005 publish; the
 * scripts of many keys were judged by the reference implementation.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/wire/address.h"
#include "tests/lib/hex.h"

#define KEY_A "0fadbbcea0ff3b05f03195b41cd991d7a0af8bd38559943aec99cbdaf0b22cc8"
#define KEY_B "c77f262dda02580d65c9069a8a34c56bd77325bba4110b693b90216f5a3edc0b"
#define GENERATOR                                                              \
	"79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"

static struct ecdsa_pub key(const char *x)
{
	struct ecdsa_pub pub;
	uint8_t bytes[ECDSA_PUB_LEN] = { 2 };

	hex_to(bytes + 1, 32, x);
	assert_int_equal(ecdsa_pub_parse(&pub, bytes, sizeof(bytes)), ERR_OK);
	return pub;
}

static void one_key_s_hash_is_the_published_one(void **state)
{
	(void)state;
	struct ecdsa_pub a = key(KEY_A);
	uint8_t hash[ADDRESS_HASH_LEN];

	address_of_key(hash, ADDRESS_P2PKH, &a, false);
	assert_hex(hash, sizeof(hash),
	           "395f3643cea07ec4eec73b4d9a973dcce56b9bf1");
	address_of_key(hash, ADDRESS_P2WPKH, &a, true);
	assert_hex(hash, sizeof(hash),
	           "0ac7ad046fe22c794dd923b3be14b2e668e50c42");
}

static void two_keys_hash_is_the_published_one(void **state)
{
	(void)state;
	struct ecdsa_pub a = key(KEY_A);
	struct ecdsa_pub b = key(KEY_B);
	struct address_script s;
	uint8_t hash[ADDRESS_HASH_LEN];

	address_script_begin(&s, 2);
	address_script_add(&s, &a, false);
	address_script_add(&s, &b, false);
	address_script_end(&s, ADDRESS_P2SH, hash);
	assert_hex(hash, sizeof(hash),
	           "fd3a5e9f5ba311ce6122765f0af8da7488e25d3a");
	address_script_begin(&s, 2);
	address_script_add(&s, &a, true);
	address_script_add(&s, &b, true);
	address_script_end(&s, ADDRESS_P2WSH, hash);
	assert_hex(hash, sizeof(hash),
	           "3e02fa83ac2fae11fd6703b91e7c94ad393052e2");
}

/* The edges of a script's numbers: 16 is one byte, 128 needs a sign byte. */
static void scripts_count_any_number_of_keys(void **state)
{
	(void)state;
	static const struct {
		unsigned n;
		const char *p2sh;
		const char *p2wsh;
	} cases[] = {
		{ 0, "f568b29237a12eca4315adb1e983d3f71b23f0d8",
		  "0dd7b350c1b7da3c08e1db1593e08e24df19ebd2" },
		{ 1, "9ff1e5a78ecbd83539742c46c4727b6e56869be9",
		  "2f66df4eeffe2387e008632b339a80552774109d" },
		{ 16, "7c306989258a905e27b83a141aa9d086e24f4cb1",
		  "2143fdeb412b8400d91046e9b5b05722f4e1b962" },
		{ 17, "a231d917fb38be12c1b01c43ba9735230d79571f",
		  "0b5ccbe6ede3628ba813aab1c712b366b99aa343" },
		{ 127, "69dc929b098c0aa259a68c671e99633d4b31e533",
		  "7d68f6e6ee832eedfce9582314b4e4e336843d58" },
		{ 128, "73667c18e5a3a170f00c5224869c3bb6851e713b",
		  "8866f2a223c0665687ea7658725c43dc0710bdd4" },
		{ 255, "04abc08603d1d8ec95415310d4f4c22025f784ab",
		  "50bf9f219969c1114c43f009194bff2aa32ea3e0" },
		{ 256, "8a1e8bcf093141c96c7726e0b787407cc228a4e2",
		  "1e3b791966867ac26dcd27b9f4e71cc945b35e08" },
		{ 300, "3a5c4e4793120bf93514b72d52961aca84119703",
		  "f564cc4913b3ffaf8499e9bde4cd5e9611e36aba" },
	};
	struct ecdsa_pub g = key(GENERATOR);
	uint8_t hash[ADDRESS_HASH_LEN];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address_script s;
		struct address_script w;

		address_script_begin(&s, 0);
		for (unsigned n = 0; n < cases[i].n; n++)
			address_script_add(&s, &g, true);
		w = s;
		address_script_end(&s, ADDRESS_P2SH_ANY, hash);
		assert_hex(hash, sizeof(hash), cases[i].p2sh);
		address_script_end(&w, ADDRESS_P2WSH_ANY, hash);
		assert_hex(hash, sizeof(hash), cases[i].p2wsh);
	}
}

static void texts_are_the_published_ones(void **state)
{
	(void)state;
	static const struct {
		uint8_t version;
		const char *hash;
		const char *text;
	} cases[] = {
		{ 22, "a46ff88886c2ef9762d970b4d2c63678835bd39d",
		  "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7" },
		{ 26, "a46ff88886c2ef9762d970b4d2c63678835bd39d",
		  "ST2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKQYAC0RQ" },
		{ 22, "0000000000000000000000000000000000000000",
		  "SP000000000000000000002Q6VF78" },
		{ 26, "0000000000000000000000000000000000000000",
		  "ST000000000000000000002AMW42H" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address a = { .version = cases[i].version };
		struct address back;
		char text[C32_MAX_TEXT];

		hex_to(a.hash, sizeof(a.hash), cases[i].hash);
		address_format(text, &a);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(address_parse(&back, span_str(text)), ERR_OK);
		assert_memory_equal(&back, &a, sizeof(a));
	}
}

static void what_is_not_20_bytes_is_no_address(void **state)
{
	(void)state;
	struct address a;
	char text[C32_MAX_TEXT];
	uint8_t payload[21] = { 1 };

	for (size_t len = 19; len <= 21; len++) {
		size_t n = c32_format(text, 22, span_of(payload, len));

		assert_int_equal(address_parse(&a, span_of(text, n)),
		                 len == 20 ? ERR_OK : ERR_SYNTAX);
	}
	assert_int_equal(address_parse(&a, span_str("")), ERR_SYNTAX);
	/* One wrong character breaks the checksum. */
	assert_int_equal(address_parse(&a, span_str("SP2J6ZY48GV1EZ5V2V5RB9MP66"
	                                            "SW86PYKKNRV9EJ8")),
	                 ERR_SYNTAX);
}

static void versions_follow_from_mode_and_network(void **state)
{
	(void)state;
	assert_int_equal(address_version(ADDRESS_P2PKH, true), 22);
	assert_int_equal(address_version(ADDRESS_P2PKH, false), 26);
	/* A segwit account of one key counts as a script. */
	assert_int_equal(address_version(ADDRESS_P2WPKH, true), 20);
	assert_int_equal(address_version(ADDRESS_P2WSH_ANY, false), 21);
	assert_true(address_version_is_of(20, true));
	assert_false(address_version_is_of(20, false));
	assert_false(address_version_is_of(0, false));
}

static void six_of_256_modes_are_known(void **state)
{
	(void)state;
	unsigned known = 0;

	for (unsigned mode = 0; mode < 256; mode++)
		known += address_mode_is_known((uint8_t)mode);
	assert_int_equal(known, 6);
	assert_false(address_mode_is_known(4));
	assert_false(address_mode_is_known(6));
}

static void an_address_is_a_principal_and_back(void **state)
{
	(void)state;
	struct address a = { .version = 21, .hash = { 1, 2, 3 } };
	struct principal_room room;
	const struct principal *p = address_principal(&room, &a);
	struct address back = address_of_principal(p);

	assert_false(principal_is_contract(p));
	assert_memory_equal(&back, &a, sizeof(a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_key_s_hash_is_the_published_one),
		cmocka_unit_test(two_keys_hash_is_the_published_one),
		cmocka_unit_test(scripts_count_any_number_of_keys),
		cmocka_unit_test(texts_are_the_published_ones),
		cmocka_unit_test(what_is_not_20_bytes_is_no_address),
		cmocka_unit_test(versions_follow_from_mode_and_network),
		cmocka_unit_test(six_of_256_modes_are_known),
		cmocka_unit_test(an_address_is_a_principal_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
