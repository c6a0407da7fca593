/* tests/unit/clarity/check/test_known.c - types of the words. */
#include "config.h"

#include "tests/lib/unit.h"

#include "clarity/check/known.h"
#include "clarity/check/typeexpr.h"
#include "tests/lib/snippet.h"

static const struct {
	const struct type *known;
	const char *text;
} types[] = {
	{ &known_buff_1, "(buff 1)" },
	{ &known_buff_16, "(buff 16)" },
	{ &known_buff_20, "(buff 20)" },
	{ &known_buff_32, "(buff 32)" },
	{ &known_buff_33, "(buff 33)" },
	{ &known_buff_34, "(buff 34)" },
	{ &known_buff_64, "(buff 64)" },
	{ &known_buff_65, "(buff 65)" },
	{ &known_buff_1024, "(buff 1024)" },
	{ &known_buff_max, "(buff 1048576)" },
	{ &known_buff_to_ascii, "(buff 524284)" },
	{ &known_ascii_1, "(string-ascii 1)" },
	{ &known_ascii_5, "(string-ascii 5)" },
	{ &known_ascii_40, "(string-ascii 40)" },
	{ &known_ascii_128, "(string-ascii 128)" },
	{ &known_ascii_170, "(string-ascii 170)" },
	{ &known_ascii_max, "(string-ascii 1048576)" },
	{ &known_utf8_1, "(string-utf8 1)" },
	{ &known_utf8_40, "(string-utf8 40)" },
	{ &known_utf8_max, "(string-utf8 262144)" },
	{ &known_optional_int, "(optional int)" },
	{ &known_optional_uint, "(optional uint)" },
	{ &known_optional_bool, "(optional bool)" },
	{ &known_optional_principal, "(optional principal)" },
	{ &known_optional_buff_1, "(optional (buff 1))" },
	{ &known_optional_buff_32, "(optional (buff 32))" },
	{ &known_optional_ascii_1, "(optional (string-ascii 1))" },
	{ &known_optional_ascii_40, "(optional (string-ascii 40))" },
	{ &known_optional_utf8_1, "(optional (string-utf8 1))" },
	{ &known_merkle_path, "(list 24 (buff 32))" },
	{ &known_response_bool, "(response bool uint)" },
	{ &known_response_principal, "(response principal uint)" },
	{ &known_response_buff_32, "(response (buff 32) uint)" },
	{ &known_response_buff_33, "(response (buff 33) uint)" },
	{ &known_response_buff_65, "(response (buff 65) uint)" },
	{ &known_response_ascii_5, "(response (string-ascii 5) uint)" },
	{ &known_response_ascii_40, "(response (string-ascii 40) uint)" },
	{ &known_response_ascii_170, "(response (string-ascii 170) uint)" },
	{ &known_stx_account,
	  "{locked: uint, unlock-height: uint, unlocked: uint}" },
	{ &known_destructed,
	  "{hash-bytes: (buff 20), name: (optional (string-ascii 40)),"
	  " version: (buff 1)}" },
	{ &known_destruct,
	  "(response {hash-bytes: (buff 20),"
	  " name: (optional (string-ascii 40)), version: (buff 1)}"
	  " {hash-bytes: (buff 20), name: (optional (string-ascii 40)),"
	  " version: (buff 1)})" },
	{ &known_construct, "(response principal {error_code: uint,"
	                    " value: (optional principal)})" },
	{ &known_bitcoin_output,
	  "(response {amount: uint, script: (buff 1024), txid: (buff 32)}"
	  " uint)" },
	{ &known_pox_addrs,
	  "{addrs: (list 2 {hashbytes: (buff 32), version: (buff 1)}),"
	  " payout: uint}" },
	{ &known_optional_pox_addrs,
	  "(optional {addrs: (list 2 {hashbytes: (buff 32),"
	  " version: (buff 1)}), payout: uint})" },
};

static void each_known_type_is_what_its_constructor_makes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const struct type *made;
		struct snippet p;
		struct typeexpr t;

		snippet_open(&p, types[i].text, EPOCH_3_4);
		assert_int_equal(p.err, ERR_OK);
		t = (struct typeexpr){ .arena = &p.arena, .syms = p.ast.syms };
		assert_int_equal(typeexpr_parse(&t, &p.ast.items[0], &made),
		                 ERR_OK);
		if (!type_eq(made, types[i].known) ||
		    made->depth != types[i].known->depth ||
		    made->is_concrete != types[i].known->is_concrete)
			fail_msg("%s", types[i].text);
		snippet_close(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_known_type_is_what_its_constructor_makes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
