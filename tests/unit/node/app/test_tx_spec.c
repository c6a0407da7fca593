/*
 * tests/unit/node/app/test_tx_spec.c - Claims about node/app/tx_spec.c, and
 * about tx_json.c and tx_word.c, which it reads back.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "node/app/tx_json.h"
#include "node/app/tx_spec.h"
#include "node/app/tx_word.h"
#include "tests/lib/hex.h"

#define ADDRESS "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7"
#define HASH "a46ff88886c2ef9762d970b4d2c63678835bd39d"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, TX_ARENA_MAX);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static struct tx_spec_diag diag;

static enum err read(struct tx *ret, const char *text)
{
	const struct json *doc;
	enum err e = json_read_parse(&doc, span_str(text), 1 << 20);

	assert_int_equal(e, ERR_OK);
	arena_reset(&arena);
	e = tx_spec_read(&arena, ret, doc, &diag);
	json_read_free(doc);
	return e;
}

/* A description with `payload` and more fields in front. */
static enum err read_with(struct tx *ret, const char *more, const char *payload)
{
	char text[4096];

	(void)snprintf(text, sizeof(text),
	               "{\"network\":\"mainnet\",%s\"origin\":{\"address\":"
	               "\"" ADDRESS "\",\"nonce\":\"7\"},\"payload\":%s}",
	               more, payload);
	return read(ret, text);
}

#define TRANSFER                                                               \
	"{\"type\":\"token_transfer\",\"recipient\":\"" ADDRESS                \
	".a\",\"amount\":\"18446744073709551615\"}"

static void what_is_left_out_has_its_usual_value(void **state)
{
	(void)state;
	struct tx tx;

	assert_int_equal(read_with(&tx, "", TRANSFER), ERR_OK);
	assert_true(tx.is_mainnet);
	assert_int_equal(tx.chain_id, 1);
	assert_int_equal(tx.anchor, TX_ANCHOR_ANY);
	assert_int_equal(tx.mode, TX_MODE_DENY);
	assert_int_equal(tx.n_postconds, 0);
	assert_int_equal(tx.auth.origin.mode, ADDRESS_P2PKH);
	assert_int_equal(tx.auth.origin.nonce, 7);
	assert_int_equal(tx.auth.origin.fee, 0);
	assert_hex(tx.auth.origin.signer, 20, HASH);
	assert_true(tx.payload.transfer.amount == UINT64_MAX);
}

static void numbers_have_both_ends(void **state)
{
	(void)state;
	struct tx tx;

	assert_int_equal(read_with(&tx, "\"chain_id\":4294967295,", TRANSFER),
	                 ERR_OK);
	assert_int_equal(read_with(&tx, "\"chain_id\":4294967296,", TRANSFER),
	                 ERR_SYNTAX);
	assert_string_equal(diag.key, "chain_id");
	assert_int_equal(read_with(&tx, "",
	                           "{\"type\":\"token_transfer\",\"recipient\":"
	                           "\"" ADDRESS "\",\"amount\":"
	                           "\"18446744073709551616\"}"),
	                 ERR_SYNTAX);
	assert_string_equal(diag.key, "amount");
}

static void an_address_must_be_of_the_network_and_mode(void **state)
{
	(void)state;
	struct tx tx;

	assert_int_equal(read(&tx, "{\"network\":\"testnet\",\"origin\":"
	                           "{\"address\":\"" ADDRESS
	                           "\"},\"payload\":" TRANSFER "}"),
	                 ERR_SYNTAX);
	assert_string_equal(diag.key, "address");
	assert_int_equal(
	    read(&tx, "{\"network\":\"mainnet\",\"origin\":"
	              "{\"address\":\"" ADDRESS
	              "\",\"mode\":\"p2wpkh\"},\"payload\":" TRANSFER "}"),
	    ERR_SYNTAX);
}

