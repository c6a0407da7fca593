/* node/regtest/rt_rpc_history.c - Calls about what wallets did. */
#include "config.h"

#include <string.h>

#include "node/regtest/rt_check.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_policy.h"
#include "node/regtest/rt_rpc_calls.h"
#include "node/regtest/rt_signer.h"
#include "node/regtest/rt_wallet.h"

#define COUNT_MAX 100000

/* A transaction as a wallet sees it. */
struct view {
	struct rt_call *c;
	struct rt_wallet *w;
	const struct btc_tx *tx;
	const struct rt_block *block; /* NULL: it waits */
	uint32_t at;                  /* its number in the block */
	uint32_t time;
	uint64_t debit;  /* what the wallet put in */
	uint64_t credit; /* what came back to it, or to it at all */
	uint64_t fee;    /* known if it put in everything */
	bool is_from_me;
	bool is_coinbase;
};

static const struct rt_owned *owner(const struct view *v, struct span script)
{
	const struct rt_owned *o = rt_wallet_find(v->w, script);

	return rt_wallet_is_mine(v->w, o) ? o : NULL;
}

/* What a transaction of a block spent stands beside it. */
static enum err spent_of(const struct view *v, struct rt_coin *const **ret)
{
	struct rt_coin **coins;
	size_t n = 0;

	if (!v->block) {
		TRY(rt_signer_find_spent(v->c, v->tx, NULL, &coins));
		*ret = coins;
		return ERR_OK;
	}
	for (uint32_t i = 1; i < v->at; i++)
		n += v->block->block.txs[i].n_ins;
	*ret = v->block->spent + n;
	return ERR_OK;
}

static enum err sum_up(struct view *v)
{
	struct rt_coin *const *spent = NULL;
	uint64_t in = 0;
	uint64_t out = 0;

	v->is_coinbase = btc_tx_is_coinbase(v->tx);
	if (!v->is_coinbase)
		TRY(spent_of(v, &spent));
	for (uint32_t i = 0; spent && i < v->tx->n_ins; i++) {
		in += spent[i]->out.value;
		if (owner(v, spent[i]->out.script))
			v->debit += spent[i]->out.value;
	}
	for (uint32_t i = 0; i < v->tx->n_outs; i++) {
		out += v->tx->outs[i].value;
		if (owner(v, v->tx->outs[i].script))
			v->credit += v->tx->outs[i].value;
	}
	v->is_from_me = v->debit > 0;
	v->fee = v->is_from_me ? in - out : 0;
	return ERR_OK;
}

static const char *receive_kind(const struct view *v)
{
	uint32_t tip = rt_chain_tip(&v->c->node->chain)->height;

	if (!v->is_coinbase)
		return "receive";
	if (!v->block)
		return "orphan";
	return tip + 1 - v->block->height > RT_CHECK_MATURITY ? "generate"
	                                                      : "immature";
}

/* --- fields --- */

static void write_place(const struct view *v)
{
	struct json_write *w = v->c->out;
	btc_hash id = { 0 };
	btc_hash wid = { 0 };

	rt_json_i64(
	    w, "confirmations",
	    v->block ? rt_json_confirmations(&v->c->node->chain, v->block) : 0);
	if (v->is_coinbase)
		rt_json_bool(w, "generated", true);
	if (v->block) {
		rt_json_hash(w, "blockhash", v->block->hash);
		rt_json_u64(w, "blockheight", v->block->height);
		rt_json_u64(w, "blockindex", v->at);
		rt_json_u64(w, "blocktime", v->block->block.header.time);
	} else {
		rt_json_bool(w, "trusted", v->is_from_me);
	}
	(void)!btc_tx_id(id, v->tx);
	(void)!btc_tx_wid(wid, v->tx);
	rt_json_hash(w, "txid", id);
	rt_json_hash(w, "wtxid", wid);
	rt_json_raw(w, "walletconflicts", "[]");
	rt_json_u64(w, "time", v->time);
	rt_json_u64(w, "timereceived", v->time);
	rt_json_str(w, "bip125-replaceable",
	            !v->block && rt_policy_is_replaceable(v->tx) ? "yes"
	                                                         : "no");
}

