/* tests/unit/clarity/check/test_check_crypto.c - signatures and proofs. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

#define BYTES(n) "(unwrap-panic (as-max-len? 0x00 u" #n "))"

static void new_words(const char *source, const char *type)
{
	typed_in(EPOCH_4_0, CLARITY_6, source, type);
}

static void new_words_refused(const char *source, const char *verdict)
{
	judged_as(EPOCH_4_0, CLARITY_6, source, verdict);
}

static void signatures_have_their_lengths(void **state)
{
	(void)state;
	typed("(secp256k1-recover? " BYTES(32) " " BYTES(65) ")",
	      "(response (buff 33) uint)");
	refused("(secp256k1-recover? " BYTES(33) " 0x)", "TypeError");
	typed("(secp256k1-verify " BYTES(32) " " BYTES(65) " " BYTES(33) ")",
	      "bool");
	refused("(secp256k1-verify 0x " BYTES(66) " 0x)", "TypeError");
	typed("(secp256r1-verify " BYTES(32) " " BYTES(64) " " BYTES(33) ")",
	      "bool");
	refused("(secp256r1-verify 0x " BYTES(65) " 0x)", "TypeError");
	new_words("(ed25519-verify 0x " BYTES(64) " " BYTES(32) ")", "bool");
	new_words_refused("(ed25519-verify 0x " BYTES(65) " 0x)", "TypeError");
	new_words("(secp256k1-decompress? " BYTES(33) ")",
	          "(response (buff 65) uint)");
}

static void bitcoin_s_own_words_come_with_clarity_6(void **state)
{
	(void)state;
	new_words("(verify-merkle-proof 0x 0x u0 u1 (list))", "bool");
	new_words("(get-bitcoin-tx-output? 0x u0)",
	          "(response (tuple (amount uint) (script (buff 1024))"
	          " (txid (buff 32))) uint)");
	judged_as(EPOCH_4_0, CLARITY_5, "(get-bitcoin-tx-output? 0x u0)",
	          "UnknownFunction");
}

static void a_merkle_path_has_at_most_24_levels(void **state)
{
	(void)state;
	judged_as(EPOCH_4_0, CLARITY_6,
	          repeated("(verify-merkle-proof 0x 0x u0 u1 (list", " 0x00",
	                   24, "))"),
	          "ok");
	judged_as(EPOCH_4_0, CLARITY_6,
	          repeated("(verify-merkle-proof 0x 0x u0 u1 (list", " 0x00",
	                   25, "))"),
	          "TypeError");
}

static void principals_are_made_and_taken_apart(void **state)
{
	(void)state;
	typed("(principal-of? " BYTES(33) ")", "(response principal uint)");
	typed("(principal-construct? 0x16 0x00 \"abc\")",
	      "(response principal (tuple (error_code uint)"
	      " (value (optional principal))))");
	refused("(principal-construct? 0x16)", "RequiresAtLeastArguments");
	refused("(principal-construct? 0x16 0x00 \"a\" 1)",
	        "RequiresAtMostArguments");
	accepted(
	    repeated("(principal-construct? 0x16 0x00 \"", "a", 40, "\")"));
	refused(repeated("(principal-construct? 0x16 0x00 \"", "a", 41, "\")"),
	        "TypeError");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signatures_have_their_lengths),
		cmocka_unit_test(bitcoin_s_own_words_come_with_clarity_6),
		cmocka_unit_test(a_merkle_path_has_at_most_24_levels),
		cmocka_unit_test(principals_are_made_and_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
