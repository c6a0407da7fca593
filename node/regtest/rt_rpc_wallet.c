/* node/regtest/rt_rpc_wallet.c - Calls about wallets and what they own. */
#include "config.h"

#include <string.h>

#include "node/bitcoin/btc_script.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_rpc_calls.h"
#include "node/regtest/rt_wallet.h"

#define WALLET_VERSION 169900

enum err rt_rpc_wallet_of(struct rt_call *c, struct rt_wallet **ret)
{
	const struct rt_wallets *ws = c->rpc->wallets;
	const struct hmap_entry *e;
	uint32_t place = 0;

	if (c->has_wallet) {
		*ret = rt_wallets_find(ws, c->wallet);
		if (*ret)
			return ERR_OK;
		return rt_call_fail(c, RT_RPC_NO_WALLET,
		                    "Requested wallet does not exist or is not "
		                    "loaded");
	}
	if (ws->loaded.n > 1)
		return rt_call_fail(
		    c, RT_RPC_WHICH_WALLET,
		    "Wallet file not specified (must request wallet RPC "
		    "through /wallet/<filename> uri-path).");
	e = hmap_next(&ws->loaded, &place);
	if (!e)
		return rt_call_fail(
		    c, RT_RPC_NO_WALLET,
		    "No wallet is loaded. Load a wallet using loadwallet or "
		    "create a new one with createwallet. (Note: A default "
		    "wallet is no longer automatically created)");
	*ret = e->value;
	return ERR_OK;
}

/* --- making and loading --- */

static void write_name(struct rt_call *c, struct span name)
{
	json_write_object(c->out);
	json_write_key(c->out, "name");
	json_write_text(c->out, name);
	json_write_close(c->out);
}

enum err rt_rpc_wallet_createwallet(struct rt_call *c)
{
	struct span name = span_of(NULL, 0);
	struct span passphrase = span_of(NULL, 0);
	bool is_watching = false;
	bool is_blank = false;
	enum err e;

	TRY(rt_call_text(c, 0, &name));
	TRY(rt_call_bool(c, 1, &is_watching));
	TRY(rt_call_bool(c, 2, &is_blank));
	TRY(rt_call_text(c, 3, &passphrase));
	if (passphrase.len > 0)
		return rt_call_fail(c, RT_RPC_WALLET,
		                    "Wallets of this chain are not encrypted");
	e = rt_wallets_create(c->rpc->wallets, name, !is_watching && !is_blank,
	                      is_watching);
	if (e == ERR_EXISTS)
		return rt_call_fail(
		    c, RT_RPC_WALLET,
		    "Wallet file verification failed. Failed to "
		    "create database path '%.*s'. Database "
		    "already exists.",
		    (int)(name.len & 0xff), (const char *)name.p);
	TRY(e);
	write_name(c, name);
	return ERR_OK;
}

enum err rt_rpc_wallet_loadwallet(struct rt_call *c)
{
	struct span name = span_of(NULL, 0);
	enum err e;

	TRY(rt_call_text(c, 0, &name));
	if (rt_wallets_find(c->rpc->wallets, name))
		return rt_call_fail(c, RT_RPC_WALLET_LOADED,
		                    "Wallet \"%.*s\" is already loaded.",
		                    (int)(name.len & 0xff),
		                    (const char *)name.p);
	e = rt_wallets_load(c->rpc->wallets, name);
	if (e == ERR_ABSENT)
		return rt_call_fail(
		    c, RT_RPC_NO_WALLET,
		    "Wallet file verification failed. Failed to "
		    "load database path '%.*s'. Path does not "
		    "exist.",
		    (int)(name.len & 0xff), (const char *)name.p);
	TRY(e);
	write_name(c, name);
	return ERR_OK;
}

enum err rt_rpc_wallet_unloadwallet(struct rt_call *c)
{
	struct rt_wallet *w = NULL;
	struct span name;

