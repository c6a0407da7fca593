/* node/regtest/rt_rpc_mine.c - Calls about mining. */
#include "config.h"

#include <string.h>

#include "node/regtest/rt_check.h"
#include "node/regtest/rt_desc.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_mine.h"
#include "node/regtest/rt_rpc_calls.h"

/* Blocks that one call may ask for. */
#define BLOCKS_MAX 1000000

static enum err generate(struct rt_call *c, int64_t n, struct span script)
{
	struct rt_submitted s;

	if (n < 0 || n > BLOCKS_MAX)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid number of blocks");
	json_write_array(c->out);
	for (; n > 0; n--) {
		TRY(rt_node_mine(c->node, script, &s));
		rt_json_hash_value(c->out, s.block->hash);
	}
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_mine_generatetoaddress(struct rt_call *c)
{
	struct span address = span_of(NULL, 0);
	struct btc_script_room room;
	int64_t n = 0;

	TRY(rt_call_i64(c, 0, &n));
	TRY(rt_call_text(c, 1, &address));
	if (btc_addr_parse(&room, BTC_REGTEST, address) != ERR_OK)
		return rt_call_fail(c, RT_RPC_ADDRESS,
		                    "Error: Invalid address");
	return generate(c, n, span_of(room.bytes, room.len));
}

/* The one script of a descriptor. */
static enum err script_of(struct rt_call *c, struct span text, struct span *ret)
{
	struct rt_desc *desc = arena_alloc(c->a, sizeof(*desc));
	const char *why;
	enum err e;

	if (!desc)
		return ERR_NO_MEMORY;
	e = rt_desc_parse(c->a, desc, text, false, &why);
	if (e == ERR_SYNTAX)
		return rt_call_fail(c, RT_RPC_ADDRESS, "%s", why);
	*ret = desc->outs[desc->n_outs > 2 ? 2 : 0];
	return e;
}

enum err rt_rpc_mine_generatetodescriptor(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct span script;
	int64_t n = 0;

	TRY(rt_call_i64(c, 0, &n));
	TRY(rt_call_text(c, 1, &text));
	TRY(script_of(c, text, &script));
	return generate(c, n, script);
}

/* A transaction of the block: its bytes, or the id of one that waits. */
static enum err read_one(struct rt_call *c, const struct json *v,
                         struct btc_tx *ret)
{
	struct span text = span_of(NULL, 0);
	struct rt_entry *e;
	struct span bytes;
	btc_hash id;

	(void)json_read_text(v, &text);
	if (text.len == 64) {
		TRY(rt_call_hash(c, v, "txid", id));
		e = rt_pool_find(&c->node->pool, id);
		if (!e)
			return rt_call_fail(c, RT_RPC_ADDRESS,
			                    "Transaction %.*s not in mempool.",
			                    64, (const char *)text.p);
		*ret = e->tx;
		return ERR_OK;
	}
	if (!rt_call_hex(c, text, &bytes) || !rt_call_read_tx(c, bytes, ret))
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "Transaction decode failed for %.*s. Make "
		                    "sure the tx has at least one input.",
		                    (int)(text.len > 99 ? 99 : text.len),
		                    (const char *)text.p);
	return ERR_OK;
}

static enum err read_list(struct rt_call *c, struct rt_mine_job *job)
{
	const struct json *list = rt_call_arg(c, 1);
	const struct json *v = json_read_first(list);
	uint32_t n = 0;

	if (!json_read_is_array(list))
		return rt_call_fail(c, RT_RPC_TYPE,
		                    "JSON value is not of expected type array");
	for (; v; v = json_read_next(v))
		n++;
	struct btc_tx *txs = arena_new_array(c->a, struct btc_tx, n);

	if (!txs)
		return ERR_NO_MEMORY;
	v = json_read_first(list);
	for (uint32_t i = 0; i < n; i++, v = json_read_next(v))
		TRY(read_one(c, v, &txs[i]));
	job->has_list = true;
	job->list = txs;
	job->n_list = n;
	return ERR_OK;
}

static enum err output_of(struct rt_call *c, struct span *ret)
{
	struct span text = span_of(NULL, 0);
	struct btc_script_room room;

	TRY(rt_call_text(c, 0, &text));
	if (btc_addr_parse(&room, BTC_REGTEST, text) == ERR_OK) {
		*ret =
		    span_of(arena_copy(c->a, room.bytes, room.len), room.len);
		return ret->p ? ERR_OK : ERR_NO_MEMORY;
	}
	if (script_of(c, text, ret) == ERR_OK)
		return ERR_OK;
	return rt_call_fail(c, RT_RPC_ADDRESS,
	                    "Error: Invalid address or descriptor");
}

