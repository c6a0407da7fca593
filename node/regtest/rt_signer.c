/* node/regtest/rt_signer.c - Signs transactions; see rt_signer.h. */
#include "config.h"

#include "node/regtest/rt_signer.h"

#include <string.h>

#include "node/regtest/rt_json.h"

enum err rt_signer_type(struct rt_call *c, unsigned i, uint32_t *ret)
{
	static const struct {
		const char *name;
		uint32_t type;
	} types[] = {
		{ "DEFAULT", BTC_SIGHASH_DEFAULT },
		{ "ALL", BTC_SIGHASH_ALL },
		{ "NONE", BTC_SIGHASH_NONE },
		{ "SINGLE", BTC_SIGHASH_SINGLE },
		{ "ALL|ANYONECANPAY", BTC_SIGHASH_ALL | BTC_SIGHASH_ANYONE },
		{ "NONE|ANYONECANPAY", BTC_SIGHASH_NONE | BTC_SIGHASH_ANYONE },
		{ "SINGLE|ANYONECANPAY",
		  BTC_SIGHASH_SINGLE | BTC_SIGHASH_ANYONE },
	};
	struct span name = span_str("DEFAULT");

	TRY(rt_call_text(c, i, &name));
	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++) {
		if (span_eq(name, span_str(types[k].name))) {
			*ret = types[k].type;
			return ERR_OK;
		}
	}
	return rt_call_fail(c, RT_RPC_PARAMETER,
	                    "'%.*s' is not a valid sighash parameter.",
	                    (int)(name.len & 0x3f), (const char *)name.p);
}

static enum err add_script(struct rt_call *c, const struct json *v,
                           struct rt_keys *keys)
{
	struct span text;
	struct span script;

	if (!json_read_text(v, &text))
		return ERR_OK;
	if (!rt_call_hex(c, text, &script))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "script must be hexadecimal string");
	return rt_keys_add_script(keys, script);
}

static enum err read_one(struct rt_call *c, const struct json *v,
                         struct rt_keys *keys, struct rt_coin *coin)
{
	const struct json *amount = json_read_get(v, "amount");
	struct span text = span_of(NULL, 0);
	uint64_t n;

	memset(coin, 0, sizeof(*coin));
	TRY(rt_call_hash(c, json_read_get(v, "txid"), "txid", coin->at.txid));
	if (!json_read_u64(json_read_get(v, "vout"), &n) || n > UINT32_MAX)
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "vout cannot be negative");
	coin->at.n = (uint32_t)n;
	(void)json_read_text(json_read_get(v, "scriptPubKey"), &text);
	if (!rt_call_hex(c, text, &coin->out.script))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "scriptPubKey must be hexadecimal string");
	if (amount)
		TRY(rt_call_amount(c, amount, &coin->out.value));
	TRY(add_script(c, json_read_get(v, "redeemScript"), keys));
	return add_script(c, json_read_get(v, "witnessScript"), keys);
}

enum err rt_signer_read_spent(struct rt_call *c, const struct json *list,
                              struct rt_keys *keys, struct hmap *ret)
{
	hmap_init(ret, c->a, 1 << 20, &c->node->seed);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		struct rt_coin *coin = arena_alloc(c->a, sizeof(*coin));

		if (!coin)
			return ERR_NO_MEMORY;
		TRY(read_one(c, v, keys, coin));
		TRY(hmap_put(ret, span_of(&coin->at, sizeof(coin->at)), coin));
	}
	return ERR_OK;
}

enum err rt_signer_find_spent(struct rt_call *c, const struct btc_tx *tx,
                              const struct hmap *extra, struct rt_coin ***ret)
{
	struct rt_coin **coins =
	    arena_new_array(c->a, struct rt_coin *, tx->n_ins);

	if (!coins)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const struct btc_outpoint *at = &tx->ins[i].spends;
		struct rt_coin *room = arena_alloc(c->a, sizeof(*room));

		if (!room)
			return ERR_NO_MEMORY;
		coins[i] =
		    extra ? hmap_get(extra, span_of(at, sizeof(*at))) : NULL;
		if (!coins[i])
			coins[i] = rt_pool_coin(&c->node->pool, at, room);
	}
	*ret = coins;
	return ERR_OK;
}