	if (rt_call_arg(c, 0)) {
		TRY(rt_call_text(c, 0, &name));
		w = rt_wallets_find(c->rpc->wallets, name);
		if (!w)
			return rt_call_fail(c, RT_RPC_NO_WALLET,
			                    "Requested wallet does not exist "
			                    "or is not loaded");
	} else {
		TRY(rt_rpc_wallet_of(c, &w));
	}
	rt_wallets_unload(c->rpc->wallets, w);
	json_write_object(c->out);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_wallet_listwallets(struct rt_call *c)
{
	const struct hmap_entry *e;
	uint32_t place = 0;

	json_write_array(c->out);
	while ((e = hmap_next(&c->rpc->wallets->loaded, &place)) != NULL)
		json_write_text(c->out,
		                ((const struct rt_wallet *)e->value)->name);
	json_write_close(c->out);
	return ERR_OK;
}

static enum err write_one_name(void *ctx, struct span name)
{
	struct json_write *w = ctx;

	json_write_object(w);
	json_write_key(w, "name");
	json_write_text(w, name);
	json_write_close(w);
	return ERR_OK;
}

enum err rt_rpc_wallet_listwalletdir(struct rt_call *c)
{
	const struct hmap_entry *e;
	uint32_t place = 0;
	enum err err = ERR_OK;

	json_write_object(c->out);
	json_write_key(c->out, "wallets");
	json_write_array(c->out);
	if (c->node->log)
		err = rt_log_list_wallets(c->node->log, write_one_name, c->out);
	while ((e = hmap_next(&c->rpc->wallets->values, &place)) != NULL)
		(void)!write_one_name(c->out,
		                      span_of(e->bytes, (size_t)e->num));
	json_write_close(c->out);
	json_write_close(c->out);
	return err;
}

/* --- addresses --- */

static enum err type_of(struct rt_call *c, unsigned i, enum rt_wallet_type *ret)
{
	static const char *const names[] = { "legacy", "p2sh-segwit", "bech32",
		                             "bech32m" };
	struct span name = span_str("bech32");

	TRY(rt_call_text(c, i, &name));
	for (unsigned k = 0; k < RT_WALLET_TYPES; k++) {
		if (span_eq(name, span_str(names[k]))) {
			*ret = (enum rt_wallet_type)k;
			return ERR_OK;
		}
	}
	return rt_call_fail(c, RT_RPC_ADDRESS, "Unknown address type '%.*s'",
	                    (int)(name.len & 0x3f), (const char *)name.p);
}

static enum err new_address(struct rt_call *c, unsigned type_at, bool is_change,
                            struct span label)
{
	char text[BTC_ADDR_TEXT_MAX];
	enum rt_wallet_type type = RT_WALLET_BECH32;
	struct rt_wallet *w;
	struct rt_owned *o;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(type_of(c, type_at, &type));
	if (!w->has_seed)
		return rt_call_fail(c, RT_RPC_WALLET,
		                    "Error: This wallet has no available keys");
	TRY(rt_wallet_take(w, type, is_change, label, &o));
	TRY(rt_wallets_save(c->rpc->wallets, w));
	TRY(btc_addr_format(text, BTC_REGTEST, o->script));
	json_write_str(c->out, text);
	return ERR_OK;
}

enum err rt_rpc_wallet_getnewaddress(struct rt_call *c)
{
	struct span label = span_of(NULL, 0);

