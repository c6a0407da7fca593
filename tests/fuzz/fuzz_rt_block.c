/*
 * tests/fuzz/fuzz_rt_block.c - Whatever block comes, refused blocks leave the
 * chain as it was, and the coins are those of the tip.
 *
 * The input changes a good next block, whose work and root are then made
 * again, so that the rules behind them are reached: first byte: what is made
 * again; then pairs of a place and a value.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/io/env_os.h"
#include "node/regtest/rt_check.h"
#include "node/regtest/rt_mine.h"
#include "node/regtest/rt_node.h"

#define ARENA_MAX ((size_t)16 << 20)
#define BLOCKS_MAX 300u

static struct env env;
static struct rt_node *node;
static const uint8_t anyone[] = { 0x51 };

static void begin(void)
{
	struct rt_node_options o = { .env = &env };
	char why[RT_LOG_WHY_MAX];
	struct rt_submitted s;

	env_os_init(&env);
	CHECK(rt_node_open(&node, &o, why) == ERR_OK);
	node->mock_time = 1700000000;
	for (unsigned i = 0; i < 102; i++)
		CHECK(rt_node_mine(node, span_of(anyone, 1), &s) == ERR_OK);
}

/* A block that spends the first reward. */
static void good_block(struct arena *a, struct buf *ret)
{
	struct btc_in in = { .sequence = 0 };
	struct btc_out out = { .value = 4999990000,
		               .script = span_of(anyone, 1) };
	struct btc_tx tx = {
		.version = 2, .ins = &in, .n_ins = 1, .outs = &out, .n_outs = 1
	};
	struct rt_mine_job job = { .script = span_of(anyone, 1),
		                   .now = 1700000000,
		                   .extra = 9,
		                   .has_list = true,
		                   .list = &tx,
		                   .n_list = 1 };

	(void)a;
	memcpy(in.spends.txid, rt_chain_at(&node->chain, 1)->block.ids[0],
	       sizeof(btc_hash));
	CHECK(rt_mine_block(ret, &node->pool, &job) == ERR_OK);
}

static void seal(struct arena *a, struct buf *b, bool has_root)
{
	struct cursor c = cursor_of(buf_span(b));
	struct btc_block block;
	btc_hash hash;
	bool ignored;

	if (has_root && btc_block_read(a, &block, &c) == ERR_OK) {
		btc_hash *ids =
		    arena_copy(a, block.ids, block.n_txs * sizeof(*block.ids));

		CHECK(ids);
		btc_merkle_root(hash, &ignored, ids, block.n_txs);
		memcpy(b->p + 36, hash, sizeof(hash));
	}
	for (unsigned nonce = 0; nonce < 256; nonce++) {
		b->p[76] = (uint8_t)nonce;
		hash_sha256d(hash, b->p, BTC_HEADER_LEN);
		if (rt_check_has_work(hash))
			return;
	}
}

static uint64_t money(void)
{
	const struct rt_coin *coin;
	uint32_t place = 0;
	uint64_t sum = 0;

	while ((coin = rt_coins_next(&node->chain.coins, &place)) != NULL)
		sum += coin->out.value;
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct rt_submitted s;
	struct arena a;
	struct buf b;

	if (!node)
		begin();
	const struct rt_block *tip = rt_chain_tip(&node->chain);
	uint64_t before = money();

	arena_init(&a, ARENA_MAX);
	buf_init(&b, 1 << 20);
	good_block(&a, &b);
	for (size_t i = 1; i + 1 < len && i < 9; i += 2)
		b.p[bytes[i] * 2u % b.len] ^= bytes[i + 1];
	if (len > 0)
		seal(&a, &b, bytes[0] & 1u);
	enum err e = rt_node_submit(node, buf_span(&b), &s);

	CHECK(e == ERR_OK || e == ERR_BTC_RULE || e == ERR_SYNTAX);
	if (e != ERR_OK) {
		CHECK(rt_chain_tip(&node->chain) == tip);
		CHECK(money() == before);
	} else if (s.block->is_active && s.is_new) {
		/* Back to where it was. */
		CHECK(rt_node_say(node, RT_NODE_INVALIDATE, s.block) == ERR_OK);
		CHECK(rt_chain_tip(&node->chain) == tip);
		CHECK(money() == before);
	}
	buf_fini(&b);
	arena_fini(&a);
	if (node->chain.blocks.n > BLOCKS_MAX) {
		rt_node_close(node);
		node = NULL;
	}
	return 0;
}
