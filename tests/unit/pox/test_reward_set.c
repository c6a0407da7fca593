/*
 * tests/unit/pox/test_reward_set.c - Claims about pox/reward_set.c.
 *
 * Expected sets are worked out by hand from SIP-007 and SIP-021.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "pox/reward_set.h"

#define STX ((u128)1000000)

/* A threshold of 10,000 STX with one slot for each in existence. */
#define SLOTS 100u
#define LIQUID (1000000 * STX)

static struct reward_entry entry(uint8_t version, uint8_t hash, uint8_t signer,
                                 unsigned thousands)
{
	struct reward_entry e = { .version = version,
		                  .hash_len = 20,
		                  .hash = { hash },
		                  .signer = { 2, signer },
		                  .amount = thousands * 1000 * STX };

	return e;
}

static void prices_are_multiples_of_10000_stx(void **state)
{
	(void)state;
	u128 liquid = 1500000000 * STX;

	assert_true(reward_set_threshold(liquid, 500000000 * STX, 4000) ==
	            130000 * STX);
	assert_true(reward_set_threshold(liquid, 520000000 * STX, 4000) ==
	            130000 * STX);
	assert_true(reward_set_threshold(liquid, 520000000 * STX + 4000,
	                                 4000) == 140000 * STX);
	/* Less than a quarter takes part. */
	assert_true(reward_set_threshold(200000000 * STX, 0, 1000) ==
	            50000 * STX);
}

static void slots_go_down_the_addresses(void **state)
{
	(void)state;
	struct arena a;
	struct reward_set set;
	const struct reward_entry list[] = {
		entry(22, 1, 1, 15), entry(6, 9, 2, 25),  entry(22, 7, 1, 20),
		entry(22, 1, 3, 16), entry(20, 99, 2, 9),
	};

	arena_init(&a, 1 << 16);
	assert_int_equal(reward_set_make(&a, &set, list, 5, LIQUID, SLOTS),
	                 ERR_OK);
	assert_true(set.threshold == 10000 * STX);
	/* Two of 22-07, three of 22-01 merged, none of 20-63, two of 06. */
	const struct reward_entry *want[] = { &list[2], &list[2], &list[3],
		                              &list[3], &list[3], &list[1],
		                              &list[1] };

	assert_int_equal(set.slots_n, 7);
	assert_memory_equal(set.slots, want, sizeof(want));
	arena_fini(&a);
}

static void equal_addresses_of_other_modes_are_apart(void **state)
{
	(void)state;
	struct arena a;
	struct reward_set set;
	struct reward_entry list[] = { entry(20, 1, 1, 6), entry(20, 1, 1, 6) };

	arena_init(&a, 1 << 16);
	assert_int_equal(reward_set_make(&a, &set, list, 2, LIQUID, SLOTS),
	                 ERR_OK);
	assert_int_equal(set.slots_n, 1);
	list[0].hash_mode = 1;
	list[1].hash_mode = 2;
	assert_int_equal(reward_set_make(&a, &set, list, 2, LIQUID, SLOTS),
	                 ERR_OK);
	assert_int_equal(set.slots_n, 0);
	assert_int_equal(set.signers_n, 1);
	arena_fini(&a);
}

static void weights_add_up_by_key_and_zeros_are_dropped(void **state)
{
	(void)state;
	struct arena a;
	struct reward_set set;
	const struct reward_entry list[] = {
		entry(22, 1, 9, 15), entry(22, 2, 4, 35), entry(22, 3, 9, 16),
		entry(22, 4, 1, 9),  entry(22, 5, 5, 10),
	};

	arena_init(&a, 1 << 16);
	assert_int_equal(reward_set_make(&a, &set, list, 5, LIQUID, SLOTS),
	                 ERR_OK);
	assert_int_equal(set.signers_n, 3);
	assert_int_equal(set.signers[0].key[1], 4);
	assert_int_equal(set.signers[0].weight, 3);
	assert_int_equal(set.signers[1].key[1], 5);
	assert_int_equal(set.signers[1].weight, 1);
	assert_int_equal(set.signers[2].key[1], 9);
	assert_int_equal(set.signers[2].weight, 3);
	assert_true(set.signers[2].amount == 31000 * STX);
	arena_fini(&a);
}

static void impossible_states_are_faults(void **state)
{
	(void)state;
	struct arena a;
	struct reward_set set;
	struct reward_entry list[] = { entry(22, 1, 1, 5), entry(22, 1, 1, 6) };

	arena_init(&a, 1 << 16);
	assert_int_equal(
	    reward_set_make(&a, &set, list, 2, 11000 * STX - 1, SLOTS),
	    ERR_REWARD_SET);
	assert_int_equal(reward_set_make(&a, &set, list, 2, 11000 * STX, SLOTS),
	                 ERR_OK);
	list[0].amount = U128_MAX;
	assert_int_equal(reward_set_make(&a, &set, list, 2, U128_MAX, SLOTS),
	                 ERR_REWARD_SET);
	list[0].amount = 0;
	assert_int_equal(reward_set_make(&a, &set, list, 1, 0, SLOTS),
	                 ERR_REWARD_SET);
	assert_int_equal(reward_set_make(&a, &set, list, 0, 0, SLOTS), ERR_OK);
	assert_int_equal(set.slots_n + set.signers_n, 0);
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prices_are_multiples_of_10000_stx),
		cmocka_unit_test(slots_go_down_the_addresses),
		cmocka_unit_test(equal_addresses_of_other_modes_are_apart),
		cmocka_unit_test(weights_add_up_by_key_and_zeros_are_dropped),
		cmocka_unit_test(impossible_states_are_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
