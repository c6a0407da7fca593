/*
 * tests/unit/node/regtest/test_rt_node.c - Claims about
 * node/regtest/rt_node.c: mining, reorganisations, and the log.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "node/regtest/rt_mine.h"
#include "tests/lib/temp_dir.h"
#include "tests/unit/node/regtest/rt_case.h"

static int setup(void **state)
{
	(void)state;
	rt_case_init(NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	rt_case_fini();
	return 0;
}

static struct rt_block *tip(void)
{
	return rt_chain_tip(&rt_case.node->chain);
}

static void the_first_block_is_bitcoin_s(void **state)
{
	(void)state;
	uint8_t shown[32];

	for (size_t i = 0; i < 32; i++)
		shown[i] = tip()->hash[31 - i];
	assert_hex(shown, 32,
	           "0f9188f13cb7b2c71f2a335e3a4fc328"
	           "bf5beb436012afca590b1a11466e2206");
	assert_int_equal(tip()->bytes.len, 285);
}

static void a_reward_can_be_spent_after_a_hundred_blocks(void **state)
{
	(void)state;
	struct rt_accepted got;
	struct btc_outpoint at;

	(void)rt_case_mine(99);
	at = rt_case_reward(1);
	struct rt_case_tx t = rt_case_spend(&at, 5000000000, 1000);
	struct span bytes = rt_case_sign(&t);

	assert_string_equal(rt_case_offer(bytes, &got),
	                    "bad-txns-premature-spend-of-coinbase");
	(void)rt_case_mine(1);
	assert_string_equal(rt_case_offer(bytes, &got), "");
	assert_int_equal(rt_pool_count(&rt_case.node->pool), 1);
	const struct rt_block *b = rt_case_mine(1);

	assert_int_equal(b->block.n_txs, 2);
	assert_int_equal(b->block.txs[0].outs[0].value, 5000001000);
	assert_int_equal(rt_pool_count(&rt_case.node->pool), 0);
	assert_non_null(rt_chain_tx(&rt_case.node->chain, got.id));
	assert_null(rt_coins_find(&rt_case.node->chain.coins, &at));
}

static void rewards_halve_every_150_blocks(void **state)
{
	(void)state;
	assert_int_equal(rt_case_mine(149)->block.txs[0].outs[0].value,
	                 5000000000);
	assert_int_equal(rt_case_mine(1)->block.txs[0].outs[0].value,
	                 2500000000);
	assert_int_equal(rt_check_subsidy(64 * 150), 0);
}

static void going_back_and_forth_leaves_the_same_coins(void **state)
{
	(void)state;
	uint8_t before[32];
	uint8_t after[32];
	struct rt_accepted got;

	(void)rt_case_mine(105);
	for (uint32_t i = 1; i <= 4; i++) {
		struct btc_outpoint at = rt_case_reward(i);
		struct rt_case_tx t = rt_case_spend(&at, 5000000000, 1000 * i);

		assert_string_equal(rt_case_offer(rt_case_sign(&t), &got), "");
		if (i % 2 == 0)
			(void)rt_case_mine(1);
	}
	struct rt_block *old = tip();
	struct rt_block *cut = rt_chain_at(&rt_case.node->chain, 106);

	rt_case_coins(before);
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_INVALIDATE, cut),
	                 ERR_OK);
	assert_int_equal(tip()->height, 105);
	assert_int_equal(rt_pool_count(&rt_case.node->pool), 4);
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_RECONSIDER, cut),
	                 ERR_OK);
	assert_ptr_equal(tip(), old);
	assert_int_equal(rt_pool_count(&rt_case.node->pool), 0);
	rt_case_coins(after);
	assert_memory_equal(before, after, 32);
}

static void the_longer_branch_wins_and_of_equals_the_first(void **state)
{
	(void)state;
	struct rt_block *a;
	struct rt_block *b;

	(void)rt_case_mine(3);
	a = tip();
	struct rt_block *fork = a->prev;

	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_INVALIDATE, a),
	                 ERR_OK);
	assert_ptr_equal(tip(), fork);
	b = rt_case_mine(1);
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_RECONSIDER, a),
	                 ERR_OK);
	assert_ptr_equal(tip(), a);
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_PRECIOUS, b),
	                 ERR_OK);
	assert_ptr_equal(tip(), b);
	assert_ptr_equal(rt_chain_fork(a, b), fork);
	assert_int_equal(rt_case_mine(1)->height, 4);
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_PRECIOUS, a),
	                 ERR_OK);
	assert_int_equal(tip()->height, 4);
}

/* --- blocks that break a rule --- */

