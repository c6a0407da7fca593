/*
 * tests/unit/clarity/crypto/test_vrf.c - Claims about clarity/crypto/vrf.c.
 *
 * Vectors: appendix A.3 of draft-irtf-cfrg-vrf-04; the others were made with an
 * independent program and judged by the reference implementation.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/edwards.h"
#include "clarity/crypto/vrf.h"
#include "tests/lib/hex.h"

#define KEY_1 "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define PUB_1 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
#define SMALL_ORDER                                                            \
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"

struct proof {
	const char *key;
	const char *alpha;
	const char *proof;
};

static const struct proof proofs[] = {
	{ KEY_1, "",
	  "9275df67a68c8745c0ff97b48201ee6db447f7c93b23ae24cdc2400f52fdb08a"
	  "1a6ac7ec71bf9c9c76e96ee4675ebff6"
	  "0625af28718501047bfd87b810c2d2139b73c23bd69de66360953a642c2a330a" },
	{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	  "72",
	  "84a63e74eca8fdd64e9972dcda1c6f33d03ce3cd4d333fd6cc789db12b5a7b9d"
	  "03f1cb6b2bf7cd81a2a20bacf6e1c04e"
	  "59f2fa16d9119c73a45a97194b504fb9a5c8cf37f6da85e03368d6882e511008" },
	{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
	  "af82",
	  "aca8ade9b7f03e2b149637629f95654c94fc9053c225ec21e5838f193af2b727"
	  "b84ad849b0039ad38b41513fe5a66cdd"
	  "2367737a84b488d62486bd2fb110b4801a46bfca770af98e059158ac563b690f" },
	/* The point is found at trial 1, 2 and 12: the counter's oddity. */
	{ KEY_1, "0000",
	  "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f"
	  "d9dd2d145a44a305255018d098f7689a"
	  "ac06d7d82f00b92259130cbc20ddd5620e7367033012f4e23e475505e2905407" },
	{ KEY_1, "000c",
	  "d0e3fd3f49b5d1f9aa9228d457ecc720f005334e4f468882e600979ada2356d6"
	  "eb920a9f79e05676923fc2bb777d1b86"
	  "37ed8499cb16c0ebbc4bbde5045c9064ccd23ba9b654ce65b8ca202397b7da0a" },
	{ KEY_1, "0957",
	  "252c534709f1835c13df96ffdd2305c7187f2d59af620b52ca3863af3f35d44d"
	  "916d524589cdd6b0eee7de8a26c975f4"
	  "9cca4743babf3a242262e2f7b97381128d60f7084fd62b6e5e71777d6bd61106" },
};

static void published_proofs_are_reproduced(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(proofs) / sizeof(proofs[0]); i++) {
		const struct proof *p = &proofs[i];
		uint8_t key[VRF_KEY_LEN];
		uint8_t pub[VRF_PUB_LEN];
		uint8_t alpha[8];
		uint8_t got[VRF_PROOF_LEN];

		hex_to(key, sizeof(key), p->key);
		size_t len = hex_to(alpha, sizeof(alpha), p->alpha);

		vrf_prove(got, key, alpha, len);
		assert_hex(got, sizeof(got), p->proof);
		vrf_pub_of(pub, key);
		assert_true(vrf_verify(got, pub, alpha, len));
	}
}

static void a_public_key_is_ed25519_s(void **state)
{
	(void)state;
	uint8_t key[VRF_KEY_LEN];
	uint8_t pub[VRF_PUB_LEN];

	hex_to(key, sizeof(key), KEY_1);
	vrf_pub_of(pub, key);
	assert_hex(pub, sizeof(pub), PUB_1);
}