static void memos_are_text_or_hex_of_34_bytes(void **state)
{
	(void)state;
	static const struct {
		const char *memo;
		enum err want;
		uint8_t first;
	} cases[] = {
		{ "hi", ERR_OK, 'h' },
		{ "", ERR_OK, 0 },
		{ "0x0102", ERR_OK, 1 },
		{ "0x010", ERR_SYNTAX, 0 },
		{ "1234567890123456789012345678901234", ERR_OK, '1' },
		{ "12345678901234567890123456789012345", ERR_SYNTAX, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char payload[512];
		struct tx tx;

		(void)snprintf(payload, sizeof(payload),
		               "{\"type\":\"token_transfer\",\"recipient\":"
		               "\"" ADDRESS "\",\"amount\":1,\"memo\":\"%s\"}",
		               cases[i].memo);
		assert_int_equal(read_with(&tx, "", payload), cases[i].want);
		if (cases[i].want == ERR_OK)
			assert_int_equal(tx.payload.transfer.memo[0],
			                 cases[i].first);
	}
}

static void a_code_must_be_of_its_kind(void **state)
{
	(void)state;
	static const struct {
		const char *pc;
		enum err want;
	} cases[] = {
		{ "{\"type\":\"stx\",\"principal\":\"origin\",\"code\":\"lte\","
		  "\"amount\":\"1\"}",
		  ERR_OK },
		{ "{\"type\":\"stx\",\"principal\":\"origin\",\"code\":"
		  "\"sent\",\"amount\":\"1\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"pox\",\"principal\":\"origin\",\"code\":"
		  "\"performed\"}",
		  ERR_OK },
		{ "{\"type\":\"pox\",\"principal\":\"origin\",\"code\":\"eq\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"nft\",\"principal\":\"" ADDRESS
		  ".c\",\"asset\":\"" ADDRESS
		  ".c::t\",\"code\":\"maybe_sent\",\"value\":\"0x03\"}",
		  ERR_OK },
		{ "{\"type\":\"nft\",\"principal\":\"origin\",\"asset\":"
		  "\"" ADDRESS
		  ".c::t\",\"code\":\"performed\",\"value\":\"0x03\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"ft\",\"principal\":\"origin\",\"asset\":"
		  "\"" ADDRESS "::t\",\"code\":\"eq\",\"amount\":\"1\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"ft\",\"principal\":\"origin\",\"asset\":"
		  "\"" ADDRESS ".c\",\"code\":\"eq\",\"amount\":\"1\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"ft\",\"principal\":\"origin\",\"asset\":"
		  "\"" ADDRESS ".c::\",\"code\":\"eq\",\"amount\":\"1\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"stx\",\"principal\":\"nobody\",\"code\":\"eq\","
		  "\"amount\":\"1\"}",
		  ERR_SYNTAX },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char more[1024];
		struct tx tx;

		(void)snprintf(more, sizeof(more), "\"post_conditions\":[%s],",
		               cases[i].pc);
		assert_int_equal(read_with(&tx, more, TRANSFER), cases[i].want);
	}
}

static void names_and_texts_are_judged(void **state)
{
	(void)state;
	static const struct {
		const char *payload;
		enum err want;
	} cases[] = {
		{ "{\"type\":\"smart_contract\",\"name\":\"a\",\"code\":"
		  "\"(ok 1)\\n\"}",
		  ERR_OK },
		{ "{\"type\":\"smart_contract\",\"name\":\"1a\",\"code\":\"\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"smart_contract\",\"name\":\"a\",\"code\":"
		  "\"\\r\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"versioned_smart_contract\",\"clarity_version\":"
		  "6,\"name\":\"a\",\"code\":\"\"}",
		  ERR_OK },
		{ "{\"type\":\"versioned_smart_contract\",\"clarity_version\":"
		  "7,\"name\":\"a\",\"code\":\"\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"versioned_smart_contract\",\"clarity_version\":"
		  "0,\"name\":\"a\",\"code\":\"\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"contract_call\",\"contract\":\"" ADDRESS
		  ".c\",\"function\":\"f\",\"arguments\":[{\"value\":\"0x09\"}]"
		  "}",
		  ERR_OK },
		{ "{\"type\":\"contract_call\",\"contract\":\"" ADDRESS
		  ".c\",\"function\":\"f g\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"contract_call\",\"contract\":\"" ADDRESS
		  "\",\"function\":\"f\"}",
		  ERR_SYNTAX },
		{ "{\"type\":\"contract_call\",\"contract\":\"" ADDRESS
		  ".c\",\"function\":\"f\",\"arguments\":[{\"value\":\"0xff\"}]"
		  "}",
		  ERR_VALUE_BYTES },
		{ "{\"type\":\"unknown\"}", ERR_SYNTAX },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tx tx;

		assert_int_equal(read_with(&tx, "", cases[i].payload),
		                 cases[i].want);
	}
}

static void a_coinbase_goes_on_chain_by_itself(void **state)
{
	(void)state;
	struct tx tx;

	assert_int_equal(read_with(&tx, "",
	                           "{\"type\":\"coinbase\",\"bytes\":"
	                           "\"0x00000000000000000000000000000000"
	                           "00000000000000000000000000000000\"}"),
	                 ERR_OK);
	assert_int_equal(tx.anchor, TX_ANCHOR_ONCHAIN);
	assert_int_equal(
	    read_with(&tx, "",
	              "{\"type\":\"coinbase\",\"recipient\":\"" ADDRESS
	              "\",\"bytes\":\"0x00000000000000000000000000000000"
	              "00000000000000000000000000000000\"}"),
	    ERR_SYNTAX);
	assert_string_equal(diag.key, "recipient");
}

static void hex_is_whole_bytes(void **state)
{
	(void)state;
	struct span bytes;

	assert_int_equal(tx_spec_hex(&arena, &bytes, span_str("0xA0b1")),
	                 ERR_OK);
	assert_hex(bytes.p, bytes.len, "a0b1");
	assert_int_equal(tx_spec_hex(&arena, &bytes, span_str("")), ERR_OK);
	assert_int_equal(bytes.len, 0);
	assert_int_equal(tx_spec_hex(&arena, &bytes, span_str("a")),
	                 ERR_SYNTAX);
	assert_int_equal(tx_spec_hex(&arena, &bytes, span_str("0g")),
	                 ERR_SYNTAX);
}

static void words_and_values_are_pairs(void **state)
{
	(void)state;
	static const struct tx_word *const tables[] = {
		tx_word_modes,    tx_word_anchors,   tx_word_pc_modes,
		tx_word_pc_kinds, tx_word_pc_codes,  tx_word_payloads,
		tx_word_causes,   tx_word_encodings, tx_word_networks,
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		unsigned value;

		for (const struct tx_word *w = tables[i]; w->word; w++) {
			assert_true(
			    tx_word_find(tables[i], span_str(w->word), &value));
			assert_int_equal(value, w->value);
			assert_string_equal(tx_word_of(tables[i], value),
			                    w->word);
		}
		assert_false(tx_word_find(tables[i], span_str("no"), &value));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_out_has_its_usual_value),
		cmocka_unit_test(numbers_have_both_ends),
		cmocka_unit_test(an_address_must_be_of_the_network_and_mode),
		cmocka_unit_test(memos_are_text_or_hex_of_34_bytes),
		cmocka_unit_test(a_code_must_be_of_its_kind),
		cmocka_unit_test(names_and_texts_are_judged),
		cmocka_unit_test(a_coinbase_goes_on_chain_by_itself),
		cmocka_unit_test(hex_is_whole_bytes),
		cmocka_unit_test(words_and_values_are_pairs),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
