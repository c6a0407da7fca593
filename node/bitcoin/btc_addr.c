/* node/bitcoin/btc_addr.c - Addresses and scripts; see btc_addr.h. */
#include "config.h"

#include "node/bitcoin/btc_addr.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"

#define HASH_LEN 20u

#define OP_0 0x00u
#define OP_1 0x51u
#define OP_16 0x60u
#define OP_DUP 0x76u
#define OP_EQUAL 0x87u
#define OP_EQUALVERIFY 0x88u
#define OP_HASH160 0xa9u
#define OP_CHECKSIG 0xacu

struct net_row {
	uint8_t p2pkh;
	uint8_t p2sh;
	const char *hrp;
};

static const struct net_row nets[] = {
	[BTC_MAINNET] = { 0x00, 0x05, "bc" },
	[BTC_TESTNET] = { 0x6f, 0xc4, "tb" },
	[BTC_REGTEST] = { 0x6f, 0xc4, "bcrt" },
};

static void put(struct btc_script_room *s, unsigned byte)
{
	s->bytes[s->len++] = (uint8_t)byte;
}

static void put_push(struct btc_script_room *s, const uint8_t *bytes,
                     size_t len)
{
	put(s, (unsigned)len);
	memcpy(s->bytes + s->len, bytes, len);
	s->len += len;
}

void btc_addr_p2pkh(struct btc_script_room *ret, const uint8_t hash[20])
{
	ret->len = 0;
	put(ret, OP_DUP);
	put(ret, OP_HASH160);
	put_push(ret, hash, HASH_LEN);
	put(ret, OP_EQUALVERIFY);
	put(ret, OP_CHECKSIG);
}

void btc_addr_p2sh(struct btc_script_room *ret, const uint8_t hash[20])
{
	ret->len = 0;
	put(ret, OP_HASH160);
	put_push(ret, hash, HASH_LEN);
	put(ret, OP_EQUAL);
}

void btc_addr_witness(struct btc_script_room *ret, uint8_t version,
                      struct span program)
{
	CHECK(version <= 16 && program.len >= BECH32_PROGRAM_MIN &&
	      program.len <= BECH32_PROGRAM_MAX);
	ret->len = 0;
	put(ret, version == 0 ? OP_0 : OP_1 + version - 1u);
	put_push(ret, program.p, program.len);
}

static enum err parse_base58(struct btc_script_room *ret,
                             const struct net_row *net, struct span text)
{
	uint8_t payload[BASE58_MAX];
	size_t len;

	TRY(base58_read_checked(payload, &len, text));
	if (len != 1 + HASH_LEN)
		return ERR_SYNTAX;
	if (payload[0] == net->p2pkh)
		btc_addr_p2pkh(ret, payload + 1);
	else if (payload[0] == net->p2sh)
		btc_addr_p2sh(ret, payload + 1);
	else
		return ERR_SYNTAX;
	return ERR_OK;
}

enum err btc_addr_parse(struct btc_script_room *ret, enum btc_net net,
                        struct span text)
{
	struct bech32 a;

	if (bech32_read(&a, text) != ERR_OK)
		return parse_base58(ret, &nets[net], text);
	if (strcmp(a.hrp, nets[net].hrp) != 0)
		return ERR_SYNTAX;
	btc_addr_witness(ret, a.version, span_of(a.program, a.len));
	return ERR_OK;
}

static void format_base58(char *ret, uint8_t version, const uint8_t *hash)
{
	uint8_t payload[1 + HASH_LEN] = { version };

	memcpy(payload + 1, hash, HASH_LEN);
	(void)base58_write_checked(ret, span_of(payload, sizeof(payload)));
}

/* Whether the script is a version and one push of all the rest. */
static bool is_witness(struct span script)
{
	uint8_t op = script.len ? script.p[0] : 0xff;

	return script.len >= 2 + BECH32_PROGRAM_MIN &&
	       script.len <= BTC_ADDR_SCRIPT_MAX &&
	       (op == OP_0 || (op >= OP_1 && op <= OP_16)) &&
	       script.p[1] == script.len - 2;
}

static enum err format_witness(char *ret, const struct net_row *net,
                               struct span script)
{
	struct bech32 a = { .version = 0, .len = script.len - 2 };

	if (script.p[0] != OP_0)
		a.version = (uint8_t)(script.p[0] - OP_1 + 1);
	memcpy(a.hrp, net->hrp, strlen(net->hrp));
	memcpy(a.program, script.p + 2, a.len);
	return bech32_write(ret, &a) ? ERR_OK : ERR_SYNTAX;
}

enum err btc_addr_format(char ret[BTC_ADDR_TEXT_MAX], enum btc_net net,
                         struct span script)
{
	struct btc_script_room same;

	if (is_witness(script))
		return format_witness(ret, &nets[net], script);
	if (script.len == 5 + HASH_LEN) {
		btc_addr_p2pkh(&same, script.p + 3);
		if (!span_eq(span_of(same.bytes, same.len), script))
			return ERR_SYNTAX;
		format_base58(ret, nets[net].p2pkh, script.p + 3);
		return ERR_OK;
	}
	if (script.len != 3 + HASH_LEN)
		return ERR_SYNTAX;
	btc_addr_p2sh(&same, script.p + 2);
	if (!span_eq(span_of(same.bytes, same.len), script))
		return ERR_SYNTAX;
	format_base58(ret, nets[net].p2sh, script.p + 2);
	return ERR_OK;
}
