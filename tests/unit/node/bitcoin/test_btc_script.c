/*
 * tests/unit/node/bitcoin/test_btc_script.c - Claims about
 * node/bitcoin/btc_script.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/node/bitcoin/script_text.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

static struct span script(const char *text)
{
	return script_text(&arena, span_str(text));
}

#define KEY                                                                    \
	"0x21 "                                                                \
	"0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" \
	" "
#define HASH "0x14 0x0000000000000000000000000000000000000001 "
#define PROGRAM                                                                \
	"0x20 0x00000000000000000000000000000000"                              \
	"00000000000000000000000000000001 "

static void the_shapes_of_wallets_are_recognised(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ KEY "CHECKSIG", "pubkey" },
		{ "DUP HASH160 " HASH "EQUALVERIFY CHECKSIG", "pubkeyhash" },
		{ "HASH160 " HASH "EQUAL", "scripthash" },
		{ "1 " KEY KEY "2 CHECKMULTISIG", "multisig" },
		{ "3 " KEY KEY "2 CHECKMULTISIG", "nonstandard" },
		{ "1 " KEY KEY "1 CHECKMULTISIG", "nonstandard" },
		{ "RETURN 0x02 0x0102", "nulldata" },
		{ "RETURN", "nulldata" },
		{ "RETURN DUP", "nonstandard" },
		{ "0 " HASH, "witness_v0_keyhash" },
		{ "0 " PROGRAM, "witness_v0_scripthash" },
		{ "1 " PROGRAM, "witness_v1_taproot" },
		{ "1 0x02 0x4e73", "anchor" },
		{ "1 0x02 0x4e74", "witness_unknown" },
		{ "16 " PROGRAM, "witness_unknown" },
		{ "0 0x02 0x4e73", "nonstandard" },
		{ "", "nonstandard" },
		{ "1", "nonstandard" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct btc_script_shape shape;

		btc_script_shape(&shape, script(cases[i].text));
		assert_string_equal(btc_script_kind_name(shape.kind),
		                    cases[i].want);
	}
}

static void a_multisig_tells_how_many_and_its_first_key(void **state)
{
	(void)state;
	struct btc_script_shape shape;

	btc_script_shape(&shape, script("2 " KEY KEY KEY "3 CHECKMULTISIG"));
	assert_int_equal(shape.required, 2);
	assert_int_equal(shape.n_keys, 3);
	assert_int_equal(shape.data.len, 33);
}

static void numbers_take_the_fewest_bytes_and_come_back(void **state)
{
	(void)state;
	static const struct {
		int64_t n;
		const char *hex;
	} cases[] = {
		{ 0, "" },
		{ 1, "01" },
		{ -1, "81" },
		{ 127, "7f" },
		{ 128, "8000" },
		{ -128, "8080" },
		{ 255, "ff00" },
		{ -255, "ff80" },
		{ 256, "0001" },
		{ 32768, "008000" },
		{ 2147483647, "ffffff7f" },
		{ -2147483647, "ffffffff" },
		{ 2147483648, "0000008000" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		uint8_t bytes[BTC_SCRIPT_NUMBER_MAX];
		size_t len = btc_script_number_write(bytes, cases[i].n);
		int64_t back;

		assert_hex(bytes, len, cases[i].hex);
		assert_true(btc_script_number_read(&back, span_of(bytes, len),
		                                   5, true));
		assert_int_equal(back, cases[i].n);
	}
}

static void a_number_too_long_or_with_a_needless_byte_is_refused(void **state)
{
	(void)state;
	int64_t n;

	assert_false(btc_script_number_read(&n, span_of("\1\0", 2), 4, true));
	assert_true(btc_script_number_read(&n, span_of("\1\0", 2), 4, false));
	assert_false(btc_script_number_read(&n, span_of("\200", 1), 4, true));
	assert_true(btc_script_number_read(&n, span_of("\377\377\377\177", 4),
	                                   4, true));
	assert_false(
	    btc_script_number_read(&n, span_of("\0\0\0\200\0", 5), 4, true));
}

static void checks_of_signatures_are_counted(void **state)
{
	(void)state;
	struct span many = script("2 " KEY KEY "2 CHECKMULTISIG CHECKSIG");

	assert_int_equal(btc_script_sigops(many, true), 3);
	assert_int_equal(btc_script_sigops(many, false), 21);
	assert_int_equal(btc_script_sigops(script("0x01"), true), 0);
}

static void pushes_take_the_form_of_their_length(void **state)
{
	(void)state;
	static const uint8_t data[70000] = { 7 };
	static const struct {
		size_t len;
		size_t head;
	} cases[] = { { 0, 1 },   { 75, 1 },    { 76, 2 },   { 255, 2 },
		      { 256, 3 }, { 65535, 3 }, { 65536, 5 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct btc_instr in;
		struct buf b;

		buf_init(&b, 1 << 20);
		(void)btc_script_add_push(&b, span_of(data, cases[i].len));
		assert_int_equal(b.len, cases[i].head + cases[i].len);
		struct cursor c = cursor_of(buf_span(&b));

		assert_true(btc_script_next(&c, &in));
		assert_int_equal(in.data.len, cases[i].len);
		assert_true(btc_script_is_minimal_push(in.op, in.data));
		buf_fini(&b);
	}
	struct span cut = script("0x02 0x01");
	struct cursor c = cursor_of(cut);
	struct btc_instr in;

	assert_false(btc_script_next(&c, &in));
	assert_int_equal(cursor_left(&c), 0);
}

static void scripts_are_written_as_bitcoin_writes_them(void **state)
{
	(void)state;
	struct buf b;

	buf_init(&b, 1000);
	(void)btc_script_format(&b, script("0 -1 16 0x02 0x0101 0x05 "
	                                   "0x0102030405 DUP 0xfe 0x05 0x01"));
	assert_string_equal(buf_str(&b),
	                    "0 -1 16 257 0102030405 OP_DUP OP_UNKNOWN [error]");
	buf_fini(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shapes_of_wallets_are_recognised),
		cmocka_unit_test(a_multisig_tells_how_many_and_its_first_key),
		cmocka_unit_test(numbers_take_the_fewest_bytes_and_come_back),
		cmocka_unit_test(
		    a_number_too_long_or_with_a_needless_byte_is_refused),
		cmocka_unit_test(checks_of_signatures_are_counted),
		cmocka_unit_test(pushes_take_the_form_of_their_length),
		cmocka_unit_test(scripts_are_written_as_bitcoin_writes_them),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
