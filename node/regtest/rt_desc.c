/* node/regtest/rt_desc.c - Descriptors; contract in rt_desc.h. */
#include "config.h"

#include "node/regtest/rt_desc.h"

#include <string.h>

#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/base58.h"
#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/taptree.h"

#define WIF_VERSION 0xefu
#define WIF_LEN 33u
#define RAW_MAX 10000u

/* --- checksum --- */

static uint64_t checksum_step(uint64_t c, unsigned value)
{
	static const uint64_t generator[] = { 0xf5dee51989, 0xa9fdca3312,
		                              0x1bab10e32d, 0x3706b1677a,
		                              0x644d626ffd };
	uint64_t top = c >> 35;

	c = (c & 0x7ffffffff) << 5 ^ value;
	for (unsigned i = 0; i < 5; i++) {
		if (top >> i & 1u)
			c ^= generator[i];
	}
	return c;
}

bool rt_desc_checksum(char ret[RT_DESC_CHECKSUM_LEN], struct span text)
{
	static const char inputs[] = "0123456789()[],'/*abcdefgh@:$%{}"
				     "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
				     "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
	static const char outputs[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	unsigned group = 0;
	unsigned n_group = 0;
	uint64_t c = 1;

	for (size_t i = 0; i < text.len; i++) {
		const char *at = memchr(inputs, text.p[i], sizeof(inputs) - 1);

		if (!at)
			return false;
		unsigned place = (unsigned)(at - inputs);

		c = checksum_step(c, place & 31);
		group = group * 3 + (place >> 5);
		if (++n_group == 3) {
			c = checksum_step(c, group);
			group = 0;
			n_group = 0;
		}
	}
	if (n_group > 0)
		c = checksum_step(c, group);
	for (unsigned i = 0; i < RT_DESC_CHECKSUM_LEN; i++)
		c = checksum_step(c, 0);
	c ^= 1;
	for (unsigned i = 0; i < RT_DESC_CHECKSUM_LEN; i++)
		ret[i] = outputs[c >> (5 * (7 - i)) & 31];
	return true;
}

enum err rt_desc_seal(struct buf *b, struct span text)
{
	char sum[RT_DESC_CHECKSUM_LEN];

	(void)buf_add_span(b, text);
	if (!rt_desc_checksum(sum, text))
		return buf_err(b);
	(void)buf_add_u8(b, '#');
	return buf_add(b, sum, sizeof(sum));
}

/* --- keys --- */

bool rt_desc_wif(struct span text, uint8_t ret[32], bool *ret_is_short)
{
	uint8_t bytes[BASE58_MAX];
	size_t len;

	if (base58_read_checked(bytes, &len, text) != ERR_OK ||
	    bytes[0] != WIF_VERSION ||
	    (len != WIF_LEN && (len != WIF_LEN + 1 || bytes[WIF_LEN] != 1)))
		return false;
	memcpy(ret, bytes + 1, 32);
	*ret_is_short = len > WIF_LEN;
	return ecdsa_key_is_valid(ret);
}

enum err rt_desc_add_wif(struct buf *b, const uint8_t key[32])
{
	uint8_t bytes[WIF_LEN + 1] = { WIF_VERSION };
	char text[BASE58_TEXT_MAX];

	memcpy(bytes + 1, key, 32);
	bytes[WIF_LEN] = 1;
	(void)base58_write_checked(text, span_of(bytes, sizeof(bytes)));
	return buf_add_str(b, text);
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

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

/* --- reading --- */

struct reading {
	struct arena *a;
	struct rt_desc *ret;
	struct cursor c;
	const char *why;
	enum err fault;
};

/* What a descriptor may stand in. */
enum context {
	TOP,
	IN_SH,
	IN_WSH
};

static bool refuse(struct reading *r, const char *why)
{
	r->why = why;
	return false;
}

static bool take(struct reading *r, const char *text)
{
	size_t len = strlen(text);

	if (cursor_left(&r->c) < len || memcmp(r->c.at, text, len) != 0)
		return false;
	r->c.at += len;
	return true;
}

/* Everything up to the next comma or parenthesis that closes. */
static struct span word(struct reading *r)
{
	const uint8_t *from = r->c.at;

	while (cursor_left(&r->c) > 0 && *r->c.at != ',' && *r->c.at != ')')
		r->c.at++;
	return span_of(from, (size_t)(r->c.at - from));
}

static struct span keep(struct reading *r, struct span bytes)
{
	const void *copy = arena_copy(r->a, bytes.p, bytes.len);

	if (!copy)
		r->fault = ERR_NO_MEMORY;
	return span_of(copy, copy ? bytes.len : 0);
}

static bool read_private(struct rt_desc_key *k, struct span text)
{
	struct ecdsa_pub pub;
	bool is_short;

	if (!rt_desc_wif(text, k->key, &is_short) ||
	    ecdsa_pub_of(&pub, k->key) != ERR_OK)
		return false;
	k->has_key = true;
	k->pub_len = is_short ? 33 : 65;
	if (is_short)
		ecdsa_pub_write(k->pub, &pub);
	else
		ecdsa_pub_write_full(k->pub, &pub);
	return true;
}

/* @return NULL for what is no key. */
static struct rt_desc_key *read_key(struct reading *r)
{
	struct rt_desc_key *k = &r->ret->keys[r->ret->n_keys];
	struct ecdsa_pub pub;
	struct span text;

	if (r->ret->n_keys == RT_DESC_KEYS_MAX)
		return NULL;
	memset(k, 0, sizeof(*k));
	if (take(r, "[")) {
		while (cursor_left(&r->c) > 0 && *r->c.at != ']')
			r->c.at++;
		if (!take(r, "]"))
			return NULL;
	}
	text = word(r);
	if (!read_private(k, text)) {
		if (text.len > 130 || !hex_read(k->pub, text))
			return NULL;
		k->pub_len = text.len / 2;
		if (k->pub_len == 32
		        ? !schnorr_pub_is_valid(k->pub)
		        : ecdsa_pub_parse(&pub, k->pub, k->pub_len) != ERR_OK)
			return NULL;
	}
	r->ret->n_keys++;
	return k;
}

static bool read_one_key(struct reading *r, bool is_witness,
                         struct rt_desc_key **ret)
{
	*ret = read_key(r);
	if (!*ret || (*ret)->pub_len == 32)
		return refuse(r, "key is not valid");
	if (is_witness && (*ret)->pub_len != 33)
		return refuse(r, "Uncompressed keys are not allowed");
	return take(r, ")") || refuse(r, "expected ')'");
}

static void add_inner(struct reading *r, struct span script)
{
	if (r->ret->n_inner < RT_DESC_SCRIPTS_MAX)
		r->ret->inner[r->ret->n_inner++] = script;
}

static struct span pay_key(struct reading *r, const struct rt_desc_key *k)
{
	uint8_t s[67];

	s[0] = (uint8_t)k->pub_len;
	memcpy(s + 1, k->pub, k->pub_len);
	s[k->pub_len + 1] = BTC_OP_CHECKSIG;
	return keep(r, span_of(s, k->pub_len + 2));
}

static struct span pay_key_hash(struct reading *r, const struct rt_desc_key *k,
                                bool is_witness)
{
	struct btc_script_room room;
	uint8_t hash[20];

	hash_hash160(hash, k->pub, k->pub_len);
	if (is_witness)
		btc_addr_witness(&room, 0, span_of(hash, 20));
	else
		btc_addr_p2pkh(&room, hash);
	return keep(r, span_of(room.bytes, room.len));
}

static struct span pay_script_hash(struct reading *r, struct span inner,
                                   bool is_witness)
{
	struct btc_script_room room;
	uint8_t hash[32];

	add_inner(r, inner);
	if (is_witness) {
		hash_sha256(hash, inner.p, inner.len);
		btc_addr_witness(&room, 0, span_of(hash, 32));
	} else {
		hash_hash160(hash, inner.p, inner.len);
		btc_addr_p2sh(&room, hash);
	}
	return keep(r, span_of(room.bytes, room.len));
}

static void sort_keys(struct rt_desc_key *keys, unsigned n)
{
	for (unsigned i = 1; i < n; i++) {
		for (unsigned k = i; k > 0; k--) {
			struct rt_desc_key swap = keys[k];

			if (memcmp(keys[k - 1].pub, keys[k].pub, 33) <= 0)
				break;
			keys[k] = keys[k - 1];
			keys[k - 1] = swap;
		}
	}
}

static bool read_multi(struct reading *r, bool is_sorted, struct span *ret)
{
	struct rt_desc_key *keys = &r->ret->keys[r->ret->n_keys];
	struct span text = word(r);
	unsigned n = 0;
	uint64_t m = 0;
	struct buf b;

	for (size_t i = 0; i < text.len && i < 3; i++)
		m = m * 10 + (uint64_t)(text.p[i] - '0');
	while (take(r, ",")) {
		if (!read_key(r))
			return refuse(r, "key is not valid");
		n++;
	}
	if (!take(r, ")") || m < 1 || m > n)
		return refuse(r, "Multi threshold is not valid");
	if (is_sorted)
		sort_keys(keys, n);
	buf_init(&b, 2000);
	(void)btc_script_add_number(&b, (int64_t)m);
	for (unsigned i = 0; i < n; i++)
		(void)btc_script_add_data(
		    &b, span_of(keys[i].pub, keys[i].pub_len));
	(void)btc_script_add_number(&b, n);
	(void)buf_add_u8(&b, BTC_OP_CHECKMULTISIG);
	*ret = keep(r, buf_span(&b));
	buf_fini(&b);
	return true;
}

/* Scripts of keys, which may also stand inside of sh() and wsh(). */
static bool read_keys(struct reading *r, enum context in, bool *ret_is_one,
                      struct span *ret)
{
	struct rt_desc_key *k;
	bool is_hash = false;

	*ret_is_one = true;
	if (take(r, "sortedmulti("))
		return read_multi(r, true, ret);
	if (take(r, "multi("))
		return read_multi(r, false, ret);
	if (take(r, "pk(") || (is_hash = take(r, "pkh("))) {
		if (!read_one_key(r, in == IN_WSH, &k))
			return false;
		*ret = is_hash ? pay_key_hash(r, k, false) : pay_key(r, k);
		return true;
	}
	if (in != IN_WSH && take(r, "wpkh(")) {
		if (!read_one_key(r, true, &k))
			return false;
		*ret = pay_key_hash(r, k, true);
		return true;
	}
	*ret_is_one = false;
	return true;
}

static bool read_wsh(struct reading *r, struct span *ret)
{
	struct span inner;
	bool is_one;

	if (!read_keys(r, IN_WSH, &is_one, &inner))
		return false;
	if (!is_one || !take(r, ")"))
		return refuse(r, "is not a valid descriptor function");
	*ret = pay_script_hash(r, inner, true);
	return true;
}

static bool read_sh(struct reading *r, struct span *ret)
{
	struct span inner;
	bool is_one = true;
	bool is_read = take(r, "wsh(") ? read_wsh(r, &inner)
	                               : read_keys(r, IN_SH, &is_one, &inner);

	if (!is_read)
		return false;
	if (!is_one || !take(r, ")"))
		return refuse(r, "is not a valid descriptor function");
	*ret = pay_script_hash(r, inner, false);
	return true;
}

static bool read_taproot(struct reading *r, bool is_raw, struct span *ret)
{
	struct rt_desc_key *k = read_key(r);
	struct btc_script_room room;
	uint8_t out[32];
	bool is_odd;

	if (!k || k->pub_len == 65 || !take(r, ")"))
		return refuse(r, "key is not valid");
	if (k->pub_len == 33)
		memmove(k->pub, k->pub + 1, 32);
	k->pub_len = 32;
	k->is_taproot = !is_raw;
	memcpy(out, k->pub, 32);
	if (!is_raw && taptree_output(out, &is_odd, k->pub, NULL) != ERR_OK)
		return refuse(r, "key is not valid");
	btc_addr_witness(&room, 1, span_of(out, 32));
	*ret = keep(r, span_of(room.bytes, room.len));
	return true;
}

static bool read_bare(struct reading *r, bool is_address, struct span *ret)
{
	struct btc_script_room room;
	uint8_t bytes[RAW_MAX];
	struct span text = word(r);

	r->ret->is_solvable = false;
	if (!take(r, ")"))
		return refuse(r, "expected ')'");
	if (is_address) {
		if (btc_addr_parse(&room, BTC_REGTEST, text) != ERR_OK)
			return refuse(r, "Address is not valid");
		*ret = keep(r, span_of(room.bytes, room.len));
		return true;
	}
	if (text.len > 2 * sizeof(bytes) || !hex_read(bytes, text))
		return refuse(r, "Raw script is not hex");
	*ret = keep(r, span_of(bytes, text.len / 2));
	return true;
}

/* All ways to pay to one key. */
static bool read_combo(struct reading *r)
{
	struct rt_desc *d = r->ret;
	struct rt_desc_key *k;
	struct span witness;

	if (!read_one_key(r, false, &k))
		return false;
	d->outs[0] = pay_key(r, k);
	d->outs[1] = pay_key_hash(r, k, false);
	d->n_outs = 2;
	if (k->pub_len == 33) {
		witness = pay_key_hash(r, k, true);
		d->outs[2] = witness;
		d->outs[3] = pay_script_hash(r, witness, false);
		d->n_outs = 4;
	}
	return true;
}

static bool read_top(struct reading *r)
{
	struct span *out = &r->ret->outs[0];
	bool is_one;

	r->ret->is_solvable = true;
	if (take(r, "combo("))
		return read_combo(r);
	r->ret->n_outs = 1;
	if (take(r, "sh("))
		return read_sh(r, out);
	if (take(r, "wsh("))
		return read_wsh(r, out);
	if (take(r, "tr("))
		return read_taproot(r, false, out);
	if (take(r, "rawtr("))
		return read_taproot(r, true, out);
	if (take(r, "addr("))
		return read_bare(r, true, out);
	if (take(r, "raw("))
		return read_bare(r, false, out);
	if (!read_keys(r, TOP, &is_one, out))
		return false;
	return is_one || refuse(r, "is not a valid descriptor function");
}

/* Parts the text from its checksum, which must be right. */
static bool split(struct span *text, bool needs_checksum, const char **ret_why)
{
	char want[RT_DESC_CHECKSUM_LEN];
	const uint8_t *mark = memchr(text->p, '#', text->len);
	struct span is;

	if (!mark) {
		*ret_why = "Missing checksum";
		return !needs_checksum;
	}
	is = span_of(mark + 1, (size_t)(text->p + text->len - mark - 1));
	text->len = (size_t)(mark - text->p);
	*ret_why = "Provided checksum does not match computed checksum";
	return rt_desc_checksum(want, *text) &&
	       span_eq(is, span_of(want, sizeof(want)));
}

enum err rt_desc_parse(struct arena *a, struct rt_desc *ret, struct span text,
                       bool needs_checksum, const char **ret_why)
{
	struct reading r = { .a = a, .ret = ret };

	memset(ret, 0, sizeof(*ret));
	*ret_why = "A descriptor cannot be empty";
	if (text.len == 0 || !split(&text, needs_checksum, ret_why))
		return ERR_SYNTAX;
	r.c = cursor_of(text);
	bool is_read = read_top(&r);

	if (r.fault != ERR_OK)
		return r.fault;
	if (is_read && cursor_left(&r.c) > 0)
		is_read = refuse(&r, "is not a valid descriptor function");
	*ret_why = r.why;
	return is_read ? ERR_OK : ERR_SYNTAX;
}

/* --- writing --- */

enum err rt_desc_of_script(struct buf *b, struct span script)
{
	struct btc_script_shape shape;
	char address[BTC_ADDR_TEXT_MAX];
	struct buf text;
	enum err e;

	btc_script_shape(&shape, script);
	buf_init(&text, (size_t)1 << 24);
	if (shape.kind == BTC_SCRIPT_WITNESS_TAPROOT &&
	    schnorr_pub_is_valid(shape.data.p)) {
		(void)buf_add_str(&text, "rawtr(");
		(void)buf_add_hex(&text, shape.data.p, shape.data.len);
	} else if (shape.kind == BTC_SCRIPT_PUBKEY) {
		(void)buf_add_str(&text, "pk(");
		(void)buf_add_hex(&text, shape.data.p, shape.data.len);
	} else if (btc_addr_format(address, BTC_REGTEST, script) == ERR_OK) {
		(void)buf_addf(&text, "addr(%s", address);
	} else {
		(void)buf_add_str(&text, "raw(");
		(void)buf_add_hex(&text, script.p, script.len);
	}
	(void)buf_add_u8(&text, ')');
	e = buf_err(&text);
	if (e == ERR_OK)
		e = rt_desc_seal(b, buf_span(&text));
	buf_fini(&text);
	return e;
}
