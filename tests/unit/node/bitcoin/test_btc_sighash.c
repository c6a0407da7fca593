/*
 * tests/unit/node/bitcoin/test_btc_sighash.c - Claims about
 * node/bitcoin/btc_sighash.c.
 *
 * Vectors: Bitcoin Core's sighash.json (the old way); BIP-143's examples;
 * BIP-341's wallet vectors.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_sighash.h"
#include "node/bitcoin/taptree.h"
#include "tests/unit/node/bitcoin/btc_case.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 26);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static struct btc_tx tx_of(struct span bytes)
{
	struct cursor c = cursor_of(bytes);
	struct btc_tx tx;

	assert_int_equal(btc_tx_read(&arena, &tx, &c), ERR_OK);
	assert_int_equal(cursor_done(&c), ERR_OK);
	return tx;
}

/* Core shows hashes backwards. */
static bool is_backwards(const uint8_t *hash, struct span shown)
{
	if (shown.len != 32)
		return false;
	for (size_t i = 0; i < 32; i++) {
		if (hash[i] != shown.p[31 - i])
			return false;
	}
	return true;
}

static void bitcoin_core_s_old_hashes_are_reproduced(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("sighash.json");
	unsigned n = 0;

	for (const struct json *row = json_read_first(doc); row;
	     row = json_read_next(row)) {
		const struct json *want = btc_case_at(row, 4);
		uint8_t got[32];
		int64_t type;
		uint64_t at;

		if (!want)
			continue; /* the heading */
		arena_reset(&arena);
		struct btc_tx tx =
		    tx_of(btc_case_hex(&arena, btc_case_at(row, 0)));
		struct span script = btc_case_hex(&arena, btc_case_at(row, 1));

		assert_true(json_read_u64(btc_case_at(row, 2), &at));
		assert_true(json_read_i64(btc_case_at(row, 3), &type));
		assert_int_equal(btc_sighash_legacy(got, &tx, (uint32_t)at,
		                                    script,
		                                    (uint32_t)(int32_t)type),
		                 ERR_OK);
		assert_true(is_backwards(got, btc_case_hex(&arena, want)));
		n++;
	}
	assert_int_equal(n, 500);
	json_read_free(doc);
}

static void single_without_an_output_is_the_number_one(void **state)
{
	(void)state;
	static const struct btc_in ins[2];
	struct btc_tx tx = { .ins = ins, .n_ins = 2 };
	uint8_t got[32];

	assert_int_equal(btc_sighash_legacy(got, &tx, 1, span_of(NULL, 0),
	                                    BTC_SIGHASH_SINGLE),
	                 ERR_OK);
	assert_hex(got, sizeof(got),
	           "01000000000000000000000000000000"
	           "00000000000000000000000000000000");
}

