/* node/regtest/rt_rpc_spend.c - Calls that spend from wallets. */
#include "config.h"

#include <string.h>

#include "node/regtest/rt_fund.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_rpc_calls.h"
#include "node/regtest/rt_signer.h"

/* Satoshi for 1,000 virtual bytes that nobody means to pay. */
#define RATE_MAX 100000000u

enum err rt_rpc_spend_settxfee(struct rt_call *c)
{
	struct rt_wallet *w;
	uint64_t rate;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_amount(c, rt_call_arg(c, 0), &rate));
	if (rate > 0)
		w->fee_rate = rate;
	json_write_bool(c->out, true);
	return ERR_OK;
}

/* --- locks --- */

static enum err lock_one(struct rt_call *c, struct rt_wallet *w,
                         const struct json *v, bool is_unlock)
{
	struct btc_outpoint *at = arena_zalloc(&w->arena, sizeof(*at));
	uint64_t n = 0;

	if (!at)
		return ERR_NO_MEMORY;
	TRY(rt_call_hash(c, json_read_get(v, "txid"), "txid", at->txid));
	if (!json_read_u64(json_read_get(v, "vout"), &n) || n > UINT32_MAX)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid parameter, vout cannot be "
		                    "negative");
	at->n = (uint32_t)n;
	if (!is_unlock)
		return hmap_put(&w->locked, span_of(at, sizeof(*at)), NULL);
	(void)hmap_del(&w->locked, span_of(at, sizeof(*at)));
	return ERR_OK;
}

enum err rt_rpc_spend_lockunspent(struct rt_call *c)
{
	const struct json *list = rt_call_arg(c, 1);
	bool is_unlock = false;
	struct rt_wallet *w;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_bool(c, 0, &is_unlock));
	if (is_unlock && !list)
		hmap_reset(&w->locked);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		TRY(lock_one(c, w, v, is_unlock));
	json_write_bool(c->out, true);
	return ERR_OK;
}

/* --- sending --- */

/* A rate in satoshi for one virtual byte, with up to three decimals. */
static enum err sat_rate(struct rt_call *c, const struct json *v, uint64_t *ret)
{
	int64_t rate;

	if (!v)
		return ERR_OK;
	if (!json_read_fixed(v, 3, &rate) || rate <= 0 || rate > RATE_MAX)
		return rt_call_fail(c, RT_RPC_TYPE, "Invalid amount");
	*ret = (uint64_t)rate;
	return ERR_OK;
}

/* Signs and offers; the result is the transaction's id. */
static enum err send(struct rt_call *c, struct rt_fund *f, bool is_verbose)
{
	struct btc_sign_source source = rt_keys_source(&f->wallet->keys);
	struct rt_offer offer = { .is_test = false };
	struct rt_coin **spent;
	struct rt_accepted got;
	struct rt_reason why;
	bool is_whole;
	struct buf b;
	enum err e;

	TRY(rt_fund_tx(c, f));
	TRY(rt_signer_find_spent(c, f->tx, NULL, &spent));
	TRY(rt_signer_sign(c, f->tx, spent, &source, BTC_SIGHASH_DEFAULT,
	                   &is_whole));
	if (!is_whole)
		return rt_call_fail(c, RT_RPC_WALLET,
		                    "Signing transaction failed");
	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, f->tx);
	offer.bytes = buf_span(&b);
	e = rt_node_offer(c->node, &offer, &why, &got);
	buf_fini(&b);
	if (e == ERR_BTC_RULE)
		return rt_call_fail(c, RT_RPC_WALLET, "%s", why.text);
	TRY(e);
	if (!is_verbose) {
		rt_json_hash_value(c->out, got.id);
		return ERR_OK;
	}
	json_write_object(c->out);
	rt_json_hash(c->out, "txid", got.id);
	rt_json_str(c->out, "fee_reason", "Fallback fee");
	json_write_close(c->out);
	return ERR_OK;
}

static struct rt_fund fund_for(struct rt_wallet *w, struct btc_tx *tx)
{
	return (struct rt_fund){ .wallet = w,
		                 .tx = tx,
		                 .rate = w->fee_rate,
		                 .change_at = -1,
		                 .adds_inputs = true,
		                 .is_replaceable = true };
}

enum err rt_rpc_spend_sendtoaddress(struct rt_call *c)
{
	static const bool first[] = { true };
	struct span text = span_of(NULL, 0);
	struct btc_tx tx = { .version = 2 };
	struct btc_out out;
	struct rt_wallet *w;
	struct rt_fund f;
	bool pays_fee = false;
	bool is_verbose = false;

