/* node/bitcoin/btc_sighash.c - What is signed; contract in btc_sighash.h. */
#include "config.h"

#include "node/bitcoin/btc_sighash.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"

#define OUTPUT_MASK 0x1fu
#define NO_VALUE UINT64_MAX

#define OP_PUSHDATA1 0x4cu
#define OP_PUSHDATA2 0x4du
#define OP_PUSHDATA4 0x4eu
#define OP_CODESEPARATOR 0xabu

static void add_u8(struct hash_sha256 *h, uint8_t v)
{
	hash_sha256_add(h, &v, 1);
}

static void add_le32(struct hash_sha256 *h, uint32_t v)
{
	uint8_t bytes[4];

	le32_write(bytes, v);
	hash_sha256_add(h, bytes, sizeof(bytes));
}

static void add_le64(struct hash_sha256 *h, uint64_t v)
{
	uint8_t bytes[8];

	le64_write(bytes, v);
	hash_sha256_add(h, bytes, sizeof(bytes));
}

static void add_count(struct hash_sha256 *h, uint32_t n)
{
	struct buf b;

	buf_init(&b, 16);
	(void)btc_wire_add_count(&b, n);
	hash_sha256_add(h, b.p, b.len);
	buf_fini(&b);
}

static void add_outpoint(struct hash_sha256 *h, const struct btc_outpoint *o)
{
	hash_sha256_add(h, o->txid, sizeof(o->txid));
	add_le32(h, o->n);
}

static void add_out(struct hash_sha256 *h, const struct btc_out *out)
{
	add_le64(h, out->value);
	btc_wire_hash_bytes(h, out->script);
}

/* --- the old way --- */

/* The length of the operation at `p`, its data included; past the end, all
 * that is left. */
static size_t op_len(const uint8_t *p, size_t left)
{
	size_t data = 0;
	size_t head = 1;

	if (p[0] < OP_PUSHDATA1) {
		data = p[0];
	} else if (p[0] == OP_PUSHDATA1 && left >= 2) {
		head = 2;
		data = p[1];
	} else if (p[0] == OP_PUSHDATA2 && left >= 3) {
		head = 3;
		data = (size_t)p[1] | (size_t)p[2] << 8;
	} else if (p[0] == OP_PUSHDATA4 && left >= 5) {
		head = 5;
		data = le32_read(p + 1);
	} else if (p[0] <= OP_PUSHDATA4) {
		return left; /* a push without its length */
	}
	return data > left - head ? left : head + data;
}

/* The script without its code separators, into `b`. */
static void add_script(struct buf *b, struct span script)
{
	size_t at = 0;

	while (at < script.len) {
		size_t len = op_len(script.p + at, script.len - at);

		if (script.p[at] != OP_CODESEPARATOR)
			(void)buf_add(b, script.p + at, len);
		at += len;
	}
}

/* Which inputs and outputs the type covers. */
struct cover {
	bool is_single;
	bool is_none;
	bool is_anyone;
};

static struct cover cover_of(uint32_t type)
{
	return (struct cover){
		.is_single = (type & OUTPUT_MASK) == BTC_SIGHASH_SINGLE,
		.is_none = (type & OUTPUT_MASK) == BTC_SIGHASH_NONE,
		.is_anyone = type & BTC_SIGHASH_ANYONE,
	};
}

/* Other inputs lose their scripts, and with NONE and SINGLE their sequence. */
static void legacy_ins(struct hash_sha256 *h, const struct btc_tx *tx,
                       uint32_t at, struct span script, struct cover cover)
{
	add_count(h, cover.is_anyone ? 1 : tx->n_ins);
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const struct btc_in *in = &tx->ins[i];
		bool is_this = i == at;

		if (!is_this && cover.is_anyone)
			continue;
		add_outpoint(h, &in->spends);
		btc_wire_hash_bytes(h, is_this ? script : span_of(NULL, 0));
		if (!is_this && (cover.is_single || cover.is_none))
			add_le32(h, 0);
		else
			add_le32(h, in->sequence);
	}
}

/* With SINGLE the outputs before the input's own are blank. */
static void legacy_outs(struct hash_sha256 *h, const struct btc_tx *tx,
                        uint32_t at, struct cover cover)
{
	static const struct btc_out blank = { .value = NO_VALUE };
	uint32_t n = tx->n_outs;

	if (cover.is_none)
		n = 0;
	else if (cover.is_single)
		n = at + 1;
	add_count(h, n);
	for (uint32_t i = 0; i < n; i++)
		add_out(h, cover.is_single && i < at ? &blank : &tx->outs[i]);
}

