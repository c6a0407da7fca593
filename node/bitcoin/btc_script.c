/* node/bitcoin/btc_script.c - Scripts as bytes; contract in btc_script.h. */
#include "config.h"

#include "node/bitcoin/btc_script.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/bitcoin/bech32.h"

/* Longer scripts are never spent, whatever is in them. */
#define HASH_LEN 20u
#define PROGRAM_LEN 32u

/* Reads `n` bytes of a little-endian length. */
static bool push_len(struct cursor *c, size_t n, size_t *ret)
{
	const uint8_t *p;

	if (cursor_read(c, n, &p) != ERR_OK)
		return false;
	*ret = 0;
	for (size_t i = 0; i < n; i++)
		*ret |= (size_t)p[i] << (8 * i);
	return true;
}

bool btc_script_next(struct cursor *c, struct btc_instr *ret)
{
	static const uint8_t bytes_of_len[] = { 1, 2, 4 };
	size_t len = 0;
	bool is_whole = true;

	ret->op = *c->at++;
	ret->data = span_of(NULL, 0);
	if (ret->op > BTC_OP_PUSHDATA4)
		return true;
	if (ret->op < BTC_OP_PUSHDATA1)
		len = ret->op;
	else
		is_whole =
		    push_len(c, bytes_of_len[ret->op - BTC_OP_PUSHDATA1], &len);
	if (!is_whole || cursor_read(c, len, &ret->data.p) != ERR_OK) {
		c->at = c->end;
		return false;
	}
	ret->data.len = len;
	return true;
}

bool btc_script_is_push_only(struct span script)
{
	struct cursor c = cursor_of(script);
	struct btc_instr in;

	while (cursor_left(&c) > 0) {
		if (!btc_script_next(&c, &in) || in.op > BTC_OP_16)
			return false;
	}
	return true;
}

bool btc_script_is_p2sh(struct span script)
{
	return script.len == HASH_LEN + 3 && script.p[0] == BTC_OP_HASH160 &&
	       script.p[1] == HASH_LEN && script.p[22] == BTC_OP_EQUAL;
}

bool btc_script_is_witness(struct span script, uint8_t *ret_version,
                           struct span *ret_program)
{
	if (script.len < 4 || script.len > 42 ||
	    (size_t)script.p[1] + 2 != script.len)
		return false;
	if (script.p[0] != BTC_OP_0 &&
	    (script.p[0] < BTC_OP_1 || script.p[0] > BTC_OP_16))
		return false;
	*ret_version = (uint8_t)(script.p[0] ? script.p[0] - BTC_OP_1 + 1 : 0);
	*ret_program = span_of(script.p + 2, script.len - 2);
	return true;
}

bool btc_script_is_unspendable(struct span script)
{
	return (script.len > 0 && script.p[0] == BTC_OP_RETURN) ||
	       script.len > BTC_SCRIPT_MAX;
}

uint32_t btc_script_sigops(struct span script, bool is_exact)
{
	struct cursor c = cursor_of(script);
	uint8_t last = BTC_OP_INVALIDOPCODE;
	struct btc_instr in;
	uint32_t n = 0;

	while (cursor_left(&c) > 0 && btc_script_next(&c, &in)) {
		if (in.op == BTC_OP_CHECKSIG || in.op == BTC_OP_CHECKSIGVERIFY)
			n++;
		else if (in.op != BTC_OP_CHECKMULTISIG &&
		         in.op != BTC_OP_CHECKMULTISIGVERIFY)
			n += 0;
		else if (is_exact && last >= BTC_OP_1 && last <= BTC_OP_16)
			n += last - BTC_OP_1 + 1u;
		else
			n += BTC_SCRIPT_KEYS_MAX;
		last = in.op;
	}
	return n;
}

/* --- shapes --- */

/* Whether it has the length that its first byte promises. */
static bool is_key(struct span key)
{
	if (key.len == 33)
		return key.p[0] == 2 || key.p[0] == 3;
	return key.len == 65 &&
	       (key.p[0] == 4 || key.p[0] == 6 || key.p[0] == 7);
}

static bool shape_key(struct btc_script_shape *ret, struct span s)
{
	if (s.len != 35 && s.len != 67)
		return false;
	ret->kind = BTC_SCRIPT_PUBKEY;
	ret->data = span_of(s.p + 1, s.len - 2);
	return s.p[0] == s.len - 2 && s.p[s.len - 1] == BTC_OP_CHECKSIG &&
	       is_key(ret->data);
}

static bool shape_hash(struct btc_script_shape *ret, struct span s)
{
	ret->kind = BTC_SCRIPT_PUBKEYHASH;
	if (s.len != 25)
		return false;
	ret->data = span_of(s.p + 3, HASH_LEN);
	return s.p[0] == BTC_OP_DUP && s.p[1] == BTC_OP_HASH160 &&
	       s.p[2] == HASH_LEN && s.p[23] == BTC_OP_EQUALVERIFY &&
	       s.p[24] == BTC_OP_CHECKSIG;
}

