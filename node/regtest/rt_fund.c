/* node/regtest/rt_fund.c - Chooses coins; contract in rt_fund.h. */
#include "config.h"

#include "node/regtest/rt_fund.h"

#include <string.h>

#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_txcheck.h"
#include "node/regtest/rt_policy.h"

/* Weights: of what every transaction has, of an output without its script,
 * and of inputs by what they spend, signed. */
#define WEIGHT_BASE 44u
#define WEIGHT_OUT 36u
#define WEIGHT_IN_KEYHASH 272u
#define WEIGHT_IN_TAPROOT 230u
#define WEIGHT_IN_WRAPPED 364u
#define WEIGHT_IN_OLD 596u

#define INS_MAX 10000u

/* Bytes of the wallet's own change script; change below is left as fee. */
#define CHANGE_LEN 22u
#define CHANGE_MIN 546u

/* A choice that grows. */
struct choosing {
	struct rt_call *c;
	struct rt_fund *f;
	struct rt_unspent *coins; /* what may be taken, the largest first */
	uint32_t n_coins;
	struct btc_in *ins;
	uint32_t n_ins;
	uint64_t in;
	uint64_t out;
	size_t weight;
};

static size_t weight_in(struct span script)
{
	struct btc_script_shape shape;

	btc_script_shape(&shape, script);
	if (shape.kind == BTC_SCRIPT_WITNESS_KEYHASH)
		return WEIGHT_IN_KEYHASH;
	if (shape.kind == BTC_SCRIPT_WITNESS_TAPROOT)
		return WEIGHT_IN_TAPROOT;
	if (shape.kind == BTC_SCRIPT_SCRIPTHASH)
		return WEIGHT_IN_WRAPPED;
	return WEIGHT_IN_OLD;
}

static size_t weight_out(struct span script)
{
	return WEIGHT_OUT + 4 * script.len;
}

static void sort_largest_first(struct rt_unspent *list, uint32_t n)
{
	for (uint32_t gap = n / 2; gap > 0; gap /= 2) {
		for (uint32_t i = gap; i < n; i++) {
			struct rt_unspent one = list[i];
			uint32_t k = i;

			for (; k >= gap && list[k - gap].coin.out.value <
			                       one.coin.out.value;
			     k -= gap)
				list[k] = list[k - gap];
			list[k] = one;
		}
	}
}

static bool is_taken(const struct choosing *ch, const struct btc_outpoint *at)
{
	for (uint32_t i = 0; i < ch->f->tx->n_ins; i++) {
		if (memcmp(&ch->f->tx->ins[i].spends, at, sizeof(*at)) == 0)
			return true;
	}
	return false;
}

/* What may be taken: with a key, mature, and not somebody else's promise. */
static enum err list_coins(struct choosing *ch)
{
	struct rt_wallet *w = ch->f->wallet;
	uint32_t n;

	TRY(rt_wallet_list(w, ch->c->a, &ch->coins, &n));
	for (uint32_t i = 0; i < n; i++) {
		const struct rt_unspent *u = &ch->coins[i];
		struct span at = span_of(&u->coin.at, sizeof(u->coin.at));

		if (rt_wallet_is_mine(w, u->owned) && u->is_mature &&
		    u->is_trusted && !hmap_has(&w->locked, at) &&
		    !is_taken(ch, &u->coin.at))
			ch->coins[ch->n_coins++] = *u;
	}
	sort_largest_first(ch->coins, ch->n_coins);
	return ERR_OK;
}

static enum err add_in(struct choosing *ch, const struct btc_in *in,
                       const struct btc_out *spent)
{
	if (ch->n_ins == INS_MAX)
		return rt_call_fail(ch->c, RT_RPC_WALLET,
		                    "Transaction too large");
	ch->ins[ch->n_ins++] = *in;
	ch->in += spent->value;
	ch->weight += weight_in(spent->script);
	return ERR_OK;
}

/* Inputs that the caller chose. */
static enum err take_given(struct choosing *ch)
{
	const struct btc_tx *tx = ch->f->tx;

	for (uint32_t i = 0; i < tx->n_ins; i++) {
		struct rt_coin room;
		const struct rt_coin *coin =
		    rt_pool_coin(&ch->c->node->pool, &tx->ins[i].spends, &room);

		if (!coin)
			return rt_call_fail(ch->c, RT_RPC_WALLET,
			                    "Unable to find UTXO for external "
			                    "input");
		TRY(add_in(ch, &tx->ins[i], &coin->out));
	}
	return ERR_OK;
}

static uint64_t fee_of(const struct choosing *ch, size_t extra)
{
	return rt_policy_fee(ch->f->rate,
	                     rt_policy_vsize(ch->weight + extra, 0));
}

