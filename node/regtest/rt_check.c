/* node/regtest/rt_check.c - Blocks by themselves; contract in rt_check.h. */
#include "config.h"

#include "node/regtest/rt_check.h"

#include "node/bitcoin/btc_script.h"

/* From height 1 on blocks have version 4 at least: three old rules' votes. */
#define VERSION_MIN 4

#define REWARD_FIRST (50u * BTC_COIN)
#define HALVINGS_MAX 64u

bool rt_check_has_work(const uint8_t hash[BTC_WIRE_HASH_LEN])
{
	uint8_t limit[BTC_WIRE_HASH_LEN];

	return btc_header_target(limit, RT_CHECK_BITS) &&
	       btc_header_has_work(hash, RT_CHECK_BITS, limit);
}

uint64_t rt_check_subsidy(uint32_t height)
{
	uint32_t halvings = height / RT_CHECK_HALVING;

	return halvings < HALVINGS_MAX ? REWARD_FIRST >> halvings : 0;
}

enum err rt_check_header(struct rt_reason *why, const struct btc_header *h,
                         const uint8_t hash[BTC_WIRE_HASH_LEN], uint32_t median,
                         uint32_t now)
{
	uint8_t limit[BTC_WIRE_HASH_LEN];

	if (!btc_header_target(limit, RT_CHECK_BITS) ||
	    !btc_header_has_work(hash, h->bits, limit))
		return rt_reason_set(why, "high-hash");
	if (h->bits != RT_CHECK_BITS)
		return rt_reason_set(why, "bad-diffbits");
	if (h->time <= median)
		return rt_reason_set(why, "time-too-old");
	if (now != UINT32_MAX &&
	    (uint64_t)h->time > (uint64_t)now + RT_CHECK_AHEAD)
		return rt_reason_set(why, "time-too-new");
	if (h->version < VERSION_MIN)
		return rt_reason_hex(why, "bad-version", (uint32_t)h->version);
	return ERR_OK;
}

static enum err check_root(struct arena *a, struct rt_reason *why,
                           const struct btc_block *block)
{
	enum err e = btc_block_check_root(a, block);

	if (e == ERR_BTC_ROOT)
		return rt_reason_set(why, "bad-txnmrklroot");
	if (e == ERR_BTC_MUTATED)
		return rt_reason_set(why, block->n_txs > 0
		                              ? "bad-txns-duplicate"
		                              : "bad-blk-length");
	return e;
}

static enum err check_sizes(struct rt_reason *why,
                            const struct btc_block *block)
{
	size_t size = BTC_HEADER_LEN + 9;

	for (uint32_t i = 0; i < block->n_txs; i++)
		size += btc_txcheck_size_old(&block->txs[i]);
	if (size * BTC_WEIGHT_SCALE > BTC_WEIGHT_MAX)
		return rt_reason_set(why, "bad-blk-length");
	if (!btc_tx_is_coinbase(&block->txs[0]))
		return rt_reason_set(why, "bad-cb-missing");
	for (uint32_t i = 1; i < block->n_txs; i++) {
		if (btc_tx_is_coinbase(&block->txs[i]))
			return rt_reason_set(why, "bad-cb-multiple");
	}
	return ERR_OK;
}

enum err rt_check_block(struct arena *a, struct rt_reason *why,
                        const struct btc_block *block)
{
	enum btc_tx_fail fail;
	uint64_t sigops = 0;

	if (block->n_txs == 0)
		return rt_reason_set(why, "bad-blk-length");
	TRY(check_root(a, why, block));
	TRY(check_sizes(why, block));
	for (uint32_t i = 0; i < block->n_txs; i++) {
		enum err e = btc_txcheck_alone(a, &block->txs[i], &fail);

		if (e == ERR_BTC_RULE)
			return rt_reason_set(why, btc_txcheck_reason(fail));
		TRY(e);
		sigops += btc_txcheck_sigops(&block->txs[i]);
	}
	if (sigops * BTC_WEIGHT_SCALE > BTC_SIGOPS_MAX)
		return rt_reason_set(why, "bad-blk-sigops");
	return ERR_OK;
}

/* A coinbase's script begins with a push of its height. */
static bool has_height(struct span script, uint32_t height)
{
	struct buf want;

	buf_init(&want, 16);
	(void)btc_script_add_number(&want, height);
	bool is_there = buf_err(&want) == ERR_OK && script.len >= want.len &&
	                span_eq(span_of(script.p, want.len), buf_span(&want));

	buf_fini(&want);
	return is_there;
}

/* What is wrong with the commitment to witnesses: Bitcoin tells three ways. */
static enum err witness_reason(struct rt_reason *why,
                               const struct btc_block *block)
{
	static const uint8_t mark[] = { 0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed };
	const struct btc_tx *cb = &block->txs[0];
	bool has_mark = false;

	for (uint32_t i = 0; i < cb->n_outs; i++) {
		struct span s = cb->outs[i].script;

		has_mark |= s.len >= 38 && span_eq(span_of(s.p, sizeof(mark)),
		                                   span_of(mark, sizeof(mark)));
	}
	if (!has_mark)
		return rt_reason_set(why, "unexpected-witness");
	if (cb->ins[0].n_witness != 1 ||
	    cb->ins[0].witness[0].len != BTC_WIRE_HASH_LEN)
		return rt_reason_set(why, "bad-witness-nonce-size");
	return rt_reason_set(why, "bad-witness-merkle-match");
}

enum err rt_check_place(struct arena *a, struct rt_reason *why,
                        const struct btc_block *block, uint32_t height,
                        uint32_t median)
{
	size_t weight = BTC_WEIGHT_SCALE * (BTC_HEADER_LEN + 1);
	enum err e;

	for (uint32_t i = 0; i < block->n_txs; i++) {
		if (!btc_txcheck_is_final(&block->txs[i], height, median))
			return rt_reason_set(why, "bad-txns-nonfinal");
		weight += btc_txcheck_weight(&block->txs[i]);
	}
	if (!has_height(block->txs[0].ins[0].script, height))
		return rt_reason_set(why, "bad-cb-height");
	e = btc_block_check_witness(a, block);
	if (e == ERR_BTC_WITNESS)
		return witness_reason(why, block);
	TRY(e);
	if (weight > BTC_WEIGHT_MAX)
		return rt_reason_set(why, "bad-blk-weight");
	return ERR_OK;
}
