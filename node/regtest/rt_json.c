/* node/regtest/rt_json.c - What answers show; contract in rt_json.h. */
#include "config.h"

#include "node/regtest/rt_json.h"

#include <stdio.h>
#include <string.h>

#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_sigcheck.h"
#include "node/bitcoin/btc_sighash.h"
#include "node/bitcoin/btc_txcheck.h"
#include "node/regtest/rt_desc.h"
#include "node/regtest/rt_policy.h"

#define TEXT_MAX ((size_t)64 << 20)

void rt_json_hex_value(struct json_write *w, struct span bytes)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	(void)buf_add_hex(&b, bytes.p, bytes.len);
	json_write_text(w, buf_span(&b));
	buf_fini(&b);
}

void rt_json_hash_value(struct json_write *w,
                        const uint8_t hash[BTC_WIRE_HASH_LEN])
{
	uint8_t shown[BTC_WIRE_HASH_LEN];

	for (size_t i = 0; i < sizeof(shown); i++)
		shown[i] = hash[sizeof(shown) - 1 - i];
	rt_json_hex_value(w, span_of(shown, sizeof(shown)));
}

void rt_json_hash(struct json_write *w, const char *key,
                  const uint8_t hash[BTC_WIRE_HASH_LEN])
{
	json_write_key(w, key);
	rt_json_hash_value(w, hash);
}

void rt_json_hex(struct json_write *w, const char *key, struct span bytes)
{
	json_write_key(w, key);
	rt_json_hex_value(w, bytes);
}

void rt_json_coins(struct json_write *w, const char *key, uint64_t sats)
{
	json_write_key(w, key);
	json_write_fixed(w, (int64_t)sats, 8);
}

void rt_json_u64(struct json_write *w, const char *key, uint64_t v)
{
	json_write_key(w, key);
	json_write_u64(w, v);
}

void rt_json_i64(struct json_write *w, const char *key, int64_t v)
{
	json_write_key(w, key);
	json_write_i64(w, v);
}

void rt_json_str(struct json_write *w, const char *key, const char *text)
{
	json_write_key(w, key);
	json_write_str(w, text);
}

void rt_json_bool(struct json_write *w, const char *key, bool v)
{
	json_write_key(w, key);
	json_write_bool(w, v);
}

void rt_json_raw(struct json_write *w, const char *key, const char *json)
{
	json_write_key(w, key);
	json_write_raw(w, span_str(json));
}

/* --- scripts --- */

/* What a signature covers, as its last byte says; NULL if it is none. */
static const char *type_of(struct span sig)
{
	static const char *const names[] = { NULL, "ALL", "NONE", "SINGLE" };
	static const char *const any[] = { NULL, "ALL|ANYONECANPAY",
		                           "NONE|ANYONECANPAY",
		                           "SINGLE|ANYONECANPAY" };
	uint8_t type;

	if (sig.len < 9 ||
	    btc_sigcheck_form(sig, BTC_VERIFY_STRICTENC) != BTC_FAIL_OK)
		return NULL;
	type = sig.p[sig.len - 1];
	return type & BTC_SIGHASH_ANYONE ? any[type & 3u] : names[type & 3u];
}

static void add_push(struct buf *b, struct span data, bool has_types)
{
	const char *type = has_types ? type_of(data) : NULL;
	int64_t n;

	if (btc_script_number_read(&n, data, 4, false))
		(void)buf_addf(b, "%lld", (long long)n);
	else
		(void)buf_add_hex(b, data.p, data.len - (type != NULL));
	if (type)
		(void)buf_addf(b, "[%s]", type);
}

void rt_json_asm(struct json_write *w, struct span script, bool has_types)
{
	struct cursor c = cursor_of(script);
	struct btc_instr in;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	while (cursor_left(&c) > 0) {
		if (b.len > 0)
			(void)buf_add_u8(&b, ' ');
		if (!btc_script_next(&c, &in))
			(void)buf_add_str(&b, "[error]");
		else if (in.op > BTC_OP_PUSHDATA4)
			(void)buf_add_str(&b, btc_script_op_name(in.op));
		else
			add_push(&b, in.data,
			         has_types &&
			             !btc_script_is_unspendable(script));
	}
	json_write_key(w, "asm");
	json_write_text(w, buf_span(&b));
	buf_fini(&b);
}

