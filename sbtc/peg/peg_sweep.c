/* sbtc/peg/peg_sweep.c - Building sweeps; see peg_sweep.h. */
#include "config.h"

#include "sbtc/peg/peg_sweep.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/bitcoin/btc_sighash.h"
#include "sbtc/peg/peg_idpack.h"

#define OP_RETURN 0x6au
#define OP_PUSHDATA1 0x4cu
#define SHORT_PUSH_MAX 75u

/** The peg on all networks says so. */
#define MAGIC_0 0x54u
#define MAGIC_1 0x33u
#define MEMO_VERSION 1u
#define MEMO_HEAD_LEN 3u

#define TX_VERSION 2
#define WITHDRAWALS_AT 2u

/** A signature and what it covers. */
#define SIG_ITEM_LEN (PEG_SWEEP_SIG_LEN + 1u)
#define DEPOSIT_ITEMS 3u

int peg_sweep_outpoint_cmp(const struct btc_outpoint *a,
                           const struct btc_outpoint *b)
{
	int order = memcmp(a->txid, b->txid, sizeof(a->txid));

	if (order != 0)
		return order;
	return a->n < b->n ? -1 : a->n > b->n;
}

static enum err check_lists(const struct peg_sweep *plan)
{
	if (plan->n_deposits == 0 && plan->n_withdrawals == 0)
		return ERR_PEG_EMPTY;
	if (plan->n_deposits > PEG_SWEEP_DEPOSITS_MAX)
		return ERR_PEG_COUNT;
	if (plan->rate < PEG_FEE_RATE_MIN || plan->rate > PEG_FEE_RATE_MAX)
		return ERR_PEG_RATE;
	for (uint32_t i = 1; i < plan->n_deposits; i++)
		if (peg_sweep_outpoint_cmp(&plan->deposits[i - 1].at,
		                           &plan->deposits[i].at) >= 0)
			return ERR_PEG_ORDER;
	return ERR_OK;
}

/* Writes the OP_RETURN's script. */
static enum err write_memo(struct arena *a, struct span *ret,
                           const struct peg_sweep *plan)
{
	uint32_t n = plan->n_withdrawals;
	uint64_t *ids = arena_new_array(a, uint64_t, n);
	struct buf b;
	uint8_t *script = NULL;

	if (!ids)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++)
		ids[i] = plan->withdrawals[i].id;
	buf_init(&b, PEG_SWEEP_IDS_LEN_MAX);
	enum err err = peg_idpack_write(&b, ids, n);
	size_t len = MEMO_HEAD_LEN + b.len;
	size_t head = len > SHORT_PUSH_MAX ? 3 : 2;

	if (err == ERR_OK)
		script = arena_alloc(a, head + len);
	if (script) {
		script[0] = OP_RETURN;
		script[1] = OP_PUSHDATA1;
		script[head - 1] = (uint8_t)len;
		script[head] = MAGIC_0;
		script[head + 1] = MAGIC_1;
		script[head + 2] = MEMO_VERSION;
		if (b.len > 0)
			memcpy(script + head + MEMO_HEAD_LEN, b.p, b.len);
		*ret = span_of(script, head + len);
	}
	buf_fini(&b);
	if (err != ERR_OK)
		return err == ERR_TOO_LARGE ? ERR_PEG_COUNT : err;
	return script ? ERR_OK : ERR_NO_MEMORY;
}

static uint64_t weigh(const struct peg_sweep *plan, uint64_t *ret_requests,
                      size_t memo_len)
{
	uint64_t requests = 0;

	for (uint32_t i = 0; i < plan->n_deposits; i++)
		requests +=
		    peg_fee_deposit_weight(plan->deposits[i].script.len);
	for (uint32_t i = 0; i < plan->n_withdrawals; i++)
		requests +=
		    peg_fee_output_weight(plan->withdrawals[i].script.len);
	*ret_requests = requests;
	return requests + peg_fee_base_weight(plan->n_deposits,
	                                      plan->n_withdrawals, memo_len);
}

static enum err charge_deposits(struct arena *a, struct peg_sweep_tx *s,
                                const struct peg_sweep *plan, uint64_t all)
{
	uint64_t *fees = arena_new_array(a, uint64_t, plan->n_deposits);

	if (!fees)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < plan->n_deposits; i++) {
		const struct peg_sweep_deposit *d = &plan->deposits[i];

		s->culprit = i;
		fees[i] = peg_fee_part(
		    s->fee, peg_fee_deposit_weight(d->script.len), all);
		if (fees[i] > d->max_fee || fees[i] > d->amount)
			return ERR_PEG_MAX_FEE;
		if (d->amount - fees[i] < PEG_DUST)
			return ERR_PEG_DUST;
	}
	s->deposit_fees = fees;
	return ERR_OK;
}

