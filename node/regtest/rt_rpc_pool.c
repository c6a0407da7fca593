/* node/regtest/rt_rpc_pool.c - Calls about transactions that wait. */
#include "config.h"

#include <string.h>

#include "node/regtest/rt_json.h"
#include "node/regtest/rt_policy.h"
#include "node/regtest/rt_rpc_calls.h"

/* Satoshi for 1,000 virtual bytes that a caller may not mean to pay. */
#define FEE_RATE_MAX 10000000u

#define POOL_BYTES_MAX 300000000u
#define TARGET_MAX 1008

static enum err find_entry(struct rt_call *c, struct rt_entry **ret)
{
	btc_hash id;

	TRY(rt_call_hash(c, rt_call_arg(c, 0), "txid", id));
	*ret = rt_pool_find(&c->node->pool, id);
	if (!*ret)
		return rt_call_fail(c, RT_RPC_ADDRESS,
		                    "Transaction not in mempool");
	return ERR_OK;
}

enum err rt_rpc_pool_getmempoolentry(struct rt_call *c)
{
	struct rt_entry *e;

	TRY(find_entry(c, &e));
	return rt_json_entry(c->out, &c->node->pool, c->a, e);
}

/* Entries as a list of ids, or as an object of them. */
static enum err write_entries(struct rt_call *c, struct rt_entry *const *list,
                              uint32_t n, bool is_verbose)
{
	if (!is_verbose) {
		json_write_array(c->out);
		for (uint32_t i = 0; i < n; i++)
			rt_json_hash_value(c->out, list[i]->id);
		json_write_close(c->out);
		return ERR_OK;
	}
	json_write_object(c->out);
	for (uint32_t i = 0; i < n; i++) {
		struct buf key;

		buf_init(&key, 65);
		for (size_t k = sizeof(btc_hash); k-- > 0;)
			(void)buf_add_hex(&key, &list[i]->id[k], 1);
		json_write_key_span(c->out, buf_span(&key));
		buf_fini(&key);
		TRY(rt_json_entry(c->out, &c->node->pool, c->a, list[i]));
	}
	json_write_close(c->out);
	return ERR_OK;
}

static enum err walk(struct rt_call *c, enum rt_pool_way way)
{
	struct rt_entry **list;
	struct rt_entry *e;
	bool is_verbose = false;
	uint32_t n;

	TRY(find_entry(c, &e));
	TRY(rt_call_bool(c, 1, &is_verbose));
	TRY(rt_pool_walk(&c->node->pool, c->a, e, way, &list, &n));
	return write_entries(c, list, n, is_verbose);
}

enum err rt_rpc_pool_getmempoolancestors(struct rt_call *c)
{
	return walk(c, RT_POOL_ANCESTORS);
}

enum err rt_rpc_pool_getmempooldescendants(struct rt_call *c)
{
	return walk(c, RT_POOL_DESCENDANTS);
}

enum err rt_rpc_pool_getrawmempool(struct rt_call *c)
{
	struct rt_pool *p = &c->node->pool;
	bool is_verbose = false;
	bool has_sequence = false;
	uint32_t place = 0;
	uint32_t n = 0;
	struct rt_entry *e;

	TRY(rt_call_bool(c, 0, &is_verbose));
	TRY(rt_call_bool(c, 1, &has_sequence));
	if (is_verbose && has_sequence)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Verbose results cannot contain mempool "
		                    "sequence values.");
	struct rt_entry **list =
	    arena_new_array(c->a, struct rt_entry *, rt_pool_count(p));

	if (!list)
		return ERR_NO_MEMORY;
	while ((e = rt_pool_next(p, &place)) != NULL)
		list[n++] = e;
	if (!has_sequence)
		return write_entries(c, list, n, is_verbose);
	json_write_object(c->out);
	json_write_key(c->out, "txids");
	TRY(write_entries(c, list, n, false));
	rt_json_u64(c->out, "mempool_sequence", p->changes + 1);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_pool_getmempoolinfo(struct rt_call *c)
{
	const struct rt_pool *p = &c->node->pool;
	struct json_write *w = c->out;

	json_write_object(w);
	rt_json_bool(w, "loaded", true);
	rt_json_u64(w, "size", rt_pool_count(p));
	rt_json_u64(w, "bytes", p->bytes);
	rt_json_u64(w, "usage", p->live + p->dead);
	rt_json_coins(w, "total_fee", p->fees);
	rt_json_u64(w, "maxmempool", POOL_BYTES_MAX);
	rt_json_coins(w, "mempoolminfee", RT_POLICY_RELAY_FEE);
	rt_json_coins(w, "minrelaytxfee", RT_POLICY_RELAY_FEE);
	rt_json_coins(w, "incrementalrelayfee", RT_POLICY_REPLACE_FEE);
	rt_json_u64(w, "unbroadcastcount", 0);
	rt_json_bool(w, "fullrbf", p->has_full_rbf);
	json_write_close(w);
	return ERR_OK;
}

/* The most that may be paid; 0 is any. */
static enum err fee_rate_of(struct rt_call *c, unsigned i, uint64_t *ret)
{
	const struct json *v = rt_call_arg(c, i);

