/* node/regtest/rt_rpc_chain.c - Calls about blocks and coins. */
#include "config.h"

#include <string.h>

#include "node/regtest/rt_desc.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_rpc_calls.h"

/* Old tips count as "still loading" in the eyes of clients. */
#define FRESH_SECONDS 86400u

enum err rt_rpc_chain_getbestblockhash(struct rt_call *c)
{
	rt_json_hash_value(c->out, rt_chain_tip(&c->node->chain)->hash);
	return ERR_OK;
}

enum err rt_rpc_chain_getblockcount(struct rt_call *c)
{
	json_write_u64(c->out, rt_chain_tip(&c->node->chain)->height);
	return ERR_OK;
}

enum err rt_rpc_chain_getdifficulty(struct rt_call *c)
{
	json_write_raw(c->out, span_str(RT_JSON_DIFFICULTY));
	return ERR_OK;
}

/* 0 to 3, or false and true for 0 and 1. */
static enum err verbosity(struct rt_call *c, unsigned i, int64_t *ret)
{
	bool is_verbose;

	if (json_read_bool(rt_call_arg(c, i), &is_verbose)) {
		*ret = is_verbose;
		return ERR_OK;
	}
	return rt_call_i64(c, i, ret);
}

enum err rt_rpc_chain_getblock(struct rt_call *c)
{
	int64_t verbose = 1;
	struct rt_block *b;

	TRY(rt_call_block(c, 0, &b));
	TRY(verbosity(c, 1, &verbose));
	if (verbose <= 0)
		rt_json_hex_value(c->out, b->bytes);
	else
		rt_json_block(c->out, &c->node->chain, b, verbose);
	return ERR_OK;
}

enum err rt_rpc_chain_getblockheader(struct rt_call *c)
{
	bool is_verbose = true;
	struct rt_block *b;

	TRY(rt_call_block(c, 0, &b));
	TRY(rt_call_bool(c, 1, &is_verbose));
	if (!is_verbose) {
		rt_json_hex_value(c->out, span_of(b->bytes.p, BTC_HEADER_LEN));
		return ERR_OK;
	}
	json_write_object(c->out);
	rt_json_header_fields(c->out, &c->node->chain, b);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_chain_getblockhash(struct rt_call *c)
{
	const struct rt_block *b = NULL;
	int64_t height = -1;

	TRY(rt_call_i64(c, 0, &height));
	if (height >= 0 && height < UINT32_MAX)
		b = rt_chain_at(&c->node->chain, (uint32_t)height);
	if (!b)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Block height out of range");
	rt_json_hash_value(c->out, b->hash);
	return ERR_OK;
}

/* The sum of all blocks' bytes, which is what a disk would hold. */
static uint64_t size_on_disk(const struct rt_chain *c)
{
	const struct hmap_entry *e;
	uint32_t place = 0;
	uint64_t size = 0;

	while ((e = hmap_next(&c->blocks, &place)) != NULL)
		size += ((const struct rt_block *)e->value)->bytes.len;
	return size;
}

enum err rt_rpc_chain_getblockchaininfo(struct rt_call *c)
{
	const struct rt_chain *chain = &c->node->chain;
	const struct rt_block *tip = rt_chain_tip(chain);
	struct json_write *w = c->out;
	char work[65];

