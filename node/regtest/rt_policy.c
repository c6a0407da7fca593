/* node/regtest/rt_policy.c - What a node takes; contract in rt_policy.h. */
#include "config.h"

#include "node/regtest/rt_policy.h"

#include "node/bitcoin/btc_script.h"
#include "node/bitcoin/btc_txcheck.h"

#define VERSION_MAX 2

/* Bytes of an input's script: 15 signatures of a P2SH multisig. */
#define SCRIPT_MAX 1650u

/* Bytes that spending takes: an old input, and one whose rest is witness. */
#define SPEND_OLD 148u
#define SPEND_WITNESS 67u

#define BYTES_PER_SIGOP 20u
#define P2SH_SIGOPS_MAX 15u
#define MULTISIG_KEYS_MAX 3u

/* Segwit's scripts. */
#define WITNESS_SCRIPT_MAX 3600u
#define WITNESS_ITEMS_MAX 100u
#define WITNESS_ITEM_MAX 80u
#define ANNEX_TAG 0x50u
#define LEAF_MASK 0xfeu
#define LEAF_VERSION 0xc0u

uint64_t rt_policy_fee(uint64_t rate, uint64_t vsize)
{
	return (rate * vsize + 999) / 1000;
}

uint32_t rt_policy_vsize(size_t weight, uint32_t sigop_cost)
{
	size_t counted = (size_t)sigop_cost * BYTES_PER_SIGOP;

	if (weight < counted)
		weight = counted;
	return (uint32_t)((weight + BTC_WEIGHT_SCALE - 1) / BTC_WEIGHT_SCALE);
}

uint64_t rt_policy_dust(const struct btc_out *out)
{
	size_t size = 8 + (out->script.len < 0xfd ? 1u : 3u) + out->script.len;
	struct span program;
	uint8_t version;

	if (btc_script_is_unspendable(out->script))
		return 0;
	if (btc_script_is_witness(out->script, &version, &program))
		size += SPEND_WITNESS;
	else
		size += SPEND_OLD;
	return rt_policy_fee(RT_POLICY_DUST_FEE, size);
}

static enum err check_outs(struct rt_reason *why, const struct btc_tx *tx)
{
	struct btc_script_shape shape;
	unsigned n_data = 0;

	for (uint32_t i = 0; i < tx->n_outs; i++) {
		const struct btc_out *out = &tx->outs[i];

		btc_script_shape(&shape, out->script);
		if (shape.kind == BTC_SCRIPT_NONSTANDARD ||
		    (shape.kind == BTC_SCRIPT_NULLDATA &&
		     out->script.len > RT_POLICY_DATA_MAX) ||
		    (shape.kind == BTC_SCRIPT_MULTISIG &&
		     shape.n_keys > MULTISIG_KEYS_MAX))
			return rt_reason_set(why, "scriptpubkey");
		n_data += shape.kind == BTC_SCRIPT_NULLDATA;
		if (out->value < rt_policy_dust(out))
			return rt_reason_set(why, "dust");
	}
	if (n_data > 1)
		return rt_reason_set(why, "multi-op-return");
	return ERR_OK;
}

enum err rt_policy_check(struct rt_reason *why, const struct btc_tx *tx)
{
	if (tx->version < 1 || tx->version > VERSION_MAX)
		return rt_reason_set(why, "version");
	if (btc_txcheck_weight(tx) > RT_POLICY_WEIGHT_MAX)
		return rt_reason_set(why, "tx-size");
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		if (tx->ins[i].script.len > SCRIPT_MAX)
			return rt_reason_set(why, "scriptsig-size");
		if (!btc_script_is_push_only(tx->ins[i].script))
			return rt_reason_set(why, "scriptsig-not-pushonly");
	}
	TRY(check_outs(why, tx));
	if (btc_txcheck_size_old(tx) < RT_POLICY_SIZE_MIN)
		return rt_reason_set(why, "tx-size-small");
	return ERR_OK;
}

/* What the input's script pushes last; it only pushes. */
static struct span last_push(struct span script)
{
	struct btc_instr in = { .data = { NULL, 0 } };
	struct cursor c = cursor_of(script);

	while (cursor_left(&c) > 0 && btc_script_next(&c, &in))
		continue;
	return in.data;
}

static bool items_are_short(const struct span *items, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (items[i].len > WITNESS_ITEM_MAX)
			return false;
	}
	return true;
}

static bool taproot_is_standard(const struct btc_in *in)
{
	uint32_t n = in->n_witness;
	struct span last;

	if (n == 0)
		return false;
	last = in->witness[n - 1];
	if (n >= 2 && last.len > 0 && last.p[0] == ANNEX_TAG)
		return false; /* an annex has no meaning yet */
	if (n < 2)
		return true;
	if (last.len == 0)
		return false;
	return (last.p[0] & LEAF_MASK) != LEAF_VERSION ||
	       items_are_short(in->witness, n - 2);
}

/* @param script  the output's, or the one behind its hash */
static bool witness_is_standard(const struct btc_in *in, struct span script,
                                bool is_wrapped)
{
	struct btc_script_shape shape;
	uint32_t n = in->n_witness;

	if (n == 0)
		return true;
	btc_script_shape(&shape, script);
	if (shape.kind == BTC_SCRIPT_WITNESS_TAPROOT && !is_wrapped)
		return taproot_is_standard(in);
	if (shape.kind == BTC_SCRIPT_WITNESS_SCRIPTHASH)
		return in->witness[n - 1].len <= WITNESS_SCRIPT_MAX &&
		       n - 1 <= WITNESS_ITEMS_MAX &&
		       items_are_short(in->witness, n - 1);
	return shape.kind == BTC_SCRIPT_WITNESS_KEYHASH ||
	       shape.kind == BTC_SCRIPT_WITNESS_UNKNOWN;
}

enum err rt_policy_check_ins(struct rt_reason *why, const struct rt_spending *s)
{
	for (uint32_t i = 0; i < s->tx->n_ins; i++) {
		const struct btc_in *in = &s->tx->ins[i];
		struct span script = s->coins[i]->out.script;
		struct btc_script_shape shape;

		btc_script_shape(&shape, script);
		bool is_hash = shape.kind == BTC_SCRIPT_SCRIPTHASH;
		struct span redeem =
		    is_hash ? last_push(in->script) : span_of(NULL, 0);

		if (shape.kind == BTC_SCRIPT_NONSTANDARD ||
		    shape.kind == BTC_SCRIPT_WITNESS_UNKNOWN ||
		    (is_hash && in->script.len == 0) ||
		    btc_script_sigops(redeem, true) > P2SH_SIGOPS_MAX)
			return rt_reason_set(why,
			                     "bad-txns-nonstandard-inputs");
		if (!witness_is_standard(in, is_hash ? redeem : script,
		                         is_hash))
			return rt_reason_set(why, "bad-witness-nonstandard");
	}
	return ERR_OK;
}

bool rt_policy_is_replaceable(const struct btc_tx *tx)
{
	for (uint32_t i = 0; i < tx->n_ins; i++) {
		if (tx->ins[i].sequence <= BTC_SEQUENCE_REPLACEABLE)
			return true;
	}
	return false;
}
