/*
 * tests/unit/node/chain/test_chain_params.c - Claims about epochs, coinbases
 * and emissions by height.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/chain/chain_params.h"

#define STX 1000000

static struct chain_params p;

static void epochs_ascend_and_begin_at_their_height(void **state)
{
	(void)state;

	chain_params_init(&p, false);
	assert_true(chain_params_add_epoch(&p, EPOCH_3_0, 10));
	assert_false(chain_params_add_epoch(&p, EPOCH_3_0, 20));
	assert_false(chain_params_add_epoch(&p, EPOCH_3_1, 9));
	assert_true(chain_params_add_epoch(&p, EPOCH_3_4, 10));
	assert_true(chain_params_add_epoch(&p, EPOCH_4_0, 30));
	assert_int_equal(chain_params_epoch(&p, 0)->epoch, EPOCH_3_0);
	assert_int_equal(chain_params_epoch(&p, 10)->epoch, EPOCH_3_4);
	assert_int_equal(chain_params_epoch(&p, 29)->epoch, EPOCH_3_4);
	assert_int_equal(chain_params_epoch(&p, 30)->epoch, EPOCH_4_0);
	assert_int_equal(chain_params_epoch(&p, UINT32_MAX)->epoch, EPOCH_4_0);
	assert_null(chain_params_find(&p, EPOCH_3_2));
	assert_int_equal(chain_params_find(&p, EPOCH_4_0)->burn_height, 30);
	assert_int_equal(chain_params_rules(EPOCH_2_5), EPOCH_3_0);
	assert_int_equal(chain_params_rules(EPOCH_4_1), EPOCH_4_1);
}

static void reads_double_with_4_0(void **state)
{
	(void)state;

	chain_params_init(&p, true);
	assert_true(chain_params_add_epoch(&p, EPOCH_3_4, 0));
	assert_true(chain_params_add_epoch(&p, EPOCH_4_0, 0));
	assert_int_equal(p.epochs[0].limit.of[COST_READ_COUNT], 15000);
	assert_int_equal(p.epochs[1].limit.of[COST_READ_COUNT], 30000);
	assert_int_equal(p.epochs[1].limit.of[COST_READ_LENGTH], 200000000);
	assert_int_equal(p.epochs[1].limit.of[COST_WRITE_LENGTH], 15000000);
}

/* The coinbase at a height above the first, in whole STX. */
static uint64_t coinbase(enum epoch e, uint64_t above)
{
	return (
	    uint64_t)(chain_params_coinbase(
			  &p, e, (uint32_t)(p.cycles.first_height + above)) /
	              STX);
}

static void coinbases_follow_their_schedule(void **state)
{
	(void)state;

	chain_params_init(&p, true);
	p.cycles = cycle_mainnet;
	assert_int_equal(coinbase(EPOCH_3_0, 0), 1000);
	assert_int_equal(coinbase(EPOCH_3_0, 210383), 1000);
	assert_int_equal(coinbase(EPOCH_3_0, 210384), 500);
	assert_int_equal(coinbase(EPOCH_3_0, 420768), 250);
	assert_int_equal(coinbase(EPOCH_3_0, 631152), 125);
	assert_int_equal(coinbase(EPOCH_3_1, 278949), 1000);
	assert_int_equal(coinbase(EPOCH_3_1, 278950), 500);
	assert_int_equal(coinbase(EPOCH_4_0, 294179), 500);
	assert_int_equal(coinbase(EPOCH_4_0, 294180), 1000);
	chain_params_init(&p, false);
	assert_int_equal(coinbase(EPOCH_3_4, 77776), 1000);
	assert_int_equal(coinbase(EPOCH_3_4, 77777), 500);
	assert_true(chain_params_coinbase(&p, EPOCH_3_4, 77777 * 21) ==
	            62500000);
	assert_int_equal(coinbase(EPOCH_3_4, 38000000), 1000);
}

static void below_the_first_height_it_is_the_first_coinbase(void **state)
{
	(void)state;

	chain_params_init(&p, false);
	p.cycles.first_height = 1000;
	assert_true(chain_params_coinbase(&p, EPOCH_3_4, 5) ==
	            (u128)1000 * STX);
}

static void emissions_begin_with_3_2_and_end(void **state)
{
	(void)state;

	chain_params_init(&p, true);
	assert_true(chain_params_emission(&p, EPOCH_3_1, 950000) == 0);
	assert_true(chain_params_emission(&p, EPOCH_3_2, 907739) == 0);
	assert_true(chain_params_emission(&p, EPOCH_3_2, 907740) ==
	            (u128)475 * STX);
	assert_true(chain_params_emission(&p, EPOCH_4_0, 1065420) ==
	            (u128)1305 * STX);
	assert_true(chain_params_emission(&p, EPOCH_4_0, 1170540) == 0);
	chain_params_init(&p, false);
	assert_true(chain_params_emission(&p, EPOCH_3_4, 71884) == 0);
	assert_true(chain_params_emission(&p, EPOCH_3_4, 71885) == 1000);
	assert_true(chain_params_emission(&p, EPOCH_3_4, 73684) == 5000);
	assert_true(chain_params_emission(&p, EPOCH_3_4, 73685) == 0);
}

static void boot_contracts_are_of_the_networks_zero_account(void **state)
{
	(void)state;
	struct principal_room room;
	const struct principal *id;

	chain_params_init(&p, true);
	assert_int_equal(
	    chain_params_boot_contract(&p, &room, &id, span_str("pox-4")),
	    ERR_OK);
	assert_int_equal(id->version, PRINCIPAL_MAINNET_SINGLESIG);
	assert_int_equal(id->hash[7], 0);
	chain_params_init(&p, false);
	assert_int_equal(chain_params_boot(&p, &room)->version,
	                 PRINCIPAL_TESTNET_SINGLESIG);
	assert_int_equal(
	    chain_params_boot_contract(&p, &room, &id, span_str("1")),
	    ERR_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(epochs_ascend_and_begin_at_their_height),
		cmocka_unit_test(reads_double_with_4_0),
		cmocka_unit_test(coinbases_follow_their_schedule),
		cmocka_unit_test(
		    below_the_first_height_it_is_the_first_coinbase),
		cmocka_unit_test(emissions_begin_with_3_2_and_end),
		cmocka_unit_test(
		    boot_contracts_are_of_the_networks_zero_account),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
