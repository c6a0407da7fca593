/*
 * tests/unit/node/bitcoin/test_btc_tx.c - Claims about node/bitcoin/btc_tx.c
 * and node/bitcoin/btc_wire.c.
 *
 * Vectors: Bitcoin Core's tx_valid.json and tx_invalid.json.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include "node/bitcoin/btc_tx.h"
#include "tests/unit/node/bitcoin/btc_case.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 26);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

/* Decodes and encodes. @return whether the bytes came back. */
static bool comes_back(struct span bytes)
{
	struct cursor c = cursor_of(bytes);
	struct btc_tx tx;
	struct buf b;
	bool is_same;

	if (btc_tx_read(&arena, &tx, &c) != ERR_OK || cursor_done(&c) != ERR_OK)
		return false;
	buf_init(&b, bytes.len);
	assert_int_equal(btc_tx_write(&b, &tx), ERR_OK);
	is_same = span_eq(buf_span(&b), bytes);
	buf_fini(&b);
	return is_same;
}

static unsigned check_file(const char *name, unsigned *ret_refused)
{
	const struct json *doc = btc_case_load(name);
	unsigned n = 0;

	*ret_refused = 0;
	for (const struct json *row = json_read_first(doc); row;
	     row = json_read_next(row)) {
		if (!json_read_is_array(btc_case_at(row, 0)))
			continue;
		arena_reset(&arena);
		n++;
		if (!comes_back(btc_case_hex(&arena, btc_case_at(row, 1))))
			(*ret_refused)++;
	}
	json_read_free(doc);
	return n;
}

static void bitcoin_core_s_transactions_come_back(void **state)
{
	(void)state;
	unsigned refused;

	assert_true(check_file("tx_valid.json", &refused) > 100);
	assert_int_equal(refused, 0);
	assert_true(check_file("tx_invalid.json", &refused) > 80);
	assert_int_equal(refused, 0);
}

static void a_transaction_without_inputs_is_old(void **state)
{
	(void)state;
	uint8_t bytes[64];
	size_t len = hex_to(bytes, sizeof(bytes),
	                    "01000000"
	                    "00"
	                    "01"
	                    "0500000000000000"
	                    "0151"
	                    "00000000");
	struct cursor c = cursor_of(span_of(bytes, len));
	struct btc_tx tx;

	assert_int_not_equal(btc_tx_read(&arena, &tx, &c), ERR_OK);
	c = cursor_of(span_of(bytes, len));
	assert_int_equal(btc_tx_read_old(&arena, &tx, &c), ERR_OK);
	assert_int_equal(cursor_done(&c), ERR_OK);
	assert_int_equal(tx.n_ins, 0);
	assert_int_equal(tx.outs[0].value, 5);
}

#define IN                                                                     \
	"1111111111111111111111111111111111111111111111111111111111111111"     \
	"00000000"                                                             \
	"00"                                                                   \
	"ffffffff"
#define OUT                                                                    \
	"0100000000000000"                                                     \
	"00"

static enum err read(struct btc_tx *ret, const char *hex)
{
	static uint8_t bytes[1024];
	struct cursor c =
	    cursor_of(span_of(bytes, hex_to(bytes, sizeof(bytes), hex)));

	TRY(btc_tx_read(&arena, ret, &c));
	return cursor_done(&c);
}

static void two_ids_differ_by_the_witness(void **state)
{
	(void)state;
	uint8_t id[32];
	uint8_t wid[32];
	uint8_t old[32];
	struct btc_tx tx;

	assert_int_equal(read(&tx, "01000000"
	                           "0001"
	                           "01" IN "01" OUT "0101aa"
	                           "00000000"),
	                 ERR_OK);
	assert_true(tx.has_witness);
	assert_int_equal(tx.ins[0].n_witness, 1);
	assert_int_equal(btc_tx_id(id, &tx), ERR_OK);
	assert_int_equal(btc_tx_wid(wid, &tx), ERR_OK);
	assert_memory_not_equal(id, wid, 32);
	assert_int_equal(read(&tx, "01000000"
	                           "01" IN "01" OUT "00000000"),
	                 ERR_OK);
	assert_int_equal(btc_tx_id(old, &tx), ERR_OK);
	assert_memory_equal(id, old, 32);
	assert_int_equal(btc_tx_wid(old, &tx), ERR_OK);
	assert_memory_equal(id, old, 32);
}

static void a_marker_needs_a_witness_and_a_known_flag(void **state)
{
	(void)state;
	struct btc_tx tx;

	assert_int_equal(read(&tx, "01000000"
	                           "0001"
	                           "01" IN "01" OUT "00"
	                           "00000000"),
	                 ERR_BTC_TX);
	assert_int_equal(read(&tx, "01000000"
	                           "0002"
	                           "01" IN "01" OUT "0101aa"
	                           "00000000"),
	                 ERR_BTC_TX);
}

static void a_coinbase_spends_nothing(void **state)
{
	(void)state;
	struct btc_tx tx;

	assert_int_equal(
	    read(&tx, "01000000"
	              "01"
	              "0000000000000000000000000000000000000000000000000000"
	              "000000000000"
	              "ffffffff"
	              "00"
	              "ffffffff"
	              "01" OUT "00000000"),
	    ERR_OK);
	assert_true(btc_tx_is_coinbase(&tx));
	assert_int_equal(read(&tx, "01000000"
	                           "01" IN "01" OUT "00000000"),
	                 ERR_OK);
	assert_false(btc_tx_is_coinbase(&tx));
}

/* A count in each form, and whether it is the shortest. */
static void counts_have_one_form(void **state)
{
	(void)state;
	static const struct {
		const char *hex;
		enum err want;
		uint32_t n;
	} cases[] = {
		{ "00", ERR_OK, 0 },
		{ "fc", ERR_OK, 252 },
		{ "fdfc00", ERR_BTC_COUNT, 0 },
		{ "fdfd00", ERR_OK, 253 },
		{ "fdffff", ERR_OK, 65535 },
		{ "feffff0000", ERR_BTC_COUNT, 0 },
		{ "fe00000100", ERR_OK, 65536 },
		{ "fe00000002", ERR_OK, BTC_WIRE_MAX },
		{ "fe01000002", ERR_BTC_COUNT, 0 },
		{ "ffffffffff00000000", ERR_BTC_COUNT, 0 },
		{ "ff0000000001000000", ERR_BTC_COUNT, 0 },
		{ "fd00", ERR_TRUNCATED, 0 },
		{ "", ERR_TRUNCATED, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t bytes[16];
		struct cursor c = cursor_of(
		    span_of(bytes, hex_to(bytes, sizeof(bytes), cases[i].hex)));
		uint32_t n = 0;
		struct buf b;

		assert_int_equal(btc_wire_count(&c, &n), cases[i].want);
		if (cases[i].want != ERR_OK)
			continue;
		assert_int_equal(n, cases[i].n);
		buf_init(&b, 16);
		assert_int_equal(btc_wire_add_count(&b, n), ERR_OK);
		assert_hex(b.p, b.len, cases[i].hex);
		buf_fini(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bitcoin_core_s_transactions_come_back),
		cmocka_unit_test(a_transaction_without_inputs_is_old),
		cmocka_unit_test(two_ids_differ_by_the_witness),
		cmocka_unit_test(a_marker_needs_a_witness_and_a_known_flag),
		cmocka_unit_test(a_coinbase_spends_nothing),
		cmocka_unit_test(counts_have_one_form),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