enum err btc_sighash_legacy(uint8_t ret[BTC_WIRE_HASH_LEN],
                            const struct btc_tx *tx, uint32_t at,
                            struct span script, uint32_t type)
{
	struct cover cover = cover_of(type);
	struct hash_sha256 h;
	struct buf code;

	CHECK(at < tx->n_ins);
	if (cover.is_single && at >= tx->n_outs) {
		memset(ret, 0, BTC_WIRE_HASH_LEN);
		ret[0] = 1;
		return ERR_OK;
	}
	buf_init(&code, BTC_WIRE_MAX);
	add_script(&code, script);
	enum err e = buf_err(&code);

	if (e == ERR_OK) {
		hash_sha256_init(&h);
		add_le32(&h, (uint32_t)tx->version);
		legacy_ins(&h, tx, at, buf_span(&code), cover);
		legacy_outs(&h, tx, at, cover);
		add_le32(&h, tx->lock_time);
		add_le32(&h, type);
		hash_sha256_done_double(&h, ret);
	}
	buf_fini(&code);
	return e;
}

/* --- segwit and taproot: hashes of whole lists --- */

typedef void hash_list(struct hash_sha256 *h, const struct btc_tx *tx);

static void list_outpoints(struct hash_sha256 *h, const struct btc_tx *tx)
{
	for (uint32_t i = 0; i < tx->n_ins; i++)
		add_outpoint(h, &tx->ins[i].spends);
}

static void list_sequences(struct hash_sha256 *h, const struct btc_tx *tx)
{
	for (uint32_t i = 0; i < tx->n_ins; i++)
		add_le32(h, tx->ins[i].sequence);
}

static void list_outs(struct hash_sha256 *h, const struct btc_tx *tx)
{
	for (uint32_t i = 0; i < tx->n_outs; i++)
		add_out(h, &tx->outs[i]);
}

/* Adds the double hash of a list, or zeros where it is not covered. */
static void segwit_list(struct hash_sha256 *h, const struct btc_tx *tx,
                        hash_list *list, bool is_covered)
{
	uint8_t digest[BTC_WIRE_HASH_LEN] = { 0 };
	struct hash_sha256 inner;

	if (is_covered) {
		hash_sha256_init(&inner);
		list(&inner, tx);
		hash_sha256_done_double(&inner, digest);
	}
	hash_sha256_add(h, digest, sizeof(digest));
}

static void segwit_outs(struct hash_sha256 *h, const struct btc_tx *tx,
                        uint32_t at, struct cover cover)
{
	uint8_t digest[BTC_WIRE_HASH_LEN] = { 0 };
	struct hash_sha256 inner;

	if (!cover.is_single) {
		segwit_list(h, tx, list_outs, !cover.is_none);
		return;
	}
	if (at < tx->n_outs) {
		hash_sha256_init(&inner);
		add_out(&inner, &tx->outs[at]);
		hash_sha256_done_double(&inner, digest);
	}
	hash_sha256_add(h, digest, sizeof(digest));
}

void btc_sighash_segwit(uint8_t ret[BTC_WIRE_HASH_LEN], const struct btc_tx *tx,
                        uint32_t at, struct span script, uint64_t value,
                        uint32_t type)
{
	struct cover cover = cover_of(type);
	bool has_all = !cover.is_single && !cover.is_none;
	struct hash_sha256 h;

	CHECK(at < tx->n_ins);
	hash_sha256_init(&h);
	add_le32(&h, (uint32_t)tx->version);
	segwit_list(&h, tx, list_outpoints, !cover.is_anyone);
	segwit_list(&h, tx, list_sequences, !cover.is_anyone && has_all);
	add_outpoint(&h, &tx->ins[at].spends);
	btc_wire_hash_bytes(&h, script);
	add_le64(&h, value);
	add_le32(&h, tx->ins[at].sequence);
	segwit_outs(&h, tx, at, cover);
	add_le32(&h, tx->lock_time);
	add_le32(&h, type);
	hash_sha256_done_double(&h, ret);
}

