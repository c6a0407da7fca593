/*
 * tests/unit/node/bitcoin/test_base58.c - Claims about node/bitcoin/base58.c.
 *
 * Vectors: Bitcoin Core's base58_encode_decode.json.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/bitcoin/base58.h"
#include "tests/unit/node/bitcoin/btc_case.h"

static void bitcoin_core_s_pairs_go_both_ways(void **state)
{
	(void)state;
	const struct json *doc = btc_case_load("base58_encode_decode.json");
	struct arena a;
	unsigned n = 0;

	arena_init(&a, 1 << 22);
	for (const struct json *row = json_read_first(doc); row;
	     row = json_read_next(row), n++) {
		struct span bytes = btc_case_hex(&a, btc_case_at(row, 0));
		struct span want = btc_case_text(btc_case_at(row, 1));
		char text[BASE58_TEXT_MAX];
		uint8_t back[BASE58_MAX];
		size_t len;

		if (bytes.len > BASE58_MAX)
			continue;
		len = base58_write(text, bytes);
		assert_true(span_eq(span_of(text, len), want));
		assert_int_equal(base58_read(back, &len, want), ERR_OK);
		assert_true(span_eq(span_of(back, len), bytes));
	}
	assert_true(n > 10);
	json_read_free(doc);
	arena_fini(&a);
}

static void the_longest_payload_comes_back(void **state)
{
	(void)state;
	uint8_t bytes[BASE58_MAX];
	uint8_t back[BASE58_MAX];
	char text[BASE58_TEXT_MAX];
	size_t len;

	memset(bytes, 0xff, sizeof(bytes));
	len = base58_write(text, span_of(bytes, sizeof(bytes)));
	assert_int_equal(base58_read(back, &len, span_of(text, len)), ERR_OK);
	assert_int_equal(len, sizeof(bytes));
	assert_memory_equal(back, bytes, len);
	/* One more digit is one byte too many. */
	len = strlen(text);
	text[len] = 'z';
	assert_int_equal(base58_read(back, &len, span_of(text, len + 1)),
	                 ERR_SYNTAX);
	memset(text, '1', BASE58_MAX + 1);
	assert_int_equal(base58_read(back, &len, span_of(text, BASE58_MAX)),
	                 ERR_OK);
	assert_int_equal(base58_read(back, &len, span_of(text, BASE58_MAX + 1)),
	                 ERR_SYNTAX);
}

static void four_letters_are_no_digits(void **state)
{
	(void)state;
	uint8_t back[BASE58_MAX];
	size_t len;

	assert_int_equal(base58_read(back, &len, span_str("0")), ERR_SYNTAX);
	assert_int_equal(base58_read(back, &len, span_str("O")), ERR_SYNTAX);
	assert_int_equal(base58_read(back, &len, span_str("I")), ERR_SYNTAX);
	assert_int_equal(base58_read(back, &len, span_str("l")), ERR_SYNTAX);
	assert_int_equal(base58_read(back, &len, span_str("a b")), ERR_SYNTAX);
	assert_int_equal(base58_read(back, &len, span_of("a\0b", 3)),
	                 ERR_SYNTAX);
}

static void a_wrong_checksum_is_no_payload(void **state)
{
	(void)state;
	uint8_t payload[21] = { 0, 1, 2 };
	uint8_t back[BASE58_MAX];
	char text[BASE58_TEXT_MAX];
	size_t len = base58_write_checked(text, span_of(payload, 21));
	size_t n;

	assert_int_equal(base58_read_checked(back, &n, span_of(text, len)),
	                 ERR_OK);
	assert_int_equal(n, 21);
	assert_memory_equal(back, payload, 21);
	for (size_t i = 0; i < len; i++) {
		char kept = text[i];

		text[i] = kept == '2' ? '3' : '2';
		assert_int_equal(
		    base58_read_checked(back, &n, span_of(text, len)),
		    ERR_SYNTAX);
		text[i] = kept;
	}
	assert_int_equal(base58_read_checked(back, &n, span_str("11")),
	                 ERR_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bitcoin_core_s_pairs_go_both_ways),
		cmocka_unit_test(the_longest_payload_comes_back),
		cmocka_unit_test(four_letters_are_no_digits),
		cmocka_unit_test(a_wrong_checksum_is_no_payload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
