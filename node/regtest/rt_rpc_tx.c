/* node/regtest/rt_rpc_tx.c - Calls about transactions. */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/btc_script.h"
#include "node/regtest/rt_check.h"
#include "node/regtest/rt_json.h"
#include "node/regtest/rt_proof.h"
#include "node/regtest/rt_rpc_calls.h"
#include "node/regtest/rt_signer.h"

static void write_hex_of(struct rt_call *c, const struct btc_tx *tx)
{
	struct buf b;

	buf_init(&b, BTC_WIRE_MAX);
	(void)btc_tx_write(&b, tx);
	rt_json_hex_value(c->out, buf_span(&b));
	buf_fini(&b);
}

enum err rt_rpc_tx_decoderawtransaction(struct rt_call *c)
{
	struct rt_json_tx t = { .has_hex = false };
	struct btc_tx tx;

	TRY(rt_call_tx(c, 0, &tx));
	t.tx = &tx;
	json_write_object(c->out);
	rt_json_tx_fields(c->out, &t);
	json_write_close(c->out);
	return ERR_OK;
}

/* --- looking up --- */

/* A transaction and the block that it is in, if it is in one. */
struct found {
	const struct btc_tx *tx;
	const struct rt_block *block;
};

static const struct btc_tx *tx_in(const struct rt_block *b, const btc_hash id)
{
	for (uint32_t i = 0; i < b->block.n_txs; i++) {
		if (memcmp(b->block.ids[i], id, sizeof(btc_hash)) == 0)
			return &b->block.txs[i];
	}
	return NULL;
}

static enum err find_tx(struct rt_call *c, struct found *ret)
{
	const struct rt_place *place;
	const struct rt_entry *e;
	btc_hash hash;
	btc_hash id;

	*ret = (struct found){ NULL, NULL };
	TRY(rt_call_hash(c, rt_call_arg(c, 0), "parameter 1", id));
	if (rt_call_arg(c, 2)) {
		TRY(rt_call_hash(c, rt_call_arg(c, 2), "parameter 3", hash));
		ret->block = rt_chain_find(&c->node->chain, hash);
		if (!ret->block)
			return rt_call_fail(c, RT_RPC_ADDRESS,
			                    "Block hash not found");
		ret->tx = tx_in(ret->block, id);
		if (!ret->tx)
			return rt_call_fail(
			    c, RT_RPC_ADDRESS,
			    "No such transaction found in the provided block. "
			    "Use gettransaction for wallet transactions.");
		return ERR_OK;
	}
	e = rt_pool_find(&c->node->pool, id);
	place = rt_chain_tx(&c->node->chain, id);
	if (e) {
		ret->tx = &e->tx;
	} else if (place) {
		ret->block = place->block;
		ret->tx = &place->block->block.txs[place->at];
	} else {
		return rt_call_fail(
		    c, RT_RPC_ADDRESS,
		    "No such mempool or blockchain transaction. Use "
		    "gettransaction for wallet transactions.");
	}
	return ERR_OK;
}

static enum err tx_verbosity(struct rt_call *c, int64_t *ret)
{
	bool is_verbose;

	*ret = 0;
	if (json_read_bool(rt_call_arg(c, 1), &is_verbose)) {
		*ret = is_verbose;
		return ERR_OK;
	}
	return rt_call_i64(c, 1, ret);
}

static void write_where(struct rt_call *c, const struct rt_block *b)
{
	int64_t depth = rt_json_confirmations(&c->node->chain, b);

	rt_json_hash(c->out, "blockhash", b->hash);
	rt_json_i64(c->out, "confirmations", depth < 0 ? 0 : depth);
	if (depth < 0)
		return;
	rt_json_u64(c->out, "time", b->block.header.time);
	rt_json_u64(c->out, "blocktime", b->block.header.time);
}

/* What it spends: from the block's own list, or from the pool's view. */
static enum err spent_of(struct rt_call *c, const struct found *f,
                         struct rt_coin *const **ret)
{
	struct rt_coin **coins;
	size_t n = 0;

	*ret = NULL;
	if (btc_tx_is_coinbase(f->tx))
		return ERR_OK;
	if (!f->block) {
		TRY(rt_signer_find_spent(c, f->tx, NULL, &coins));
		*ret = coins;
		return ERR_OK;
	}
	if (!f->block->is_active)
		return ERR_OK;
	for (uint32_t i = 1; &f->block->block.txs[i] != f->tx; i++)
		n += f->block->block.txs[i].n_ins;
	*ret = f->block->spent + n;
	return ERR_OK;
}

enum err rt_rpc_tx_getrawtransaction(struct rt_call *c)
{
	struct rt_json_tx t = { .has_hex = true };
	struct found f;
	int64_t verbose;