/* BIP-143: native P2WPKH, then P2SH-P2WPKH. */
static void bip_143_s_examples_are_reproduced(void **state)
{
	(void)state;
	static const struct {
		const char *tx;
		uint32_t at;
		const char *script;
		uint64_t value;
		const char *want;
	} cases[] = {
		{ "0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433"
		  "54"
		  "1db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa8"
		  "9e"
		  "815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206"
		  "00"
		  "0000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac90"
		  "93"
		  "510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa8159"
		  "88"
		  "ac11000000",
		  1, "76a9141d0f172a0ecb48aee1be1f2687d2963ae33f71a188ac",
		  600000000,
		  "c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478c"
		  "b670" },
		{ "0100000001db6b1b20aa0fd7b23880be2ecbd4a98130974cf4748fb66092"
		  "ac"
		  "4d3ceb1a54770100000000feffffff02b8b4eb0b000000001976a914a457"
		  "b6"
		  "84d7f0d539a46a45bbc043f35b59d0d96388ac0008af2f000000001976a9"
		  "14"
		  "fd270b1ee6abcaea97fea7ad0402e8bd8ad6d77c88ac92040000",
		  0, "76a91479091972186c449eb1ded22b78e40d009bdf008988ac",
		  1000000000,
		  "64f3b0f4dd2bb3aa1ce8566d220cc74dda9df97d8490cc81d89d735c92e5"
		  "9fb6" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t bytes[512];
		uint8_t script[64];
		uint8_t got[32];
		size_t len = hex_to(bytes, sizeof(bytes), cases[i].tx);
		struct btc_tx tx = tx_of(span_of(bytes, len));

		len = hex_to(script, sizeof(script), cases[i].script);
		btc_sighash_segwit(got, &tx, cases[i].at, span_of(script, len),
		                   cases[i].value, BTC_SIGHASH_ALL);
		assert_hex(got, sizeof(got), cases[i].want);
	}
}

static const struct json *wallet(const struct json *doc)
{
	return json_read_first(json_read_get(doc, "keyPathSpending"));
}

static struct btc_out *spent_outputs(const struct json *given)
{
	const struct json *list = json_read_get(given, "utxosSpent");
	struct btc_out *outs = arena_new_array(&arena, struct btc_out, 16);
	unsigned n = 0;

	for (const struct json *o = json_read_first(list); o;
	     o = json_read_next(o), n++) {
		outs[n].script =
		    btc_case_hex(&arena, json_read_get(o, "scriptPubKey"));
		assert_true(json_read_u64(json_read_get(o, "amountSats"),
		                          &outs[n].value));
	}
	return outs;
}

static void sign_and_compare(const struct json *row, const uint8_t hash[32],
                             const struct json *given)
{
	const struct json *root = json_read_get(given, "merkleRoot");
	struct span key =
	    btc_case_hex(&arena, json_read_get(given, "internalPrivkey"));
	struct span want = btc_case_hex(
	    &arena, json_read_first(json_read_get(
			json_read_get(row, "expected"), "witness")));
	uint8_t tweaked[32];
	uint8_t pub[32];
	uint8_t tweak[32];
	uint8_t sig[64];
	static const uint8_t aux[32];

	memcpy(tweaked, key.p, 32);
	assert_int_equal(schnorr_pub_of(pub, tweaked), ERR_OK);
	taptree_tweak(tweak, pub,
	              json_read_is_null(root) ? NULL
	                                      : btc_case_hex(&arena, root).p);
	assert_int_equal(schnorr_key_tweak(tweaked, tweak), ERR_OK);
	assert_int_equal(schnorr_sign(sig, hash, tweaked, aux), ERR_OK);
	assert_memory_equal(sig, want.p, sizeof(sig));
}

static void bip_341_s_wallet_signs_the_same(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("bip341_wallet_vectors.json");
	const struct json *given = json_read_get(wallet(doc), "given");
	const struct json *list = json_read_get(wallet(doc), "inputSpending");
	struct btc_tx tx;
	struct btc_out *spent;
	unsigned n = 0;

	arena_reset(&arena);
	tx = tx_of(btc_case_hex(&arena, json_read_get(given, "rawUnsignedTx")));
	spent = spent_outputs(given);
	for (const struct json *row = json_read_first(list); row;
	     row = json_read_next(row), n++) {
		const struct json *in = json_read_get(row, "given");
		struct btc_sighash_taproot t = { .spent = spent };
		uint64_t at;
		uint64_t type;
		uint8_t got[32];

		assert_true(json_read_u64(json_read_get(in, "txinIndex"), &at));
		assert_true(
		    json_read_u64(json_read_get(in, "hashType"), &type));
		t.at = (uint32_t)at;
		t.type = (uint8_t)type;
		assert_int_equal(btc_sighash_taproot(got, &tx, &t), ERR_OK);
		struct span want = btc_case_hex(
		    &arena, json_read_get(json_read_get(row, "intermediary"),
		                          "sigHash"));

		assert_memory_equal(got, want.p, 32);
		sign_and_compare(row, got, in);
	}
	assert_int_equal(n, 7);
	json_read_free(doc);
}

static void seven_types_exist_in_taproot(void **state)
{
	(void)state;
	static const struct btc_in ins[1];
	static const struct btc_out outs[1];
	struct btc_tx tx = {
		.ins = ins, .n_ins = 1, .outs = outs, .n_outs = 1
	};
	unsigned known = 0;
	uint8_t got[32];

	for (unsigned type = 0; type < 256; type++) {
		struct btc_sighash_taproot t = { .spent = outs,
			                         .type = (uint8_t)type };

		known += btc_sighash_taproot(got, &tx, &t) == ERR_OK;
	}
	assert_int_equal(known, 7);
	struct btc_sighash_taproot single = { .spent = outs,
		                              .type = BTC_SIGHASH_SINGLE };

	tx.n_outs = 0;
	assert_int_equal(btc_sighash_taproot(got, &tx, &single),
	                 ERR_BTC_SIGHASH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bitcoin_core_s_old_hashes_are_reproduced),
		cmocka_unit_test(single_without_an_output_is_the_number_one),
		cmocka_unit_test(bip_143_s_examples_are_reproduced),
		cmocka_unit_test(bip_341_s_wallet_signs_the_same),
		cmocka_unit_test(seven_types_exist_in_taproot),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
