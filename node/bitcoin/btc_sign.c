/* node/bitcoin/btc_sign.c - Unlocks outputs; contract in btc_sign.h. */
#include "config.h"

#include "node/bitcoin/btc_sign.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"
#include "clarity/crypto/schnorr.h"
#include "clarity/crypto/secret.h"
#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_sigcheck.h"

/* Signatures, keys, a redeem script and one empty item. */
#define ITEMS_MAX (BTC_SCRIPT_KEYS_MAX + 4u)

/* What is being made. */
struct signing {
	struct arena *a;
	const struct btc_spend *spend;
	const struct btc_sign_source *source;
	uint32_t type;
	enum btc_run_kind kind;
	struct span old[ITEMS_MAX]; /* items that the input had */
	uint32_t n_old;
	struct span items[ITEMS_MAX]; /* what the script will find */
	uint32_t n;
	bool is_whole;
};

enum err btc_sign_ecdsa(uint8_t ret[BTC_SIGN_ECDSA_MAX], size_t *ret_len,
                        const uint8_t hash[32],
                        const uint8_t key[ECDSA_KEY_LEN], uint8_t type)
{
	uint8_t sig[ECDSA_SIG_LEN];

	TRY(ecdsa_sign(sig, hash, key));
	*ret_len = ecdsa_der_write(ret, sig);
	ret[(*ret_len)++] = type;
	return ERR_OK;
}

enum err btc_sign_taproot(uint8_t ret[BTC_SIGN_TAPROOT_MAX], size_t *ret_len,
                          const struct btc_tx *tx,
                          const struct btc_sighash_taproot *t,
                          const uint8_t key[ECDSA_KEY_LEN])
{
	static const uint8_t no_aux[32];
	uint8_t hash[BTC_WIRE_HASH_LEN];

	TRY(btc_sighash_taproot(hash, tx, t));
	TRY(schnorr_sign(ret, hash, key, no_aux));
	*ret_len = SCHNORR_SIG_LEN;
	if (t->type != BTC_SIGHASH_DEFAULT)
		ret[(*ret_len)++] = t->type;
	return ERR_OK;
}

static enum err add(struct signing *s, struct span item)
{
	const void *copy = arena_copy(s->a, item.p, item.len);

	CHECK(s->n < ITEMS_MAX);
	if (!copy)
		return ERR_NO_MEMORY;
	s->items[s->n++] = span_of(copy, item.len);
	return ERR_OK;
}

/* Items of the input as it was, of script or witness. */
static void read_old(struct signing *s)
{
	const struct btc_in *in = &s->spend->tx->ins[s->spend->at];
	struct cursor c = cursor_of(in->script);
	struct btc_instr instr;

	for (uint32_t i = 0; i < in->n_witness && s->n_old < ITEMS_MAX; i++)
		s->old[s->n_old++] = in->witness[i];
	while (cursor_left(&c) > 0 && s->n_old < ITEMS_MAX &&
	       btc_script_next(&c, &instr))
		s->old[s->n_old++] = instr.data;
}

static enum err hash_for(const struct signing *s, uint8_t ret[32],
                         struct span code)
{
	const struct btc_spend *spend = s->spend;

	if (s->kind == BTC_RUN_SEGWIT) {
		btc_sighash_segwit(ret, spend->tx, spend->at, code,
		                   spend->spent[spend->at].value, s->type);
		return ERR_OK;
	}
	return btc_sighash_legacy(ret, spend->tx, spend->at, code, s->type);
}

/* A signature that the input has already; empty if none is the key's. */
static struct span find_old(struct signing *s, struct span pub,
                            struct span code)
{
	struct btc_run run = { .arena = s->a,
		               .spend = s->spend,
		               .kind = s->kind };

	for (uint32_t i = 0; i < s->n_old; i++) {
		if (s->old[i].len > 8 &&
		    btc_sigcheck_ecdsa(&run, s->old[i], pub, code))
			return s->old[i];
	}
	return span_of(NULL, 0);
}

/* Adds a signature by the key behind `hash`, if there is one.
 * @param pub  the public key, or empty if only its hash is known */
static enum err add_signature(struct signing *s, const uint8_t hash[20],
                              struct span pub, struct span code, bool *ret)
{
	uint8_t sig[BTC_SIGN_ECDSA_MAX];
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t digest[32];
	struct span old;
	size_t len = 0;