static void write_entry(const struct view *v, uint32_t at, bool is_send,
                        bool has_place)
{
	const struct btc_out *out = &v->tx->outs[at];
	const struct rt_owned *o = owner(v, out->script);
	char address[BTC_ADDR_TEXT_MAX];
	struct json_write *w = v->c->out;
	int64_t value = (int64_t)out->value;

	json_write_object(w);
	if (btc_addr_format(address, BTC_REGTEST, out->script) == ERR_OK)
		rt_json_str(w, "address", address);
	rt_json_str(w, "category", is_send ? "send" : receive_kind(v));
	json_write_key(w, "amount");
	json_write_fixed(w, is_send ? -value : value, 8);
	if (o && !o->is_change) {
		json_write_key(w, "label");
		json_write_text(w, o->label);
	}
	rt_json_u64(w, "vout", at);
	if (is_send) {
		json_write_key(w, "fee");
		json_write_fixed(w, -(int64_t)v->fee, 8);
	}
	if (has_place)
		write_place(v);
	if (is_send || !has_place)
		rt_json_bool(w, "abandoned", false);
	json_write_close(w);
}

/* Each output that was sent, then each that came. */
static void write_entries(const struct view *v, bool has_place)
{
	for (uint32_t i = 0; v->is_from_me && i < v->tx->n_outs; i++) {
		const struct rt_owned *o = owner(v, v->tx->outs[i].script);

		if (!o || !o->is_change)
			write_entry(v, i, true, has_place);
	}
	for (uint32_t i = 0; i < v->tx->n_outs; i++) {
		const struct rt_owned *o = owner(v, v->tx->outs[i].script);

		if (o && !(o->is_change && v->is_from_me))
			write_entry(v, i, false, has_place);
	}
}

static uint32_t count_entries(const struct view *v)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < v->tx->n_outs; i++) {
		const struct rt_owned *o = owner(v, v->tx->outs[i].script);

		n += v->is_from_me && (!o || !o->is_change);
		n += o && !(o->is_change && v->is_from_me);
	}
	return n;
}

/* --- one --- */

static enum err find_view(struct rt_call *c, struct view *v)
{
	const struct rt_place *place;
	const struct rt_entry *e;
	btc_hash id;

	TRY(rt_call_hash(c, rt_call_arg(c, 0), "txid", id));
	e = rt_pool_find(&c->node->pool, id);
	place = rt_chain_tx(&c->node->chain, id);
	if (e) {
		v->tx = &e->tx;
		v->time = e->time;
	} else if (place) {
		v->block = place->block;
		v->at = place->at;
		v->tx = &place->block->block.txs[place->at];
		v->time = place->block->block.header.time;
	}
	if (v->tx)
		TRY(sum_up(v));
	if (!v->tx || (v->debit == 0 && v->credit == 0))
		return rt_call_fail(c, RT_RPC_ADDRESS,
		                    "Invalid or non-wallet transaction id");
	return ERR_OK;
}

enum err rt_rpc_history_gettransaction(struct rt_call *c)
{
	struct rt_json_tx t = { .has_hex = false };
	struct view v = { .c = c };
	struct json_write *w = c->out;
	bool is_verbose = false;
	struct buf b;

	TRY(rt_rpc_wallet_of(c, &v.w));
	TRY(rt_call_bool(c, 2, &is_verbose));
	TRY(find_view(c, &v));
	json_write_object(w);
	json_write_key(w, "amount");
	json_write_fixed(
	    w, (int64_t)v.credit - (int64_t)v.debit + (int64_t)v.fee, 8);
	if (v.is_from_me) {
		json_write_key(w, "fee");
		json_write_fixed(w, -(int64_t)v.fee, 8);
	}
	write_place(&v);
	json_write_key(w, "details");
	json_write_array(w);
	write_entries(&v, false);
	json_write_close(w);
	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, v.tx);
	rt_json_hex(w, "hex", buf_span(&b));
	buf_fini(&b);
	if (is_verbose) {
		t.tx = v.tx;
		json_write_key(w, "decoded");
		json_write_object(w);
		rt_json_tx_fields(w, &t);
		json_write_close(w);
	}
	json_write_close(w);
	return ERR_OK;
}

