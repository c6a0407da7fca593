/*
 * tests/fuzz/fuzz_btc_addr.c - Texts of Bitcoin come back as they were.
 *
 * An address that is accepted is written as the same text, but for the case of
 * a bech32 one; a script that has an address is found again by it; base 58 is
 * one to one.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <ctype.h>
#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/btc_addr.h"

static void check_address(enum btc_net net, struct span text)
{
	struct btc_script_room script;
	char back[BTC_ADDR_TEXT_MAX];

	if (btc_addr_parse(&script, net, text) != ERR_OK)
		return;
	CHECK(btc_addr_format(back, net, span_of(script.bytes, script.len)) ==
	      ERR_OK);
	CHECK(strlen(back) == text.len);
	for (size_t i = 0; i < text.len; i++)
		CHECK(tolower(back[i]) == tolower(text.p[i]));
}

static void check_script(enum btc_net net, struct span script)
{
	struct btc_script_room same;
	char text[BTC_ADDR_TEXT_MAX];

	if (btc_addr_format(text, net, script) != ERR_OK)
		return;
	CHECK(btc_addr_parse(&same, net, span_str(text)) == ERR_OK);
	CHECK(span_eq(span_of(same.bytes, same.len), script));
}

static void check_base58(struct span text)
{
	uint8_t bytes[BASE58_MAX];
	char back[BASE58_TEXT_MAX];
	size_t len;

	if (base58_read(bytes, &len, text) != ERR_OK)
		return;
	len = base58_write(back, span_of(bytes, len));
	CHECK(span_eq(span_of(back, len), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct span all = span_of(bytes, len);

	for (unsigned net = BTC_MAINNET; net <= BTC_REGTEST; net++) {
		check_address((enum btc_net)net, all);
		check_script((enum btc_net)net, all);
	}
	check_base58(all);
	return 0;
}