	TRY(tx_verbosity(c, &verbose));
	TRY(find_tx(c, &f));
	if (f.block && !f.block->prev)
		return rt_call_fail(
		    c, RT_RPC_ADDRESS,
		    "The genesis block coinbase is not considered an ordinary "
		    "transaction and cannot be retrieved");
	if (verbose <= 0) {
		write_hex_of(c, f.tx);
		return ERR_OK;
	}
	t.tx = f.tx;
	if (verbose >= 2) {
		TRY(spent_of(c, &f, &t.spent));
		t.has_prevout = true;
		t.has_fee = true;
	}
	json_write_object(c->out);
	if (rt_call_arg(c, 2))
		rt_json_bool(c->out, "in_active_chain", f.block->is_active);
	rt_json_tx_fields(c->out, &t);
	if (f.block)
		write_where(c, f.block);
	json_write_close(c->out);
	return ERR_OK;
}

/* --- proofs --- */

/* The block that has all of them. */
static enum err block_of(struct rt_call *c, const struct json *ids,
                         const struct rt_block **ret)
{
	struct rt_block *b;

	if (rt_call_arg(c, 1)) {
		TRY(rt_call_block(c, 1, &b));
		*ret = b;
		return ERR_OK;
	}
	for (const struct json *v = json_read_first(ids); v;
	     v = json_read_next(v)) {
		const struct rt_place *place;
		btc_hash id;

		TRY(rt_call_hash(c, v, "txid", id));
		place = rt_chain_tx(&c->node->chain, id);
		if (place) {
			*ret = place->block;
			return ERR_OK;
		}
	}
	return rt_call_fail(c, RT_RPC_ADDRESS, "Transaction not yet in block");
}

static enum err mark_wanted(struct rt_call *c, const struct json *ids,
                            const struct rt_block *b, bool *is_wanted)
{
	for (const struct json *v = json_read_first(ids); v;
	     v = json_read_next(v)) {
		const struct btc_tx *tx;
		btc_hash id;

		TRY(rt_call_hash(c, v, "txid", id));
		tx = tx_in(b, id);
		if (!tx)
			return rt_call_fail(c, RT_RPC_ADDRESS,
			                    "Not all transactions found in "
			                    "specified or retrieved block");
		if (is_wanted[tx - b->block.txs])
			return rt_call_fail(
			    c, RT_RPC_PARAMETER,
			    "Invalid parameter, duplicated txid");
		is_wanted[tx - b->block.txs] = true;
	}
	return ERR_OK;
}

enum err rt_rpc_tx_gettxoutproof(struct rt_call *c)
{
	const struct json *ids = rt_call_arg(c, 0);
	const struct rt_block *b = NULL;
	struct buf proof;
	bool *is_wanted;
	enum err e;

	if (!json_read_is_array(ids) || !json_read_first(ids))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Parameter 'txids' cannot be empty");
	TRY(block_of(c, ids, &b));
	CHECK(b);
	is_wanted = arena_zalloc(c->a, b->block.n_txs * sizeof(*is_wanted));
	if (!is_wanted)
		return ERR_NO_MEMORY;
	TRY(mark_wanted(c, ids, b, is_wanted));
	buf_init(&proof, BTC_WIRE_MAX);
	e = rt_proof_write(c->a, &proof, &b->block, is_wanted);
	if (e == ERR_OK)
		rt_json_hex_value(c->out, buf_span(&proof));
	buf_fini(&proof);
	return e;
}

enum err rt_rpc_tx_verifytxoutproof(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	const struct rt_block *b;
	struct rt_proof proof;
	struct span bytes;
	btc_hash hash;
	enum err e;

	TRY(rt_call_text(c, 0, &text));
	if (!rt_call_hex(c, text, &bytes))
		return rt_call_fail(c, RT_RPC_PARSE_DATA,
		                    "proof must be hexadecimal string");
	e = rt_proof_read(c->a, &proof, bytes);
	if (e != ERR_OK && e != ERR_SYNTAX)
		return e;
	json_write_array(c->out);
	if (e == ERR_OK) {
		btc_header_hash(hash, &proof.header);
		b = rt_chain_find(&c->node->chain, hash);
		if (!b || !b->is_active)
			return rt_call_fail(c, RT_RPC_ADDRESS,
			                    "Block not found in chain");
		for (uint32_t i = 0;
		     b->block.n_txs == proof.n_txs && i < proof.n_ids; i++)
			rt_json_hash_value(c->out, proof.ids[i]);
	}
	json_write_close(c->out);
	return ERR_OK;
}

/* --- scripts --- */

