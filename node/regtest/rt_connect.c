/* node/regtest/rt_connect.c - Blocks put on and taken back; rt_connect.h. */
#include "config.h"

#include "node/regtest/rt_connect.h"

#include "clarity/base/check.h"
#include "node/bitcoin/btc_script.h"
#include "node/regtest/rt_check.h"

/* Units of a time lock by age. */
#define AGE_SHIFT 9u

enum err rt_connect_amounts(struct rt_reason *why, const struct rt_spending *s,
                            uint64_t *ret_fee)
{
	uint64_t in = 0;
	uint64_t out = 0;

	for (uint32_t i = 0; i < s->tx->n_ins; i++) {
		const struct rt_coin *coin = s->coins[i];

		if (coin->is_coinbase &&
		    s->height - coin->height < RT_CHECK_MATURITY)
			return rt_reason_set(
			    why, "bad-txns-premature-spend-of-coinbase");
		in += coin->out.value;
		if (in > BTC_MONEY_MAX)
			return rt_reason_set(why,
			                     "bad-txns-inputvalues-outofrange");
	}
	for (uint32_t i = 0; i < s->tx->n_outs; i++)
		out += s->tx->outs[i].value;
	if (in < out)
		return rt_reason_set(why, "bad-txns-in-belowout");
	*ret_fee = in - out;
	return ERR_OK;
}

bool rt_connect_is_old_enough(const struct rt_chain *c,
                              const struct rt_spending *s)
{
	if (!btc_txcheck_has_age_locks(s->tx))
		return true;
	for (uint32_t i = 0; i < s->tx->n_ins; i++) {
		uint32_t seq = s->tx->ins[i].sequence;
		uint64_t age = seq & BTC_SEQUENCE_MASK;
		uint32_t height = s->coins[i]->height;
		uint64_t at;

		if (seq & BTC_SEQUENCE_OFF)
			continue;
		if (!(seq & BTC_SEQUENCE_TIME)) {
			if (height + age > s->height)
				return false;
			continue;
		}
		/* Time is counted from the block below the coin's. */
		at = height > 0 ? height - 1 : 0;
		at = rt_chain_at(c, (uint32_t)at)->median;
		if (at + (age << AGE_SHIFT) > s->median)
			return false;
	}
	return true;
}

static const struct btc_out *outs_of(struct arena *work,
                                     const struct rt_spending *s)
{
	struct btc_out *outs =
	    arena_new_array(work, struct btc_out, s->tx->n_ins);

	for (uint32_t i = 0; outs && i < s->tx->n_ins; i++)
		outs[i] = s->coins[i]->out;
	return outs;
}

uint32_t rt_connect_sigop_cost(const struct rt_spending *s)
{
	uint32_t cost = BTC_WEIGHT_SCALE * btc_txcheck_sigops(s->tx);

	for (uint32_t i = 0; i < s->tx->n_ins; i++)
		cost += btc_verify_sigop_cost(&s->tx->ins[i], &s->coins[i]->out,
		                              BTC_VERIFY_CONSENSUS);
	return cost;
}

enum err rt_connect_scripts(struct arena *work, const struct rt_spending *s,
                            unsigned flags, enum btc_verify_err *ret)
{
	struct arena_mark mark = arena_mark(work);
	struct btc_spend spend = { .tx = s->tx, .spent = outs_of(work, s) };
	enum err e = spend.spent ? ERR_OK : ERR_NO_MEMORY;

	*ret = BTC_FAIL_OK;
	for (; e == ERR_OK && spend.at < s->tx->n_ins; spend.at++)
		e = btc_verify_input(work, &spend, flags, ret);
	arena_cut(work, mark);
	return e;
}

/* --- a block --- */

/* How far a block has been put on, so that it can be taken back. */
struct progress {
	struct rt_chain *c;
	struct rt_block *b;
	uint32_t n_txs;
	size_t n_made;
	size_t n_spent;
	uint64_t fees;
	uint64_t sigops;
};

/* Looks up what a transaction spends. */
static enum err find_coins(struct progress *p, struct rt_reason *why,
                           const struct btc_tx *tx)
{
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		struct rt_coin *coin =
		    rt_coins_find(&p->c->coins, &tx->ins[i].spends);

		if (!coin)
			return rt_reason_set(why,
			                     "bad-txns-inputs-missingorspent");
		p->b->spent[p->n_spent + i] = coin;
	}
	return ERR_OK;
}

