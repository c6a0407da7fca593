/* tests/unit/node/app/test_repl_chain.c - Claims about node/app/repl_chain.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/stx_balance.h"
#include "node/app/repl_chain.h"

static const struct principal *someone(struct arena *a)
{
	static const uint8_t hash[PRINCIPAL_HASH_LEN] = { 7 };
	const struct principal *p =
	    principal_new_standard(a, PRINCIPAL_TESTNET_SINGLESIG, hash);

	assert_non_null(p);
	return p;
}

static void finished_blocks_can_be_asked_about(void **state)
{
	struct repl_chain c;
	struct store_block b;
	struct arena a;
	bool found;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(repl_chain_init(&c, someone(&a)), ERR_OK);
	assert_int_equal(c.store.view.height, 1);
	assert_int_equal(repl_chain_advance(&c, 3, REPL_CHAIN_BOTH), ERR_OK);
	assert_int_equal(c.store.view.height, 4);
	assert_int_equal(c.store.view.burn_height, 104);
	for (uint32_t h = 0; h < 6; h++) {
		assert_int_equal(
		    c.store.store.ops->block(&c.store, &a, h, &b, &found),
		    ERR_OK);
		assert_int_equal(found, h < 4);
		if (found)
			assert_int_equal(b.time, 1700000000u + 600 * h);
	}
	repl_chain_fini(&c);
	arena_fini(&a);
}

static u128 balance(struct repl_chain *c, struct arena *a,
                    const struct principal *who)
{
	struct store_key key = stx_balance_key(who);
	struct stx_balance b = { 0 };
	struct span bytes;
	bool found;

	assert_int_equal(
	    c->store.store.ops->get(&c->store, a, &key, &bytes, &found),
	    ERR_OK);
	if (found)
		assert_true(stx_balance_parse(&b, bytes));
	return b.unlocked;
}

static void minting_adds_up_until_it_would_not_fit(void **state)
{
	struct repl_chain c;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);

	const struct principal *who = someone(&a);

	assert_int_equal(repl_chain_init(&c, who), ERR_OK);
	assert_true(balance(&c, &a, who) == 0);
	assert_int_equal(repl_chain_mint(&c, who, 5), ERR_OK);
	assert_int_equal(repl_chain_mint(&c, who, 7), ERR_OK);
	assert_true(balance(&c, &a, who) == 12);
	assert_int_equal(repl_chain_mint(&c, who, U128_MAX), ERR_OVERFLOW);
	assert_true(balance(&c, &a, who) == 12);
	assert_int_equal(repl_chain_mint(&c, who, U128_MAX - 12), ERR_OK);
	repl_chain_fini(&c);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finished_blocks_can_be_asked_about),
		cmocka_unit_test(minting_adds_up_until_it_would_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
