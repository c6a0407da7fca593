/*
 * tests/unit/clarity/crypto/test_ecdsa.c - Claims about clarity/crypto/ecdsa.c.
 *
 * Vectors: Wycheproof's ECDSA with Bitcoin's rules (../shared/vectors/crypto),
 * RFC 6979 nonces on secp256k1 as Bitcoin libraries publish them, and the
 * examples of Clarity's language reference.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/hash.h"
#include "tests/lib/hex.h"
#include "tests/lib/vectors.h"

/* The group order, and half of it rounded down. */
#define ORDER "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
#define HALF "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0"
#define HALF_PLUS_1                                                            \
	"7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1"

/* The example of `secp256k1-recover?` in Clarity's reference (RSV). */
#define DOC_DIGEST                                                             \
	"de5b9eb9e7c5592930eb2e30a01369c36586d872082ed8181ee83d2a0ec20f04"
#define DOC_RSV                                                                \
	"8738487ebe69b93d8e51583be8eee50bb4213fc49c767d329632730cc193b873"     \
	"554428fc936ca3569afc15f1c9365f6591d6251a89fee9c9ac661116824d3a1301"
#define DOC_PUB                                                                \
	"03adb8de4bfb65db2cfd6120d55c6526ae9c52e675db7e47308636534ba7786110"

static void key_of(uint8_t ret[ECDSA_KEY_LEN], uint8_t last)
{
	memset(ret, 0, ECDSA_KEY_LEN);
	ret[ECDSA_KEY_LEN - 1] = last;
}

/* s := order - s, byte by byte. */
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

static void keys_end_below_the_group_order(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN];

	key_of(key, 0);
	assert_false(ecdsa_key_is_valid(key));
	key_of(key, 1);
	assert_true(ecdsa_key_is_valid(key));
	hex_to(key, sizeof(key), ORDER);
	assert_false(ecdsa_key_is_valid(key));
	key[31]--;
	assert_true(ecdsa_key_is_valid(key));
}

static void a_tweak_adds_to_both_sides_of_a_key(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t tweak[ECDSA_KEY_LEN];
	uint8_t want[ECDSA_PUB_LEN];
	uint8_t got[ECDSA_PUB_LEN];
	struct ecdsa_pub pub;

	key_of(key, 5);
	key_of(tweak, 7);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	assert_int_equal(ecdsa_pub_add(&pub, tweak), ERR_OK);
	ecdsa_pub_write(got, &pub);
	assert_int_equal(ecdsa_key_add(key, tweak), ERR_OK);
	assert_int_equal(key[31], 12);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	ecdsa_pub_write(want, &pub);
	assert_memory_equal(got, want, sizeof(want));
}

static void a_sum_of_zero_is_no_key_and_changes_nothing(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t tweak[ECDSA_KEY_LEN];
	struct ecdsa_pub pub;

	key_of(key, 1);
	hex_to(tweak, sizeof(tweak), ORDER);
	assert_int_equal(ecdsa_key_add(key, tweak), ERR_BAD_KEY);
	tweak[31]--;
	assert_int_equal(ecdsa_key_add(key, tweak), ERR_BAD_KEY);
	assert_int_equal(key[31], 1);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	assert_int_equal(ecdsa_pub_add(&pub, tweak), ERR_BAD_KEY);
}

static void the_key_one_has_the_generator_as_its_point(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	struct ecdsa_pub pub;

	key_of(key, 1);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	ecdsa_pub_write(bytes, &pub);
	assert_hex(bytes, ECDSA_PUB_LEN,
	           "0279be667ef9dcbbac55a06295ce870b07"
	           "029bfcdb2dce28d959f2815b16f81798");
	ecdsa_pub_write_full(bytes, &pub);
	assert_hex(bytes, sizeof(bytes),
	           "0479be667ef9dcbbac55a06295ce870b07"
	           "029bfcdb2dce28d959f2815b16f81798"
	           "483ada7726a3c4655da4fbfc0e1108a8"
	           "fd17b448a68554199c47d08ffb10d4b8");
	key_of(key, 0);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_BAD_KEY);
}

static void public_keys_of_both_lengths_are_one_key(void **state)
{
	(void)state;
	uint8_t full[ECDSA_PUB_FULL_LEN];
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	struct ecdsa_pub pub;

	hex_to(bytes, sizeof(bytes), DOC_PUB);
	assert_int_equal(ecdsa_pub_parse(&pub, bytes, ECDSA_PUB_LEN), ERR_OK);
	ecdsa_pub_write_full(full, &pub);
	assert_int_equal(ecdsa_pub_parse(&pub, full, sizeof(full)), ERR_OK);
	ecdsa_pub_write(bytes, &pub);
	assert_hex(bytes, ECDSA_PUB_LEN, DOC_PUB);
	/* y is odd: the hybrid form must say so. */
	full[0] = 7;
	assert_int_equal(ecdsa_pub_parse(&pub, full, sizeof(full)), ERR_OK);
	full[0] = 6;
	assert_int_equal(ecdsa_pub_parse(&pub, full, sizeof(full)),
	                 ERR_BAD_KEY);
}

