/*
 * tests/unit/clarity/crypto/test_p256.c - Claims about clarity/crypto/p256.c.
 *
 * Vectors: RFC 6979, A.2.5; those with compact keys were made with an
 * independent program and judged by the reference implementation.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>

#include "clarity/crypto/hash.h"
#include "clarity/crypto/p256.h"
#include "tests/lib/hex.h"

/* RFC 6979's key: x, and y is odd. */
#define PUB "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
#define ORDER "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
#define SAMPLE                                                                 \
	"efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"     \
	"f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
#define TEST                                                                   \
	"f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"     \
	"019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"

struct given {
	uint8_t pub[P256_PUB_LEN];
	uint8_t sig[P256_SIG_LEN];
	uint8_t digest[P256_DIGEST_LEN];
};

static struct given given(const char *sig, const char *text)
{
	struct given g;

	hex_to(g.pub, sizeof(g.pub), PUB);
	hex_to(g.sig, sizeof(g.sig), sig);
	hash_sha256(g.digest, text, strlen(text));
	return g;
}

static bool verify(const struct given *g)
{
	return p256_verify(g->sig, g->digest, g->pub);
}

static void negate_s(uint8_t *sig)
{
	uint8_t order[32];
	unsigned borrow = 0;

	hex_to(order, sizeof(order), ORDER);
	for (size_t i = 32; i-- > 0;) {
		unsigned d = 256u + order[i] - sig[32 + i] - borrow;

		sig[32 + i] = (uint8_t)d;
		borrow = d < 256;
	}
}

static void published_signatures_verify(void **state)
{
	(void)state;
	struct given g = given(SAMPLE, "sample");

	assert_true(verify(&g));
	g = given(TEST, "test");
	assert_true(verify(&g));
	g = given(TEST, "sample");
	assert_false(verify(&g));
}

static void both_halves_of_s_are_accepted(void **state)
{
	(void)state;
	struct given g = given(SAMPLE, "sample");

	negate_s(g.sig);
	assert_true(verify(&g));
	g = given(TEST, "test");
	negate_s(g.sig);
	assert_true(verify(&g));
}

static void a_flipped_bit_is_no_signature(void **state)
{
	(void)state;
	for (size_t bit = 0; bit < 8 * P256_SIG_LEN; bit += 29) {
		struct given g = given(SAMPLE, "sample");

		g.sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(verify(&g));
	}
}

static void values_from_the_order_on_are_refused(void **state)
{
	(void)state;
	struct given g = given(SAMPLE, "sample");

	memset(g.sig, 0, 32);
	assert_false(verify(&g));
	hex_to(g.sig, 32, ORDER);
	assert_false(verify(&g));
	g = given(SAMPLE, "sample");
	memset(g.sig + 32, 0, 32);
	assert_false(verify(&g));
	hex_to(g.sig + 32, 32, ORDER);
	assert_false(verify(&g));
}

static void only_three_forms_of_33_bytes_are_keys(void **state)
{
	(void)state;
	for (unsigned tag = 0; tag < 256; tag++) {
		struct given g = given(SAMPLE, "sample");

		/* This y is the smaller one, so 05 is the key as well. */
		g.pub[0] = (uint8_t)tag;
		assert_int_equal(verify(&g), tag == 3 || tag == 5);
	}
}

static void a_compact_key_has_the_smaller_y(void **state)
{
	(void)state;
	static const struct {
		const char *x;
		const char *sig;
		const char *digest;
		uint8_t same_as;
	} cases[] = {
		{ "97bf4a404325dd01d387b3bee369cf13401677d015d9d0adcd96b0eb427d"
		  "aa39",
		  "4292bcff859f708a331e8adcc4a15b0183ad8812503c8ba9aa3c4af0efd9"
		  "df82"
		  "90899daf12ffda41ede5c5328189d761357743d097501bfe31d45f264a4d"
		  "1582",
		  "c6125bb86295e44a1672d8d47361d01538cfb0f6c0c8a0fdd47a75ce2eec"
		  "0c3d",
		  2 },
		{ "2c0fd720e8ee86ff7b79fd12476e0ffc8fcfe0d0132110fbe45f7361145b"
		  "2566",
		  "5c89cd96052b3c4a419775276fd57cff9fa8e513dc57b316c20a080124c6"
		  "b8b2"
		  "5c16e6b9367ba91ace30a724f19ef7dcd12a0c10b121155597c2428876f0"
		  "bd46",
		  "6813f857644d3cca6cdb9d3d5d80e1031c24582c797fe302eb871f7bafb0"
		  "56f6",
		  3 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct given g;

		hex_to(g.pub + 1, 32, cases[i].x);
		hex_to(g.sig, sizeof(g.sig), cases[i].sig);
		hex_to(g.digest, sizeof(g.digest), cases[i].digest);
		g.pub[0] = 5;
		assert_true(verify(&g));
		g.pub[0] = cases[i].same_as;
		assert_true(verify(&g));
		g.pub[0] ^= 1;
		assert_false(verify(&g));
	}
}

static void what_is_no_point_verifies_nothing(void **state)
{
	(void)state;
	struct given g = given(SAMPLE, "sample");

	/* x = p and x = 2^256 - 1 are not reduced. */
	hex_to(
	    g.pub + 1, 32,
	    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
	assert_false(verify(&g));
	memset(g.pub + 1, 0xff, 32);
	assert_false(verify(&g));
	for (unsigned x = 0; x < 16; x++) {
		memset(g.pub + 1, 0, 32);
		g.pub[32] = (uint8_t)x;
		assert_false(verify(&g));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_signatures_verify),
		cmocka_unit_test(both_halves_of_s_are_accepted),
		cmocka_unit_test(a_flipped_bit_is_no_signature),
		cmocka_unit_test(values_from_the_order_on_are_refused),
		cmocka_unit_test(only_three_forms_of_33_bytes_are_keys),
		cmocka_unit_test(a_compact_key_has_the_smaller_y),
		cmocka_unit_test(what_is_no_point_verifies_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