	json_write_object(w);
	rt_json_str(w, "chain", "regtest");
	rt_json_u64(w, "blocks", tip->height);
	rt_json_u64(w, "headers", tip->height);
	rt_json_hash(w, "bestblockhash", tip->hash);
	rt_json_raw(w, "difficulty", RT_JSON_DIFFICULTY);
	rt_json_u64(w, "time", tip->block.header.time);
	rt_json_u64(w, "mediantime", tip->median);
	rt_json_u64(w, "verificationprogress", 1);
	rt_json_bool(w, "initialblockdownload",
	             (uint64_t)tip->block.header.time + FRESH_SECONDS <
	                 rt_node_now(c->node));
	rt_json_work(work, tip->work);
	rt_json_str(w, "chainwork", work);
	rt_json_u64(w, "size_on_disk", size_on_disk(chain));
	rt_json_bool(w, "pruned", false);
	rt_json_str(w, "warnings", "");
	json_write_close(w);
	return ERR_OK;
}

/* A tip is what nothing stands on. */
static bool is_tip(const struct rt_chain *c, const struct rt_block *b)
{
	const struct hmap_entry *e;
	uint32_t place = 0;

	if (b->is_active)
		return b == rt_chain_tip(c);
	while ((e = hmap_next(&c->blocks, &place)) != NULL) {
		if (((const struct rt_block *)e->value)->prev == b)
			return false;
	}
	return true;
}

static const char *status_of(const struct rt_block *b)
{
	if (b->is_active)
		return "active";
	if (!rt_chain_is_valid(b))
		return "invalid";
	return b->is_checked ? "valid-fork" : "valid-headers";
}

enum err rt_rpc_chain_getchaintips(struct rt_call *c)
{
	const struct rt_chain *chain = &c->node->chain;
	const struct rt_block *best = rt_chain_tip(chain);
	struct json_write *w = c->out;
	const struct hmap_entry *e;
	uint32_t place = 0;

	json_write_array(w);
	while ((e = hmap_next(&chain->blocks, &place)) != NULL) {
		const struct rt_block *b = e->value;

		if (!is_tip(chain, b))
			continue;
		json_write_object(w);
		rt_json_u64(w, "height", b->height);
		rt_json_hash(w, "hash", b->hash);
		rt_json_u64(w, "branchlen",
		            b->height - rt_chain_fork(b, best)->height);
		rt_json_str(w, "status", status_of(b));
		json_write_close(w);
	}
	json_write_close(w);
	return ERR_OK;
}

enum err rt_rpc_chain_gettxout(struct rt_call *c)
{
	const struct rt_block *tip = rt_chain_tip(&c->node->chain);
	struct btc_outpoint at = { .n = 0 };
	const struct rt_coin *coin;
	struct rt_coin room;
	bool has_pool = true;
	int64_t n = -1;

	TRY(rt_call_hash(c, rt_call_arg(c, 0), "txid", at.txid));
	TRY(rt_call_i64(c, 1, &n));
	TRY(rt_call_bool(c, 2, &has_pool));
	at.n = (uint32_t)n;
	coin = has_pool ? rt_pool_coin(&c->node->pool, &at, &room)
	                : rt_coins_find(&c->node->chain.coins, &at);
	if (!coin || (has_pool && rt_pool_spender(&c->node->pool, &at))) {
		json_write_null(c->out);
		return ERR_OK;
	}
	json_write_object(c->out);
	rt_json_hash(c->out, "bestblock", tip->hash);
	rt_json_u64(c->out, "confirmations", tip->height + 1 - coin->height);
	rt_json_coins(c->out, "value", coin->out.value);
	json_write_key(c->out, "scriptPubKey");
	rt_json_script(c->out, coin->out.script, true);
	rt_json_bool(c->out, "coinbase", coin->is_coinbase);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_chain_gettxoutsetinfo(struct rt_call *c)
{
	const struct rt_chain *chain = &c->node->chain;
	const struct rt_coin *coin;
	uint64_t total = 0;
	uint64_t n = 0;
	uint32_t place = 0;

	while ((coin = rt_coins_next(&chain->coins, &place)) != NULL) {
		total += coin->out.value;
		n++;
	}
	json_write_object(c->out);
	rt_json_u64(c->out, "height", rt_chain_tip(chain)->height);
	rt_json_hash(c->out, "bestblock", rt_chain_tip(chain)->hash);
	rt_json_u64(c->out, "txouts", n);
	rt_json_coins(c->out, "total_amount", total);
	json_write_close(c->out);
	return ERR_OK;
}

/* --- what an operator says --- */

static enum err say(struct rt_call *c, enum rt_node_word word)
{
	struct rt_block *b;