static void what_is_no_point_is_no_key(void **state)
{
	(void)state;
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	struct ecdsa_pub pub;

	hex_to(bytes, sizeof(bytes), DOC_PUB);
	assert_int_equal(ecdsa_pub_parse(&pub, bytes, 32), ERR_BAD_KEY);
	assert_int_equal(ecdsa_pub_parse(&pub, NULL, 0), ERR_BAD_KEY);
	bytes[0] = 5;
	assert_int_equal(ecdsa_pub_parse(&pub, bytes, 33), ERR_BAD_KEY);
	/* x = 5 is on no point of the curve, x = p is not reduced. */
	memset(bytes, 0, sizeof(bytes));
	bytes[0] = 2;
	bytes[32] = 5;
	assert_int_equal(ecdsa_pub_parse(&pub, bytes, 33), ERR_BAD_KEY);
	hex_to(bytes, sizeof(bytes),
	       "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffff"
	       "c2f");
	assert_int_equal(ecdsa_pub_parse(&pub, bytes, 33), ERR_BAD_KEY);
}

static void nonces_are_those_of_rfc_6979(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		const char *text;
		const char *want;
	} cases[] = {
		{ "000000000000000000000000000000000000000000000000000000000000"
		  "0001",
		  "Satoshi Nakamoto",
		  "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210e"
		  "e3d8"
		  "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aaf"
		  "d9e5" },
		{ "000000000000000000000000000000000000000000000000000000000000"
		  "0001",
		  "All those moments will be lost in time, like tears in rain. "
		  "Time to die...",
		  "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438"
		  "cb6b"
		  "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72c"
		  "fc21" },
		{ "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd036"
		  "4140",
		  "Satoshi Nakamoto",
		  "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6a"
		  "f2d0"
		  "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93"
		  "bed5" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t key[ECDSA_KEY_LEN];
		uint8_t digest[ECDSA_DIGEST_LEN];
		uint8_t sig[ECDSA_SIG_LEN];

		hex_to(key, sizeof(key), cases[i].key);
		hash_sha256(digest, cases[i].text, strlen(cases[i].text));
		assert_int_equal(ecdsa_sign(sig, digest, key), ERR_OK);
		assert_hex(sig, sizeof(sig), cases[i].want);
	}
}

static void a_signature_verifies_for_its_key_and_digest_only(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t digest[ECDSA_DIGEST_LEN] = { 9 };
	uint8_t sig[ECDSA_SIG_LEN];
	struct ecdsa_pub pub;
	struct ecdsa_pub other;

	key_of(key, 3);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	assert_int_equal(ecdsa_sign(sig, digest, key), ERR_OK);
	key_of(key, 4);
	assert_int_equal(ecdsa_pub_of(&other, key), ERR_OK);
	assert_true(ecdsa_verify(sig, digest, &pub));
	assert_false(ecdsa_verify(sig, digest, &other));
	for (size_t bit = 0; bit < 8 * sizeof(sig); bit += 37) {
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(ecdsa_verify(sig, digest, &pub));
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	digest[0] ^= 1;
	assert_false(ecdsa_verify(sig, digest, &pub));
}

static void an_invalid_key_signs_nothing(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN] = { 0 };
	uint8_t digest[ECDSA_DIGEST_LEN] = { 0 };
	uint8_t sig[ECDSA_RSIG_LEN];

	assert_int_equal(ecdsa_sign(sig, digest, key), ERR_BAD_KEY);
	assert_int_equal(ecdsa_sign_recoverable(sig, digest, key), ERR_BAD_KEY);
	hex_to(key, sizeof(key), ORDER);
	assert_int_equal(ecdsa_sign(sig, digest, key), ERR_BAD_KEY);
}

static void verify_refuses_the_high_twin_that_recover_takes(void **state)
{
	(void)state;
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t digest[ECDSA_DIGEST_LEN] = { 1, 2, 3 };
	uint8_t sig[ECDSA_RSIG_LEN];
	uint8_t low[ECDSA_RSIG_LEN];
	struct ecdsa_pub pub;
	struct ecdsa_pub found;

	key_of(key, 77);
	assert_int_equal(ecdsa_pub_of(&pub, key), ERR_OK);
	assert_int_equal(ecdsa_sign_recoverable(sig, digest, key), ERR_OK);
	assert_true(ecdsa_is_low_s(sig + 1));
	memcpy(low, sig, sizeof(low));
	negate_s(sig + 1);
	sig[0] ^= 1;
	assert_false(ecdsa_is_low_s(sig + 1));
	assert_false(ecdsa_verify(sig + 1, digest, &pub));
	assert_int_equal(ecdsa_recover(&found, sig, digest), ERR_OK);
	assert_memory_equal(&found, &pub, sizeof(pub));
	assert_int_equal(ecdsa_lower_s(sig + 1), ERR_OK);
	assert_memory_equal(sig + 1, low + 1, ECDSA_SIG_LEN);
	assert_true(ecdsa_verify(sig + 1, digest, &pub));
}

