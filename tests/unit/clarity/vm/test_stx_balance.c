/* tests/unit/clarity/vm/test_stx_balance.c - Claims about
 * clarity/vm/stx_balance.c: stored balances, and locks that end. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/vm/stx_balance.h"

static const struct store_view now = {
	.burn_height = 100,
	.unlock_height = { 50, 120, UINT32_MAX, UINT32_MAX },
};

static void balances_come_back_as_they_were_stored(void **state)
{
	(void)state;
	for (uint8_t pox = 1; pox <= 5; pox++) {
		struct stx_balance b = { .unlocked = (u128)7 << 80,
			                 .locked = 9,
			                 .unlock_height = 400,
			                 .pox = pox };
		struct stx_balance back;
		uint8_t bytes[STX_BALANCE_MAX_LEN];
		uint32_t len = stx_balance_format(bytes, &b);

		assert_int_equal(len, pox == 1 ? 40 : 41);
		assert_true(stx_balance_parse(&back, span_of(bytes, len)));
		assert_true(back.unlocked == b.unlocked && back.locked == 9);
		assert_int_equal(back.unlock_height, 400);
		assert_int_equal(back.pox, pox);
	}
}

static void without_a_lock_there_is_no_version(void **state)
{
	struct stx_balance b = { .unlocked = 5 }, back;
	uint8_t bytes[STX_BALANCE_MAX_LEN];

	(void)state;
	assert_int_equal(stx_balance_format(bytes, &b), 40);
	assert_true(stx_balance_parse(&back, span_of(bytes, 40)));
	assert_int_equal(back.pox, 0);
	assert_true(back.unlocked == 5);
}

static void other_bytes_are_no_balance(void **state)
{
	uint8_t bytes[STX_BALANCE_MAX_LEN + 1] = { 4 };
	struct stx_balance b;

	(void)state;
	assert_false(stx_balance_parse(&b, span_of(bytes, 41)));
	assert_false(stx_balance_parse(&b, span_of(bytes, 39)));
	assert_false(stx_balance_parse(&b, span_of(bytes, 42)));
	assert_false(stx_balance_parse(&b, span_of(bytes, 0)));
	bytes[0] = 3;
	assert_true(stx_balance_parse(&b, span_of(bytes, 41)));
}

static void a_lock_ends_at_its_height_and_not_before(void **state)
{
	struct stx_balance b = {
		.unlocked = 1, .locked = 2, .unlock_height = 101, .pox = 4
	};

	(void)state;
	assert_true(stx_balance_unlock(&b, &now));
	assert_true(b.locked == 2 && b.unlocked == 1);
	b.unlock_height = 100;
	assert_true(stx_balance_unlock(&b, &now));
	assert_true(b.locked == 0 && b.unlocked == 3);
}

static void locks_of_an_old_version_end_with_it(void **state)
{
	struct stx_balance b = { .locked = 2, .unlock_height = 900, .pox = 1 };

	(void)state;
	assert_int_equal(stx_balance_end(&b, &now), 50);
	assert_true(stx_balance_unlock(&b, &now));
	assert_true(b.locked == 0 && b.unlocked == 2);
	b = (struct stx_balance){ .locked = 2, .unlock_height = 900, .pox = 2 };
	assert_int_equal(stx_balance_end(&b, &now), 120);
	assert_true(stx_balance_unlock(&b, &now));
	assert_true(b.locked == 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(balances_come_back_as_they_were_stored),
		cmocka_unit_test(without_a_lock_there_is_no_version),
		cmocka_unit_test(other_bytes_are_no_balance),
		cmocka_unit_test(a_lock_ends_at_its_height_and_not_before),
		cmocka_unit_test(locks_of_an_old_version_end_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