	TRY(rt_call_block(c, 0, &b));
	if (!b->prev && word == RT_NODE_INVALIDATE)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "The first block cannot be invalid");
	TRY(rt_node_say(c->node, word, b));
	json_write_null(c->out);
	return ERR_OK;
}

enum err rt_rpc_chain_invalidateblock(struct rt_call *c)
{
	return say(c, RT_NODE_INVALIDATE);
}

enum err rt_rpc_chain_reconsiderblock(struct rt_call *c)
{
	return say(c, RT_NODE_RECONSIDER);
}

enum err rt_rpc_chain_preciousblock(struct rt_call *c)
{
	return say(c, RT_NODE_PRECIOUS);
}

/* --- searching coins --- */

/* A scan object: text, or an object with the text as "desc". */
static enum err add_wanted(struct rt_call *c, const struct json *v,
                           struct hmap *wanted)
{
	struct rt_desc *desc = arena_alloc(c->a, sizeof(*desc));
	struct span text;
	const char *why;
	enum err e;

	if (!desc)
		return ERR_NO_MEMORY;
	if (!json_read_text(v, &text) &&
	    !json_read_text(json_read_get(v, "desc"), &text))
		return rt_call_fail(
		    c, RT_RPC_PARAMETER,
		    "Scan object needs to be either a string or an object");
	e = rt_desc_parse(c->a, desc, text, false, &why);
	if (e == ERR_SYNTAX)
		return rt_call_fail(c, RT_RPC_ADDRESS, "%s", why);
	TRY(e);
	for (unsigned i = 0; i < desc->n_outs; i++)
		TRY(hmap_put(wanted, desc->outs[i], NULL));
	return ERR_OK;
}

static void write_unspent(struct rt_call *c, const struct rt_coin *coin)
{
	struct json_write *w = c->out;
	struct buf desc;

	buf_init(&desc, (size_t)1 << 20);
	(void)rt_desc_of_script(&desc, coin->out.script);
	json_write_object(w);
	rt_json_hash(w, "txid", coin->at.txid);
	rt_json_u64(w, "vout", coin->at.n);
	rt_json_hex(w, "scriptPubKey", coin->out.script);
	rt_json_str(w, "desc", buf_str(&desc));
	rt_json_coins(w, "amount", coin->out.value);
	rt_json_bool(w, "coinbase", coin->is_coinbase);
	rt_json_u64(w, "height", coin->height);
	json_write_close(w);
	buf_fini(&desc);
}

static enum err scan(struct rt_call *c, const struct hmap *wanted)
{
	const struct rt_chain *chain = &c->node->chain;
	const struct rt_coin *coin;
	struct json_write *w = c->out;
	uint64_t total = 0;
	uint32_t place = 0;

	json_write_object(w);
	rt_json_bool(w, "success", true);
	rt_json_u64(w, "txouts", chain->coins.map.n);
	rt_json_u64(w, "height", rt_chain_tip(chain)->height);
	rt_json_hash(w, "bestblock", rt_chain_tip(chain)->hash);
	json_write_key(w, "unspents");
	json_write_array(w);
	while ((coin = rt_coins_next(&chain->coins, &place)) != NULL) {
		if (!hmap_has(wanted, coin->out.script))
			continue;
		write_unspent(c, coin);
		total += coin->out.value;
	}
	json_write_close(w);
	rt_json_coins(w, "total_amount", total);
	json_write_close(w);
	return ERR_OK;
}

enum err rt_rpc_chain_scantxoutset(struct rt_call *c)
{
	const struct json *list = rt_call_arg(c, 1);
	struct span action = span_of(NULL, 0);
	struct hmap wanted;

	TRY(rt_call_text(c, 0, &action));
	if (span_eq(action, span_str("abort"))) {
		json_write_bool(c->out, false);
		return ERR_OK;
	}
	if (span_eq(action, span_str("status"))) {
		json_write_null(c->out);
		return ERR_OK;
	}
	if (!span_eq(action, span_str("start")))
		return rt_call_fail(
		    c, RT_RPC_PARAMETER, "Invalid action '%.*s'",
		    (int)(action.len & 0xff), (const char *)action.p);
	if (!json_read_is_array(list))
		return rt_call_fail(c, RT_RPC_MISC,
		                    "scanobjects argument is required for the "
		                    "start action");
	hmap_init(&wanted, c->a, 1 << 20, &c->node->seed);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		TRY(add_wanted(c, v, &wanted));
	return scan(c, &wanted);
}
