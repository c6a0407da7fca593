/*
 * tests/unit/node/regtest/test_rt_pool.c - Claims about
 * node/regtest/rt_pool.c and what judges for it.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>

#include "node/regtest/rt_policy.h"
#include "tests/unit/node/regtest/rt_case.h"

#define REWARD 5000000000u

static int setup(void **state)
{
	(void)state;
	rt_case_init(NULL);
	(void)rt_case_mine(105);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	rt_case_fini();
	return 0;
}

static struct rt_pool *pool(void)
{
	return &rt_case.node->pool;
}

/* Spends the reward of block `n`. */
static struct rt_case_tx spend(uint32_t n, uint64_t fee)
{
	struct btc_outpoint at = rt_case_reward(n);

	return rt_case_spend(&at, REWARD, fee);
}

static const char *offer(const struct rt_case_tx *t, struct rt_accepted *ret)
{
	return rt_case_offer(rt_case_sign(t), ret);
}

/* Spends output `n` of what was accepted. */
static struct rt_case_tx child(const struct rt_accepted *of, uint32_t n,
                               uint64_t value, uint64_t fee)
{
	struct btc_outpoint at;

	memset(&at, 0, sizeof(at));
	memcpy(at.txid, of->id, sizeof(at.txid));
	at.n = n;
	return rt_case_spend(&at, value, fee);
}

static void a_replacement_pays_for_all_that_goes(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 1000);
	struct rt_accepted first;
	struct rt_accepted got;

	assert_string_equal(offer(&t, &first), "");
	struct rt_case_tx c = child(&first, 0, REWARD - 1000, 5000);

	assert_string_equal(offer(&c, &got), "");
	t = spend(1, 5999);
	assert_string_equal(offer(&t, &got), "insufficient fee");
	t = spend(1, 6000 + got.vsize - 1);
	assert_string_equal(offer(&t, &got), "insufficient fee");
	t = spend(1, 6000 + got.vsize);
	assert_string_equal(offer(&t, &got), "");
	assert_int_equal(rt_pool_count(pool()), 1);
	assert_null(rt_pool_find(pool(), first.id));
	assert_int_equal(pool()->fees, 6000 + got.vsize);
}

static void one_that_does_not_say_so_stays_unless_all_may_go(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 1000);
	struct rt_accepted got;

	t.sequence = 0xfffffffe;
	assert_string_equal(offer(&t, &got), "");
	t = spend(1, 9000);
	assert_string_equal(offer(&t, &got), "txn-mempool-conflict");
	pool()->has_full_rbf = true;
	assert_string_equal(offer(&t, &got), "");
	assert_int_equal(rt_pool_count(pool()), 1);
}

static void lines_end_at_25_and_families_too(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 1000);
	uint64_t value = REWARD - 1000;
	struct rt_accepted got;

	assert_string_equal(offer(&t, &got), "");
	for (unsigned i = 1; i < RT_POLICY_CHAIN_MAX; i++) {
		t = child(&got, 0, value, 1000);
		value -= 1000;
		assert_string_equal(offer(&t, &got), "");
	}
	t = child(&got, 0, value, 1000);
	assert_string_equal(offer(&t, &got), "too-long-mempool-chain");
	assert_int_equal(rt_pool_count(pool()), RT_POLICY_CHAIN_MAX);
	const struct rt_block *b = rt_case_mine(1);

	assert_int_equal(b->block.n_txs, RT_POLICY_CHAIN_MAX + 1);
	assert_int_equal(rt_pool_count(pool()), 0);
	assert_int_equal(pool()->bytes, 0);
	assert_int_equal(pool()->live, 0);
}

static void fees_have_a_least_and_what_is_offered_a_most(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 1000);
	struct rt_accepted got;

	assert_string_equal(offer(&t, &got), "");
	t = spend(2, got.vsize - 1);
	assert_string_equal(offer(&t, &got), "min relay fee not met");
	t = spend(2, got.vsize);
	assert_string_equal(offer(&t, &got), "");
	struct rt_offer o = { .fee_max = 10000 };
	struct rt_reason why;

	t = spend(3, 2000);
	o.bytes = rt_case_sign(&t);
	assert_int_equal(rt_node_offer(rt_case.node, &o, &why, &got),
	                 ERR_BTC_RULE);
	assert_string_equal(why.text, "max-fee-exceeded");
}

static void a_parent_with_a_small_fee_is_taken_for_its_child(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 200);
	struct rt_accepted parent;
	struct rt_accepted got;

	assert_string_equal(offer(&t, &parent), "");
	t = child(&parent, 0, REWARD - 200, 90000);
	assert_string_equal(offer(&t, &got), "");
	t = spend(2, 1000);
	struct rt_accepted other;

	assert_string_equal(offer(&t, &other), "");
	const struct rt_block *b = rt_case_mine(1);

	assert_int_equal(b->block.n_txs, 4);
	assert_memory_equal(b->block.ids[1], parent.id, 32);
	assert_memory_equal(b->block.ids[2], got.id, 32);
	assert_memory_equal(b->block.ids[3], other.id, 32);
}

/* A branch that has another spend of the same coin wins. */
static void what_a_new_branch_spends_leaves_the_pool(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 1000);
	struct rt_accepted mined;
	struct rt_accepted got;

	assert_string_equal(offer(&t, &mined), "");
	struct rt_block *cut = rt_case_mine(1);
	struct rt_case_tx c = child(&mined, 0, REWARD - 1000, 1000);

	assert_string_equal(offer(&c, &got), "");
	assert_int_equal(rt_node_say(rt_case.node, RT_NODE_INVALIDATE, cut),
	                 ERR_OK);
	assert_int_equal(rt_pool_count(pool()), 2);
	t = spend(1, 90000);
	assert_string_equal(offer(&t, &got), "");
	assert_int_equal(rt_pool_count(pool()), 1);
	(void)rt_case_mine(1);
	assert_int_equal(rt_pool_count(pool()), 0);
	assert_null(rt_chain_tx(&rt_case.node->chain, mined.id));
}

static void locks_by_age_and_time_are_kept(void **state)
{
	(void)state;
	struct rt_case_tx t = spend(1, 1000);
	struct rt_accepted got;

	t.sequence = 106;
	assert_string_equal(offer(&t, &got), "non-BIP68-final");
	t.sequence = 105;
	assert_string_equal(offer(&t, &got), "");
	t = spend(2, 1000);
	t.lock_time = 106;
	assert_string_equal(offer(&t, &got), "non-final");
	t.lock_time = 105;
	assert_string_equal(offer(&t, &got), "");
	t = spend(3, 1000);
	t.sequence = 0x00400000u | 0xffff;
	assert_string_equal(offer(&t, &got), "non-BIP68-final");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_replacement_pays_for_all_that_goes, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    one_that_does_not_say_so_stays_unless_all_may_go, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    lines_end_at_25_and_families_too, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    fees_have_a_least_and_what_is_offered_a_most, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    a_parent_with_a_small_fee_is_taken_for_its_child, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    what_a_new_branch_spends_leaves_the_pool, setup, teardown),
		cmocka_unit_test_setup_teardown(locks_by_age_and_time_are_kept,
		                                setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