static void low_s_ends_at_half_the_group_order(void **state)
{
	(void)state;
	uint8_t sig[ECDSA_SIG_LEN] = { 1 };

	hex_to(sig + 32, 32, HALF);
	assert_true(ecdsa_is_low_s(sig));
	hex_to(sig + 32, 32, HALF_PLUS_1);
	assert_false(ecdsa_is_low_s(sig));
	/* The two are each other's twin. */
	assert_int_equal(ecdsa_lower_s(sig), ERR_OK);
	assert_hex(sig + 32, 32, HALF);
	hex_to(sig + 32, 32, ORDER);
	assert_int_equal(ecdsa_lower_s(sig), ERR_BAD_SIGNATURE);
}

static void the_language_reference_s_signer_is_recovered(void **state)
{
	(void)state;
	uint8_t digest[ECDSA_DIGEST_LEN];
	uint8_t rsv[ECDSA_RSIG_LEN];
	uint8_t vrs[ECDSA_RSIG_LEN];
	uint8_t back[ECDSA_RSIG_LEN];
	uint8_t bytes[ECDSA_PUB_LEN];
	struct ecdsa_pub pub;

	hex_to(digest, sizeof(digest), DOC_DIGEST);
	hex_to(rsv, sizeof(rsv), DOC_RSV);
	ecdsa_vrs_of_rsv(vrs, rsv);
	ecdsa_rsv_of_vrs(back, vrs);
	assert_memory_equal(back, rsv, sizeof(rsv));
	assert_int_equal(ecdsa_recover(&pub, vrs, digest), ERR_OK);
	ecdsa_pub_write(bytes, &pub);
	assert_hex(bytes, sizeof(bytes), DOC_PUB);
	assert_true(ecdsa_verify(vrs + 1, digest, &pub));
}

static void nothing_is_recovered_from_values_out_of_range(void **state)
{
	(void)state;
	uint8_t digest[ECDSA_DIGEST_LEN];
	uint8_t rsv[ECDSA_RSIG_LEN];
	uint8_t vrs[ECDSA_RSIG_LEN];
	struct ecdsa_pub pub;

	hex_to(digest, sizeof(digest), DOC_DIGEST);
	hex_to(rsv, sizeof(rsv), DOC_RSV);
	ecdsa_vrs_of_rsv(vrs, rsv);
	for (unsigned id = 4; id < 256; id += 63) {
		vrs[0] = (uint8_t)id;
		assert_int_equal(ecdsa_recover(&pub, vrs, digest),
		                 ERR_BAD_SIGNATURE);
	}
	/* Ids 2 and 3 mean r + order, which is above p for this r. */
	vrs[0] = 2;
	assert_int_equal(ecdsa_recover(&pub, vrs, digest), ERR_BAD_SIGNATURE);
	ecdsa_vrs_of_rsv(vrs, rsv);
	hex_to(vrs + 33, 32, ORDER);
	assert_int_equal(ecdsa_recover(&pub, vrs, digest), ERR_BAD_SIGNATURE);
	memset(vrs + 33, 0, 32);
	assert_int_equal(ecdsa_recover(&pub, vrs, digest), ERR_BAD_SIGNATURE);
	ecdsa_vrs_of_rsv(vrs, rsv);
	memset(vrs + 1, 0, 32);
	assert_int_equal(ecdsa_recover(&pub, vrs, digest), ERR_BAD_SIGNATURE);
}

static void a_well_formed_signature_need_not_have_a_signer(void **state)
{
	(void)state;
	uint8_t sig[ECDSA_RSIG_LEN] = { 3 };

	assert_true(ecdsa_rsig_is_formed(sig));
	sig[0] = 4;
	assert_false(ecdsa_rsig_is_formed(sig));
	sig[0] = 0;
	hex_to(sig + 33, 32, ORDER);
	assert_false(ecdsa_rsig_is_formed(sig));
	sig[64]--;
	assert_true(ecdsa_rsig_is_formed(sig));
	memset(sig + 1, 0xff, 32);
	assert_false(ecdsa_rsig_is_formed(sig));
}

