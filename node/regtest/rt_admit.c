/* node/regtest/rt_admit.c - Judges for the pool; contract in rt_admit.h. */
#include "config.h"

#include "node/regtest/rt_admit.h"

#include <string.h>

#include "node/bitcoin/btc_txcheck.h"

static struct arena *work_of(const struct rt_admission *ad)
{
	return ad->pool->chain->work;
}

static enum err read_tx(struct rt_admission *ad, struct rt_accepted *ret)
{
	struct cursor c = cursor_of(ad->offer->bytes);
	struct btc_tx *tx = &ad->entry.tx;
	enum err e = btc_tx_read(work_of(ad), tx, &c);

	if (e == ERR_OK)
		e = cursor_done(&c);
	if (e != ERR_OK)
		return err_class(e) == ERR_CLASS_FAULT ? e : ERR_SYNTAX;
	ad->entry.bytes = ad->offer->bytes;
	TRY(btc_tx_id(ad->entry.id, tx));
	TRY(btc_tx_wid(ad->entry.wid, tx));
	ad->entry.weight = (uint32_t)btc_txcheck_weight(tx);
	ad->entry.time = ad->offer->now;
	ad->entry.height = rt_chain_tip(ad->pool->chain)->height;
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->id, ad->entry.id, sizeof(ret->id));
	memcpy(ret->wid, ad->entry.wid, sizeof(ret->wid));
	return ERR_OK;
}

static enum err check_alone(struct rt_admission *ad)
{
	const struct rt_block *tip = rt_chain_tip(ad->pool->chain);
	enum btc_tx_fail fail;
	enum err e = btc_txcheck_alone(work_of(ad), &ad->entry.tx, &fail);

	if (e == ERR_BTC_RULE)
		return rt_reason_set(ad->why, btc_txcheck_reason(fail));
	TRY(e);
	if (btc_tx_is_coinbase(&ad->entry.tx))
		return rt_reason_set(ad->why, "coinbase");
	TRY(rt_policy_check(ad->why, &ad->entry.tx));
	if (!btc_txcheck_is_final(&ad->entry.tx, tip->height + 1, tip->median))
		return rt_reason_set(ad->why, "non-final");
	return ERR_OK;
}

static enum err check_known(struct rt_admission *ad)
{
	const struct rt_entry *e = rt_pool_find(ad->pool, ad->entry.id);

	if (!e)
		return ERR_OK;
	return rt_reason_set(ad->why,
	                     memcmp(e->wid, ad->entry.wid, sizeof(e->wid)) == 0
	                         ? "txn-already-in-mempool"
	                         : "txn-same-nonwitness-data-in-mempool");
}

/* BIP-125: it says so itself, or something that it depends on does. */
static enum err is_replaceable(struct rt_admission *ad, struct rt_entry *e,
                               bool *ret)
{
	struct rt_entry **list;
	uint32_t n;

	*ret = ad->pool->has_full_rbf || rt_policy_is_replaceable(&e->tx);
	if (*ret)
		return ERR_OK;
	TRY(rt_pool_walk(ad->pool, work_of(ad), e, RT_POOL_ANCESTORS, &list,
	                 &n));
	for (uint32_t i = 0; i < n && !*ret; i++)
		*ret = rt_policy_is_replaceable(&list[i]->tx);
	return ERR_OK;
}

static bool has_replaced(const struct rt_admission *ad,
                         const struct rt_entry *e)
{
	for (uint32_t i = 0; i < ad->n_replaced; i++) {
		if (ad->replaced[i] == e)
			return true;
	}
	return false;
}

static enum err find_conflicts(struct rt_admission *ad)
{
	const struct btc_tx *tx = &ad->entry.tx;

	ad->replaced =
	    arena_new_array(work_of(ad), struct rt_entry *, tx->n_ins);
	if (!ad->replaced)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		struct rt_entry *e =
		    rt_pool_spender(ad->pool, &tx->ins[i].spends);
		bool may_be;

		if (!e || has_replaced(ad, e))
			continue;
		TRY(is_replaceable(ad, e, &may_be));
		if (!may_be)
			return rt_reason_set(ad->why, "txn-mempool-conflict");
		ad->replaced[ad->n_replaced++] = e;
	}
	return ERR_OK;
}

/* An output of it that exists already tells that it is in a block. */
static enum err missing(struct rt_admission *ad)
{
	struct btc_outpoint out;

