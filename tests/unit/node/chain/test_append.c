/*
 * tests/unit/node/chain/test_append.c - Claims about appending blocks.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/stx_balance.h"
#include "tests/unit/node/chain/chain_case.h"

static struct chain_case the_case;

static void genesis_is_the_tip_of_a_new_chain(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;

	case_init(c);
	case_open(c);
	assert_int_equal(chain_tip(c->chain)->height, 0);
	assert_memory_equal(chain_tip(c->chain)->id, genesis_id, 32);
	assert_true(case_balance(c, CASE_USER).unlocked == CASE_RICH);
	case_fini(c);
}

static void tenures_and_blocks_follow_each_other(void **state)
{
	(void)state;
	struct chain_case *c = &the_case;
	struct tx *tx[1];

	case_init(c);
	case_open(c);
	case_tenure(c, NULL, 0);
	tx[0] = case_transfer(c, CASE_USER, 0, CASE_USER + 1, 5);
	case_more(c, tx, 1);
	assert_int_equal(chain_tip(c->chain)->height, 2);
	assert_int_equal(chain_tip(c->chain)->tenure.height, 1);
	assert_int_equal(chain_tip(c->chain)->tenure_blocks, 2);
	assert_true(chain_tip(c->chain)->tenure_fees == 200);
	assert_true(case_balance(c, CASE_USER + 1).unlocked == CASE_RICH + 5);
	assert_true(case_balance(c, CASE_USER).unlocked == CASE_RICH - 205);
	case_tenure(c, NULL, 0);
	assert_int_equal(chain_tip(c->chain)->tenure.height, 2);
	assert_true(chain_tip(c->chain)->tenure.parent_fees == 200);
	case_fini(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(genesis_is_the_tip_of_a_new_chain),
		cmocka_unit_test(tenures_and_blocks_follow_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