	TRY(rt_call_text(c, 0, &label));
	return new_address(c, 1, false, label);
}

enum err rt_rpc_wallet_getrawchangeaddress(struct rt_call *c)
{
	return new_address(c, 0, true, span_of(NULL, 0));
}

static void write_descriptor(struct json_write *w, const struct rt_owned *o)
{
	static const char *const heads[] = { "pkh(", "sh(wpkh(", "wpkh(",
		                             "tr(" };
	static const char *const tails[] = { ")", "))", ")", ")" };
	struct buf text;
	struct buf sealed;

	buf_init(&text, 4096);
	buf_init(&sealed, 8192);
	if (o->is_own) {
		bool is_taproot = o->type == RT_WALLET_BECH32M;

		(void)buf_add_str(&text, heads[o->type]);
		(void)buf_add_hex(&text, o->pub + is_taproot,
		                  sizeof(o->pub) - is_taproot);
		(void)buf_add_str(&text, tails[o->type]);
		(void)rt_desc_seal(&sealed, buf_span(&text));
	} else {
		(void)rt_desc_of_script(&sealed, o->script);
	}
	rt_json_str(w, "desc", buf_str(&sealed));
	buf_fini(&text);
	buf_fini(&sealed);
}

static void write_path(struct json_write *w, const struct rt_owned *o)
{
	static const unsigned purposes[] = { 44, 49, 84, 86 };
	struct buf path;

	buf_init(&path, 64);
	(void)buf_addf(&path, "m/%uh/1h/0h/%d/%u", purposes[o->type],
	               o->is_change, o->index);
	rt_json_str(w, "hdkeypath", buf_str(&path));
	buf_fini(&path);
}

enum err rt_rpc_wallet_getaddressinfo(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct btc_script_shape shape;
	struct json_write *w = c->out;
	struct rt_wallet *wallet;
	const struct rt_owned *o;
	struct span script;
	struct span program;
	uint8_t version;

	TRY(rt_rpc_wallet_of(c, &wallet));
	TRY(rt_call_text(c, 0, &text));
	if (rt_call_address(c, text, &script) != ERR_OK)
		return rt_call_fail(c, RT_RPC_ADDRESS,
		                    "Invalid or unsupported Segwit (Bech32) or "
		                    "Base58 encoding.");
	o = rt_wallet_find(wallet, script);
	btc_script_shape(&shape, script);
	bool is_witness = btc_script_is_witness(script, &version, &program);

	json_write_object(w);
	json_write_key(w, "address");
	json_write_text(w, text);
	rt_json_hex(w, "scriptPubKey", script);
	rt_json_bool(w, "ismine", rt_wallet_is_mine(wallet, o));
	rt_json_bool(w, "solvable", o && (o->has_key || o->has_pub));
	if (o)
		write_descriptor(w, o);
	rt_json_bool(w, "iswatchonly", o && !rt_wallet_is_mine(wallet, o));
	rt_json_bool(w, "isscript",
	             shape.kind == BTC_SCRIPT_SCRIPTHASH ||
	                 shape.kind == BTC_SCRIPT_WITNESS_SCRIPTHASH ||
	                 shape.kind == BTC_SCRIPT_WITNESS_TAPROOT);
	rt_json_bool(w, "iswitness", is_witness);
	if (is_witness) {
		rt_json_u64(w, "witness_version", version);
		rt_json_hex(w, "witness_program", program);
	}
	if (o && o->has_pub && shape.kind != BTC_SCRIPT_WITNESS_TAPROOT)
		rt_json_hex(w, "pubkey", span_of(o->pub, sizeof(o->pub)));
	rt_json_bool(w, "ischange", o && o->is_change);
	if (o && o->is_own)
		write_path(w, o);
	json_write_key(w, "labels");
	json_write_array(w);
	if (o && !o->is_change)
		json_write_text(w, o->label);
	json_write_close(w);
	json_write_close(w);
	return ERR_OK;
}

enum err rt_rpc_wallet_dumpprivkey(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct btc_sign_source source;
	struct rt_wallet *w;
	const struct rt_owned *o;
	uint8_t hash[HASH_160_LEN];
	struct span script;
	uint8_t key[32];
	struct buf wif;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_text(c, 0, &text));
	TRY(rt_call_address(c, text, &script));
	o = rt_wallet_find(w, script);
	source = rt_keys_source(&w->keys);
	if (o && o->has_pub)
		hash_hash160(hash, o->pub, sizeof(o->pub));
	if (!o || !o->has_pub || !source.key(source.self, hash, key))
		return rt_call_fail(c, RT_RPC_WALLET,
		                    "Private key for address %.*s is not known",
		                    (int)(text.len & 0xff),
		                    (const char *)text.p);
	buf_init(&wif, 128);
	(void)rt_desc_add_wif(&wif, key);
	json_write_text(c->out, buf_span(&wif));
	buf_fini(&wif);
	return ERR_OK;
}