static enum err charge_withdrawals(struct arena *a, struct peg_sweep_tx *s,
                                   const struct peg_sweep *plan, uint64_t all)
{
	uint64_t *fees = arena_new_array(a, uint64_t, plan->n_withdrawals);

	if (!fees)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < plan->n_withdrawals; i++) {
		const struct peg_sweep_withdrawal *w = &plan->withdrawals[i];

		s->culprit = plan->n_deposits + i;
		fees[i] = peg_fee_part(
		    s->fee, peg_fee_output_weight(w->script.len), all);
		if (w->amount < PEG_DUST)
			return ERR_PEG_DUST;
		if (fees[i] > w->max_fee)
			return ERR_PEG_MAX_FEE;
	}
	s->withdrawal_fees = fees;
	return ERR_OK;
}

static enum err charge(struct arena *a, struct peg_sweep_tx *s,
                       const struct peg_sweep *plan, size_t memo_len)
{
	uint64_t requests;

	s->vsize = peg_fee_vsize(weigh(plan, &requests, memo_len));
	s->fee = peg_fee_total(s->vsize, plan->rate, plan->last);
	TRY(charge_deposits(a, s, plan, requests));
	return charge_withdrawals(a, s, plan, requests);
}

/* What is left for the peg. */
static enum err balance(uint64_t *ret, const struct peg_sweep *plan,
                        uint64_t fee)
{
	uint64_t in = plan->from.value;
	uint64_t out = fee;
	bool fits = true;

	for (uint32_t i = 0; i < plan->n_deposits; i++)
		fits = fits && u64_add(&in, in, plan->deposits[i].amount);
	for (uint32_t i = 0; i < plan->n_withdrawals; i++)
		fits = fits && u64_add(&out, out, plan->withdrawals[i].amount);
	if (!fits || !u64_sub(ret, in, out) || *ret < PEG_DUST)
		return ERR_PEG_FUNDS;
	return ERR_OK;
}

static enum err copy_script(struct arena *a, struct span *ret,
                            const uint8_t *script, size_t len)
{
	const uint8_t *copy = arena_copy(a, script, len);

	if (!copy)
		return ERR_NO_MEMORY;
	*ret = span_of(copy, len);
	return ERR_OK;
}

static enum err pay_signers(struct arena *a, struct btc_out *ret,
                            uint64_t value, const uint8_t *key)
{
	uint8_t script[PEG_OUTPUT_SCRIPT_LEN];

	TRY(peg_output_signers(script, key));
	ret->value = value;
	return copy_script(a, &ret->script, script, sizeof(script));
}

static enum err build_ins(struct arena *a, struct peg_sweep_tx *s,
                          const struct peg_sweep *plan)
{
	uint32_t n = plan->n_deposits + 1;
	struct btc_in *ins = arena_new_array(a, struct btc_in, n);
	struct btc_out *spent = arena_new_array(a, struct btc_out, n);

	if (!ins || !spent)
		return ERR_NO_MEMORY;
	memset(ins, 0, n * sizeof(*ins));
	ins[0].spends = plan->from.at;
	TRY(pay_signers(a, &spent[0], plan->from.value, plan->from.key));
	for (uint32_t i = 1; i < n; i++) {
		const struct peg_sweep_deposit *d = &plan->deposits[i - 1];
		struct peg_output output;

		ins[i].spends = d->at;
		spent[i].value = d->amount;
		TRY(peg_output_deposit(&output, d->script, d->reclaim_leaf));
		TRY(copy_script(a, &spent[i].script, output.script,
		                sizeof(output.script)));
	}
	s->tx.ins = ins;
	s->tx.n_ins = n;
	s->spent = spent;
	return ERR_OK;
}

static enum err build_outs(struct arena *a, struct peg_sweep_tx *s,
                           const struct peg_sweep *plan, struct span memo)
{
	uint32_t n = plan->n_withdrawals + WITHDRAWALS_AT;
	struct btc_out *outs = arena_new_array(a, struct btc_out, n);
	uint64_t left;

	if (!outs)
		return ERR_NO_MEMORY;
	TRY(balance(&left, plan, s->fee));
	TRY(pay_signers(a, &outs[0], left, plan->to_key));
	outs[1] = (struct btc_out){ .script = memo };
	for (uint32_t i = 0; i < plan->n_withdrawals; i++)
		outs[WITHDRAWALS_AT + i] =
		    (struct btc_out){ .value = plan->withdrawals[i].amount,
			              .script = plan->withdrawals[i].script };
	s->tx.outs = outs;
	s->tx.n_outs = n;
	return ERR_OK;
}

