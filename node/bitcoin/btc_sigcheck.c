/* node/bitcoin/btc_sigcheck.c - Signatures in scripts; see btc_sigcheck.h. */
#include "config.h"

#include "node/bitcoin/btc_sigcheck.h"

#include <string.h>

#include "clarity/crypto/ecdsa.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_sighash.h"

#define DER_SEQUENCE 0x30u
#define DER_INTEGER 0x02u

/* Strict DER with its type byte has at least and at most so many bytes. */
#define STRICT_MIN 9u
#define STRICT_MAX 73u

/* --- lenient DER --- */

/* Reads a length of one byte or of several; leading zeros are skipped. */
static bool lax_len(struct cursor *c, size_t *ret)
{
	const uint8_t *p;
	size_t n;

	if (cursor_read(c, 1, &p) != ERR_OK)
		return false;
	if (!(*p & 0x80u)) {
		*ret = *p;
		return true;
	}
	n = *p & 0x7fu;
	if (cursor_read(c, n, &p) != ERR_OK)
		return false;
	for (; n > 0 && *p == 0; n--)
		p++;
	if (n >= 4)
		return false;
	*ret = 0;
	for (; n > 0; n--)
		*ret = *ret << 8 | *p++;
	return true;
}

static bool lax_integer(struct cursor *c, struct span *ret)
{
	const uint8_t *tag;

	return cursor_read(c, 1, &tag) == ERR_OK && *tag == DER_INTEGER &&
	       lax_len(c, &ret->len) &&
	       cursor_read(c, ret->len, &ret->p) == ERR_OK;
}

/* @return false if it has more than 32 bytes that count. */
static bool put_integer(uint8_t ret[32], struct span v)
{
	while (v.len > 0 && *v.p == 0) {
		v.p++;
		v.len--;
	}
	if (v.len > 32)
		return false;
	memset(ret, 0, 32);
	if (v.len > 0)
		memcpy(ret + 32 - v.len, v.p, v.len);
	return true;
}

/* The outer length is read over, and bytes behind are let be.  Numbers that
 * do not fit become zeros, which no key verifies. */
static bool lax_parse(uint8_t ret[ECDSA_SIG_LEN], struct span der)
{
	struct cursor c = cursor_of(der);
	const uint8_t *head;
	struct span r;
	struct span s;

	if (cursor_read(&c, 2, &head) != ERR_OK || head[0] != DER_SEQUENCE)
		return false;
	if ((head[1] & 0x80u) &&
	    cursor_read(&c, head[1] & 0x7fu, &head) != ERR_OK)
		return false;
	if (!lax_integer(&c, &r) || !lax_integer(&c, &s))
		return false;
	if (!put_integer(ret, r) || !put_integer(ret + 32, s))
		memset(ret, 0, ECDSA_SIG_LEN);
	return true;
}

/* --- forms --- */

/* An integer of strict DER: not empty, not negative, no needless zero. */
static bool integer_is_strict(const uint8_t *tag, size_t len)
{
	const uint8_t *v = tag + 2;

	if (*tag != DER_INTEGER || len == 0 || (v[0] & 0x80u))
		return false;
	return len == 1 || v[0] != 0 || (v[1] & 0x80u);
}

static bool is_strict(struct span sig)
{
	size_t r_len;
	size_t s_len;

	if (sig.len < STRICT_MIN || sig.len > STRICT_MAX ||
	    sig.p[0] != DER_SEQUENCE || sig.p[1] != sig.len - 3)
		return false;
	r_len = sig.p[3];
	if (r_len + 5 >= sig.len)
		return false;
	s_len = sig.p[5 + r_len];
	return r_len + s_len + 7 == sig.len &&
	       integer_is_strict(sig.p + 2, r_len) &&
	       integer_is_strict(sig.p + 4 + r_len, s_len);
}

/* Numbers beyond the order are nobody's, and so not high. */
static bool is_low(struct span sig)
{
	uint8_t rs[ECDSA_SIG_LEN];
	uint8_t lowered[ECDSA_SIG_LEN];

	if (!lax_parse(rs, span_of(sig.p, sig.len - 1)))
		return false;
	memcpy(lowered, rs, sizeof(rs));
	return ecdsa_lower_s(lowered) != ERR_OK ||
	       memcmp(lowered, rs, sizeof(rs)) == 0;
}

