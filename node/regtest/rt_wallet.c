/* node/regtest/rt_wallet.c - What is whose; contract in rt_wallet.h. */
#include "config.h"

#include "node/regtest/rt_wallet.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/schnorr.h"
#include "node/bitcoin/btc_addr.h"
#include "node/bitcoin/taptree.h"
#include "node/regtest/rt_check.h"

struct rt_owned *rt_wallet_find(const struct rt_wallet *w, struct span script)
{
	return hmap_get(&w->scripts, script);
}

bool rt_wallet_is_mine(const struct rt_wallet *w, const struct rt_owned *o)
{
	return o && (o->has_key || w->is_watching);
}

static struct span keep(struct rt_wallet *w, struct span s)
{
	return span_of(arena_copy(&w->arena, s.p, s.len), s.len);
}

/* --- addresses --- */

/* The script by which the wallet pays to a key of its own. */
static enum err script_for(const struct rt_owned *o,
                           struct btc_script_room *ret)
{
	uint8_t hash[HASH_160_LEN];
	uint8_t out[32];
	bool is_odd;

	hash_hash160(hash, o->pub, sizeof(o->pub));
	switch (o->type) {
	case RT_WALLET_LEGACY:
		btc_addr_p2pkh(ret, hash);
		break;
	case RT_WALLET_P2SH:
		btc_addr_witness(ret, 0, span_of(hash, sizeof(hash)));
		hash_hash160(hash, ret->bytes, ret->len);
		btc_addr_p2sh(ret, hash);
		break;
	case RT_WALLET_BECH32:
		btc_addr_witness(ret, 0, span_of(hash, sizeof(hash)));
		break;
	case RT_WALLET_BECH32M:
	case RT_WALLET_TYPES:
		TRY(taptree_output(out, &is_odd, o->pub + 1, NULL));
		btc_addr_witness(ret, 1, span_of(out, sizeof(out)));
		break;
	}
	return ERR_OK;
}

enum err rt_wallet_take(struct rt_wallet *w, enum rt_wallet_type type,
                        bool is_change, struct span label,
                        struct rt_owned **ret)
{
	struct rt_owned *o = arena_zalloc(&w->arena, sizeof(*o));
	struct btc_script_room room;
	struct bip32_key child;
	struct ecdsa_pub pub;

	CHECK(w->has_seed);
	if (!o)
		return ERR_NO_MEMORY;
	o->index = w->next[type][is_change];
	TRY(bip32_child(&child, &w->parents[type][is_change], o->index));
	TRY(ecdsa_pub_of(&pub, child.key));
	ecdsa_pub_write(o->pub, &pub);
	o->has_pub = true;
	o->has_key = true;
	o->is_own = true;
	o->is_change = is_change;
	o->type = type;
	TRY(script_for(o, &room));
	o->script = keep(w, span_of(room.bytes, room.len));
	o->label = keep(w, label);
	TRY(rt_keys_add(&w->keys, child.key));
	if (!o->script.p)
		return ERR_NO_MEMORY;
	TRY(hmap_put(&w->scripts, o->script, o));
	w->next[type][is_change]++;
	*ret = o;
	return ERR_OK;
}

enum err rt_wallet_import(struct rt_wallet *w, struct span desc,
                          struct span label, bool needs_checksum,
                          const char **ret_why)
{
	struct rt_desc *d = arena_alloc(&w->arena, sizeof(*d));
	struct span text = keep(w, desc);
	bool has_keys = true;

	if (!d || !text.p)
		return ERR_NO_MEMORY;
	TRY(rt_desc_parse(&w->arena, d, desc, needs_checksum, ret_why));
	for (unsigned i = 0; i < d->n_keys; i++)
		has_keys &= d->keys[i].has_key;
	has_keys &= d->n_keys > 0;
	if (has_keys && w->is_watching) {
		*ret_why = "Cannot import private keys to a wallet with "
			   "private keys disabled";
		return ERR_SYNTAX;
	}
	TRY(rt_keys_add_desc(&w->keys, d));
	for (unsigned i = 0; i < d->n_outs; i++) {
		struct rt_owned *o = arena_zalloc(&w->arena, sizeof(*o));

		if (!o)
			return ERR_NO_MEMORY;
		o->script = d->outs[i];
		o->label = keep(w, label);
		o->desc = text;
		o->has_key = has_keys;
		o->has_pub = d->n_keys == 1 && d->keys[0].pub_len == 33;
		if (o->has_pub)
			memcpy(o->pub, d->keys[0].pub, sizeof(o->pub));
		TRY(hmap_put(&w->scripts, o->script, o));
	}
	return ERR_OK;
}

/* --- what it owns --- */

/* Whether everything that a waiting transaction spends is the wallet's. */
static bool is_from_me(const struct rt_wallet *w, const struct rt_entry *e)
{
	for (uint32_t i = 0; i < e->tx.n_ins; i++) {
		struct rt_coin room;
		const struct rt_coin *coin =
		    rt_pool_coin(&w->node->pool, &e->tx.ins[i].spends, &room);

		if (!coin ||
		    !rt_wallet_is_mine(w, rt_wallet_find(w, coin->out.script)))
			return false;
	}
	return true;
}

struct list {
	struct rt_wallet *w;
	struct arena *a;
	struct rt_unspent *items;
	uint32_t n;
	uint32_t cap;
};

static enum err add(struct list *l, const struct rt_coin *coin,
                    const struct rt_entry *e)
{
	const struct rt_node *node = l->w->node;
	uint32_t height = rt_chain_tip(&node->chain)->height;
	const struct rt_owned *o = rt_wallet_find(l->w, coin->out.script);
	struct rt_unspent *to;

	if (!o || rt_pool_spender(&node->pool, &coin->at))
		return ERR_OK;
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? 2 * l->cap : 64;

		to = arena_new_array(l->a, struct rt_unspent, cap);
		if (!to)
			return ERR_NO_MEMORY;
		if (l->n > 0)
			memcpy(to, l->items, l->n * sizeof(*to));
		l->items = to;
		l->cap = cap;
	}
	to = &l->items[l->n++];
	*to = (struct rt_unspent){ .coin = *coin, .owned = o };
	to->depth = e ? 0 : height + 1 - coin->height;
	/* One more than the rule asks: so do wallets. */
	to->is_mature = !coin->is_coinbase || to->depth > RT_CHECK_MATURITY;
	to->is_trusted = !e || is_from_me(l->w, e);
	return ERR_OK;
}

static enum err add_entry(struct list *l, const struct rt_entry *e)
{
	struct rt_coin coin;

	memset(&coin, 0, sizeof(coin));
	memcpy(coin.at.txid, e->id, sizeof(coin.at.txid));
	coin.height = rt_chain_tip(&l->w->node->chain)->height + 1;
	for (; coin.at.n < e->tx.n_outs; coin.at.n++) {
		coin.out = e->tx.outs[coin.at.n];
		TRY(add(l, &coin, e));
	}
	return ERR_OK;
}

enum err rt_wallet_list(struct rt_wallet *w, struct arena *a,
                        struct rt_unspent **ret, uint32_t *ret_n)
{
	struct list l = { .w = w, .a = a };
	const struct rt_coin *coin;
	const struct rt_entry *e;
	uint32_t place = 0;

	while ((coin = rt_coins_next(&w->node->chain.coins, &place)) != NULL)
		TRY(add(&l, coin, NULL));
	place = 0;
	while ((e = rt_pool_next(&w->node->pool, &place)) != NULL)
		TRY(add_entry(&l, e));
	*ret = l.items;
	*ret_n = l.n;
	return ERR_OK;
}