/* What the inputs have to be worth. */
static uint64_t needed(const struct choosing *ch)
{
	return ch->out + (ch->f->pays_fee ? 0 : fee_of(ch, 0));
}

static enum err take_coins(struct choosing *ch)
{
	struct btc_in in = {
		.sequence = ch->f->is_replaceable ? BTC_SEQUENCE_REPLACEABLE
		                                  : BTC_SEQUENCE_FINAL - 1,
	};
	uint32_t next = 0;

	while (ch->in < needed(ch) || ch->n_ins == 0) {
		if (!ch->f->adds_inputs || next == ch->n_coins)
			return rt_call_fail(ch->c, RT_RPC_FUNDS,
			                    "Insufficient funds");
		in.spends = ch->coins[next].coin.at;
		TRY(add_in(ch, &in, &ch->coins[next++].coin.out));
	}
	return ERR_OK;
}

static enum err change_script(struct choosing *ch, struct span *ret)
{
	struct rt_owned *o;

	*ret = ch->f->change;
	if (ret->len > 0)
		return ERR_OK;
	if (!ch->f->wallet->has_seed)
		return rt_call_fail(ch->c, RT_RPC_WALLET,
		                    "Transaction needs a change address, but "
		                    "we can't generate it.");
	TRY(rt_wallet_take(ch->f->wallet, RT_WALLET_BECH32, true,
	                   span_of(NULL, 0), &o));
	TRY(rt_wallets_save(ch->c->rpc->wallets, ch->f->wallet));
	*ret = o->script;
	return ERR_OK;
}

/* Takes the fee from the outputs that are to pay it, in equal parts. */
static enum err charge_outs(struct choosing *ch, struct btc_out *outs,
                            uint32_t n, uint64_t fee)
{
	uint64_t parts = 0;

	for (uint32_t i = 0; i < n; i++)
		parts += ch->f->pays_fee[i];
	for (uint32_t i = 0; i < n && parts > 0; i++) {
		uint64_t part = fee / parts;

		if (!ch->f->pays_fee[i])
			continue;
		if (outs[i].value < part + rt_policy_dust(&outs[i]))
			return rt_call_fail(ch->c, RT_RPC_FUNDS,
			                    "The transaction amount is too "
			                    "small to pay the fee");
		outs[i].value -= part;
		fee -= part;
		parts--;
	}
	return ERR_OK;
}

/* Puts everything together; what is too little for change is fee. */
static enum err finish(struct choosing *ch)
{
	struct rt_fund *f = ch->f;
	uint32_t n = f->tx->n_outs;
	struct btc_out *outs = arena_new_array(ch->c->a, struct btc_out, n + 1);
	struct btc_out change = { .value = 0 };
	uint64_t fee;
	uint64_t owed;

	if (!outs)
		return ERR_NO_MEMORY;
	memcpy(outs, f->tx->outs, n * sizeof(*outs));
	change.script.len = f->change.len > 0 ? f->change.len : CHANGE_LEN;
	fee = fee_of(ch, weight_out(change.script));
	owed = f->pays_fee ? 0 : fee;
	if (ch->in > ch->out + owed && ch->in - ch->out - owed > CHANGE_MIN) {
		TRY(change_script(ch, &change.script));
		change.value = ch->in - ch->out - owed;
	} else {
		fee = f->pays_fee ? fee_of(ch, 0) : ch->in - ch->out;
		change.script.len = 0;
	}
	if (f->pays_fee)
		TRY(charge_outs(ch, outs, n, fee));
	f->fee = fee;
	if (change.script.len > 0) {
		uint32_t at = f->change_at < 0 ? n : (uint32_t)f->change_at;

		memmove(outs + at + 1, outs + at, (n - at) * sizeof(*outs));
		outs[at] = change;
		f->change_at = at;
		n++;
	} else {
		f->change_at = -1;
	}
	f->tx->ins = ch->ins;
	f->tx->n_ins = ch->n_ins;
	f->tx->outs = outs;
	f->tx->n_outs = n;
	f->tx->has_witness = false;
	return ERR_OK;
}

enum err rt_fund_tx(struct rt_call *c, struct rt_fund *f)
{
	struct choosing ch = { .c = c, .f = f, .weight = WEIGHT_BASE };

	if (f->change_at > (int64_t)f->tx->n_outs)
		return rt_call_fail(c, RT_RPC_PARAMETER,
		                    "changePosition out of bounds");
	ch.ins = arena_new_array(c->a, struct btc_in, INS_MAX);
	if (!ch.ins)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < f->tx->n_outs; i++) {
		ch.out += f->tx->outs[i].value;
		ch.weight += weight_out(f->tx->outs[i].script);
	}
	TRY(list_coins(&ch));
	TRY(take_given(&ch));
	TRY(take_coins(&ch));
	return finish(&ch);
}