enum err peg_sweep_build(struct arena *a, struct peg_sweep_tx *ret,
                         const struct peg_sweep *plan)
{
	struct span memo;

	memset(ret, 0, sizeof(*ret));
	ret->tx.version = TX_VERSION;
	TRY(check_lists(plan));
	TRY(write_memo(a, &memo, plan));
	TRY(charge(a, ret, plan, memo.len));
	TRY(build_ins(a, ret, plan));
	TRY(build_outs(a, ret, plan, memo));
	return btc_tx_id(ret->txid, &ret->tx);
}

enum err peg_sweep_sighash(uint8_t ret[BTC_WIRE_HASH_LEN],
                           const struct peg_sweep_tx *s,
                           const struct peg_sweep *plan, uint32_t at)
{
	uint8_t leaf[TAPTREE_HASH_LEN];
	struct btc_sighash_taproot t = { .spent = s->spent,
		                         .at = at,
		                         .type = BTC_SIGHASH_ALL,
		                         .code_separator = UINT32_MAX };

	CHECK(at < s->tx.n_ins);
	if (at > 0) {
		taptree_leaf(leaf, TAPTREE_LEAF_VERSION,
		             plan->deposits[at - 1].script);
		t.leaf_hash = leaf;
	}
	return btc_sighash_taproot(ret, &s->tx, &t);
}

static enum err sign_input(struct arena *a, struct btc_in *in,
                           const struct peg_sweep_deposit *d,
                           const uint8_t *sig)
{
	uint8_t *bytes = arena_alloc(a, SIG_ITEM_LEN);
	struct span *items = arena_new_array(a, struct span, DEPOSIT_ITEMS);
	struct peg_output output;

	if (!bytes || !items)
		return ERR_NO_MEMORY;
	memcpy(bytes, sig, PEG_SWEEP_SIG_LEN);
	bytes[PEG_SWEEP_SIG_LEN] = BTC_SIGHASH_ALL;
	items[0] = span_of(bytes, SIG_ITEM_LEN);
	in->witness = items;
	in->n_witness = 1;
	if (!d)
		return ERR_OK;
	TRY(peg_output_deposit(&output, d->script, d->reclaim_leaf));
	items[1] = d->script;
	in->n_witness = DEPOSIT_ITEMS;
	return copy_script(a, &items[2], output.control,
	                   sizeof(output.control));
}

enum err peg_sweep_sign(struct arena *a, struct peg_sweep_tx *s,
                        const struct peg_sweep *plan,
                        const uint8_t (*sigs)[PEG_SWEEP_SIG_LEN])
{
	struct btc_in *ins =
	    arena_copy(a, s->tx.ins, s->tx.n_ins * sizeof(*s->tx.ins));

	if (!ins)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < s->tx.n_ins; i++)
		TRY(sign_input(a, &ins[i], i ? &plan->deposits[i - 1] : NULL,
		               sigs[i]));
	s->tx.ins = ins;
	s->tx.has_witness = true;
	return ERR_OK;
}

/* Steps over the opcode and the push in front of a memo. */
static enum err read_memo(struct cursor *ret, struct span script)
{
	struct cursor c = cursor_of(script);
	uint8_t op = 0;
	uint8_t len = 0;
	uint8_t head[MEMO_HEAD_LEN] = { 0 };

	if (cursor_u8(&c, &op) != ERR_OK || op != OP_RETURN ||
	    cursor_u8(&c, &len) != ERR_OK ||
	    (len == OP_PUSHDATA1 && cursor_u8(&c, &len) != ERR_OK) ||
	    len != cursor_left(&c) ||
	    cursor_copy(&c, head, sizeof(head)) != ERR_OK)
		return ERR_PEG_MEMO;
	if (head[0] != MAGIC_0 || head[1] != MAGIC_1 || head[2] != MEMO_VERSION)
		return ERR_PEG_MEMO;
	*ret = c;
	return ERR_OK;
}

enum err peg_sweep_ids(struct arena *a, const uint64_t **ret, uint32_t *ret_n,
                       const struct btc_tx *tx)
{
	struct cursor c;

	*ret = NULL;
	*ret_n = 0;
	if (tx->n_outs < WITHDRAWALS_AT)
		return ERR_PEG_MEMO;
	TRY(read_memo(&c, tx->outs[1].script));
	if (cursor_left(&c) > 0) {
		enum err err = peg_idpack_read(a, ret, ret_n,
		                               span_of(c.at, cursor_left(&c)));

		if (err != ERR_OK)
			return err == ERR_NO_MEMORY ? err : ERR_PEG_MEMO;
	}
	return *ret_n == tx->n_outs - WITHDRAWALS_AT ? ERR_OK : ERR_PEG_MEMO;
}
