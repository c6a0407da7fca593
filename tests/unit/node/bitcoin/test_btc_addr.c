/*
 * tests/unit/node/bitcoin/test_btc_addr.c - Claims about
 * node/bitcoin/btc_addr.c and node/bitcoin/bech32.c.
 *
 * Vectors: Bitcoin Core's key_io_valid.json and key_io_invalid.json; BIP-173
 * and BIP-350.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <ctype.h>

#include "node/bitcoin/btc_addr.h"
#include "tests/unit/node/bitcoin/btc_case.h"

static enum btc_net net_of(const struct json *row)
{
	struct span name =
	    btc_case_text(json_read_get(btc_case_at(row, 2), "chain"));

	if (span_eq(name, span_str("main")))
		return BTC_MAINNET;
	return span_eq(name, span_str("regtest")) ? BTC_REGTEST : BTC_TESTNET;
}

static void check_valid(struct arena *a, const struct json *row)
{
	struct span text = btc_case_text(btc_case_at(row, 0));
	struct span want = btc_case_hex(a, btc_case_at(row, 1));
	struct btc_script_room script;
	char back[BTC_ADDR_TEXT_MAX];
	enum btc_net net = net_of(row);

	assert_int_equal(btc_addr_parse(&script, net, text), ERR_OK);
	assert_true(span_eq(span_of(script.bytes, script.len), want));
	assert_int_equal(btc_addr_format(back, net, want), ERR_OK);
	assert_true(span_eq(span_str(back), text));
}

static void bitcoin_core_s_addresses_go_both_ways(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("key_io_valid.json");
	struct arena a;
	unsigned n = 0;

	arena_init(&a, 1 << 22);
	for (const struct json *row = json_read_first(doc); row;
	     row = json_read_next(row)) {
		bool is_key = false;

		assert_true(json_read_bool(
		    json_read_get(btc_case_at(row, 2), "isPrivkey"), &is_key));
		if (is_key)
			continue;
		check_valid(&a, row);
		n++;
	}
	assert_true(n > 30);
	json_read_free(doc);
	arena_fini(&a);
}

static void what_bitcoin_core_refuses_is_refused(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("key_io_invalid.json");
	unsigned n = 0;

	for (const struct json *row = json_read_first(doc); row;
	     row = json_read_next(row), n++) {
		struct span text = btc_case_text(btc_case_at(row, 0));
		struct btc_script_room script;

		for (unsigned net = BTC_MAINNET; net <= BTC_REGTEST; net++)
			assert_int_equal(
			    btc_addr_parse(&script, (enum btc_net)net, text),
			    ERR_SYNTAX);
	}
	assert_true(n > 30);
	json_read_free(doc);
}

static void networks_do_not_mix(void **state)
{
	(void)state;
	static const char main_text[] =
	    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
	struct btc_script_room script;

	assert_int_equal(
	    btc_addr_parse(&script, BTC_MAINNET, span_str(main_text)), ERR_OK);
	assert_int_equal(
	    btc_addr_parse(&script, BTC_TESTNET, span_str(main_text)),
	    ERR_SYNTAX);
	assert_int_equal(
	    btc_addr_parse(&script, BTC_REGTEST, span_str(main_text)),
	    ERR_SYNTAX);
}

static void case_is_all_or_nothing(void **state)
{
	(void)state;
	char text[] = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
	struct bech32 a;

	assert_int_equal(bech32_read(&a, span_str(text)), ERR_OK);
	assert_string_equal(a.hrp, "bc");
	text[5] = (char)toupper(text[5]);
	text[4] = 'W';
	assert_int_equal(bech32_read(&a, span_str(text)), ERR_SYNTAX);
	for (char *p = text; *p; p++)
		*p = (char)toupper(*p);
	assert_int_equal(bech32_read(&a, span_str(text)), ERR_OK);
	assert_string_equal(a.hrp, "bc");
}

static void each_version_has_its_constant_and_lengths(void **state)
{
	(void)state;
	char text[BECH32_TEXT_MAX];

	for (uint8_t version = 0; version <= 17; version++) {
		for (size_t len = 0; len <= 41; len++) {
			struct bech32 a = { .hrp = "bcrt",
				            .version = version,
				            .len = len };
			struct bech32 back;
			bool is_good = version == 0 ? len == 20 || len == 32
			                            : version <= 16 &&
			                                  len >= 2 && len <= 40;

			memset(a.program, 0xa5, len < 40 ? len : 40);
			if (len > 40)
				a.len = 41;
			assert_int_equal(bech32_write(text, &a) > 0, is_good);
			if (!is_good)
				continue;
			assert_int_equal(bech32_read(&back, span_str(text)),
			                 ERR_OK);
			assert_int_equal(back.version, version);
			assert_int_equal(back.len, len);
			assert_memory_equal(back.program, a.program, len);
		}
	}
}

static void the_wrong_constant_is_refused(void **state)
{
	(void)state;
	struct bech32 a;

	/* BIP-350's invalid addresses: bech32 for v1, bech32m for v0. */
	assert_int_equal(
	    bech32_read(&a, span_str("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm"
	                             "9h8z3k2e72q4k9hcz7vqh2y7hd")),
	    ERR_SYNTAX);
	assert_int_equal(
	    bech32_read(&a, span_str("bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm"
	                             "9h8z3k2e72q4k9hcz7vqh2y7hd")),
	    ERR_SYNTAX);
	assert_int_equal(
	    bech32_read(&a, span_str("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm"
	                             "9h8z3k2e72q4k9hcz7vqzk5jj0")),
	    ERR_OK);
}

static void other_scripts_have_no_address(void **state)
{
	(void)state;
	uint8_t script[25] = { 0x76, 0xa9, 0x14 };
	char text[BTC_ADDR_TEXT_MAX];

	script[23] = 0x88;
	script[24] = 0xac;
	assert_int_equal(
	    btc_addr_format(text, BTC_MAINNET, span_of(script, 25)), ERR_OK);
	assert_string_equal(text, "1111111111111111111114oLvT2");
	script[0] ^= 1;
	assert_int_equal(
	    btc_addr_format(text, BTC_MAINNET, span_of(script, 25)),
	    ERR_SYNTAX);
	assert_int_equal(
	    btc_addr_format(text, BTC_MAINNET, span_of(script, 23)),
	    ERR_SYNTAX);
	assert_int_equal(btc_addr_format(text, BTC_MAINNET, span_of(NULL, 0)),
	                 ERR_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bitcoin_core_s_addresses_go_both_ways),
		cmocka_unit_test(what_bitcoin_core_refuses_is_refused),
		cmocka_unit_test(networks_do_not_mix),
		cmocka_unit_test(case_is_all_or_nothing),
		cmocka_unit_test(each_version_has_its_constant_and_lengths),
		cmocka_unit_test(the_wrong_constant_is_refused),
		cmocka_unit_test(other_scripts_have_no_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