static void a_proof_of_other_bytes_is_false(void **state)
{
	(void)state;
	uint8_t key[VRF_KEY_LEN] = { 1 };
	uint8_t pub[VRF_PUB_LEN];
	uint8_t other[VRF_PUB_LEN];
	uint8_t proof[VRF_PROOF_LEN];
	const uint8_t *alpha = (const uint8_t *)"alpha";

	vrf_pub_of(pub, key);
	vrf_prove(proof, key, alpha, 5);
	assert_true(vrf_verify(proof, pub, alpha, 5));
	assert_false(vrf_verify(proof, pub, alpha, 4));
	for (size_t bit = 0; bit < 8 * sizeof(proof); bit += 61) {
		proof[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(vrf_verify(proof, pub, alpha, 5));
		proof[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	key[0] = 2;
	vrf_pub_of(other, key);
	assert_false(vrf_verify(proof, other, alpha, 5));
}

/* Gamma and the key carry a point of order 8; c decides whether it cancels. */
static void a_small_order_component_may_cancel(void **state)
{
	(void)state;
	uint8_t pub[VRF_PUB_LEN];
	uint8_t proof[VRF_PROOF_LEN];
	uint8_t parsed[VRF_PROOF_LEN];
	const uint8_t *alpha = (const uint8_t *)"torsion";

	hex_to(
	    pub, sizeof(pub),
	    "10c9f16f715197e8355ea81a71f86e1d01b04e4f2a38f031f2f1cddc1cf2e657");
	hex_to(
	    proof, sizeof(proof),
	    "973a9d6bd0ba13555a1126b05c9b0ffe76b8934282dfe1558d0e23ccc5cb91c2"
	    "08b8981cefc0b0620af2ac981cca198e"
	    "601cc90f1cd563dc4208d36c74eff9aee05d3d7730746bfea78b7936b8be9806");
	assert_true(vrf_verify(proof, pub, alpha, 7));
	hex_to(
	    pub, sizeof(pub),
	    "f4a2a697c87d5084beb858a76da20c73c1a1d11f8cf5b93d57a643f470f907ff");
	hex_to(
	    proof, sizeof(proof),
	    "aaad67df59738db7d34022a3b0d534589b34f61c3c92be59309b45dc3119f260"
	    "7cb7b25e5de7ce1c7f6f2970b14e4207"
	    "90a903f475ccbdb9b9e0173bf8da06d6d02b0a7aa7a47f5bdccf24269265c20e");
	assert_int_equal(vrf_proof_parse(parsed, proof), ERR_OK);
	assert_false(vrf_verify(proof, pub, alpha, 7));
}

static void a_gamma_of_small_order_is_refused(void **state)
{
	(void)state;
	uint8_t proof[VRF_PROOF_LEN] = { 0 };

	hex_to(proof, 32, SMALL_ORDER);
	for (unsigned i = 0; i < 8; i++) {
		uint8_t again[EDWARDS_LEN];

		assert_int_equal(vrf_proof_parse(proof, proof), ERR_BAD_PROOF);
		hex_to(again, sizeof(again), SMALL_ORDER);
		edwards_add(proof, proof, again);
	}
}

static void a_gamma_that_is_no_point_is_refused(void **state)
{
	(void)state;
	uint8_t proof[VRF_PROOF_LEN] = { 7 };
	uint8_t pub[VRF_PUB_LEN] = { 7 };

	assert_int_equal(vrf_proof_parse(proof, proof), ERR_BAD_PROOF);
	assert_false(vrf_pub_is_valid(pub));
	hex_to(pub, sizeof(pub), PUB_1);
	assert_true(vrf_pub_is_valid(pub));
}

static void s_ends_below_the_group_order(void **state)
{
	(void)state;
	uint8_t proof[VRF_PROOF_LEN] = { 0 };

	hex_to(proof, 32, PUB_1);
	hex_to(
	    proof + 48, 32,
	    "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
	assert_int_equal(vrf_proof_parse(proof, proof), ERR_OK);
	proof[48]++;
	assert_int_equal(vrf_proof_parse(proof, proof), ERR_BAD_PROOF);
	proof[48]++;
	assert_int_equal(vrf_proof_parse(proof, proof), ERR_BAD_PROOF);
	memset(proof + 48, 0xff, 32);
	assert_int_equal(vrf_proof_parse(proof, proof), ERR_BAD_PROOF);
}

/* y = p + 3 and y = 3 are one point; the proof is kept in the short form. */
static void gamma_is_kept_in_its_canonical_form(void **state)
{
	(void)state;
	uint8_t proof[VRF_PROOF_LEN] = { 0 };
	uint8_t want[VRF_PROOF_LEN] = { 3 };

	memset(proof, 0xff, 32);
	proof[0] = 0xf0;
	proof[31] = 0x7f;
	assert_int_equal(vrf_proof_parse(proof, proof), ERR_OK);
	assert_memory_equal(proof, want, sizeof(want));
}

static void the_seed_is_the_proof_s_hash(void **state)
{
	(void)state;
	uint8_t proof[VRF_PROOF_LEN] = { 0 };
	uint8_t seed[VRF_SEED_LEN];

	vrf_seed(seed, proof);
	assert_hex(
	    seed, sizeof(seed),
	    "3f13c8d427b5bebe84e73447c8010791d4c12fd57a6c925a64ec645b6ae2d617");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_proofs_are_reproduced),
		cmocka_unit_test(a_public_key_is_ed25519_s),
		cmocka_unit_test(a_proof_of_other_bytes_is_false),
		cmocka_unit_test(a_small_order_component_may_cancel),
		cmocka_unit_test(a_gamma_of_small_order_is_refused),
		cmocka_unit_test(a_gamma_that_is_no_point_is_refused),
		cmocka_unit_test(s_ends_below_the_group_order),
		cmocka_unit_test(gamma_is_kept_in_its_canonical_form),
		cmocka_unit_test(the_seed_is_the_proof_s_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