static enum err spend(struct progress *p, struct rt_reason *why,
                      const struct btc_tx *tx)
{
	struct rt_spending s = { .tx = tx,
		                 .coins = p->b->spent + p->n_spent,
		                 .height = p->b->height,
		                 .median = p->b->prev->median };
	enum btc_verify_err fail;
	uint64_t fee;

	TRY(find_coins(p, why, tx));
	TRY(rt_connect_amounts(why, &s, &fee));
	p->fees += fee;
	if (p->fees > BTC_MONEY_MAX)
		return rt_reason_set(why,
		                     "bad-txns-accumulated-fee-outofrange");
	if (!rt_connect_is_old_enough(p->c, &s))
		return rt_reason_set(why, "bad-txns-nonfinal");
	p->sigops += rt_connect_sigop_cost(&s);
	if (p->sigops > BTC_SIGOPS_MAX)
		return rt_reason_set(why, "bad-blk-sigops");
	if (!p->b->is_checked) {
		enum err e = rt_connect_scripts(p->c->work, &s,
		                                BTC_VERIFY_CONSENSUS, &fail);

		if (e == ERR_BTC_SCRIPT)
			return rt_reason_script(
			    why, "mandatory-script-verify-flag-failed", fail);
		TRY(e);
	}
	for (uint32_t i = 0; i < tx->n_ins; i++)
		(void)rt_coins_remove(&p->c->coins, &tx->ins[i].spends);
	p->n_spent += tx->n_ins;
	return ERR_OK;
}

/* The outputs of a transaction that can be spent become coins. */
static enum err make(struct progress *p, struct rt_reason *why,
                     const struct btc_tx *tx)
{
	struct rt_coin *made = p->b->made + p->n_made;

	for (uint32_t i = 0; i < tx->n_outs; i++) {
		if (rt_coins_find(&p->c->coins, &made[i].at))
			return rt_reason_set(why, "bad-txns-BIP30");
	}
	for (uint32_t i = 0; i < tx->n_outs; i++) {
		if (!btc_script_is_unspendable(tx->outs[i].script))
			TRY(rt_coins_add(&p->c->coins, &made[i]));
	}
	p->n_made += tx->n_outs;
	return ERR_OK;
}

/* Takes back what was done, last first: a block may spend what it makes. */
static enum err take_back(struct progress *p)
{
	while (p->n_txs > 0) {
		const struct btc_tx *tx = &p->b->block.txs[--p->n_txs];

		p->n_made -= tx->n_outs;
		for (uint32_t i = 0; i < tx->n_outs; i++)
			(void)rt_coins_remove(&p->c->coins,
			                      &p->b->made[p->n_made + i].at);
		if (p->n_txs == 0)
			break; /* the coinbase spends nothing */
		p->n_spent -= tx->n_ins;
		for (uint32_t i = 0; i < tx->n_ins; i++)
			TRY(rt_coins_add(&p->c->coins,
			                 p->b->spent[p->n_spent + i]));
	}
	return ERR_OK;
}

static enum err put_on(struct progress *p, struct rt_reason *why)
{
	const struct btc_block *block = &p->b->block;
	uint64_t reward = 0;

	for (uint32_t i = 0; i < block->n_txs; i++) {
		const struct btc_tx *tx = &block->txs[i];
		size_t n_spent = p->n_spent;

		if (i > 0)
			TRY(spend(p, why, tx));
		else
			p->sigops += BTC_WEIGHT_SCALE * btc_txcheck_sigops(tx);
		enum err e = make(p, why, tx);

		if (e == ERR_BTC_RULE) {
			/* What it spent goes back here: it does not count yet.
			 */
			for (; p->n_spent > n_spent; p->n_spent--)
				TRY(rt_coins_add(&p->c->coins,
				                 p->b->spent[p->n_spent - 1]));
		}
		TRY(e);
		p->n_txs++;
	}
	for (uint32_t i = 0; i < block->txs[0].n_outs; i++)
		reward += block->txs[0].outs[i].value;
	if (reward > rt_check_subsidy(p->b->height) + p->fees)
		return rt_reason_set(why, "bad-cb-amount");
	return ERR_OK;
}

enum err rt_connect_block(struct rt_chain *c, struct rt_reason *why,
                          struct rt_block *b)
{
	struct progress p = { .c = c, .b = b };
	enum err e;

	CHECK(b->prev && !b->is_active);
	e = put_on(&p, why);
	if (e == ERR_BTC_RULE)
		TRY(take_back(&p));
	return e;
}

enum err rt_connect_undo(struct rt_chain *c, struct rt_block *b)
{
	struct progress p = { .c = c, .b = b, .n_txs = b->block.n_txs };

	for (uint32_t i = 0; i < b->block.n_txs; i++) {
		p.n_made += b->block.txs[i].n_outs;
		p.n_spent += i > 0 ? b->block.txs[i].n_ins : 0;
	}
	return take_back(&p);
}
