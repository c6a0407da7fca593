/* node/regtest/rt_call.c - Arguments and errors; contract in rt_call.h. */
#include "config.h"

#include "node/regtest/rt_call.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "node/bitcoin/btc_txcheck.h"

enum err rt_call_fail(struct rt_call *c, int code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(c->message, sizeof(c->message), fmt, args);
	va_end(args);
	c->code = code;
	return ERR_BTC_RULE;
}

/* The name of argument `i`, without its question mark. */
static struct span arg_name(const char *args, unsigned i)
{
	size_t len;

	for (; i > 0 && *args; i--) {
		args += strcspn(args, " ");
		args += *args == ' ';
	}
	len = strcspn(args, " ?");
	return span_of(args, len);
}

const struct json *rt_call_arg(const struct rt_call *c, unsigned i)
{
	const struct json *v = json_read_first(c->params);

	if (json_read_is_object(c->params)) {
		struct span name = arg_name(c->method->args, i);

		while (v && !span_eq(json_read_key(v), name))
			v = json_read_next(v);
	} else {
		for (; v && i > 0; i--)
			v = json_read_next(v);
	}
	return json_read_is_null(v) ? NULL : v;
}

static const char *kind_of(const struct json *v)
{
	struct span text;
	bool is;

	if (json_read_is_null(v))
		return "null";
	if (json_read_is_object(v))
		return "object";
	if (json_read_is_array(v))
		return "array";
	if (json_read_bool(v, &is))
		return "bool";
	return json_read_text(v, &text) ? "string" : "number";
}

static enum err wrong_kind(struct rt_call *c, const struct json *v,
                           const char *wanted)
{
	return rt_call_fail(c, RT_RPC_TYPE,
	                    "JSON value of type %s is not of expected type %s",
	                    v ? kind_of(v) : "null", wanted);
}

enum err rt_call_text(struct rt_call *c, unsigned i, struct span *ret)
{
	const struct json *v = rt_call_arg(c, i);

	if (v && !json_read_text(v, ret))
		return wrong_kind(c, v, "string");
	return ERR_OK;
}

enum err rt_call_i64(struct rt_call *c, unsigned i, int64_t *ret)
{
	const struct json *v = rt_call_arg(c, i);
	struct span text;
	bool is_text = json_read_text(v, &text);

	if (v && (is_text || !json_read_i64(v, ret)))
		return strcmp(kind_of(v), "number") == 0
		           ? rt_call_fail(c, RT_RPC_MISC,
		                          "JSON integer out of range")
		           : wrong_kind(c, v, "number");
	return ERR_OK;
}

enum err rt_call_bool(struct rt_call *c, unsigned i, bool *ret)
{
	const struct json *v = rt_call_arg(c, i);

	if (v && !json_read_bool(v, ret))
		return wrong_kind(c, v, "bool");
	return ERR_OK;
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* @return false unless all of it is hex. */
static bool hex_read(uint8_t *ret, struct span text)
{
	for (size_t i = 0; i + 1 < text.len; i += 2) {
		int high = hex_digit(text.p[i]);
		int low = hex_digit(text.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		ret[i / 2] = (uint8_t)(high << 4 | low);
	}
	return text.len % 2 == 0;
}

enum err rt_call_hash(struct rt_call *c, const struct json *v, const char *name,
                      uint8_t ret[BTC_WIRE_HASH_LEN])
{
	uint8_t shown[BTC_WIRE_HASH_LEN];
	struct span text;

	if (!json_read_text(v, &text))
		return wrong_kind(c, v, "string");
	if (text.len != 64)
		return rt_call_fail(
		    c, RT_RPC_PARAMETER,
		    "%s must be of length 64 (not %zu, for '%.*s')", name,
		    text.len, (int)(text.len > 256 ? 256 : text.len),
		    (const char *)text.p);
	if (!hex_read(shown, text))
		return rt_call_fail(
		    c, RT_RPC_PARAMETER,
		    "%s must be hexadecimal string (not '%.*s')", name,
		    (int)text.len, (const char *)text.p);
	for (size_t i = 0; i < sizeof(shown); i++)
		ret[i] = shown[sizeof(shown) - 1 - i];
	return ERR_OK;
}

bool rt_call_hex(struct rt_call *c, struct span text, struct span *ret)
{
	uint8_t *bytes = arena_alloc(c->a, text.len / 2 + 1);

	if (!bytes || !hex_read(bytes, text))
		return false;
	*ret = span_of(bytes, text.len / 2);
	return true;
}

enum err rt_call_amount(struct rt_call *c, const struct json *v, uint64_t *ret)
{
	const char *kind = kind_of(v);
	int64_t n;

	if (!v || (strcmp(kind, "number") != 0 && strcmp(kind, "string") != 0))
		return rt_call_fail(c, RT_RPC_TYPE,
		                    "Amount is not a number or string");
	if (!json_read_fixed(v, 8, &n))
		return rt_call_fail(c, RT_RPC_TYPE, "Invalid amount");
	if (n < 0 || (uint64_t)n > BTC_MONEY_MAX)
		return rt_call_fail(c, RT_RPC_TYPE, "Amount out of range");
	*ret = (uint64_t)n;
	return ERR_OK;
}

enum err rt_call_block(struct rt_call *c, unsigned i, struct rt_block **ret)
{
	btc_hash hash;

	TRY(rt_call_hash(c, rt_call_arg(c, i), "blockhash", hash));
	*ret = rt_chain_find(&c->node->chain, hash);
	return *ret ? ERR_OK
	            : rt_call_fail(c, RT_RPC_ADDRESS, "Block not found");
}

/* Without inputs the old form looks like the new one's marker. */
bool rt_call_read_tx(struct rt_call *c, struct span bytes, struct btc_tx *ret)
{
	struct cursor at = cursor_of(bytes);

	if (btc_tx_read(c->a, ret, &at) == ERR_OK && cursor_done(&at) == ERR_OK)
		return true;
	at = cursor_of(bytes);
	return btc_tx_read_old(c->a, ret, &at) == ERR_OK &&
	       cursor_done(&at) == ERR_OK;
}

enum err rt_call_tx(struct rt_call *c, unsigned i, struct btc_tx *ret)
{
	struct span text = span_of(NULL, 0);
	struct span bytes;

	TRY(rt_call_text(c, i, &text));
	if (!rt_call_hex(c, text, &bytes) || !rt_call_read_tx(c, bytes, ret))
		return rt_call_fail(c, RT_RPC_PARSE_DATA, "TX decode failed");
	return ERR_OK;
}

enum err rt_call_address(struct rt_call *c, struct span text, struct span *ret)
{
	struct btc_script_room room;

	if (btc_addr_parse(&room, BTC_REGTEST, text) != ERR_OK)
		return rt_call_fail(c, RT_RPC_ADDRESS,
		                    "Invalid Bitcoin address: %.*s",
		                    (int)(text.len > 256 ? 256 : text.len),
		                    (const char *)text.p);
	*ret = span_of(arena_copy(c->a, room.bytes, room.len), room.len);
	return ret->p ? ERR_OK : ERR_NO_MEMORY;
}