static void write_address(struct json_write *w, const char *key,
                          struct span script)
{
	char address[BTC_ADDR_TEXT_MAX];

	if (btc_addr_format(address, BTC_REGTEST, script) == ERR_OK)
		rt_json_str(w, key, address);
}

static void wrap(struct btc_script_room *ret, struct span script)
{
	uint8_t hash[HASH_160_LEN];

	hash_hash160(hash, script.p, script.len);
	btc_addr_p2sh(ret, hash);
}

/* The way in which segwit would pay to it. */
static void wrap_witness(struct btc_script_room *ret, struct span script,
                         const struct btc_script_shape *shape)
{
	uint8_t hash[HASH_256_LEN];

	if (shape->kind == BTC_SCRIPT_PUBKEYHASH) {
		btc_addr_witness(ret, 0, shape->data);
	} else if (shape->kind == BTC_SCRIPT_PUBKEY) {
		hash_hash160(hash, shape->data.p, shape->data.len);
		btc_addr_witness(ret, 0, span_of(hash, HASH_160_LEN));
	} else {
		hash_sha256(hash, script.p, script.len);
		btc_addr_witness(ret, 0, span_of(hash, HASH_256_LEN));
	}
}

static void write_wrapped(struct json_write *w, struct span script,
                          const struct btc_script_shape *shape)
{
	struct btc_script_room room;
	struct span program;
	uint8_t version;

	if (shape->kind == BTC_SCRIPT_SCRIPTHASH ||
	    shape->kind == BTC_SCRIPT_NULLDATA ||
	    btc_script_is_unspendable(script) ||
	    shape->kind == BTC_SCRIPT_WITNESS_TAPROOT)
		return;
	wrap(&room, script);
	write_address(w, "p2sh", span_of(room.bytes, room.len));
	if (btc_script_is_witness(script, &version, &program))
		return;
	struct btc_script_room inner;

	wrap_witness(&inner, script, shape);
	json_write_key(w, "segwit");
	struct span witness = span_of(inner.bytes, inner.len);
	struct btc_script_shape got;

	btc_script_shape(&got, witness);
	json_write_object(w);
	rt_json_asm(w, witness, false);
	rt_json_hex(w, "hex", witness);
	write_address(w, "address", witness);
	rt_json_str(w, "type", btc_script_kind_name(got.kind));
	wrap(&room, witness);
	write_address(w, "p2sh-segwit", span_of(room.bytes, room.len));
	json_write_close(w);
}

enum err rt_rpc_tx_decodescript(struct rt_call *c)
{
	struct span text = span_of(NULL, 0);
	struct btc_script_shape shape;
	struct buf desc;
	struct span script;

	TRY(rt_call_text(c, 0, &text));
	if (!rt_call_hex(c, text, &script))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "argument must be hexadecimal string");
	btc_script_shape(&shape, script);
	json_write_object(c->out);
	rt_json_asm(c->out, script, false);
	buf_init(&desc, (size_t)1 << 24);
	(void)rt_desc_of_script(&desc, script);
	rt_json_str(c->out, "desc", buf_str(&desc));
	buf_fini(&desc);
	if (shape.kind != BTC_SCRIPT_PUBKEY)
		write_address(c->out, "address", script);
	rt_json_str(c->out, "type", btc_script_kind_name(shape.kind));
	write_wrapped(c->out, script, &shape);
	json_write_close(c->out);
	return ERR_OK;
}

/* --- making --- */

static enum err make_in(struct rt_call *c, const struct json *v,
                        uint32_t sequence, struct btc_in *ret)
{
	uint64_t n;

	memset(ret, 0, sizeof(*ret));
	TRY(rt_call_hash(c, json_read_get(v, "txid"), "txid",
	                 ret->spends.txid));
	if (!json_read_get(v, "vout"))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid parameter, missing vout key");
	if (!json_read_u64(json_read_get(v, "vout"), &n) || n > UINT32_MAX)
		return rt_call_fail(
		    c, RT_RPC_PARAMETER,
		    "Invalid parameter, vout cannot be negative");
	ret->spends.n = (uint32_t)n;
	n = sequence;
	if (json_read_get(v, "sequence") &&
	    (!json_read_u64(json_read_get(v, "sequence"), &n) ||
	     n > UINT32_MAX))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid parameter, sequence number is out "
		                    "of range");
	ret->sequence = (uint32_t)n;
	return ERR_OK;
}

static enum err make_data(struct rt_call *c, const struct json *v,
                          struct btc_out *ret)
{
	struct span text = span_of(NULL, 0);
	struct span data;
	struct buf b;

