/*
 * tests/unit/node/bitcoin/test_btc_txcheck.c - Claims about
 * node/bitcoin/btc_txcheck.c.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "node/bitcoin/btc_txcheck.h"

static struct arena arena;
static uint8_t big[1000001];

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 24);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_fini(&arena);
	return 0;
}

/* A transaction that nothing is wrong with. */
struct good {
	struct btc_in ins[2];
	struct btc_out outs[2];
	struct btc_tx tx;
};

static void good_init(struct good *g)
{
	memset(g, 0, sizeof(*g));
	g->ins[0].spends.txid[0] = 1;
	g->ins[1].spends.txid[0] = 1;
	g->ins[1].spends.n = 1;
	g->tx = (struct btc_tx){ .version = 2,
		                 .ins = g->ins,
		                 .n_ins = 2,
		                 .outs = g->outs,
		                 .n_outs = 2 };
}

static const char *reason(const struct good *g)
{
	enum btc_tx_fail fail;
	enum err e = btc_txcheck_alone(&arena, &g->tx, &fail);

	assert_int_equal(e, fail == BTC_TX_OK ? ERR_OK : ERR_BTC_RULE);
	return btc_txcheck_reason(fail);
}

static void amounts_end_at_all_the_money_there_is(void **state)
{
	(void)state;
	struct good g;

	good_init(&g);
	g.outs[0].value = BTC_MONEY_MAX;
	assert_string_equal(reason(&g), "");
	g.outs[1].value = 1;
	assert_string_equal(reason(&g), "bad-txns-txouttotal-toolarge");
	g.outs[0].value = BTC_MONEY_MAX + 1;
	assert_string_equal(reason(&g), "bad-txns-vout-toolarge");
	g.outs[0].value = UINT64_MAX;
	assert_string_equal(reason(&g), "bad-txns-vout-negative");
}

static void inputs_are_there_differ_and_spend_something(void **state)
{
	(void)state;
	struct good g;

	good_init(&g);
	g.ins[1].spends.n = 0;
	assert_string_equal(reason(&g), "bad-txns-inputs-duplicate");
	good_init(&g);
	g.tx.n_ins = 0;
	assert_string_equal(reason(&g), "bad-txns-vin-empty");
	good_init(&g);
	g.tx.n_outs = 0;
	assert_string_equal(reason(&g), "bad-txns-vout-empty");
	good_init(&g);
	g.ins[1].spends.txid[0] = 0;
	g.ins[1].spends.n = BTC_TX_NO_OUTPUT;
	assert_string_equal(reason(&g), "bad-txns-prevout-null");
}

static void a_coinbase_has_2_to_100_bytes_of_script(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		const char *want;
	} cases[] = { { 1, "bad-cb-length" },
		      { 2, "" },
		      { 100, "" },
		      { 101, "bad-cb-length" } };

	for (size_t i = 0; i < 4; i++) {
		struct good g;

		good_init(&g);
		g.tx.n_ins = 1;
		g.ins[0].spends.txid[0] = 0;
		g.ins[0].spends.n = BTC_TX_NO_OUTPUT;
		g.ins[0].script = span_of(big, cases[i].len);
		assert_string_equal(reason(&g), cases[i].want);
	}
}

static void a_transaction_fits_a_block_without_its_witnesses(void **state)
{
	(void)state;
	struct good g;

	good_init(&g);
	g.tx.n_ins = 1;
	g.tx.n_outs = 1;
	/* 60 bytes without the script, and 4 more for its longer count. */
	g.outs[0].script = span_of(big, 1000000 - 60 - 4);
	assert_int_equal(btc_txcheck_size_old(&g.tx), 1000000);
	assert_string_equal(reason(&g), "");
	g.outs[0].script.len++;
	assert_string_equal(reason(&g), "bad-txns-oversize");
}

static void sizes_are_those_of_the_bytes(void **state)
{
	(void)state;
	struct span items[] = { span_of(big, 300), span_of(NULL, 0) };
	struct good g;
	struct buf b;

	good_init(&g);
	g.ins[1].witness = items;
	g.ins[1].n_witness = 2;
	g.ins[0].script = span_of(big, 253);
	g.outs[1].script = span_of(big, 252);
	g.tx.has_witness = true;
	buf_init(&b, 100000);
	(void)btc_tx_write(&b, &g.tx);
	size_t whole = b.len;

	assert_int_equal(btc_txcheck_size(&g.tx), whole);
	buf_reset(&b);
	(void)btc_tx_write_old(&b, &g.tx);
	assert_int_equal(btc_txcheck_size_old(&g.tx), b.len);
	assert_int_equal(btc_txcheck_weight(&g.tx), 3 * b.len + whole);
	buf_fini(&b);
}

static void a_lock_time_is_a_height_or_a_time(void **state)
{
	(void)state;
	struct good g;

	good_init(&g);
	g.tx.lock_time = 100;
	assert_false(btc_txcheck_is_final(&g.tx, 100, 0));
	assert_true(btc_txcheck_is_final(&g.tx, 101, 0));
	g.tx.lock_time = BTC_LOCKTIME_THRESHOLD;
	assert_false(btc_txcheck_is_final(&g.tx, 101, BTC_LOCKTIME_THRESHOLD));
	assert_true(btc_txcheck_is_final(&g.tx, 0, BTC_LOCKTIME_THRESHOLD + 1));
	g.ins[0].sequence = BTC_SEQUENCE_FINAL;
	assert_false(btc_txcheck_is_final(&g.tx, 0, 0));
	g.ins[1].sequence = BTC_SEQUENCE_FINAL;
	assert_true(btc_txcheck_is_final(&g.tx, 0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_end_at_all_the_money_there_is),
		cmocka_unit_test(inputs_are_there_differ_and_spend_something),
		cmocka_unit_test(a_coinbase_has_2_to_100_bytes_of_script),
		cmocka_unit_test(
		    a_transaction_fits_a_block_without_its_witnesses),
		cmocka_unit_test(sizes_are_those_of_the_bytes),
		cmocka_unit_test(a_lock_time_is_a_height_or_a_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