	*ret = s->source->key(s->source->self, hash, key);
	if (!*ret) {
		old = find_old(s, pub, code);
		*ret = old.len > 0;
		return *ret ? add(s, old) : ERR_OK;
	}
	enum err e = hash_for(s, digest, code);

	if (e == ERR_OK)
		e = btc_sign_ecdsa(sig, &len, digest, key, (uint8_t)s->type);
	secret_wipe(key, sizeof(key));
	TRY(e);
	return add(s, span_of(sig, len));
}

/* The public key of a key's hash, in the form that hashes so. */
static enum err add_pub(struct signing *s, const uint8_t hash[20])
{
	uint8_t bytes[ECDSA_PUB_FULL_LEN];
	uint8_t key[ECDSA_KEY_LEN];
	uint8_t got[HASH_160_LEN];
	struct ecdsa_pub pub;
	size_t len = ECDSA_PUB_LEN;

	if (!s->source->key(s->source->self, hash, key))
		return ERR_OK;
	enum err e = ecdsa_pub_of(&pub, key);

	secret_wipe(key, sizeof(key));
	TRY(e);
	ecdsa_pub_write(bytes, &pub);
	hash_hash160(got, bytes, len);
	if (memcmp(got, hash, sizeof(got)) != 0) {
		ecdsa_pub_write_full(bytes, &pub);
		len = ECDSA_PUB_FULL_LEN;
	}
	return add(s, span_of(bytes, len));
}

static enum err solve_key(struct signing *s, struct span pub, struct span code)
{
	uint8_t hash[HASH_160_LEN];

	hash_hash160(hash, pub.p, pub.len);
	return add_signature(s, hash, pub, code, &s->is_whole);
}

static enum err solve_hash(struct signing *s, const uint8_t hash[20],
                           struct span code)
{
	TRY(add_signature(s, hash, span_of(NULL, 0), code, &s->is_whole));
	return s->is_whole ? add_pub(s, hash) : ERR_OK;
}

static enum err solve_multisig(struct signing *s,
                               const struct btc_script_shape *shape,
                               struct span code)
{
	struct cursor c = { .at = code.p + 1, .end = code.p + code.len };
	uint32_t n = 0;

	TRY(add(s, span_of(NULL, 0)));
	for (uint8_t i = 0; i < shape->n_keys && n < shape->required; i++) {
		uint8_t hash[HASH_160_LEN];
		struct btc_instr key;
		bool has;

		CHECK(btc_script_next(&c, &key));
		hash_hash160(hash, key.data.p, key.data.len);
		TRY(add_signature(s, hash, key.data, code, &has));
		n += has;
	}
	s->is_whole = n == shape->required;
	return ERR_OK;
}

/* What a script of keys alone wants. */
static enum err solve(struct signing *s, struct span code)
{
	struct btc_script_shape shape;

	btc_script_shape(&shape, code);
	s->is_whole = false;
	if (shape.kind == BTC_SCRIPT_PUBKEY)
		return solve_key(s, shape.data, code);
	if (shape.kind == BTC_SCRIPT_PUBKEYHASH)
		return solve_hash(s, shape.data.p, code);
	if (shape.kind == BTC_SCRIPT_MULTISIG)
		return solve_multisig(s, &shape, code);
	return ERR_OK;
}

/* --- what goes where --- */

static enum err put_witness(struct signing *s, struct btc_in *ret)
{
	ret->witness = arena_copy(s->a, s->items, s->n * sizeof(s->items[0]));
	ret->n_witness = s->n;
	s->n = 0;
	return ret->witness ? ERR_OK : ERR_NO_MEMORY;
}

static enum err put_script(struct signing *s, struct btc_in *ret)
{
	struct buf b;

	buf_init(&b, BTC_WIRE_MAX);
	for (uint32_t i = 0; i < s->n; i++)
		(void)btc_script_add_push(&b, s->items[i]);
	enum err e = buf_err(&b);

	if (e == ERR_OK) {
		ret->script = span_of(arena_copy(s->a, b.p, b.len), b.len);
		e = ret->script.p ? ERR_OK : ERR_NO_MEMORY;
	}
	buf_fini(&b);
	return e;
}