void rt_json_script(struct json_write *w, struct span script, bool has_hex)
{
	struct btc_script_shape shape;
	char address[BTC_ADDR_TEXT_MAX];
	struct buf desc;

	btc_script_shape(&shape, script);
	json_write_object(w);
	rt_json_asm(w, script, false);
	buf_init(&desc, TEXT_MAX);
	(void)rt_desc_of_script(&desc, script);
	rt_json_str(w, "desc", buf_str(&desc));
	buf_fini(&desc);
	if (has_hex)
		rt_json_hex(w, "hex", script);
	if (shape.kind != BTC_SCRIPT_PUBKEY &&
	    btc_addr_format(address, BTC_REGTEST, script) == ERR_OK)
		rt_json_str(w, "address", address);
	rt_json_str(w, "type", btc_script_kind_name(shape.kind));
	json_write_close(w);
}

/* --- transactions --- */

static void write_witness(struct json_write *w, const struct btc_in *in)
{
	if (in->n_witness == 0)
		return;
	json_write_key(w, "txinwitness");
	json_write_array(w);
	for (uint32_t i = 0; i < in->n_witness; i++)
		rt_json_hex_value(w, in->witness[i]);
	json_write_close(w);
}

static void write_prevout(struct json_write *w, const struct rt_coin *coin)
{
	json_write_key(w, "prevout");
	json_write_object(w);
	rt_json_bool(w, "generated", coin->is_coinbase);
	rt_json_u64(w, "height", coin->height);
	rt_json_coins(w, "value", coin->out.value);
	json_write_key(w, "scriptPubKey");
	rt_json_script(w, coin->out.script, true);
	json_write_close(w);
}

static void write_in(struct json_write *w, const struct rt_json_tx *t,
                     uint32_t at)
{
	const struct btc_in *in = &t->tx->ins[at];

	json_write_object(w);
	if (btc_tx_is_coinbase(t->tx)) {
		rt_json_hex(w, "coinbase", in->script);
	} else {
		rt_json_hash(w, "txid", in->spends.txid);
		rt_json_u64(w, "vout", in->spends.n);
		json_write_key(w, "scriptSig");
		json_write_object(w);
		rt_json_asm(w, in->script, true);
		rt_json_hex(w, "hex", in->script);
		json_write_close(w);
	}
	write_witness(w, in);
	if (t->spent && t->has_prevout)
		write_prevout(w, t->spent[at]);
	rt_json_u64(w, "sequence", in->sequence);
	json_write_close(w);
}

static void write_lists(struct json_write *w, const struct rt_json_tx *t)
{
	json_write_key(w, "vin");
	json_write_array(w);
	for (uint32_t i = 0; i < t->tx->n_ins; i++)
		write_in(w, t, i);
	json_write_close(w);
	json_write_key(w, "vout");
	json_write_array(w);
	for (uint32_t i = 0; i < t->tx->n_outs; i++) {
		json_write_object(w);
		rt_json_coins(w, "value", t->tx->outs[i].value);
		rt_json_u64(w, "n", i);
		json_write_key(w, "scriptPubKey");
		rt_json_script(w, t->tx->outs[i].script, true);
		json_write_close(w);
	}
	json_write_close(w);
}

static uint64_t fee_of(const struct rt_json_tx *t)
{
	uint64_t fee = 0;

	for (uint32_t i = 0; i < t->tx->n_ins; i++)
		fee += t->spent[i]->out.value;
	for (uint32_t i = 0; i < t->tx->n_outs; i++)
		fee -= t->tx->outs[i].value;
	return fee;
}