	*ret = FEE_RATE_MAX;
	return v ? rt_call_amount(c, v, ret) : ERR_OK;
}

static enum err decode_failed(struct rt_call *c)
{
	return rt_call_fail(c, RT_RPC_PARSE_DATA,
	                    "TX decode failed. Make sure the tx has at least "
	                    "one input.");
}

/* Each refusal in the code and the words of Bitcoin's node. */
static enum err refused(struct rt_call *c, const struct rt_reason *why)
{
	if (strcmp(why->text, "missing-inputs") == 0)
		return rt_call_fail(c, RT_RPC_VERIFY,
		                    "bad-txns-inputs-missingorspent");
	if (strcmp(why->text, "txn-already-known") == 0)
		return rt_call_fail(c, RT_RPC_IN_CHAIN,
		                    "Transaction outputs already in utxo set");
	if (strcmp(why->text, "max-fee-exceeded") == 0)
		return rt_call_fail(
		    c, RT_RPC_VERIFY,
		    "Fee exceeds maximum configured by user (e.g. "
		    "-maxtxfee, maxfeerate)");
	return rt_call_fail(c, RT_RPC_REJECTED, "%s%s%s", why->text,
	                    why->detail[0] ? ", " : "", why->detail);
}

enum err rt_rpc_pool_sendrawtransaction(struct rt_call *c)
{
	struct rt_offer offer = { .fee_max = FEE_RATE_MAX };
	struct span text = span_of(NULL, 0);
	struct rt_accepted got;
	struct rt_reason why;
	enum err e;

	TRY(rt_call_text(c, 0, &text));
	TRY(fee_rate_of(c, 1, &offer.fee_max));
	if (!rt_call_hex(c, text, &offer.bytes))
		return decode_failed(c);
	e = rt_node_offer(c->node, &offer, &why, &got);
	if (e == ERR_SYNTAX)
		return decode_failed(c);
	if (e == ERR_BTC_RULE &&
	    strcmp(why.text, "txn-already-in-mempool") != 0)
		return refused(c, &why);
	if (e != ERR_OK && e != ERR_BTC_RULE)
		return e;
	rt_json_hash_value(c->out, got.id);
	return ERR_OK;
}

static void write_fees(struct json_write *w, const struct rt_accepted *got)
{
	uint64_t rate = got->vsize ? got->fee * 1000 / got->vsize : 0;

	rt_json_u64(w, "vsize", got->vsize);
	json_write_key(w, "fees");
	json_write_object(w);
	rt_json_coins(w, "base", got->fee);
	rt_json_coins(w, "effective-feerate", rate);
	json_write_key(w, "effective-includes");
	json_write_array(w);
	rt_json_hash_value(w, got->wid);
	json_write_close(w);
	json_write_close(w);
}

static enum err test_one(struct rt_call *c, const struct json *v,
                         uint64_t fee_max)
{
	struct rt_offer offer = { .fee_max = fee_max, .is_test = true };
	struct rt_accepted got;
	struct rt_reason why;
	struct span text;
	enum err e;

	if (!json_read_text(v, &text) || !rt_call_hex(c, text, &offer.bytes))
		return decode_failed(c);
	e = rt_node_offer(c->node, &offer, &why, &got);
	if (e == ERR_SYNTAX)
		return decode_failed(c);
	if (e != ERR_OK && e != ERR_BTC_RULE)
		return e;
	json_write_object(c->out);
	rt_json_hash(c->out, "txid", got.id);
	rt_json_hash(c->out, "wtxid", got.wid);
	rt_json_bool(c->out, "allowed", e == ERR_OK);
	if (e == ERR_OK)
		write_fees(c->out, &got);
	else
		rt_json_str(c->out, "reject-reason", why.text);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_pool_testmempoolaccept(struct rt_call *c)
{
	const struct json *list = rt_call_arg(c, 0);
	uint64_t fee_max;

	TRY(fee_rate_of(c, 1, &fee_max));
	if (!json_read_is_array(list))
		return rt_call_fail(c, RT_RPC_TYPE,
		                    "JSON value is not of expected type array");
	if (!json_read_first(list))
		return rt_call_fail(
		    c, RT_RPC_PARAMETER,
		    "Array must contain between 1 and 25 transactions.");
	json_write_array(c->out);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		TRY(test_one(c, v, fee_max));
	json_write_close(c->out);
	return ERR_OK;
}

/* Blocks here come when they are asked for: there is nothing to estimate. */
enum err rt_rpc_pool_estimatesmartfee(struct rt_call *c)
{
	int64_t target = 0;

	TRY(rt_call_i64(c, 0, &target));
	if (target < 1 || target > TARGET_MAX)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid conf_target, must be between 1 "
		                    "and %d",
		                    TARGET_MAX);
	json_write_object(c->out);
	json_write_key(c->out, "errors");
	json_write_array(c->out);
	json_write_str(c->out, "Insufficient data or no feerate found");
	json_write_close(c->out);
	rt_json_u64(c->out, "blocks", 0);
	json_write_close(c->out);
	return ERR_OK;
}