static bool shape_witness(struct btc_script_shape *ret, struct span s)
{
	static const uint8_t anchor[] = { 0x4e, 0x73 };
	uint8_t version;

	if (!btc_script_is_witness(s, &version, &ret->data))
		return false;
	ret->kind = BTC_SCRIPT_WITNESS_UNKNOWN;
	if (version == 0 && ret->data.len == HASH_LEN)
		ret->kind = BTC_SCRIPT_WITNESS_KEYHASH;
	else if (version == 0 && ret->data.len == PROGRAM_LEN)
		ret->kind = BTC_SCRIPT_WITNESS_SCRIPTHASH;
	else if (version == 1 && ret->data.len == PROGRAM_LEN)
		ret->kind = BTC_SCRIPT_WITNESS_TAPROOT;
	else if (version == 1 &&
	         span_eq(ret->data, span_of(anchor, sizeof(anchor))))
		ret->kind = BTC_SCRIPT_WITNESS_ANCHOR;
	else if (version == 0)
		ret->kind = BTC_SCRIPT_NONSTANDARD;
	return true;
}

/* A count of 1 to 20, as its operation or, above 16, as a push of one byte. */
static bool count_of(const struct btc_instr *in, uint8_t *ret)
{
	if (in->op >= BTC_OP_1 && in->op <= BTC_OP_16)
		*ret = (uint8_t)(in->op - BTC_OP_1 + 1);
	else if (in->op == 1 && in->data.p[0] > 16 &&
	         in->data.p[0] <= BTC_SCRIPT_KEYS_MAX)
		*ret = in->data.p[0];
	else
		return false;
	return true;
}

static bool shape_multisig(struct btc_script_shape *ret, struct span s)
{
	struct cursor c = cursor_of(s);
	struct btc_instr in;

	ret->kind = BTC_SCRIPT_MULTISIG;
	ret->n_keys = 0;
	if (s.len < 1 || s.p[s.len - 1] != BTC_OP_CHECKMULTISIG ||
	    !btc_script_next(&c, &in) || !count_of(&in, &ret->required))
		return false;
	for (;;) {
		uint8_t n;

		if (cursor_left(&c) == 0 || !btc_script_next(&c, &in))
			return false;
		if (in.data.len > 1 && is_key(in.data)) {
			if (ret->n_keys == BTC_SCRIPT_KEYS_MAX)
				return false;
			if (ret->n_keys++ == 0)
				ret->data = in.data;
			continue;
		}
		return count_of(&in, &n) && n == ret->n_keys &&
		       ret->required <= n && cursor_left(&c) == 1;
	}
}

static bool shape_nulldata(struct btc_script_shape *ret, struct span s)
{
	ret->kind = BTC_SCRIPT_NULLDATA;
	ret->data = span_of(NULL, 0);
	return s.len > 0 && s.p[0] == BTC_OP_RETURN &&
	       btc_script_is_push_only(span_of(s.p + 1, s.len - 1));
}

void btc_script_shape(struct btc_script_shape *ret, struct span script)
{
	static bool (*const shapes[])(struct btc_script_shape *,
	                              struct span) = {
		shape_witness, shape_nulldata, shape_key,
		shape_hash,    shape_multisig,
	};

	memset(ret, 0, sizeof(*ret));
	if (btc_script_is_p2sh(script)) {
		ret->kind = BTC_SCRIPT_SCRIPTHASH;
		ret->data = span_of(script.p + 2, HASH_LEN);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		if (shapes[i](ret, script))
			return;
	}
	memset(ret, 0, sizeof(*ret));
}

const char *btc_script_kind_name(enum btc_script_kind kind)
{
	switch (kind) {
	case BTC_SCRIPT_NONSTANDARD:
		return "nonstandard";
	case BTC_SCRIPT_PUBKEY:
		return "pubkey";
	case BTC_SCRIPT_PUBKEYHASH:
		return "pubkeyhash";
	case BTC_SCRIPT_SCRIPTHASH:
		return "scripthash";
	case BTC_SCRIPT_MULTISIG:
		return "multisig";
	case BTC_SCRIPT_NULLDATA:
		return "nulldata";
	case BTC_SCRIPT_WITNESS_KEYHASH:
		return "witness_v0_keyhash";
	case BTC_SCRIPT_WITNESS_SCRIPTHASH:
		return "witness_v0_scripthash";
	case BTC_SCRIPT_WITNESS_TAPROOT:
		return "witness_v1_taproot";
	case BTC_SCRIPT_WITNESS_ANCHOR:
		return "anchor";
	case BTC_SCRIPT_WITNESS_UNKNOWN:
		return "witness_unknown";
	}
	return "nonstandard";
}

