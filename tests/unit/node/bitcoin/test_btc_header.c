/*
 * tests/unit/node/bitcoin/test_btc_header.c - Claims about
 * node/bitcoin/btc_header.c.
 *
 * Vectors: Bitcoin's first block; Bitcoin Core's tests of compact numbers.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/bitcoin/btc_header.h"
#include "tests/lib/hex.h"

#define GENESIS                                                                \
	"0100000000000000000000000000000000000000000000000000000000000000"     \
	"000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa"     \
	"4b1e5e4a29ab5f49ffff001d1dac2b7c"

static struct btc_header genesis(void)
{
	uint8_t bytes[BTC_HEADER_LEN];
	struct cursor c =
	    cursor_of(span_of(bytes, hex_to(bytes, sizeof(bytes), GENESIS)));
	struct btc_header h;

	assert_int_equal(btc_header_read(&h, &c), ERR_OK);
	assert_int_equal(cursor_done(&c), ERR_OK);
	return h;
}

static void the_first_block_has_its_hash(void **state)
{
	(void)state;
	struct btc_header h = genesis();
	uint8_t bytes[BTC_HEADER_LEN];
	uint8_t hash[BTC_WIRE_HASH_LEN];

	assert_int_equal(h.version, 1);
	assert_int_equal(h.time, 1231006505);
	assert_int_equal(h.nonce, 2083236893);
	btc_header_write(bytes, &h);
	assert_hex(bytes, sizeof(bytes), GENESIS);
	btc_header_hash(hash, &h);
	assert_hex(hash, sizeof(hash),
	           "6fe28c0ab6f1b372c1a6a246ae63f74f"
	           "931e8365e15a089c68d6190000000000");
}

static void a_short_header_is_none(void **state)
{
	(void)state;
	uint8_t bytes[BTC_HEADER_LEN] = { 0 };
	struct btc_header h;

	for (size_t len = 0; len < sizeof(bytes); len++) {
		struct cursor c = cursor_of(span_of(bytes, len));

		assert_int_equal(btc_header_read(&h, &c), ERR_TRUNCATED);
	}
}

static void work_is_judged_against_target_and_limit(void **state)
{
	(void)state;
	struct btc_header h = genesis();
	uint8_t hash[BTC_WIRE_HASH_LEN];
	uint8_t limit[BTC_WIRE_HASH_LEN];

	btc_header_hash(hash, &h);
	assert_true(btc_header_target(limit, 0x1d00ffff));
	assert_true(btc_header_has_work(hash, h.bits, limit));
	/* One byte harder, and a target above the limit. */
	assert_false(btc_header_has_work(hash, 0x1a00ffff, limit));
	assert_false(btc_header_has_work(hash, 0x1d010000, limit));
	h.nonce++;
	btc_header_hash(hash, &h);
	assert_false(btc_header_has_work(hash, h.bits, limit));
}

/* The target itself is still work. */
static void a_hash_equal_to_the_target_is_work(void **state)
{
	(void)state;
	uint8_t target[BTC_WIRE_HASH_LEN];

	assert_true(btc_header_target(target, 0x207fffff));
	assert_true(btc_header_has_work(target, 0x207fffff, target));
	target[0]++;
	assert_false(btc_header_has_work(target, 0x207fffff, target));
}

static void compact_numbers_are_bitcoin_core_s(void **state)
{
	(void)state;
	static const struct {
		uint32_t bits;
		bool is_target;
		uint32_t back;
	} cases[] = {
		{ 0x00000000, false, 0 },
		{ 0x00123456, false, 0 },
		{ 0x01003456, false, 0 },
		{ 0x02000056, false, 0 },
		{ 0x03000000, false, 0 },
		{ 0x04000000, false, 0 },
		{ 0x00923456, false, 0 },
		{ 0x01803456, false, 0 },
		{ 0x01123456, true, 0x01120000 },
		{ 0x01fedcba, false, 0 },
		{ 0x02123456, true, 0x02123400 },
		{ 0x03123456, true, 0x03123456 },
		{ 0x04123456, true, 0x04123456 },
		{ 0x04923456, false, 0 },
		{ 0x05009234, true, 0x05009234 },
		{ 0x20123456, true, 0x20123456 },
		{ 0xff123456, false, 0 },
		{ 0x1d00ffff, true, 0x1d00ffff },
		{ 0x21001234, true, 0x20123400 },
		{ 0x22000012, true, 0x20120000 },
		{ 0x21123456, false, 0 },
		{ 0x22001234, false, 0 },
		{ 0x23000012, false, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t target[BTC_WIRE_HASH_LEN];
		bool is_target = btc_header_target(target, cases[i].bits);

		if (is_target != cases[i].is_target)
			fail_msg("bits %08x", cases[i].bits);
		if (is_target)
			assert_int_equal(btc_header_bits(target),
			                 cases[i].back);
	}
}

static void bits_keep_their_sign_clear(void **state)
{
	(void)state;
	uint8_t target[BTC_WIRE_HASH_LEN] = { 0x80 };

	assert_int_equal(btc_header_bits(target), 0x02008000);
	target[0] = 0x7f;
	assert_int_equal(btc_header_bits(target), 0x017f0000);
	memset(target, 0, sizeof(target));
	assert_int_equal(btc_header_bits(target), 0);
	memset(target, 0xff, sizeof(target));
	assert_int_equal(btc_header_bits(target), 0x2100ffff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_block_has_its_hash),
		cmocka_unit_test(a_short_header_is_none),
		cmocka_unit_test(work_is_judged_against_target_and_limit),
		cmocka_unit_test(a_hash_equal_to_the_target_is_work),
		cmocka_unit_test(compact_numbers_are_bitcoin_core_s),
		cmocka_unit_test(bits_keep_their_sign_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