/* --- importing --- */

static enum err import(struct rt_call *c, struct rt_wallet *w, const char *head,
                       struct span text, struct span label)
{
	const char *why = "";
	struct buf desc;
	enum err e;

	buf_init(&desc, 100000);
	(void)buf_addf(&desc, "%s(%.*s)", head, (int)text.len,
	               (const char *)text.p);
	e = rt_wallet_import(w, buf_span(&desc), label, false, &why);
	buf_fini(&desc);
	if (e == ERR_SYNTAX)
		return rt_call_fail(c, RT_RPC_ADDRESS, "%s", why);
	TRY(e);
	return rt_wallets_save(c->rpc->wallets, w);
}

enum err rt_rpc_wallet_importaddress(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct span label = span_of(NULL, 0);
	struct btc_script_room room;
	struct rt_wallet *w;
	bool is_address;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_text(c, 0, &text));
	TRY(rt_call_text(c, 1, &label));
	is_address = btc_addr_parse(&room, BTC_REGTEST, text) == ERR_OK;
	TRY(import(c, w, is_address ? "addr" : "raw", text, label));
	json_write_null(c->out);
	return ERR_OK;
}

enum err rt_rpc_wallet_importprivkey(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct span label = span_of(NULL, 0);
	struct rt_wallet *w;
	uint8_t key[32];
	bool is_short;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_text(c, 0, &text));
	TRY(rt_call_text(c, 1, &label));
	if (!rt_desc_wif(text, key, &is_short))
		return rt_call_fail(c, RT_RPC_ADDRESS,
		                    "Invalid private key encoding");
	if (w->is_watching)
		return rt_call_fail(c, RT_RPC_WALLET,
		                    "Cannot import private keys to a wallet "
		                    "with private keys disabled");
	TRY(import(c, w, "combo", text, label));
	if (is_short)
		TRY(import(c, w, "tr", text, label));
	json_write_null(c->out);
	return ERR_OK;
}