/* --- building --- */

enum err btc_script_add_data(struct buf *b, struct span data)
{
	if (data.len < BTC_OP_PUSHDATA1) {
		(void)buf_add_u8(b, (uint8_t)data.len);
	} else if (data.len <= UINT8_MAX) {
		(void)buf_add_u8(b, BTC_OP_PUSHDATA1);
		(void)buf_add_u8(b, (uint8_t)data.len);
	} else if (data.len <= UINT16_MAX) {
		(void)buf_add_u8(b, BTC_OP_PUSHDATA2);
		(void)buf_add_u8(b, (uint8_t)data.len);
		(void)buf_add_u8(b, (uint8_t)(data.len >> 8));
	} else {
		(void)buf_add_u8(b, BTC_OP_PUSHDATA4);
		(void)buf_add_le32(b, (uint32_t)data.len);
	}
	return buf_add_span(b, data);
}

enum err btc_script_add_push(struct buf *b, struct span data)
{
	if (data.len == 1 && data.p[0] >= 1 && data.p[0] <= 16)
		return buf_add_u8(b, (uint8_t)(BTC_OP_1 - 1 + data.p[0]));
	if (data.len == 1 && data.p[0] == 0x81)
		return buf_add_u8(b, BTC_OP_1NEGATE);
	return btc_script_add_data(b, data);
}

enum err btc_script_add_number(struct buf *b, int64_t n)
{
	uint8_t item[BTC_SCRIPT_NUMBER_MAX];
	size_t len = btc_script_number_write(item, n);

	return btc_script_add_push(b, span_of(item, len));
}

size_t btc_script_number_write(uint8_t ret[BTC_SCRIPT_NUMBER_MAX], int64_t n)
{
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t len = 0;

	for (; left > 0; left >>= 8)
		ret[len++] = (uint8_t)left;
	if (len == 0)
		return 0;
	if (ret[len - 1] & 0x80u)
		ret[len++] = 0;
	if (n < 0)
		ret[len - 1] |= 0x80u;
	return len;
}

/* Whether the last byte is needed, for a bit of the number or its sign. */
static bool number_is_minimal(struct span item)
{
	if (item.len == 0 || (item.p[item.len - 1] & 0x7fu))
		return true;
	return item.len > 1 && (item.p[item.len - 2] & 0x80u);
}

bool btc_script_number_read(int64_t *ret, struct span item, size_t max,
                            bool is_minimal)
{
	uint64_t v = 0;

	CHECK(max <= 8);
	if (item.len > max || (is_minimal && !number_is_minimal(item)))
		return false;
	for (size_t i = 0; i < item.len; i++)
		v |= (uint64_t)item.p[i] << (8 * i);
	if (item.len == 0 || !(item.p[item.len - 1] & 0x80u)) {
		*ret = (int64_t)v;
		return true;
	}
	v &= ~((uint64_t)0x80u << (8 * (item.len - 1)));
	*ret = -(int64_t)v;
	return true;
}

bool btc_script_is_minimal_push(uint8_t op, struct span data)
{
	if (data.len == 0)
		return op == BTC_OP_0;
	if (data.len == 1 && data.p[0] >= 1 && data.p[0] <= 16)
		return false;
	if (data.len == 1 && data.p[0] == 0x81)
		return false;
	if (data.len < BTC_OP_PUSHDATA1)
		return op == data.len;
	if (data.len <= UINT8_MAX)
		return op == BTC_OP_PUSHDATA1;
	return data.len > UINT16_MAX || op == BTC_OP_PUSHDATA2;
}

/* --- for people --- */

const char *btc_script_op_name(uint8_t op)
{
	static const char *const names[UINT8_MAX + 1] = {
#define X(name, byte) [byte] = "OP_" #name,
#include "node/bitcoin/btc_op.def"
#undef X
	};
	const char *name = names[op];

	if (!name)
		return "OP_UNKNOWN";
	if (op == BTC_OP_1NEGATE)
		return "-1";
	if (op == BTC_OP_0 || (op >= BTC_OP_1 && op <= BTC_OP_16))
		return name + strlen("OP_");
	return name;
}

enum err btc_script_format(struct buf *b, struct span script)
{
	struct cursor c = cursor_of(script);
	struct btc_instr in;
	int64_t n;

	while (cursor_left(&c) > 0) {
		if (c.at != script.p)
			(void)buf_add_u8(b, ' ');
		if (!btc_script_next(&c, &in))
			return buf_add_str(b, "[error]");
		if (in.op > BTC_OP_PUSHDATA4)
			(void)buf_add_str(b, btc_script_op_name(in.op));
		else if (btc_script_number_read(&n, in.data, 4, false))
			(void)buf_addf(b, "%lld", (long long)n);
		else
			(void)buf_add_hex(b, in.data.p, in.data.len);
	}
	return buf_err(b);
}