static enum err finish_block(struct rt_call *c, struct span bytes,
                             bool does_submit)
{
	struct rt_reason why;
	struct rt_submitted s;
	btc_hash hash;
	enum err e;

	e = rt_chain_try(&c->node->chain, &why, bytes, rt_node_now(c->node));
	if (e == ERR_BTC_RULE)
		return rt_call_fail(c, RT_RPC_VERIFY,
		                    "TestBlockValidity failed: %s", why.text);
	TRY(e);
	if (does_submit)
		TRY(rt_node_submit(c->node, bytes, &s));
	hash_sha256d(hash, bytes.p, BTC_HEADER_LEN);
	json_write_object(c->out);
	rt_json_hash(c->out, "hash", hash);
	if (!does_submit)
		rt_json_hex(c->out, "hex", bytes);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_mine_generateblock(struct rt_call *c)
{
	struct rt_mine_job job = { .now = rt_node_now(c->node) };
	bool does_submit = true;
	struct buf bytes;
	enum err e;

	TRY(output_of(c, &job.script));
	TRY(read_list(c, &job));
	TRY(rt_call_bool(c, 2, &does_submit));
	job.extra = ++c->node->mined;
	buf_init(&bytes, BTC_WIRE_MAX);
	e = rt_mine_block(&bytes, &c->node->pool, &job);
	if (e == ERR_OK)
		e = finish_block(c, buf_span(&bytes), does_submit);
	buf_fini(&bytes);
	return e;
}

/* Its first transaction spends nothing; told before anything is judged. */
static bool has_coinbase(struct rt_call *c, struct span bytes)
{
	struct cursor at = cursor_of(bytes);
	struct btc_block block;

	if (btc_block_read(c->a, &block, &at) != ERR_OK)
		return true; /* it is no block: told elsewhere */
	return block.n_txs > 0 && btc_tx_is_coinbase(&block.txs[0]);
}

enum err rt_rpc_mine_submitblock(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct rt_submitted s;
	struct span bytes;
	enum err e;

	TRY(rt_call_text(c, 0, &text));
	if (!rt_call_hex(c, text, &bytes))
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "Block decode failed");
	if (!has_coinbase(c, bytes))
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "Block does not start with a coinbase");
	e = rt_node_submit(c->node, bytes, &s);
	if (e == ERR_SYNTAX)
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "Block decode failed");
	if (e == ERR_BTC_RULE)
		json_write_str(c->out, s.why.text);
	else if (e != ERR_OK)
		return e;
	else if (!s.is_new)
		json_write_str(c->out, rt_chain_is_valid(s.block)
		                           ? "duplicate"
		                           : "duplicate-invalid");
	else if (!s.block->is_active)
		json_write_str(c->out, "inconclusive");
	else
		json_write_null(c->out);
	return ERR_OK;
}

/* A header says nothing new: blocks come whole.  It is only judged. */
enum err rt_rpc_mine_submitheader(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	const struct rt_block *prev;
	struct btc_header h;
	struct rt_reason why;
	struct cursor at;
	struct span bytes;
	btc_hash hash;
	enum err e;

	TRY(rt_call_text(c, 0, &text));
	at.at = NULL;
	if (rt_call_hex(c, text, &bytes))
		at = cursor_of(bytes);
	if (!at.at || btc_header_read(&h, &at) != ERR_OK)
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "Block header decode failed");
	btc_header_hash(hash, &h);
	prev = rt_chain_find(&c->node->chain, h.prev);
	if (!prev)
		return rt_call_fail(c, RT_RPC_VERIFY,
		                    "Must submit previous header first");
	e = rt_check_header(&why, &h, hash, prev->median, rt_node_now(c->node));
	if (e == ERR_BTC_RULE)
		return rt_call_fail(c, RT_RPC_VERIFY, "%s", why.text);
	json_write_null(c->out);
	return ERR_OK;
}

enum err rt_rpc_mine_getmininginfo(struct rt_call *c)
{
	const struct rt_block *tip = rt_chain_tip(&c->node->chain);
	struct json_write *w = c->out;

	json_write_object(w);
	rt_json_u64(w, "blocks", tip->height);
	if (c->node->last_weight > 0) {
		rt_json_u64(w, "currentblockweight", c->node->last_weight);
		rt_json_u64(w, "currentblocktx", c->node->last_txs);
	}
	rt_json_raw(w, "difficulty", RT_JSON_DIFFICULTY);
	rt_json_u64(w, "networkhashps", 0);
	rt_json_u64(w, "pooledtx", rt_pool_count(&c->node->pool));
	rt_json_str(w, "chain", "regtest");
	rt_json_str(w, "warnings", "");
	json_write_close(w);
	return ERR_OK;
}

enum err rt_rpc_mine_getnetworkhashps(struct rt_call *c)
{
	json_write_u64(c->out, 0);
	return ERR_OK;
}