static enum err import_one(struct rt_call *c, struct rt_wallet *w,
                           const struct json *v)
{
	struct span label = span_of(NULL, 0);
	struct span desc = span_of(NULL, 0);
	const char *why = "Descriptor not found.";
	enum err e = ERR_SYNTAX;

	(void)json_read_text(json_read_get(v, "label"), &label);
	if (json_read_text(json_read_get(v, "desc"), &desc))
		e = rt_wallet_import(w, desc, label, true, &why);
	if (e != ERR_OK && e != ERR_SYNTAX)
		return e;
	json_write_object(c->out);
	rt_json_bool(c->out, "success", e == ERR_OK);
	if (e == ERR_SYNTAX) {
		json_write_key(c->out, "error");
		json_write_object(c->out);
		rt_json_i64(c->out, "code", RT_RPC_ADDRESS);
		rt_json_str(c->out, "message", why);
		json_write_close(c->out);
	}
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_wallet_importdescriptors(struct rt_call *c)
{
	const struct json *list = rt_call_arg(c, 0);
	struct rt_wallet *w;

	TRY(rt_rpc_wallet_of(c, &w));
	if (!json_read_is_array(list))
		return rt_call_fail(c, RT_RPC_TYPE,
		                    "JSON value is not of expected type array");
	json_write_array(c->out);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		TRY(import_one(c, w, v));
	json_write_close(c->out);
	return rt_wallets_save(c->rpc->wallets, w);
}

/* Wallets look everything up when they are asked. */
enum err rt_rpc_wallet_rescanblockchain(struct rt_call *c)
{
	uint32_t tip = rt_chain_tip(&c->node->chain)->height;

	json_write_object(c->out);
	rt_json_u64(c->out, "start_height", 0);
	rt_json_u64(c->out, "stop_height", tip);
	json_write_close(c->out);
	return ERR_OK;
}

/* --- balances --- */

struct balance {
	uint64_t trusted;
	uint64_t pending;
	uint64_t immature;
	uint32_t n_txs;
};

static enum err sum_up(struct rt_call *c, struct rt_wallet *w,
                       int64_t min_depth, struct balance *ret)
{
	struct rt_unspent *list;
	uint32_t n;

	memset(ret, 0, sizeof(*ret));
	TRY(rt_wallet_list(w, c->a, &list, &n));
	for (uint32_t i = 0; i < n; i++) {
		uint64_t value = list[i].coin.out.value;

		if (!rt_wallet_is_mine(w, list[i].owned))
			continue;
		if (!list[i].is_mature)
			ret->immature += value;
		else if (!list[i].is_trusted)
			ret->pending += value;
		else if (list[i].depth >= min_depth)
			ret->trusted += value;
	}
	ret->n_txs = n;
	return ERR_OK;
}

enum err rt_rpc_wallet_getbalance(struct rt_call *c)
{
	struct balance b;
	struct rt_wallet *w;
	int64_t depth = 0;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(rt_call_i64(c, 1, &depth));
	TRY(sum_up(c, w, depth, &b));
	json_write_fixed(c->out, (int64_t)b.trusted, 8);
	return ERR_OK;
}

enum err rt_rpc_wallet_getunconfirmedbalance(struct rt_call *c)
{
	struct balance b;
	struct rt_wallet *w;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(sum_up(c, w, 0, &b));
	json_write_fixed(c->out, (int64_t)b.pending, 8);
	return ERR_OK;
}

static void write_tip(struct rt_call *c)
{
	const struct rt_block *tip = rt_chain_tip(&c->node->chain);

	json_write_key(c->out, "lastprocessedblock");
	json_write_object(c->out);
	rt_json_hash(c->out, "hash", tip->hash);
	rt_json_u64(c->out, "height", tip->height);
	json_write_close(c->out);
}

enum err rt_rpc_wallet_getbalances(struct rt_call *c)
{
	struct balance b;
	struct rt_wallet *w;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(sum_up(c, w, 0, &b));
	json_write_object(c->out);
	json_write_key(c->out, "mine");
	json_write_object(c->out);
	rt_json_coins(c->out, "trusted", b.trusted);
	rt_json_coins(c->out, "untrusted_pending", b.pending);
	rt_json_coins(c->out, "immature", b.immature);
	json_write_close(c->out);
	write_tip(c);
	json_write_close(c->out);
	return ERR_OK;
}

enum err rt_rpc_wallet_getwalletinfo(struct rt_call *c)
{
	struct json_write *out = c->out;
	struct balance b;
	struct rt_wallet *w;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(sum_up(c, w, 0, &b));
	json_write_object(out);
	json_write_key(out, "walletname");
	json_write_text(out, w->name);
	rt_json_u64(out, "walletversion", WALLET_VERSION);
	rt_json_str(out, "format", "sqlite");
	rt_json_coins(out, "balance", b.trusted);
	rt_json_coins(out, "unconfirmed_balance", b.pending);
	rt_json_coins(out, "immature_balance", b.immature);
	rt_json_u64(out, "txcount", b.n_txs);
	rt_json_u64(out, "keypoolsize", w->has_seed ? 4000 : 0);
	rt_json_u64(out, "keypoolsize_hd_internal", w->has_seed ? 4000 : 0);
	rt_json_coins(out, "paytxfee", 0);
	rt_json_bool(out, "private_keys_enabled", !w->is_watching);
	rt_json_bool(out, "avoid_reuse", false);
	rt_json_bool(out, "scanning", false);
	rt_json_bool(out, "descriptors", true);
	rt_json_bool(out, "external_signer", false);
	rt_json_bool(out, "blank", !w->has_seed);
	write_tip(c);
	json_write_close(out);
	return ERR_OK;
}

/* --- coins --- */

struct filter {
	int64_t min_depth;
	int64_t max_depth;
	bool has_unsafe;
	struct hmap scripts; /* wanted; empty: all */
	int64_t min_value;
	int64_t max_count;
};

static enum err read_filter(struct rt_call *c, struct filter *f)
{
	const struct json *list = rt_call_arg(c, 2);
	const struct json *options = rt_call_arg(c, 4);

	*f = (struct filter){ .min_depth = 1,
		              .max_depth = 9999999,
		              .has_unsafe = true,
		              .max_count = INT64_MAX };
	hmap_init(&f->scripts, c->a, 1 << 20, &c->node->seed);
	TRY(rt_call_i64(c, 0, &f->min_depth));
	TRY(rt_call_i64(c, 1, &f->max_depth));
	TRY(rt_call_bool(c, 3, &f->has_unsafe));
	(void)json_read_fixed(json_read_get(options, "minimumAmount"), 8,
	                      &f->min_value);
	(void)json_read_i64(json_read_get(options, "maximumCount"),
	                    &f->max_count);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		struct span text = span_of(NULL, 0);
		struct span script;

		(void)json_read_text(v, &text);
		TRY(rt_call_address(c, text, &script));
		TRY(hmap_put(&f->scripts, script, NULL));
	}
	return ERR_OK;
}

