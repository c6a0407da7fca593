/* tests/unit/clarity/check/test_check_token.c - tokens and STX. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

#define FT "(define-fungible-token t) "
#define NFT "(define-non-fungible-token n (buff 4)) "

static void fungible_tokens_count_in_uint(void **state)
{
	(void)state;
	typed(FT "(ft-get-balance t tx-sender)", "uint");
	typed(FT "(ft-get-supply t)", "uint");
	typed(FT "(ft-mint? t u1 tx-sender)", "(response bool uint)");
	typed(FT "(ft-burn? t u1 tx-sender)", "(response bool uint)");
	typed(FT "(ft-transfer? t u1 tx-sender .dep)", "(response bool uint)");
	refused(FT "(ft-mint? t 1 tx-sender)", "TypeError");
	refused(FT "(ft-transfer? t u1 u2 tx-sender)", "TypeError");
}

static void
an_unknown_token_is_said_after_the_arguments_are_checked(void **state)
{
	(void)state;
	refused("(ft-mint? t 1 tx-sender)", "TypeError");
	refused("(ft-mint? t u1 tx-sender)", "NoSuchFT");
	refused("(ft-transfer? t u1 tx-sender tx-sender)", "NoSuchFT");
	refused("(ft-get-balance t 1)", "NoSuchFT");
	refused("(ft-get-supply t)", "NoSuchFT");
	refused("(nft-mint? n 1 tx-sender)", "NoSuchNFT");
}

static void non_fungible_tokens_are_known_by_their_type(void **state)
{
	(void)state;
	typed(NFT "(nft-get-owner? n 0x00)", "(optional principal)");
	typed(NFT "(nft-mint? n 0x00 tx-sender)", "(response bool uint)");
	typed(NFT "(nft-burn? n 0x00 tx-sender)", "(response bool uint)");
	typed(NFT "(nft-transfer? n 0x00 tx-sender .dep)",
	      "(response bool uint)");
	refused(NFT "(nft-mint? n 0x0011223344 tx-sender)", "TypeError");
	refused(FT "(nft-mint? t 0x tx-sender)", "NoSuchNFT");
	refused(NFT "(ft-get-supply n)", "NoSuchFT");
}

static void the_name_of_a_token_comes_first(void **state)
{
	(void)state;
	refused("(ft-mint? \"t\" u1 tx-sender)", "BadTokenName");
	refused("(nft-mint? 1 u1 tx-sender)", "BadTokenName");
	refused(FT "(ft-mint? t u1)", "IncorrectArgumentCount");
}

static void stx_moves_between_principals(void **state)
{
	(void)state;
	typed("(stx-transfer? u1 tx-sender .dep)", "(response bool uint)");
	typed("(stx-burn? u1 tx-sender)", "(response bool uint)");
	typed("(stx-get-balance tx-sender)", "uint");
	typed("(stx-account tx-sender)",
	      "(tuple (locked uint) (unlock-height uint) (unlocked uint))");
	refused("(stx-transfer? 1 tx-sender .dep)", "TypeError");
}

static void a_memo_has_at_most_34_bytes(void **state)
{
	(void)state;
	accepted(repeated("(stx-transfer-memo? u1 tx-sender .dep 0x", "00", 34,
	                  ")"));
	refused(
	    repeated("(stx-transfer-memo? u1 tx-sender .dep 0x", "00", 35, ")"),
	    "TypeError");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fungible_tokens_count_in_uint),
		cmocka_unit_test(
		    an_unknown_token_is_said_after_the_arguments_are_checked),
		cmocka_unit_test(non_fungible_tokens_are_known_by_their_type),
		cmocka_unit_test(the_name_of_a_token_comes_first),
		cmocka_unit_test(stx_moves_between_principals),
		cmocka_unit_test(a_memo_has_at_most_34_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
