/* tests/unit/clarity/check/test_check_block.c - what is known of blocks. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

static void each_word_has_its_properties(void **state)
{
	(void)state;
	typed_in(EPOCH_3_0, CLARITY_2, "(get-block-info? time u1)",
	         "(optional uint)");
	typed_in(EPOCH_3_0, CLARITY_2, "(get-block-info? miner-address u1)",
	         "(optional principal)");
	typed("(get-burn-block-info? header-hash u1)", "(optional (buff 32))");
	typed("(get-burn-block-info? pox-addrs u1)",
	      "(optional (tuple (addrs (list 2 (tuple (hashbytes (buff 32))"
	      " (version (buff 1))))) (payout uint)))");
	typed("(get-stacks-block-info? time u1)", "(optional uint)");
	typed("(get-tenure-info? vrf-seed u1)", "(optional (buff 32))");
	typed("(get-tenure-info? block-reward u1)", "(optional uint)");
}

static void an_unknown_property_is_refused_by_its_word(void **state)
{
	(void)state;
	judged_as(EPOCH_3_0, CLARITY_2, "(get-block-info? tyme u1)",
	          "NoSuchBlockInfoProperty");
	refused("(get-burn-block-info? time u1)", "NoSuchBlockInfoProperty");
	refused("(get-stacks-block-info? vrf-seed u1)",
	        "NoSuchStacksBlockInfoProperty");
	refused("(get-tenure-info? header-hash u1)",
	        "NoSuchTenureInfoProperty");
	refused("(get-tenure-info? 1 u1)", "GetTenureInfoExpectPropertyName");
	refused("(get-burn-block-info? 1 u1)",
	        "GetBurnBlockInfoExpectPropertyName");
	refused("(get-stacks-block-info? 1 u1)",
	        "GetStacksBlockInfoExpectPropertyName");
}

static void miners_spending_is_known_from_clarity_2_on(void **state)
{
	(void)state;
	judged_as(EPOCH_3_0, CLARITY_1, "(get-block-info? block-reward u1)",
	          "NoSuchBlockInfoProperty");
	judged_as(EPOCH_3_0, CLARITY_2, "(get-block-info? block-reward u1)",
	          "ok");
}

static void the_words_come_and_go_with_the_versions(void **state)
{
	(void)state;
	judged_as(EPOCH_3_0, CLARITY_3, "(get-block-info? time u1)",
	          "UnknownFunction");
	judged_as(EPOCH_3_0, CLARITY_2, "(get-tenure-info? time u1)",
	          "UnknownFunction");
}

static void at_block_is_gone_in_epoch_3_4_for_all_versions(void **state)
{
	const char *source = "(at-block 0x00 1)";

	(void)state;
	typed_in(EPOCH_3_3, CLARITY_1, source, "int");
	judged_as(EPOCH_3_4, CLARITY_1, source, "AtBlockUnavailable");
	judged_as(EPOCH_3_3, CLARITY_5, source, "UnknownFunction");
	judged_as(EPOCH_3_3, CLARITY_1, "(at-block 1 1)", "TypeError");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_has_its_properties),
		cmocka_unit_test(an_unknown_property_is_refused_by_its_word),
		cmocka_unit_test(miners_spending_is_known_from_clarity_2_on),
		cmocka_unit_test(the_words_come_and_go_with_the_versions),
		cmocka_unit_test(
		    at_block_is_gone_in_epoch_3_4_for_all_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