static bool type_is_defined(uint8_t type)
{
	uint8_t kind = type & (uint8_t)~BTC_SIGHASH_ANYONE;

	return kind >= BTC_SIGHASH_ALL && kind <= BTC_SIGHASH_SINGLE;
}

enum btc_verify_err btc_sigcheck_form(struct span sig, unsigned flags)
{
	unsigned der =
	    BTC_VERIFY_DERSIG | BTC_VERIFY_LOW_S | BTC_VERIFY_STRICTENC;

	if (sig.len == 0)
		return BTC_FAIL_OK;
	if ((flags & der) && !is_strict(sig))
		return BTC_FAIL_SIG_DER;
	if ((flags & BTC_VERIFY_LOW_S) && !is_low(sig))
		return BTC_FAIL_SIG_HIGH_S;
	if ((flags & BTC_VERIFY_STRICTENC) &&
	    !type_is_defined(sig.p[sig.len - 1]))
		return BTC_FAIL_SIG_HASHTYPE;
	return BTC_FAIL_OK;
}

enum btc_verify_err btc_sigcheck_key_form(struct span key, unsigned flags,
                                          enum btc_run_kind kind)
{
	bool is_short =
	    key.len == ECDSA_PUB_LEN && (key.p[0] == 2 || key.p[0] == 3);
	bool is_long = key.len == ECDSA_PUB_FULL_LEN && key.p[0] == 4;

	if ((flags & BTC_VERIFY_STRICTENC) && !is_short && !is_long)
		return BTC_FAIL_PUBKEYTYPE;
	if ((flags & BTC_VERIFY_WITNESS_PUBKEYTYPE) && kind == BTC_RUN_SEGWIT &&
	    !is_short)
		return BTC_FAIL_WITNESS_PUBKEYTYPE;
	return BTC_FAIL_OK;
}

/* --- checks --- */

static bool hash_of(struct btc_run *r, uint8_t ret[BTC_WIRE_HASH_LEN],
                    struct span code, uint32_t type)
{
	const struct btc_spend *s = r->spend;
	enum err e;

	if (r->kind == BTC_RUN_SEGWIT) {
		btc_sighash_segwit(ret, s->tx, s->at, code,
		                   s->spent[s->at].value, type);
		return true;
	}
	e = btc_sighash_legacy(ret, s->tx, s->at, code, type);
	if (e != ERR_OK)
		r->fault = e;
	return e == ERR_OK;
}

bool btc_sigcheck_ecdsa(struct btc_run *r, struct span sig, struct span key,
                        struct span code)
{
	uint8_t hash[BTC_WIRE_HASH_LEN];
	uint8_t rs[ECDSA_SIG_LEN];
	struct ecdsa_pub pub;

	if (sig.len == 0 || ecdsa_pub_parse(&pub, key.p, key.len) != ERR_OK)
		return false;
	if (!hash_of(r, hash, code, sig.p[sig.len - 1]))
		return false;
	return lax_parse(rs, span_of(sig.p, sig.len - 1)) &&
	       ecdsa_lower_s(rs) == ERR_OK && ecdsa_verify(rs, hash, &pub);
}

enum btc_verify_err btc_sigcheck_schnorr(const struct btc_run *r,
                                         struct span sig, const uint8_t *key)
{
	struct btc_sighash_taproot t = {
		.spent = r->spend->spent,
		.at = r->spend->at,
		.type = BTC_SIGHASH_DEFAULT,
		.has_annex = r->has_annex,
		.annex = r->annex,
		.leaf_hash = r->leaf_hash,
		.code_separator = r->code_separator,
	};
	uint8_t hash[BTC_WIRE_HASH_LEN];

	if (sig.len != SCHNORR_SIG_LEN && sig.len != SCHNORR_SIG_LEN + 1)
		return BTC_FAIL_SCHNORR_SIG_SIZE;
	if (sig.len > SCHNORR_SIG_LEN) {
		t.type = sig.p[SCHNORR_SIG_LEN];
		if (t.type == BTC_SIGHASH_DEFAULT)
			return BTC_FAIL_SCHNORR_SIG_HASHTYPE;
	}
	if (btc_sighash_taproot(hash, r->spend->tx, &t) != ERR_OK)
		return BTC_FAIL_SCHNORR_SIG_HASHTYPE;
	if (!schnorr_verify(sig.p, hash, sizeof(hash), key))
		return BTC_FAIL_SCHNORR_SIG;
	return BTC_FAIL_OK;
}