static void der_comes_back_as_it_was(void **state)
{
	(void)state;
	uint8_t digest[ECDSA_DIGEST_LEN] = { 0 };
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t sig[ECDSA_SIG_LEN];
	uint8_t back[ECDSA_SIG_LEN];
	uint8_t der[ECDSA_DER_MAX];

	for (unsigned i = 1; i < 100; i++) {
		key_of(key, (uint8_t)i);
		digest[0] = (uint8_t)i;
		assert_int_equal(ecdsa_sign(sig, digest, key), ERR_OK);
		size_t len = ecdsa_der_write(der, sig);

		assert_int_equal(ecdsa_der_parse(back, der, len), ERR_OK);
		assert_memory_equal(back, sig, sizeof(sig));
		assert_int_equal(ecdsa_der_parse(back, der, len - 1),
		                 ERR_BAD_SIGNATURE);
	}
	assert_int_equal(ecdsa_der_parse(back, NULL, 0), ERR_BAD_SIGNATURE);
}

static void blinding_changes_no_signature(void **state)
{
	(void)state;
	uint8_t seed[32] = { 42 };
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t digest[ECDSA_DIGEST_LEN] = { 8 };
	uint8_t before[ECDSA_SIG_LEN];
	uint8_t after[ECDSA_SIG_LEN];

	key_of(key, 99);
	assert_int_equal(ecdsa_sign(before, digest, key), ERR_OK);
	ecdsa_blind(seed);
	assert_int_equal(ecdsa_sign(after, digest, key), ERR_OK);
	assert_memory_equal(after, before, sizeof(before));
}

/* Runs one published case; the file says "valid" or "invalid". */
static void check_wycheproof(const char *pub_hex, const char *msg_hex,
                             const char *sig_hex, const char *result)
{
	static uint8_t bytes[1 << 13];
	uint8_t digest[ECDSA_DIGEST_LEN];
	uint8_t sig[ECDSA_SIG_LEN];
	struct ecdsa_pub pub;

	size_t len = hex_to(bytes, sizeof(bytes), pub_hex);

	assert_int_equal(ecdsa_pub_parse(&pub, bytes, len), ERR_OK);
	len = hex_to(bytes, sizeof(bytes), msg_hex);
	hash_sha256(digest, bytes, len);
	len = hex_to(bytes, sizeof(bytes), sig_hex);
	bool valid = ecdsa_der_parse(sig, bytes, len) == ERR_OK &&
	             ecdsa_verify(sig, digest, &pub);

	if (valid != (strcmp(result, "valid") == 0))
		fail_msg("%s: sig %s", result, sig_hex);
}

static void wycheproof_s_bitcoin_cases_are_judged_alike(void **state)
{
	(void)state;
	static char line[1 << 15];
	static char pub[512];
	static char msg[1 << 14];
	static char sig[1 << 14];
	char result[16];
	unsigned cases = 0;
	FILE *f = vectors_open(
	    "crypto/wycheproof_ecdsa_secp256k1_sha256_bitcoin.json");

	while (fgets(line, sizeof(line), f)) {
		(void)vectors_field(pub, sizeof(pub), line, "uncompressed");
		(void)vectors_field(msg, sizeof(msg), line, "msg");
		(void)vectors_field(sig, sizeof(sig), line, "sig");
		if (!vectors_field(result, sizeof(result), line, "result"))
			continue;
		check_wycheproof(pub, msg, sig, result);
		cases++;
	}
	(void)fclose(f);
	assert_int_equal(cases, 463);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_end_below_the_group_order),
		cmocka_unit_test(a_tweak_adds_to_both_sides_of_a_key),
		cmocka_unit_test(a_sum_of_zero_is_no_key_and_changes_nothing),
		cmocka_unit_test(the_key_one_has_the_generator_as_its_point),
		cmocka_unit_test(public_keys_of_both_lengths_are_one_key),
		cmocka_unit_test(what_is_no_point_is_no_key),
		cmocka_unit_test(nonces_are_those_of_rfc_6979),
		cmocka_unit_test(
		    a_signature_verifies_for_its_key_and_digest_only),
		cmocka_unit_test(an_invalid_key_signs_nothing),
		cmocka_unit_test(
		    verify_refuses_the_high_twin_that_recover_takes),
		cmocka_unit_test(low_s_ends_at_half_the_group_order),
		cmocka_unit_test(the_language_reference_s_signer_is_recovered),
		cmocka_unit_test(nothing_is_recovered_from_values_out_of_range),
		cmocka_unit_test(
		    a_well_formed_signature_need_not_have_a_signer),
		cmocka_unit_test(der_comes_back_as_it_was),
		cmocka_unit_test(blinding_changes_no_signature),
		cmocka_unit_test(wycheproof_s_bitcoin_cases_are_judged_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