/* A good next block, whose header's last place of bytes may be changed. */
struct draft {
	struct buf bytes;
	struct btc_block block;
	struct btc_tx txs[3];
	struct btc_in cb_in;
	struct btc_out cb_outs[2];
};

static void draft_init(struct draft *d)
{
	struct rt_mine_job job = { .script = rt_case_pay(),
		                   .now = rt_node_now(rt_case.node),
		                   .extra = 1000 };
	struct cursor c;

	buf_init(&d->bytes, 1 << 22);
	assert_int_equal(rt_mine_block(&d->bytes, &rt_case.node->pool, &job),
	                 ERR_OK);
	c = cursor_of(buf_span(&d->bytes));
	assert_int_equal(btc_block_read(&rt_case.arena, &d->block, &c), ERR_OK);
	d->txs[0] = d->block.txs[0];
	if (d->block.n_txs > 1)
		d->txs[1] = d->block.txs[1];
	d->cb_in = d->txs[0].ins[0];
	d->cb_outs[0] = d->txs[0].outs[0];
	d->cb_outs[1] = d->txs[0].outs[1];
	d->txs[0].ins = &d->cb_in;
	d->txs[0].outs = d->cb_outs;
	d->block.txs = d->txs;
}

/* Computes the root and the work anew. */
static void draft_seal(struct draft *d)
{
	btc_hash nodes[3];
	bool ignored;

	for (uint32_t i = 0; i < d->block.n_txs; i++)
		assert_int_equal(btc_tx_id(nodes[i], &d->txs[i]), ERR_OK);
	btc_merkle_root(d->block.header.root, &ignored, nodes, d->block.n_txs);
	for (d->block.header.nonce = 0;; d->block.header.nonce++) {
		btc_header_hash(nodes[0], &d->block.header);
		if (rt_check_has_work(nodes[0]))
			return;
	}
}

static const char *draft_submit(struct draft *d)
{
	static struct rt_submitted s;
	struct buf b;

	buf_init(&b, 1 << 23);
	assert_int_equal(btc_block_write(&b, &d->block), ERR_OK);
	enum err e = rt_node_submit(rt_case.node, buf_span(&b), &s);

	buf_fini(&b);
	buf_fini(&d->bytes);
	if (e == ERR_SYNTAX)
		return "syntax";
	assert_true(e == ERR_OK || e == ERR_BTC_RULE);
	return e == ERR_OK ? "" : s.why.text;
}

static void headers_that_break_a_rule_are_refused_with_its_name(void **state)
{
	(void)state;
	struct draft d;

	(void)rt_case_mine(12);
	draft_init(&d);
	draft_seal(&d);
	do {
		uint8_t hash[32];

		d.block.header.nonce++;
		btc_header_hash(hash, &d.block.header);
		if (!rt_check_has_work(hash))
			break;
	} while (true);
	assert_string_equal(draft_submit(&d), "high-hash");
	draft_init(&d);
	d.block.header.bits = 0x207ffffe;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-diffbits");
	draft_init(&d);
	d.block.header.time = tip()->median;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "time-too-old");
	draft_init(&d);
	d.block.header.time = RT_CASE_TIME + RT_CHECK_AHEAD + 1;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "time-too-new");
	draft_init(&d);
	d.block.header.version = 3;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-version(0x00000003)");
	draft_init(&d);
	d.block.header.prev[0] ^= 1;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "prev-blk-not-found");
	draft_init(&d);
	assert_string_equal(draft_submit(&d), "");
}

