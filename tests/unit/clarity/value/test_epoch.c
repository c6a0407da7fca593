/* tests/unit/clarity/value/test_epoch.c - Claims about clarity/value/epoch.c
 * and the gates of epoch.h. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/base/check.h"
#include "clarity/value/epoch.h"

static const enum epoch all[] = {
#define X(name, id, text, clarity) EPOCH_##name,
#include "clarity/value/epoch.def"
#undef X
};

static void epochs_ascend_as_numbers(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT_OF(all); i++) {
		assert_true(all[i - 1] < all[i]);
		assert_int_equal(epoch_next(all[i - 1]), all[i]);
	}
	assert_int_equal(epoch_next(EPOCH_LAST), EPOCH_LAST);
}

static void text_and_number_lead_back_to_the_epoch(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		enum epoch e;

		assert_true(epoch_parse(&e, span_str(epoch_text(all[i]))));
		assert_int_equal(e, all[i]);
		assert_true(epoch_from_id(&e, (uint32_t)all[i]));
		assert_int_equal(e, all[i]);
	}
}

static void other_texts_and_numbers_are_no_epoch(void **state)
{
	(void)state;
	enum epoch e = EPOCH_3_0;

	assert_false(epoch_parse(&e, span_str("3.5")));
	assert_false(epoch_parse(&e, span_str("3")));
	assert_false(epoch_parse(&e, span_str("")));
	assert_false(epoch_parse(&e, span_str("3.0 ")));
	assert_false(epoch_from_id(&e, 0x03005));
	assert_false(epoch_from_id(&e, 0));
	assert_int_equal(e, EPOCH_3_0);
}

/* Each gate with the first epoch in which its answer is true. */
struct gate {
	bool (*is_open)(enum epoch e);
	enum epoch from;
};

static void gates_open_exactly_at_their_epoch(void **state)
{
	(void)state;
	static const struct gate gates[] = {
		{ epoch_sanitizes_values, EPOCH_2_4 },
		{ epoch_meters_analysis_memory, EPOCH_2_5 },
		{ epoch_has_stored_block_time, EPOCH_3_3 },
		{ epoch_prices_args_by_size, EPOCH_3_3 },
		{ epoch_limits_params_and_methods, EPOCH_3_3 },
		{ epoch_borrows_variables, EPOCH_3_4 },
		{ epoch_sanitizes_constants_at_load, EPOCH_3_4 },
		{ epoch_bad_principal_is_none, EPOCH_3_4 },
		{ epoch_calls_constant_principal, EPOCH_3_4 },
		{ epoch_combines_stx_allowance, EPOCH_3_4 },
		{ epoch_has_originator_mode, EPOCH_3_4 },
		{ epoch_sanitizes_args, EPOCH_4_0 },
		{ epoch_map_stops_at_shortest, EPOCH_4_0 },
		{ epoch_concat_is_variadic, EPOCH_4_0 },
		{ epoch_checks_merge_size, EPOCH_4_0 },
		{ epoch_meters_own_traits, EPOCH_4_0 },
		{ epoch_shows_trait_cost_errors, EPOCH_4_0 },
		{ epoch_sums_stacking, EPOCH_4_0 },
		{ epoch_has_staking_conditions, EPOCH_4_0 },
		{ epoch_wants_exact_tuples, EPOCH_4_1 },
	};

	for (size_t g = 0; g < COUNT_OF(gates); g++) {
		for (size_t i = 0; i < COUNT_OF(all); i++)
			assert_int_equal(gates[g].is_open(all[i]),
			                 all[i] >= gates[g].from);
	}
}

static void gates_close_exactly_at_their_epoch(void **state)
{
	(void)state;
	static const struct gate gates[] = {
		{ epoch_has_at_block, EPOCH_3_4 },
		{ epoch_rejects_large_supertype, EPOCH_3_4 },
		{ epoch_rejects_parse_depth, EPOCH_3_4 },
		{ epoch_has_cost_voting, EPOCH_4_0 },
		{ epoch_allows_high_s, EPOCH_4_0 },
		{ epoch_checks_read_only_first, EPOCH_4_1 },
	};

	for (size_t g = 0; g < COUNT_OF(gates); g++) {
		for (size_t i = 0; i < COUNT_OF(all); i++)
			assert_int_equal(gates[g].is_open(all[i]),
			                 all[i] < gates[g].from);
	}
}

static void depths_double_in_3_4(void **state)
{
	(void)state;
	assert_int_equal(epoch_max_call_depth(EPOCH_3_3), 64);
	assert_int_equal(epoch_max_call_depth(EPOCH_3_4), 128);
	assert_int_equal(epoch_max_nesting(EPOCH_3_3), 69);
	assert_int_equal(epoch_max_nesting(EPOCH_3_4), 133);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(epochs_ascend_as_numbers),
		cmocka_unit_test(text_and_number_lead_back_to_the_epoch),
		cmocka_unit_test(other_texts_and_numbers_are_no_epoch),
		cmocka_unit_test(gates_open_exactly_at_their_epoch),
		cmocka_unit_test(gates_close_exactly_at_their_epoch),
		cmocka_unit_test(depths_double_in_3_4),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