void rt_json_tx_fields(struct json_write *w, const struct rt_json_tx *t)
{
	size_t weight = btc_txcheck_weight(t->tx);
	btc_hash id = { 0 };
	btc_hash wid = { 0 };
	struct buf b;

	(void)!btc_tx_id(id, t->tx);
	(void)!btc_tx_wid(wid, t->tx);
	rt_json_hash(w, "txid", id);
	rt_json_hash(w, "hash", wid);
	rt_json_i64(w, "version", t->tx->version);
	rt_json_u64(w, "size", btc_txcheck_size(t->tx));
	rt_json_u64(w, "vsize", rt_policy_vsize(weight, 0));
	rt_json_u64(w, "weight", weight);
	rt_json_u64(w, "locktime", t->tx->lock_time);
	write_lists(w, t);
	if (t->has_fee && t->spent)
		rt_json_coins(w, "fee", fee_of(t));
	if (!t->has_hex)
		return;
	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, t->tx);
	rt_json_hex(w, "hex", buf_span(&b));
	buf_fini(&b);
}

/* --- blocks --- */

int64_t rt_json_confirmations(const struct rt_chain *c,
                              const struct rt_block *b)
{
	if (!b->is_active)
		return -1;
	return (int64_t)rt_chain_tip(c)->height - b->height + 1;
}

void rt_json_work(char ret[65], u128 work)
{
	(void)snprintf(ret, 65, "%032x%016llx%016llx", 0,
	               (unsigned long long)(work >> 64),
	               (unsigned long long)work);
}

void rt_json_header_fields(struct json_write *w, const struct rt_chain *c,
                           const struct rt_block *b)
{
	const struct btc_header *h = &b->block.header;
	const struct rt_block *next =
	    b->is_active ? rt_chain_at(c, b->height + 1) : NULL;
	char work[65];
	char hex[9];

	rt_json_hash(w, "hash", b->hash);
	rt_json_i64(w, "confirmations", rt_json_confirmations(c, b));
	rt_json_u64(w, "height", b->height);
	rt_json_i64(w, "version", h->version);
	(void)snprintf(hex, sizeof(hex), "%08x", (unsigned)h->version);
	rt_json_str(w, "versionHex", hex);
	rt_json_hash(w, "merkleroot", h->root);
	rt_json_u64(w, "time", h->time);
	rt_json_u64(w, "mediantime", b->median);
	rt_json_u64(w, "nonce", h->nonce);
	(void)snprintf(hex, sizeof(hex), "%08x", h->bits);
	rt_json_str(w, "bits", hex);
	rt_json_raw(w, "difficulty", RT_JSON_DIFFICULTY);
	rt_json_work(work, b->work);
	rt_json_str(w, "chainwork", work);
	rt_json_u64(w, "nTx", b->block.n_txs);
	if (b->prev)
		rt_json_hash(w, "previousblockhash", b->prev->hash);
	if (next)
		rt_json_hash(w, "nextblockhash", next->hash);
}

static void write_txs(struct json_write *w, const struct rt_block *b,
                      int64_t verbosity)
{
	size_t n_spent = 0;

	json_write_key(w, "tx");
	json_write_array(w);
	for (uint32_t i = 0; i < b->block.n_txs; i++) {
		const struct btc_tx *tx = &b->block.txs[i];
		bool has_spent = i > 0 && b->is_active;
		struct rt_json_tx t = {
			.tx = tx,
			.spent = has_spent ? b->spent + n_spent : NULL,
			.has_prevout = verbosity >= 3,
			.has_fee = true,
			.has_hex = true,
		};

		n_spent += i > 0 ? tx->n_ins : 0;
		if (verbosity < 2) {
			rt_json_hash_value(w, b->block.ids[i]);
			continue;
		}
		json_write_object(w);
		rt_json_tx_fields(w, &t);
		json_write_close(w);
	}
	json_write_close(w);
}

void rt_json_block(struct json_write *w, const struct rt_chain *c,
                   const struct rt_block *b, int64_t verbosity)
{
	size_t stripped = b->bytes.len;

	for (uint32_t i = 0; i < b->block.n_txs; i++)
		stripped -= btc_txcheck_size(&b->block.txs[i]) -
		            btc_txcheck_size_old(&b->block.txs[i]);
	json_write_object(w);
	rt_json_header_fields(w, c, b);
	rt_json_u64(w, "strippedsize", stripped);
	rt_json_u64(w, "size", b->bytes.len);
	rt_json_u64(w, "weight", 3 * stripped + b->bytes.len);
	write_txs(w, b, verbosity);
	json_write_close(w);
}