static void coinbases_that_break_a_rule_are_refused(void **state)
{
	(void)state;
	struct draft d;
	btc_hash hash;

	(void)rt_case_mine(12);
	draft_init(&d);
	d.cb_outs[0].value++;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-cb-amount");
	draft_init(&d);
	d.cb_in.script = span_str("\1\1\1");
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-cb-height");
	draft_init(&d);
	d.cb_in.script.len = 1;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-cb-length");
	draft_init(&d);
	d.cb_in.spends.n = 0;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-cb-missing");
	draft_init(&d);
	d.txs[1] = d.txs[0];
	d.block.n_txs = 2;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-txns-duplicate");
	draft_init(&d);
	d.cb_in.n_witness = 0;
	d.txs[0].has_witness = false;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-witness-nonce-size");
	draft_init(&d);
	d.txs[0].n_outs = 1;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "unexpected-witness");
	draft_init(&d);
	d.txs[0].lock_time = 1000;
	d.cb_in.sequence = 0;
	draft_seal(&d);
	assert_string_equal(draft_submit(&d), "bad-txns-nonfinal");
	draft_init(&d);
	do {
		d.block.header.root[3]++;
		btc_header_hash(hash, &d.block.header);
	} while (!rt_check_has_work(hash));
	assert_string_equal(draft_submit(&d), "bad-txnmrklroot");
}

static void a_wrong_signature_makes_a_block_invalid(void **state)
{
	(void)state;
	struct rt_accepted got;
	struct btc_outpoint at;
	struct draft d;

	(void)rt_case_mine(101);
	at = rt_case_reward(1);
	struct rt_case_tx t = rt_case_spend(&at, 5000000000, 1000);

	assert_string_equal(rt_case_offer(rt_case_sign(&t), &got), "");
	draft_init(&d);
	assert_int_equal(d.block.n_txs, 2);
	/* Another amount: the commitment to witnesses stays, ids do not. */
	struct btc_out out = d.txs[1].outs[0];

	out.value--;
	d.txs[1].outs = &out;
	uint8_t both[64] = { 0 };
	btc_hash nodes[2] = { { 0 } };
	static uint8_t mark[38];
	bool ignored;

	assert_int_equal(btc_tx_wid(nodes[1], &d.txs[1]), ERR_OK);
	btc_merkle_root(both, &ignored, nodes, 2);
	memcpy(mark, d.cb_outs[1].script.p, 6);
	hash_sha256d(mark + 6, both, 64);
	d.cb_outs[1].script = span_of(mark, 38);
	draft_seal(&d);
	assert_string_equal(
	    draft_submit(&d),
	    "mandatory-script-verify-flag-failed (Script evaluated without "
	    "error but finished with a false/empty top stack element)");
	assert_int_equal(tip()->height, 101);
}

/* --- the log --- */

static void a_chain_comes_back_from_its_folder(void **state)
{
	(void)state;
	static char folder[4200];
	char dir[TEMP_DIR_MAX];
	uint8_t before[32];
	uint8_t after[32];
	btc_hash hash;

	temp_dir_make(dir);
	rt_case_fini();
	(void)snprintf(folder, sizeof(folder), "%s/chain", dir);
	rt_case_init(folder);
	(void)rt_case_mine(110);
	struct btc_outpoint at = rt_case_reward(1);
	struct rt_case_tx t = rt_case_spend(&at, 5000000000, 1000);
	struct rt_accepted got;

	assert_string_equal(rt_case_offer(rt_case_sign(&t), &got), "");
	struct rt_block *cut = rt_case_mine(3)->prev;

	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_INVALIDATE, cut),
	                 ERR_OK);
	(void)rt_case_mine(1);
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_RECONSIDER, cut),
	                 ERR_OK);
	memcpy(hash, tip()->hash, 32);
	rt_case_coins(before);
	rt_node_close(rt_case.node);
	rt_case_open(folder);
	rt_case_coins(after);
	assert_memory_equal(hash, tip()->hash, 32);
	assert_memory_equal(before, after, 32);
	assert_int_equal(tip()->height, 113);
	assert_int_equal(rt_case.node->chain.blocks.n, 115);
	temp_dir_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_first_block_is_bitcoin_s,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_reward_can_be_spent_after_a_hundred_blocks, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(rewards_halve_every_150_blocks,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(
		    going_back_and_forth_leaves_the_same_coins, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    the_longer_branch_wins_and_of_equals_the_first, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    headers_that_break_a_rule_are_refused_with_its_name, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    coinbases_that_break_a_rule_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_wrong_signature_makes_a_block_invalid, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_chain_comes_back_from_its_folder, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