/* Segwit's way to pay to a key's hash is the old one's script. */
static enum err sign_witness_key(struct signing *s, struct btc_in *ret,
                                 const uint8_t *hash)
{
	uint8_t code[25] = { BTC_OP_DUP, BTC_OP_HASH160, HASH_160_LEN };

	memcpy(code + 3, hash, HASH_160_LEN);
	code[23] = BTC_OP_EQUALVERIFY;
	code[24] = BTC_OP_CHECKSIG;
	s->kind = BTC_RUN_SEGWIT;
	TRY(solve(s, span_of(code, sizeof(code))));
	return put_witness(s, ret);
}

static enum err sign_witness_script(struct signing *s, struct btc_in *ret,
                                    const uint8_t *program)
{
	uint8_t hash[HASH_160_LEN];
	struct span script;

	hash_ripemd160(hash, program, HASH_256_LEN);
	if (!s->source->script(s->source->self, hash, &script))
		return ERR_OK;
	s->kind = BTC_RUN_SEGWIT;
	TRY(solve(s, script));
	TRY(add(s, script));
	return put_witness(s, ret);
}

static enum err sign_taproot(struct signing *s, struct btc_in *ret,
                             const uint8_t *output, uint32_t type)
{
	struct btc_sighash_taproot t = { .spent = s->spend->spent,
		                         .at = s->spend->at,
		                         .type = (uint8_t)type,
		                         .code_separator = UINT32_MAX };
	uint8_t sig[BTC_SIGN_TAPROOT_MAX];
	uint8_t key[ECDSA_KEY_LEN];
	size_t len = 0;

	if (!s->source->output(s->source->self, output, key))
		return ERR_OK;
	enum err e = btc_sign_taproot(sig, &len, s->spend->tx, &t, key);

	secret_wipe(key, sizeof(key));
	TRY(e);
	s->is_whole = true;
	TRY(add(s, span_of(sig, len)));
	return put_witness(s, ret);
}

/* An output of segwit, plain or behind a script's hash. */
static enum err sign_witness(struct signing *s, struct btc_in *ret,
                             const struct btc_script_shape *shape)
{
	if (shape->kind == BTC_SCRIPT_WITNESS_KEYHASH)
		return sign_witness_key(s, ret, shape->data.p);
	if (shape->kind == BTC_SCRIPT_WITNESS_SCRIPTHASH)
		return sign_witness_script(s, ret, shape->data.p);
	return ERR_OK;
}

static enum err sign_p2sh(struct signing *s, struct btc_in *ret,
                          const uint8_t *hash)
{
	struct btc_script_shape shape;
	struct span script;

	if (!s->source->script(s->source->self, hash, &script))
		return ERR_OK;
	btc_script_shape(&shape, script);
	if (shape.kind == BTC_SCRIPT_WITNESS_KEYHASH ||
	    shape.kind == BTC_SCRIPT_WITNESS_SCRIPTHASH)
		TRY(sign_witness(s, ret, &shape));
	else
		TRY(solve(s, script));
	TRY(add(s, script));
	return put_script(s, ret);
}

enum err btc_sign_input(struct arena *a, struct btc_in *ret,
                        const struct btc_spend *s, uint32_t type,
                        const struct btc_sign_source *source)
{
	struct span script = s->spent[s->at].script;
	struct signing sg = {
		.a = a,
		.spend = s,
		.source = source,
		.type = type == BTC_SIGHASH_DEFAULT ? BTC_SIGHASH_ALL : type,
		.kind = BTC_RUN_OLD,
	};
	struct btc_script_shape shape;

	*ret = s->tx->ins[s->at];
	btc_script_shape(&shape, script);
	read_old(&sg);
	if (shape.kind == BTC_SCRIPT_SCRIPTHASH) {
		TRY(sign_p2sh(&sg, ret, shape.data.p));
	} else if (shape.kind == BTC_SCRIPT_WITNESS_TAPROOT) {
		TRY(sign_taproot(&sg, ret, shape.data.p, type));
	} else if (shape.kind == BTC_SCRIPT_WITNESS_KEYHASH ||
	           shape.kind == BTC_SCRIPT_WITNESS_SCRIPTHASH) {
		TRY(sign_witness(&sg, ret, &shape));
	} else {
		TRY(solve(&sg, script));
		if (sg.n > 0)
			TRY(put_script(&sg, ret));
	}
	return sg.is_whole ? ERR_OK : ERR_BTC_UNSIGNED;
}