/* --- many --- */

/* The newest `count` behind the newest `skip`, found from the tip down. */
struct many {
	struct rt_call *c;
	struct rt_wallet *w;
	struct view *list; /* newest first */
	uint32_t n;
	uint32_t cap;
	uint64_t entries; /* in the list */
	uint64_t wanted;
};

static enum err consider(struct many *m, struct view v)
{
	v.c = m->c;
	v.w = m->w;
	TRY(sum_up(&v));
	if (v.debit == 0 && v.credit == 0)
		return ERR_OK;
	if (m->n == m->cap) {
		uint32_t cap = m->cap ? 2 * m->cap : 64;
		struct view *list = arena_new_array(m->c->a, struct view, cap);

		if (!list)
			return ERR_NO_MEMORY;
		if (m->n > 0)
			memcpy(list, m->list, m->n * sizeof(*list));
		m->list = list;
		m->cap = cap;
	}
	m->list[m->n++] = v;
	m->entries += count_entries(&v);
	return ERR_OK;
}

static enum err gather(struct many *m)
{
	const struct rt_chain *chain = &m->c->node->chain;
	struct rt_entry *e;
	uint32_t place = 0;

	while ((e = rt_pool_next(&m->c->node->pool, &place)) != NULL)
		TRY(consider(m,
		             (struct view){ .tx = &e->tx, .time = e->time }));
	/* Those that wait were gathered oldest first. */
	for (uint32_t i = 0; i < m->n / 2; i++) {
		struct view swap = m->list[i];

		m->list[i] = m->list[m->n - 1 - i];
		m->list[m->n - 1 - i] = swap;
	}
	for (uint32_t h = chain->n_active; h-- > 1 && m->entries < m->wanted;) {
		const struct rt_block *b = rt_chain_at(chain, h);

		for (uint32_t i = b->block.n_txs; i-- > 0;)
			TRY(consider(
			    m, (struct view){ .tx = &b->block.txs[i],
			                      .block = b,
			                      .at = i,
			                      .time = b->block.header.time }));
	}
	return ERR_OK;
}

enum err rt_rpc_history_listtransactions(struct rt_call *c)
{
	struct many m = { .c = c };
	int64_t count = 10;
	int64_t skip = 0;
	uint64_t behind;

	TRY(rt_rpc_wallet_of(c, &m.w));
	TRY(rt_call_i64(c, 1, &count));
	TRY(rt_call_i64(c, 2, &skip));
	if (count < 0 || skip < 0 || count > COUNT_MAX || skip > COUNT_MAX)
		return rt_call_fail(c, RT_RPC_PARAMETER, "Negative count");
	m.wanted = (uint64_t)count + (uint64_t)skip;
	TRY(gather(&m));
	json_write_array(c->out);
	/* Whole transactions are shown: an oldest one may bring too many. */
	behind = m.entries;
	for (uint32_t i = m.n; i-- > 0;) {
		behind -= count_entries(&m.list[i]);
		if (behind >= (uint64_t)skip && behind < m.wanted)
			write_entries(&m.list[i], true);
	}
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_history_getreceivedbyaddress(struct rt_call *c)
{
	const struct rt_chain *chain = &c->node->chain;
	struct span text = span_of(NULL, 0);
	struct rt_wallet *w;
	int64_t depth = 1;
	struct span script;
	uint64_t sum = 0;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_text(c, 0, &text));
	TRY(rt_call_i64(c, 1, &depth));
	TRY(rt_call_address(c, text, &script));
	if (!rt_wallet_find(w, script))
		return rt_call_fail(c, RT_RPC_WALLET,
		                    "Address not found in wallet");
	for (uint32_t h = 1; (int64_t)h + depth <= chain->n_active; h++) {
		const struct rt_block *b = rt_chain_at(chain, h);

		for (uint32_t i = 1; i < b->block.n_txs; i++) {
			const struct btc_tx *tx = &b->block.txs[i];

			for (uint32_t o = 0; o < tx->n_outs; o++) {
				if (span_eq(tx->outs[o].script, script))
					sum += tx->outs[o].value;
			}
		}
	}
	json_write_fixed(c->out, (int64_t)sum, 8);
	return ERR_OK;
}