	memset(&out, 0, sizeof(out));
	memcpy(out.txid, ad->entry.id, sizeof(out.txid));
	for (; out.n < ad->entry.tx.n_outs; out.n++) {
		if (rt_coins_find(&ad->pool->chain->coins, &out))
			return rt_reason_set(ad->why, "txn-already-known");
	}
	return rt_reason_set(ad->why, "missing-inputs");
}

static enum err find_coins(struct rt_admission *ad)
{
	const struct rt_block *tip = rt_chain_tip(ad->pool->chain);
	const struct btc_tx *tx = &ad->entry.tx;
	struct rt_coin *room =
	    arena_new_array(work_of(ad), struct rt_coin, tx->n_ins);
	struct rt_coin **coins =
	    arena_new_array(work_of(ad), struct rt_coin *, tx->n_ins);

	if (!room || !coins)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		coins[i] = rt_pool_coin(ad->pool, &tx->ins[i].spends, &room[i]);
		if (!coins[i])
			return missing(ad);
	}
	ad->spending = (struct rt_spending){ .tx = tx,
		                             .coins = coins,
		                             .height = tip->height + 1,
		                             .median = tip->median };
	return ERR_OK;
}

static enum err check_spending(struct rt_admission *ad, struct rt_accepted *ret)
{
	const struct rt_spending *s = &ad->spending;
	struct rt_entry *e = &ad->entry;
	uint64_t least;

	if (!rt_connect_is_old_enough(ad->pool->chain, s))
		return rt_reason_set(ad->why, "non-BIP68-final");
	TRY(rt_connect_amounts(ad->why, s, &e->fee));
	TRY(rt_policy_check_ins(ad->why, s));
	e->sigop_cost = rt_connect_sigop_cost(s);
	e->vsize = rt_policy_vsize(e->weight, e->sigop_cost);
	ret->vsize = e->vsize;
	ret->fee = e->fee;
	ret->has_fee = true;
	if (e->sigop_cost > RT_POLICY_SIGOPS_MAX)
		return rt_reason_set(ad->why, "bad-txns-too-many-sigops");
	least = rt_policy_fee(RT_POLICY_RELAY_FEE, e->vsize);
	if (!ad->offer->is_returning && e->fee < least)
		return rt_reason_less(ad->why, "min relay fee not met", e->fee,
		                      least);
	return ERR_OK;
}

/* --- replacing --- */

/* All that would go: the conflicts and what depends on them. */
struct going {
	struct rt_entry **list;
	uint32_t n;
	uint64_t fees;
};

/* @return false if there would be too many. */
static bool add_going(struct going *g, struct rt_entry *e)
{
	for (uint32_t i = 0; i < g->n; i++) {
		if (g->list[i] == e)
			return true;
	}
	if (g->n == RT_POLICY_REPLACED_MAX)
		return false;
	g->list[g->n++] = e;
	g->fees += e->fee;
	return true;
}

static enum err find_going(struct rt_admission *ad, struct going *g)
{
	g->list = arena_new_array(work_of(ad), struct rt_entry *,
	                          RT_POLICY_REPLACED_MAX);
	if (!g->list)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < ad->n_replaced; i++) {
		struct rt_entry **list;
		uint32_t n;

		TRY(rt_pool_walk(ad->pool, work_of(ad), ad->replaced[i],
		                 RT_POOL_DESCENDANTS, &list, &n));
		bool has_room = add_going(g, ad->replaced[i]);

		for (uint32_t k = 0; k < n && has_room; k++)
			has_room = add_going(g, list[k]);
		if (!has_room)
			return rt_reason_set(ad->why,
			                     "too many potential replacements");
	}
	return ERR_OK;
}

/* It may not spend what goes, nor what waits unless the replaced ones did. */
static enum err check_parents(struct rt_admission *ad, const struct going *g)
{
	const struct btc_tx *tx = &ad->entry.tx;

	for (uint32_t i = 0; i < tx->n_ins; i++) {
		const uint8_t *id = tx->ins[i].spends.txid;
		const struct rt_entry *parent = rt_pool_find(ad->pool, id);
		bool was_theirs = false;

		if (!parent)
			continue;
		for (uint32_t k = 0; k < g->n; k++) {
			if (g->list[k] == parent)
				return rt_reason_set(
				    ad->why, "bad-txns-spends-conflicting-tx");
		}
		for (uint32_t k = 0; k < ad->n_replaced; k++) {
			const struct btc_tx *old = &ad->replaced[k]->tx;

			for (uint32_t x = 0; x < old->n_ins; x++)
				was_theirs |=
				    memcmp(old->ins[x].spends.txid, id,
				           BTC_WIRE_HASH_LEN) == 0;
		}
		if (!was_theirs)
			return rt_reason_set(ad->why,
			                     "replacement-adds-unconfirmed");
	}
	return ERR_OK;
}