enum err rt_signer_sign(struct rt_call *c, struct btc_tx *tx,
                        struct rt_coin *const *spent,
                        const struct btc_sign_source *source, uint32_t type,
                        bool *ret_whole)
{
	struct btc_out *outs = arena_zalloc(c->a, tx->n_ins * sizeof(*outs));
	struct btc_in *ins =
	    arena_copy(c->a, tx->ins, tx->n_ins * sizeof(*ins));
	struct btc_spend s = { .tx = tx, .spent = outs };

	if (!outs || !ins)
		return ERR_NO_MEMORY;
	*ret_whole = true;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		if (spent[i])
			outs[i] = spent[i]->out;
	}
	for (; s.at < tx->n_ins; s.at++) {
		enum err e = ERR_BTC_UNSIGNED;

		if (spent[s.at])
			e = btc_sign_input(c->a, &ins[s.at], &s, type, source);
		if (e == ERR_BTC_UNSIGNED)
			*ret_whole = false;
		else
			TRY(e);
	}
	tx->ins = ins;
	tx->has_witness = false;
	for (uint32_t i = 0; i < tx->n_ins; i++)
		tx->has_witness |= ins[i].n_witness > 0;
	return ERR_OK;
}

/* --- the answer --- */

static const char *reason_of(enum btc_verify_err why)
{
	if (why == BTC_FAIL_INVALID_STACK_OPERATION ||
	    why == BTC_FAIL_WITNESS_PROGRAM_WITNESS_EMPTY)
		return "Unable to sign input, invalid stack size (possibly "
		       "missing key)";
	if (why == BTC_FAIL_NULLFAIL)
		return "CHECK(MULTI)SIG failing with non-zero signature "
		       "(possibly need more signatures)";
	return btc_verify_text(why);
}

static void write_error(struct rt_call *c, const struct btc_in *in,
                        const char *why)
{
	struct json_write *w = c->out;

	json_write_object(w);
	rt_json_hash(w, "txid", in->spends.txid);
	rt_json_u64(w, "vout", in->spends.n);
	json_write_key(w, "witness");
	json_write_array(w);
	for (uint32_t i = 0; i < in->n_witness; i++)
		rt_json_hex_value(w, in->witness[i]);
	json_write_close(w);
	rt_json_hex(w, "scriptSig", in->script);
	rt_json_u64(w, "sequence", in->sequence);
	rt_json_str(w, "error", why);
	json_write_close(w);
}

/* Judges every input; NULL for one that is unlocked. */
static enum err judge(struct rt_call *c, const struct btc_tx *tx,
                      struct rt_coin *const *spent, const char **ret,
                      bool *ret_whole)
{
	struct btc_out *outs = arena_zalloc(c->a, tx->n_ins * sizeof(*outs));
	struct btc_spend s = { .tx = tx, .spent = outs };

	if (!outs)
		return ERR_NO_MEMORY;
	*ret_whole = true;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		if (spent[i])
			outs[i] = spent[i]->out;
	}
	for (; s.at < tx->n_ins; s.at++) {
		enum btc_verify_err why = BTC_FAIL_OK;
		enum err e =
		    btc_verify_input(c->a, &s, BTC_VERIFY_POLICY, &why);

		ret[s.at] = NULL;
		if (e != ERR_OK && e != ERR_BTC_SCRIPT)
			return e;
		if (!spent[s.at])
			ret[s.at] = "Input not found or already spent";
		else if (e == ERR_BTC_SCRIPT)
			ret[s.at] = reason_of(why);
		*ret_whole &= ret[s.at] == NULL;
	}
	return ERR_OK;
}

enum err rt_signer_answer(struct rt_call *c, struct btc_tx *tx,
                          const struct json *extra, struct rt_keys *keys,
                          uint32_t type)
{
	struct btc_sign_source source = rt_keys_source(keys);
	const char **why = arena_new_array(c->a, const char *, tx->n_ins);
	struct rt_coin **spent;
	struct hmap given;
	bool is_whole;
	struct buf b;

	if (!why)
		return ERR_NO_MEMORY;
	TRY(rt_signer_read_spent(c, extra, keys, &given));
	TRY(rt_signer_find_spent(c, tx, &given, &spent));
	TRY(rt_signer_sign(c, tx, spent, &source, type, &is_whole));
	TRY(judge(c, tx, spent, why, &is_whole));
	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, tx);
	json_write_object(c->out);
	rt_json_hex(c->out, "hex", buf_span(&b));
	buf_fini(&b);
	rt_json_bool(c->out, "complete", is_whole);
	if (!is_whole) {
		json_write_key(c->out, "errors");
		json_write_array(c->out);
		for (uint32_t i = 0; i < tx->n_ins; i++) {
			if (why[i])
				write_error(c, &tx->ins[i], why[i]);
		}
		json_write_close(c->out);
	}
	json_write_close(c->out);
	return ERR_OK;
}