/* --- the pool --- */

/* Sums over an entry and a list of others. */
struct sums {
	uint64_t count;
	uint64_t size;
	uint64_t fees;
};

static struct sums sum(const struct rt_entry *e, struct rt_entry *const *list,
                       uint32_t n)
{
	struct sums s = { 1, e->vsize, e->fee };

	for (uint32_t i = 0; i < n; i++) {
		s.count++;
		s.size += list[i]->vsize;
		s.fees += list[i]->fee;
	}
	return s;
}

static void write_fees(struct json_write *w, const struct rt_entry *e,
                       const struct sums *up, const struct sums *down)
{
	json_write_key(w, "fees");
	json_write_object(w);
	rt_json_coins(w, "base", e->fee);
	rt_json_coins(w, "modified", e->fee);
	rt_json_coins(w, "ancestor", up->fees);
	rt_json_coins(w, "descendant", down->fees);
	json_write_close(w);
}

/* Which entries it spends from, and which spend from it. */
static void write_links(struct json_write *w, const struct rt_pool *p,
                        const struct rt_entry *e)
{
	struct btc_outpoint out;

	json_write_key(w, "depends");
	json_write_array(w);
	for (uint32_t i = 0; i < e->tx.n_ins; i++) {
		const uint8_t *id = e->tx.ins[i].spends.txid;
		bool is_first = rt_pool_find(p, id) != NULL;

		for (uint32_t k = 0; k < i && is_first; k++)
			is_first = memcmp(e->tx.ins[k].spends.txid, id,
			                  sizeof(btc_hash)) != 0;
		if (is_first)
			rt_json_hash_value(w, id);
	}
	json_write_close(w);
	json_write_key(w, "spentby");
	json_write_array(w);
	memset(&out, 0, sizeof(out));
	memcpy(out.txid, e->id, sizeof(out.txid));
	const struct rt_entry *last = NULL;

	for (; out.n < e->tx.n_outs; out.n++) {
		const struct rt_entry *by = rt_pool_spender(p, &out);

		if (by && by != last)
			rt_json_hash_value(w, by->id);
		last = by ? by : last;
	}
	json_write_close(w);
}

enum err rt_json_entry(struct json_write *w, struct rt_pool *p, struct arena *a,
                       struct rt_entry *e)
{
	struct arena_mark mark = arena_mark(a);
	struct rt_entry **up;
	struct rt_entry **down;
	uint32_t n_up;
	uint32_t n_down;
	bool is_replaceable = rt_policy_is_replaceable(&e->tx);

	TRY(rt_pool_walk(p, a, e, RT_POOL_ANCESTORS, &up, &n_up));
	TRY(rt_pool_walk(p, a, e, RT_POOL_DESCENDANTS, &down, &n_down));
	struct sums ups = sum(e, up, n_up);
	struct sums downs = sum(e, down, n_down);

	for (uint32_t i = 0; i < n_up; i++)
		is_replaceable |= rt_policy_is_replaceable(&up[i]->tx);
	json_write_object(w);
	rt_json_u64(w, "vsize", e->vsize);
	rt_json_u64(w, "weight", e->weight);
	rt_json_u64(w, "time", e->time);
	rt_json_u64(w, "height", e->height);
	rt_json_u64(w, "descendantcount", downs.count);
	rt_json_u64(w, "descendantsize", downs.size);
	rt_json_u64(w, "ancestorcount", ups.count);
	rt_json_u64(w, "ancestorsize", ups.size);
	rt_json_hash(w, "wtxid", e->wid);
	write_fees(w, e, &ups, &downs);
	write_links(w, p, e);
	rt_json_bool(w, "bip125-replaceable", is_replaceable);
	rt_json_bool(w, "unbroadcast", false);
	json_write_close(w);
	arena_cut(a, mark);
	return ERR_OK;
}