static enum err check_replacing(struct rt_admission *ad)
{
	const struct rt_entry *e = &ad->entry;
	struct going g = { .n = 0 };

	if (ad->n_replaced == 0)
		return ERR_OK;
	for (uint32_t i = 0; i < ad->n_replaced; i++) {
		const struct rt_entry *old = ad->replaced[i];

		/* fee / vsize, without dividing */
		if ((u128)e->fee * old->vsize <= (u128)old->fee * e->vsize)
			return rt_reason_set(ad->why, "insufficient fee");
	}
	TRY(find_going(ad, &g));
	TRY(check_parents(ad, &g));
	if (e->fee < g.fees ||
	    e->fee - g.fees < rt_policy_fee(RT_POLICY_REPLACE_FEE, e->vsize))
		return rt_reason_set(ad->why, "insufficient fee");
	return ERR_OK;
}

/* --- chains of waiting transactions --- */

/* Whether one more in `e`'s line is still allowed. */
static enum err check_line(struct rt_admission *ad, struct rt_entry *e)
{
	struct rt_entry **list;
	uint64_t size = e->vsize + ad->entry.vsize;
	uint32_t n;

	TRY(rt_pool_walk(ad->pool, work_of(ad), e, RT_POOL_DESCENDANTS, &list,
	                 &n));
	for (uint32_t i = 0; i < n; i++)
		size += list[i]->vsize;
	if (n + 2 > RT_POLICY_CHAIN_MAX || size > RT_POLICY_CHAIN_SIZE_MAX)
		return rt_reason_set(ad->why, "too-long-mempool-chain");
	return ERR_OK;
}

static enum err check_chain(struct rt_admission *ad)
{
	struct rt_entry **list;
	uint64_t size = ad->entry.vsize;
	uint32_t n;

	/* The newcomer is not in the pool, but its parents are. */
	TRY(rt_pool_walk(ad->pool, work_of(ad), &ad->entry, RT_POOL_ANCESTORS,
	                 &list, &n));
	for (uint32_t i = 0; i < n; i++)
		size += list[i]->vsize;
	if (n + 1 > RT_POLICY_CHAIN_MAX || size > RT_POLICY_CHAIN_SIZE_MAX)
		return rt_reason_set(ad->why, "too-long-mempool-chain");
	for (uint32_t i = 0; i < n; i++)
		TRY(check_line(ad, list[i]));
	return ERR_OK;
}

/* --- scripts --- */

static enum err check_scripts(struct rt_admission *ad)
{
	enum btc_verify_err fail;
	enum btc_verify_err old;
	enum err e = rt_connect_scripts(work_of(ad), &ad->spending,
	                                BTC_VERIFY_POLICY, &fail);

	if (e != ERR_BTC_SCRIPT)
		return e;
	/* Which of the two it is decides whether its sender is to blame. */
	e = rt_connect_scripts(work_of(ad), &ad->spending, BTC_VERIFY_CONSENSUS,
	                       &old);
	if (e != ERR_OK && e != ERR_BTC_SCRIPT)
		return e;
	return rt_reason_script(ad->why,
	                        e == ERR_OK
	                            ? "non-mandatory-script-verify-flag"
	                            : "mandatory-script-verify-flag-failed",
	                        fail);
}

enum err rt_admit_judge(struct rt_admission *ad, struct rt_accepted *ret)
{
	uint64_t fee_max = ad->offer->fee_max;

	TRY(read_tx(ad, ret));
	TRY(check_alone(ad));
	TRY(check_known(ad));
	TRY(find_conflicts(ad));
	TRY(find_coins(ad));
	TRY(check_spending(ad, ret));
	TRY(check_replacing(ad));
	TRY(check_chain(ad));
	TRY(check_scripts(ad));
	if (fee_max > 0 && ret->fee > rt_policy_fee(fee_max, ret->vsize))
		return rt_reason_set(ad->why, "max-fee-exceeded");
	return ERR_OK;
}
