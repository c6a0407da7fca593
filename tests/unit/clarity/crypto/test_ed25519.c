/*
 * tests/unit/clarity/crypto/test_ed25519.c - Claims about
 * clarity/crypto/ed25519.c.
 *
 * Vectors: RFC 8032, 7.1; those with points of small order were made with an
 * independent program and judged by the reference implementation.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>

#include "clarity/crypto/ed25519.h"
#include "tests/lib/hex.h"

struct vector {
	bool valid;
	const char *pub;
	const char *msg;
	const char *sig;
};

/* "torsion" in hex. */
#define TORSION "746f7273696f6e"

static const struct vector vectors[] = {
	/* RFC 8032, 7.1: TEST 1, 2, 3. */
	{ true,
	  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
	  "",
	  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
	  "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
	{ true,
	  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
	  "72",
	  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
	{ true,
	  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
	  "af82",
	  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
	  "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
	/* A key with a component of order 8, which cancels. */
	{ true,
	  "93e49c1198db651c43f0045e9a256fedb2fb9fe4656174ac5e8dfe54f58c8b11",
	  TORSION,
	  "49ed5a88108eb437c4d697cf0967fb55461acdfdc72d0bc36640972e37fdc5e4"
	  "1d0fecb176a32eb562ea407fb75c587afae177a9e2c31c104a4d37f86a22ad00" },
	/* One in R as well, and the two cancel each other. */
	{ true,
	  "073efc1f4819d8a622ae3eb3d2b9052f657455e9c6c0ea26cdec48552d7d57d0",
	  TORSION,
	  "a76011c337fd3cd86a7a73c46464312ab046736271c9865cbc7111149e6ce55f"
	  "d805ce7d85a89139d01033081dca7f276de8c62ace50167f6c40e9a272b4c70d" },
	/* One that does not cancel: a verification with cofactor accepts. */
	{ false,
	  "a43556e91ef3c79bebefb468e4c683e4fb9bc5a793b9d0b7aee6ea4d4c541c0a",
	  TORSION,
	  "0c0a7267e6301a8f78502f1a70dcf9fe494714c21d6fbde240a8c79e59ddcef8"
	  "2c8e507eae7d827d967a920ff6d11b8e95251e06eb246125cce21380ca1a3904" },
	/* The same s, then s + group order. */
	{ true,
	  "4d68886cd25dfa2eb6e70119da1027c426bf3ee5ea40d95acd5c0bcf767ff408",
	  TORSION,
	  "4925e37ec5cc6ca26b5f0e61f13a19a9b8ff5b0b2f17eef3af7896afeb34a211"
	  "49427900edbb997a28efcc635dc08aa2aca932c5910fb4b348a2beebca87f808" },
	{ false,
	  "4d68886cd25dfa2eb6e70119da1027c426bf3ee5ea40d95acd5c0bcf767ff408",
	  TORSION,
	  "4925e37ec5cc6ca26b5f0e61f13a19a9b8ff5b0b2f17eef3af7896afeb34a211"
	  "36166f5d071facd2fe8bc4063cba69b7aca932c5910fb4b348a2beebca87f818" },
	/* Key of order 8, R the same point, s = 0: a lax equation holds. */
	{ false,
	  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	  "616e79206d657373616765",
	  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
	  "0000000000000000000000000000000000000000000000000000000000000000" },
};

static bool judge(const struct vector *v, size_t flip)
{
	uint8_t pub[ED25519_PUB_LEN];
	uint8_t sig[ED25519_SIG_LEN];
	uint8_t msg[64];

	hex_to(pub, sizeof(pub), v->pub);
	hex_to(sig, sizeof(sig), v->sig);
	size_t len = hex_to(msg, sizeof(msg), v->msg);

	if (flip)
		sig[flip / 8] ^= (uint8_t)(1 << flip % 8);
	return ed25519_verify(sig, msg, len, pub);
}

static void published_and_edge_cases_are_judged_strictly(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		if (judge(&vectors[i], 0) != vectors[i].valid)
			fail_msg("case %zu", i);
	}
}

static void a_flipped_bit_is_no_signature(void **state)
{
	(void)state;
	for (size_t bit = 1; bit < 8 * ED25519_SIG_LEN; bit += 17)
		assert_false(judge(&vectors[1], bit));
}

/* All encodings of points of small order, canonical or not, as the key. */
static void no_key_of_small_order_signs(void **state)
{
	(void)state;
	static const char *const keys[] = {
		"01000000000000000000000000000000000000000000000000000000000000"
		"00",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"7f",
		"00000000000000000000000000000000000000000000000000000000000000"
		"00",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc"
		"05",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03"
		"7a",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		"7f",
	};
	uint8_t sig[ED25519_SIG_LEN] = { 1 };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		uint8_t pub[ED25519_PUB_LEN];

		for (unsigned sign = 0; sign < 2; sign++) {
			hex_to(pub, sizeof(pub), keys[i]);
			pub[31] |= (uint8_t)(sign << 7);
			/* With R neutral and s 0, R = sB - kA holds for 1 k in
			 * 8 at worst; none of 64 messages may pass. */
			for (uint8_t m = 0; m < 64; m++)
				assert_false(ed25519_verify(sig, &m, 1, pub));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_and_edge_cases_are_judged_strictly),
		cmocka_unit_test(a_flipped_bit_is_no_signature),
		cmocka_unit_test(no_key_of_small_order_signs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
