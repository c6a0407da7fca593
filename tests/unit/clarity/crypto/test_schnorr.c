/*
 * tests/unit/clarity/crypto/test_schnorr.c - Claims about
 * clarity/crypto/schnorr.c.
 *
 * Vectors: BIP-340's own (../shared/vectors/crypto).
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdbool.h>
#include <stdlib.h>

#include "clarity/crypto/schnorr.h"
#include "tests/lib/hex.h"
#include "tests/lib/vectors.h"

#define COLUMNS 8

/* The columns of BIP-340's file. */
enum column {
	COL_INDEX,
	COL_KEY,
	COL_PUB,
	COL_AUX,
	COL_MSG,
	COL_SIG,
	COL_RESULT,
	COL_COMMENT
};

static void split(char *ret[COLUMNS], char *line)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		char *end = strchr(line, ',');

		ret[i] = line;
		line = end ? end + 1 : line + strlen(line);
		if (end)
			*end = '\0';
	}
}

static void check_signing(char *col[COLUMNS])
{
	uint8_t key[SCHNORR_KEY_LEN];
	uint8_t aux[32];
	uint8_t msg[32];
	uint8_t want[SCHNORR_SIG_LEN];
	uint8_t got[SCHNORR_SIG_LEN];

	hex_to(key, sizeof(key), col[COL_KEY]);
	hex_to(aux, sizeof(aux), col[COL_AUX]);
	hex_to(want, sizeof(want), col[COL_PUB]);
	assert_int_equal(schnorr_pub_of(got, key), ERR_OK);
	assert_memory_equal(got, want, SCHNORR_PUB_LEN);
	/* Newer vectors sign other lengths, which nothing here needs. */
	if (strlen(col[COL_MSG]) != 64)
		return;
	hex_to(msg, sizeof(msg), col[COL_MSG]);
	hex_to(want, sizeof(want), col[COL_SIG]);
	assert_int_equal(schnorr_sign(got, msg, key, aux), ERR_OK);
	assert_memory_equal(got, want, sizeof(want));
}

static void check_verification(char *col[COLUMNS])
{
	uint8_t pub[SCHNORR_PUB_LEN];
	uint8_t sig[SCHNORR_SIG_LEN];
	uint8_t msg[256];

	hex_to(pub, sizeof(pub), col[COL_PUB]);
	hex_to(sig, sizeof(sig), col[COL_SIG]);
	size_t len = hex_to(msg, sizeof(msg), col[COL_MSG]);
	bool valid = schnorr_verify(sig, msg, len, pub);

	if (valid != (strcmp(col[COL_RESULT], "TRUE") == 0))
		fail_msg("case %s: %s", col[COL_INDEX], col[COL_COMMENT]);
}

static void bip_340_s_cases_are_judged_alike(void **state)
{
	(void)state;
	static char line[4096];
	char *col[COLUMNS];
	unsigned cases = 0;
	FILE *f = vectors_open("crypto/bip340_test_vectors.csv");

	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f)) {
		split(col, line);
		if (*col[COL_KEY])
			check_signing(col);
		check_verification(col);
		cases++;
	}
	(void)fclose(f);
	assert_true(cases >= 15);
}

static void a_tweaked_pair_is_a_pair(void **state)
{
	(void)state;
	uint8_t aux[32] = { 0 };
	uint8_t msg[32] = { 1 };
	uint8_t tweak[32] = { 0 };

	for (unsigned i = 1; i < 20; i++) {
		uint8_t key[SCHNORR_KEY_LEN] = { 0 };
		uint8_t pub[SCHNORR_PUB_LEN];
		uint8_t tweaked[SCHNORR_PUB_LEN];
		uint8_t sig[SCHNORR_SIG_LEN];
		bool odd;

		key[31] = (uint8_t)i;
		tweak[7] = (uint8_t)(3 * i);
		assert_int_equal(schnorr_pub_of(pub, key), ERR_OK);
		assert_true(schnorr_pub_is_valid(pub));
		assert_int_equal(schnorr_pub_tweak(tweaked, &odd, pub, tweak),
		                 ERR_OK);
		assert_int_equal(schnorr_key_tweak(key, tweak), ERR_OK);
		assert_int_equal(schnorr_sign(sig, msg, key, aux), ERR_OK);
		assert_true(schnorr_verify(sig, msg, 32, tweaked));
		assert_false(schnorr_verify(sig, msg, 32, pub));
		assert_int_equal(schnorr_pub_of(pub, key), ERR_OK);
		assert_memory_equal(pub, tweaked, sizeof(pub));
	}
}

static void keys_out_of_range_are_refused(void **state)
{
	(void)state;
	uint8_t key[SCHNORR_KEY_LEN] = { 0 };
	uint8_t high[32];
	uint8_t out[SCHNORR_SIG_LEN];
	bool odd;

	memset(high, 0xff, sizeof(high));
	assert_int_equal(schnorr_pub_of(out, key), ERR_BAD_KEY);
	assert_int_equal(schnorr_sign(out, high, key, high), ERR_BAD_KEY);
	assert_int_equal(schnorr_key_tweak(key, high), ERR_BAD_KEY);
	assert_false(schnorr_pub_is_valid(high));
	assert_int_equal(schnorr_pub_tweak(out, &odd, high, key), ERR_BAD_KEY);
	key[31] = 1;
	assert_int_equal(schnorr_key_tweak(key, high), ERR_BAD_KEY);
	assert_int_equal(key[31], 1);
	assert_int_equal(schnorr_pub_of(out, key), ERR_OK);
	assert_int_equal(schnorr_pub_tweak(out, &odd, out, high), ERR_BAD_KEY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bip_340_s_cases_are_judged_alike),
		cmocka_unit_test(a_tweaked_pair_is_a_pair),
		cmocka_unit_test(keys_out_of_range_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