	TRY(rt_rpc_wallet_of(c, &w));
	f = fund_for(w, &tx);
	TRY(rt_call_text(c, 0, &text));
	TRY(rt_call_address(c, text, &out.script));
	TRY(rt_call_amount(c, rt_call_arg(c, 1), &out.value));
	if (out.value == 0)
		return rt_call_fail(c, RT_RPC_TYPE, "Invalid amount for send");
	TRY(rt_call_bool(c, 4, &pays_fee));
	TRY(rt_call_bool(c, 5, &f.is_replaceable));
	TRY(sat_rate(c, rt_call_arg(c, 9), &f.rate));
	TRY(rt_call_bool(c, 10, &is_verbose));
	if (pays_fee)
		f.pays_fee = first;
	tx.outs = &out;
	tx.n_outs = 1;
	return send(c, &f, is_verbose);
}

enum err rt_rpc_spend_sendmany(struct rt_call *c)
{
	struct btc_tx tx = { .version = 2 };
	struct btc_out *outs;
	struct rt_wallet *w;
	struct rt_fund f;
	bool is_verbose = false;

	TRY(rt_rpc_wallet_of(c, &w));
	f = fund_for(w, &tx);
	TRY(rt_rpc_tx_outputs(c, rt_call_arg(c, 1), &outs, &tx.n_outs));
	TRY(rt_call_bool(c, 5, &f.is_replaceable));
	TRY(sat_rate(c, rt_call_arg(c, 8), &f.rate));
	TRY(rt_call_bool(c, 9, &is_verbose));
	tx.outs = outs;
	return send(c, &f, is_verbose);
}

/* --- step by step --- */

static enum err read_options(struct rt_call *c, const struct json *o,
                             struct rt_fund *f)
{
	const struct json *rate = json_read_get(o, "feeRate");
	struct span text;

	(void)json_read_bool(json_read_get(o, "add_inputs"), &f->adds_inputs);
	(void)json_read_bool(json_read_get(o, "replaceable"),
	                     &f->is_replaceable);
	(void)json_read_i64(json_read_get(o, "changePosition"), &f->change_at);
	if (json_read_text(json_read_get(o, "changeAddress"), &text))
		TRY(rt_call_address(c, text, &f->change));
	if (rate)
		TRY(rt_call_amount(c, rate, &f->rate));
	return sat_rate(c, json_read_get(o, "fee_rate"), &f->rate);
}

/* Which outputs pay the fee, by their numbers. */
static enum err read_payers(struct rt_call *c, const struct json *list,
                            struct rt_fund *f)
{
	uint32_t n = f->tx->n_outs;
	bool *pays = arena_zalloc(c->a, n * sizeof(*pays));

	if (!pays)
		return ERR_NO_MEMORY;
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		uint64_t at;

		if (!json_read_u64(v, &at) || at >= n)
			return rt_call_fail(c, RT_RPC_PARAMETER,
			                    "Invalid parameter, position too "
			                    "large");
		pays[at] = true;
		f->pays_fee = pays;
	}
	return ERR_OK;
}

enum err rt_rpc_spend_fundrawtransaction(struct rt_call *c)
{
	const struct json *o = rt_call_arg(c, 1);
	struct rt_wallet *w;
	struct rt_fund f;
	struct btc_tx tx;
	struct buf b;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_tx(c, 0, &tx));
	f = fund_for(w, &tx);
	TRY(read_options(c, o, &f));
	TRY(read_payers(c, json_read_get(o, "subtractFeeFromOutputs"), &f));
	TRY(rt_fund_tx(c, &f));
	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, &tx);
	json_write_object(c->out);
	rt_json_hex(c->out, "hex", buf_span(&b));
	rt_json_coins(c->out, "fee", f.fee);
	rt_json_i64(c->out, "changepos", f.change_at);
	json_write_close(c->out);
	buf_fini(&b);
	return ERR_OK;
}

enum err rt_rpc_spend_signrawtransactionwithwallet(struct rt_call *c)
{
	struct rt_wallet *w;
	struct btc_tx tx;
	uint32_t type;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_tx(c, 0, &tx));
	TRY(rt_signer_type(c, 2, &type));
	return rt_signer_answer(c, &tx, rt_call_arg(c, 1), &w->keys, type);
}