static bool is_wanted(const struct rt_wallet *w, const struct filter *f,
                      const struct rt_unspent *u)
{
	struct span at = span_of(&u->coin.at, sizeof(u->coin.at));

	return u->is_mature && u->depth >= f->min_depth &&
	       u->depth <= f->max_depth && (u->is_trusted || f->has_unsafe) &&
	       (int64_t)u->coin.out.value >= f->min_value &&
	       !hmap_has(&w->locked, at) &&
	       (f->scripts.n == 0 || hmap_has(&f->scripts, u->coin.out.script));
}

static void write_unspent(struct rt_call *c, const struct rt_wallet *wallet,
                          const struct rt_unspent *u)
{
	char address[BTC_ADDR_TEXT_MAX];
	struct json_write *w = c->out;

	json_write_object(w);
	rt_json_hash(w, "txid", u->coin.at.txid);
	rt_json_u64(w, "vout", u->coin.at.n);
	if (btc_addr_format(address, BTC_REGTEST, u->coin.out.script) ==
	    ERR_OK) {
		rt_json_str(w, "address", address);
		if (!u->owned->is_change) {
			json_write_key(w, "label");
			json_write_text(w, u->owned->label);
		}
	}
	rt_json_hex(w, "scriptPubKey", u->coin.out.script);
	rt_json_coins(w, "amount", u->coin.out.value);
	rt_json_u64(w, "confirmations", u->depth);
	rt_json_bool(w, "spendable", rt_wallet_is_mine(wallet, u->owned));
	rt_json_bool(w, "solvable", u->owned->has_key || u->owned->has_pub);
	write_descriptor(w, u->owned);
	rt_json_raw(w, "parent_descs", "[]");
	rt_json_bool(w, "safe", u->is_trusted);
	json_write_close(w);
}

enum err rt_rpc_wallet_listunspent(struct rt_call *c)
{
	struct rt_unspent *list;
	struct rt_wallet *w;
	struct filter f;
	uint32_t n;

	TRY(rt_rpc_wallet_of(c, &w));
	TRY(read_filter(c, &f));
	TRY(rt_wallet_list(w, c->a, &list, &n));
	json_write_array(c->out);
	for (uint32_t i = 0; i < n && f.max_count > 0; i++) {
		if (!is_wanted(w, &f, &list[i]))
			continue;
		write_unspent(c, w, &list[i]);
		f.max_count--;
	}
	json_write_close(c->out);
	return ERR_OK;
}