static void taproot_list(struct hash_sha256 *h, const struct btc_tx *tx,
                         hash_list *list)
{
	uint8_t digest[BTC_WIRE_HASH_LEN];
	struct hash_sha256 inner;

	hash_sha256_init(&inner);
	list(&inner, tx);
	hash_sha256_done(&inner, digest);
	hash_sha256_add(h, digest, sizeof(digest));
}

/* All amounts, then all scripts, of the outputs that are spent. */
static void taproot_spent(struct hash_sha256 *h, const struct btc_tx *tx,
                          const struct btc_out *spent)
{
	uint8_t digest[BTC_WIRE_HASH_LEN];
	struct hash_sha256 inner;

	hash_sha256_init(&inner);
	for (uint32_t i = 0; i < tx->n_ins; i++)
		add_le64(&inner, spent[i].value);
	hash_sha256_done(&inner, digest);
	hash_sha256_add(h, digest, sizeof(digest));
	hash_sha256_init(&inner);
	for (uint32_t i = 0; i < tx->n_ins; i++)
		btc_wire_hash_bytes(&inner, spent[i].script);
	hash_sha256_done(&inner, digest);
	hash_sha256_add(h, digest, sizeof(digest));
}

static bool type_is_known(uint8_t type)
{
	return type <= BTC_SIGHASH_SINGLE ||
	       (type >= (BTC_SIGHASH_ANYONE | BTC_SIGHASH_ALL) &&
	        type <= (BTC_SIGHASH_ANYONE | BTC_SIGHASH_SINGLE));
}

/* The input itself, or only its number. */
static void taproot_input(struct hash_sha256 *h, const struct btc_tx *tx,
                          const struct btc_sighash_taproot *t, bool is_anyone)
{
	uint8_t digest[BTC_WIRE_HASH_LEN];
	struct hash_sha256 inner;
	unsigned spend = (t->leaf_hash ? 2u : 0u) + (t->has_annex ? 1u : 0u);

	add_u8(h, (uint8_t)spend);
	if (is_anyone) {
		add_outpoint(h, &tx->ins[t->at].spends);
		add_out(h, &t->spent[t->at]);
		add_le32(h, tx->ins[t->at].sequence);
	} else {
		add_le32(h, t->at);
	}
	if (!t->has_annex)
		return;
	hash_sha256_init(&inner);
	btc_wire_hash_bytes(&inner, t->annex);
	hash_sha256_done(&inner, digest);
	hash_sha256_add(h, digest, sizeof(digest));
}

static void taproot_single(struct hash_sha256 *h, const struct btc_out *out)
{
	uint8_t digest[BTC_WIRE_HASH_LEN];
	struct hash_sha256 inner;

	hash_sha256_init(&inner);
	add_out(&inner, out);
	hash_sha256_done(&inner, digest);
	hash_sha256_add(h, digest, sizeof(digest));
}

enum err btc_sighash_taproot(uint8_t ret[BTC_WIRE_HASH_LEN],
                             const struct btc_tx *tx,
                             const struct btc_sighash_taproot *t)
{
	struct cover cover = cover_of(t->type);
	struct hash_sha256 h;

	CHECK(t->at < tx->n_ins);
	if (!type_is_known(t->type) || (cover.is_single && t->at >= tx->n_outs))
		return ERR_BTC_SIGHASH;
	hash_sha256_init_tagged(&h, "TapSighash");
	add_u8(&h, 0); /* the epoch of this scheme */
	add_u8(&h, t->type);
	add_le32(&h, (uint32_t)tx->version);
	add_le32(&h, tx->lock_time);
	if (!cover.is_anyone) {
		taproot_list(&h, tx, list_outpoints);
		taproot_spent(&h, tx, t->spent);
		taproot_list(&h, tx, list_sequences);
	}
	if (!cover.is_single && !cover.is_none)
		taproot_list(&h, tx, list_outs);
	taproot_input(&h, tx, t, cover.is_anyone);
	if (cover.is_single)
		taproot_single(&h, &tx->outs[t->at]);
	if (t->leaf_hash) {
		hash_sha256_add(&h, t->leaf_hash, BTC_WIRE_HASH_LEN);
		add_u8(&h, 0); /* the kind of key */
		add_le32(&h, t->code_separator);
	}
	hash_sha256_done(&h, ret);
	return ERR_OK;
}