	if (!json_read_text(v, &text) || !rt_call_hex(c, text, &data))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Data must be hexadecimal string");
	buf_init(&b, data.len + 8);
	(void)buf_add_u8(&b, BTC_OP_RETURN);
	(void)btc_script_add_push(&b, data);
	ret->value = 0;
	ret->script = span_of(arena_copy(c->a, b.p, b.len), b.len);
	buf_fini(&b);
	return ret->script.p ? ERR_OK : ERR_NO_MEMORY;
}

static enum err make_out(struct rt_call *c, const struct json *v,
                         struct btc_out *ret)
{
	if (span_eq(json_read_key(v), span_str("data")))
		return make_data(c, v, ret);
	TRY(rt_call_address(c, json_read_key(v), &ret->script));
	return rt_call_amount(c, v, &ret->value);
}

/* Outputs are an object, or a list of objects with one key each. */
enum err rt_rpc_tx_outputs(struct rt_call *c, const struct json *v,
                           struct btc_out **ret, uint32_t *ret_n)
{
	bool is_list = json_read_is_array(v);
	uint32_t n = 0;

	if (!is_list && !json_read_is_object(v))
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid parameter, output argument must "
		                    "be non-null");
	for (const struct json *o = json_read_first(v); o;
	     o = json_read_next(o))
		n++;
	*ret = arena_new_array(c->a, struct btc_out, n);
	*ret_n = 0;
	if (!*ret)
		return ERR_NO_MEMORY;
	for (const struct json *o = json_read_first(v); o;
	     o = json_read_next(o)) {
		const struct json *one = is_list ? json_read_first(o) : o;

		if (!one || (is_list && json_read_next(one)))
			return rt_call_fail(
			    c, RT_RPC_PARAMETER,
			    "Invalid parameter, key-value pair must contain "
			    "exactly one key");
		TRY(make_out(c, one, &(*ret)[(*ret_n)++]));
	}
	return ERR_OK;
}

enum err rt_rpc_tx_inputs(struct rt_call *c, const struct json *list,
                          uint32_t sequence, struct btc_in **ret,
                          uint32_t *ret_n)
{
	uint32_t n = 0;

	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		n++;
	*ret = arena_new_array(c->a, struct btc_in, n);
	*ret_n = 0;
	if (!*ret)
		return ERR_NO_MEMORY;
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v))
		TRY(make_in(c, v, sequence, &(*ret)[(*ret_n)++]));
	return ERR_OK;
}

enum err rt_rpc_tx_createrawtransaction(struct rt_call *c)
{
	struct btc_tx tx = { .version = 2 };
	uint32_t sequence = BTC_SEQUENCE_FINAL;
	bool is_replaceable = true;
	struct btc_out *outs;
	struct btc_in *ins;
	int64_t lock_time = 0;

	if (!json_read_is_array(rt_call_arg(c, 0)))
		return rt_call_fail(c, RT_RPC_TYPE,
		                    "JSON value is not of expected type array");
	TRY(rt_call_i64(c, 2, &lock_time));
	TRY(rt_call_bool(c, 3, &is_replaceable));
	if (lock_time < 0 || lock_time > UINT32_MAX)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "Invalid parameter, locktime out of range");
	if (is_replaceable)
		sequence = BTC_SEQUENCE_REPLACEABLE;
	else if (lock_time > 0)
		sequence = BTC_SEQUENCE_FINAL - 1;
	TRY(rt_rpc_tx_inputs(c, rt_call_arg(c, 0), sequence, &ins, &tx.n_ins));
	TRY(rt_rpc_tx_outputs(c, rt_call_arg(c, 1), &outs, &tx.n_outs));
	tx.ins = ins;
	tx.outs = outs;
	tx.lock_time = (uint32_t)lock_time;
	write_hex_of(c, &tx);
	return ERR_OK;
}

enum err rt_rpc_tx_signrawtransactionwithkey(struct rt_call *c)
{
	const struct json *list = rt_call_arg(c, 1);
	struct rt_keys keys;
	struct btc_tx tx;
	uint32_t type;

	TRY(rt_call_tx(c, 0, &tx));
	TRY(rt_signer_type(c, 3, &type));
	rt_keys_init(&keys, c->a);
	for (const struct json *v = json_read_first(list); v;
	     v = json_read_next(v)) {
		struct span text = span_of(NULL, 0);
		uint8_t key[32];
		bool is_short;

		(void)json_read_text(v, &text);
		if (!rt_desc_wif(text, key, &is_short))
			return rt_call_fail(c, RT_RPC_ADDRESS,
			                    "Invalid private key");
		TRY(rt_keys_add(&keys, key));
	}
	return rt_signer_answer(c, &tx, rt_call_arg(c, 2), &keys, type);
}
