/*
 * tests/unit/clarity/crypto/test_bip32.c - Claims about clarity/crypto/bip32.c
 * and clarity/crypto/kdf.c under it.
 *
 * Vectors: BIP-32's test vectors 1 and 2; the accounts of Clarinet's default
 * development network.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/bip32.h"
#include "clarity/crypto/bip39.h"
#include "tests/lib/hex.h"

#define H BIP32_HARDENED

struct step {
	size_t n;
	uint32_t path[5];
	const char *key;
	const char *chain;
};

static void check(const char *seed_hex, const struct step *steps, size_t n)
{
	uint8_t seed[64];
	struct bip32_key root;
	size_t len = hex_to(seed, sizeof(seed), seed_hex);

	assert_int_equal(bip32_root(&root, span_of(seed, len)), ERR_OK);
	for (size_t i = 0; i < n; i++) {
		struct bip32_key key;

		assert_int_equal(
		    bip32_path(&key, &root, steps[i].path, steps[i].n), ERR_OK);
		assert_hex(key.key, sizeof(key.key), steps[i].key);
		assert_hex(key.chain, sizeof(key.chain), steps[i].chain);
	}
}

static void vector_1_is_reproduced(void **state)
{
	(void)state;
	static const struct step steps[] = {
		{ 0,
		  { 0 },
		  "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c843"
		  "6b35",
		  "873dff81c02f525623fd1fe5167eac3a55a049de3d314bb42ee227ffed37"
		  "d508" },
		{ 1,
		  { 0u | H },
		  "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0"
		  "afea",
		  "47fdacbd0f1097043b78c63c20c34ef4ed9a111d980047ad16282c7ae623"
		  "6141" },
		{ 2,
		  { 0u | H, 1u },
		  "3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc9"
		  "3368",
		  "2a7857631386ba23dacac34180dd1983734e444fdbf774041578e9b6adb3"
		  "7c19" },
		{ 3,
		  { 0u | H, 1u, 2u | H },
		  "cbce0d719ecf7431d88e6a89fa1483e02e35092af60c042b1df2ff59fa42"
		  "4dca",
		  "04466b9cc8e161e966409ca52986c584f07e9dc81f735db683c3ff6ec7b1"
		  "503f" },
		{ 4,
		  { 0u | H, 1u, 2u | H, 2u },
		  "0f479245fb19a38a1954c5c7c0ebab2f9bdfd96a17563ef28a6a4b1a2a76"
		  "4ef4",
		  "cfb71883f01676f587d023cc53a35bc7f88f724b1f8c2892ac1275ac822a"
		  "3edd" },
		{ 5,
		  { 0u | H, 1u, 2u | H, 2u, 1000000000u },
		  "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6"
		  "e7c8",
		  "c783e67b921d2beb8f6b389cc646d7263b4145701dadd2161548a8b078e6"
		  "5e9e" },
	};

	check("000102030405060708090a0b0c0d0e0f", steps,
	      sizeof(steps) / sizeof(steps[0]));
}

static void vector_2_is_reproduced(void **state)
{
	(void)state;
	static const struct step steps[] = {
		{ 0,
		  { 0 },
		  "4b03d6fc340455b363f51020ad3ecca4f0850280cf436c70c727923f6db4"
		  "6c3e",
		  "60499f801b896d83179a4374aeb7822aaeaceaa0db1f85ee3e904c4defbd"
		  "9689" },
		{ 1,
		  { 0u },
		  "abe74a98f6c7eabee0428f53798f0ab8aa1bd37873999041703c742f15ac"
		  "7e1e",
		  "f0909affaa7ee7abe5dd4e100598d4dc53cd709d5a5c2cac40e7412f232f"
		  "7c9c" },
		{ 2,
		  { 0u, 2147483647u | H },
		  "877c779ad9687164e9c2f4f0f4ff0340814392330693ce95a58fe18fd52e"
		  "6e93",
		  "be17a268474a6bb9c61e1d720cf6215e2a88c5406c4aee7b38547f585c9a"
		  "37d9" },
		{ 3,
		  { 0u, 2147483647u | H, 1u },
		  "704addf544a06e5ee4bea37098463c23613da32020d604506da8c0518e1d"
		  "a4b7",
		  "f366f48f1ea9f2d1d3fe958c95ca84ea18e4c4ddb9366c336c927eb246fb"
		  "38cb" },
		{ 4,
		  { 0u, 2147483647u | H, 1u, 2147483646u | H },
		  "f1c7c871a54a804afe328b4c83a1c33b8e5ff48f5087273f04efa83b247d"
		  "6a2d",
		  "637807030d55d01f9a0cb3a7839515d796bd07706386a6eddf06cc29a65a"
		  "0e29" },
		{ 5,
		  { 0u, 2147483647u | H, 1u, 2147483646u | H, 2u },
		  "bb7d39bdb83ecf58f2fd82b6d918341cbef428661ef01ab97c28a4842125"
		  "ac23",
		  "9452b549be8cea3ecb7a84bec10dcfd94afe4d129ebfd3b3cb58eedf394e"
		  "d271" },
	};

	check(
	    "fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a2"
	    "9f9c999693908d8a8784817e7b7875726f6c696663605d5a5754514e4b484542",
	    steps, sizeof(steps) / sizeof(steps[0]));
}

static void wallets_sentences_give_their_accounts(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		uint32_t index;
		const char *key;
	} cases[] = {
		{ "twice kind fence tip hidden tilt action fragile skin "
		  "nothing "
		  "glory cousin green tomorrow spring wrist shed math olympic "
		  "multiply hip blue scout claw",
		  0,
		  "753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3b"
		  "d2a6" },
		{ "twice kind fence tip hidden tilt action fragile skin "
		  "nothing "
		  "glory cousin green tomorrow spring wrist shed math olympic "
		  "multiply hip blue scout claw",
		  2,
		  "6703304161a59dc3369c650ae97cca299df8bebb5638f12d4ff69778cba6"
		  "ce3a" },
		{ "sell invite acquire kitten bamboo drastic jelly vivid peace "
		  "spawn twice guilt pave pen trash pretty park cube fragile "
		  "unaware remain midnight betray rebuild",
		  0,
		  "7287ba251d44a4d3fd9276c88ce34c5c52a038955511cccaf77e61068649"
		  "c178" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t seed[BIP39_SEED_LEN];
		uint8_t key[ECDSA_KEY_LEN];
		struct bip32_key root;

		assert_int_equal(bip39_seed(seed, span_str(cases[i].sentence),
		                            span_of(NULL, 0)),
		                 ERR_OK);
		assert_int_equal(bip32_root(&root, span_of(seed, sizeof(seed))),
		                 ERR_OK);
		assert_int_equal(bip32_stacks(key, &root, cases[i].index),
		                 ERR_OK);
		assert_hex(key, sizeof(key), cases[i].key);
	}
}

static void seeds_have_16_to_64_bytes(void **state)
{
	(void)state;
	static const uint8_t seed[65] = { 1 };
	struct bip32_key root;

	assert_int_equal(bip32_root(&root, span_of(seed, 15)), ERR_BAD_KEY);
	assert_int_equal(bip32_root(&root, span_of(seed, 16)), ERR_OK);
	assert_int_equal(bip32_root(&root, span_of(seed, 64)), ERR_OK);
	assert_int_equal(bip32_root(&root, span_of(seed, 65)), ERR_BAD_KEY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vector_1_is_reproduced),
		cmocka_unit_test(vector_2_is_reproduced),
		cmocka_unit_test(wallets_sentences_give_their_accounts),
		cmocka_unit_test(seeds_have_16_to_64_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
