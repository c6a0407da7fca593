/*
 * tests/unit/node/bitcoin/test_btc_block.c - Claims about
 * node/bitcoin/btc_block.c.
 *
 * Vectors: Bitcoin's first block.
 */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdlib.h>
#include <string.h>

#include "node/bitcoin/btc_block.h"
#include "tests/lib/hex.h"

#define GENESIS                                                                \
	"0100000000000000000000000000000000000000000000000000000000000000"     \
	"000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa"     \
	"4b1e5e4a29ab5f49ffff001d1dac2b7c01010000000100000000000000000000"     \
	"00000000000000000000000000000000000000000000ffffffff4d04ffff001d"     \
	"0104455468652054696d65732030332f4a616e2f32303039204368616e63656c"     \
	"6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f75742066"     \
	"6f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe554827"     \
	"1967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4"     \
	"f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000"

static struct arena arena;

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

static void the_first_block_comes_back(void **state)
{
	(void)state;
	uint8_t bytes[512];
	size_t len = hex_to(bytes, sizeof(bytes), GENESIS);
	struct cursor c = cursor_of(span_of(bytes, len));
	struct btc_block block;
	struct buf b;

	buf_init(&b, 512);
	assert_int_equal(btc_block_read(&arena, &block, &c), ERR_OK);
	assert_int_equal(cursor_done(&c), ERR_OK);
	assert_int_equal(block.n_txs, 1);
	assert_true(btc_tx_is_coinbase(&block.txs[0]));
	assert_memory_equal(block.ids[0], block.header.root, 32);
	assert_int_equal(btc_block_check_root(&arena, &block), ERR_OK);
	assert_int_equal(btc_block_check_witness(&arena, &block), ERR_OK);
	assert_int_equal(btc_block_write(&b, &block), ERR_OK);
	assert_true(span_eq(buf_span(&b), span_of(bytes, len)));
	buf_fini(&b);
	block.header.root[0] ^= 1;
	assert_int_equal(btc_block_check_root(&arena, &block), ERR_BTC_ROOT);
}

static void every_shorter_input_is_refused(void **state)
{
	(void)state;
	uint8_t bytes[512];
	size_t len = hex_to(bytes, sizeof(bytes), GENESIS);
	struct btc_block block;

	for (size_t n = 0; n < len; n++) {
		struct cursor c = cursor_of(span_of(bytes, n));

		assert_int_not_equal(btc_block_read(&arena, &block, &c),
		                     ERR_OK);
		arena_reset(&arena);
	}
}

/* A coinbase with a commitment and two transactions, one with a witness. */
struct sample {
	struct btc_block block;
	struct btc_tx txs[4];
	btc_hash ids[4];
	struct btc_in ins[3];
	struct btc_out outs[3];
	uint8_t script[38];
	uint8_t nonce[32];
	struct span nonce_item;
	struct span item;
};

static void commit(struct sample *s)
{
	uint8_t both[64];
	btc_hash nodes[4];
	bool ignored;

	memset(nodes[0], 0, sizeof(nodes[0]));
	for (uint32_t i = 1; i < s->block.n_txs; i++)
		assert_int_equal(btc_tx_wid(nodes[i], &s->txs[i]), ERR_OK);
	btc_merkle_root(both, &ignored, nodes, s->block.n_txs);
	memcpy(both + 32, s->nonce, 32);
	hash_sha256d(s->script + 6, both, sizeof(both));
}

static void make(struct sample *s)
{
	static const uint8_t mark[] = { 0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed };

	memset(s, 0, sizeof(*s));
	memcpy(s->script, mark, sizeof(mark));
	s->nonce_item = span_of(s->nonce, sizeof(s->nonce));
	s->item = span_str("witness");
	s->ins[0].spends.n = BTC_TX_NO_OUTPUT;
	s->ins[0].witness = &s->nonce_item;
	s->ins[0].n_witness = 1;
	s->ins[1].witness = &s->item;
	s->ins[1].n_witness = 1;
	s->outs[0].script = span_of(s->script, sizeof(s->script));
	for (uint32_t i = 0; i < 3; i++) {
		s->outs[i].value = i;
		s->txs[i] = (struct btc_tx){ .version = 2,
			                     .ins = &s->ins[i],
			                     .n_ins = 1,
			                     .outs = &s->outs[i],
			                     .n_outs = 1,
			                     .has_witness = i < 2 };
	}
	s->block.txs = s->txs;
	s->block.n_txs = 3;
	commit(s);
}

static void the_coinbase_commits_to_witnesses(void **state)
{
	(void)state;
	struct sample s;

	make(&s);
	assert_int_equal(btc_block_check_witness(&arena, &s.block), ERR_OK);
	s.item = span_str("Witness");
	assert_int_equal(btc_block_check_witness(&arena, &s.block),
	                 ERR_BTC_WITNESS);
	commit(&s);
	assert_int_equal(btc_block_check_witness(&arena, &s.block), ERR_OK);
	s.nonce[3] = 1;
	assert_int_equal(btc_block_check_witness(&arena, &s.block),
	                 ERR_BTC_WITNESS);
}

static void a_witness_without_commitment_is_refused(void **state)
{
	(void)state;
	struct sample s;

	make(&s);
	s.script[0] = 0;
	assert_int_equal(btc_block_check_witness(&arena, &s.block),
	                 ERR_BTC_WITNESS);
	s.txs[0].has_witness = false;
	s.txs[1].has_witness = false;
	assert_int_equal(btc_block_check_witness(&arena, &s.block), ERR_OK);
}

static void a_commitment_needs_its_nonce(void **state)
{
	(void)state;
	struct sample s;

	make(&s);
	s.nonce_item.len = 31;
	assert_int_equal(btc_block_check_witness(&arena, &s.block),
	                 ERR_BTC_WITNESS);
	s.ins[0].n_witness = 0;
	assert_int_equal(btc_block_check_witness(&arena, &s.block),
	                 ERR_BTC_WITNESS);
	s.ins[0].spends.n = 0;
	assert_int_equal(btc_block_check_witness(&arena, &s.block),
	                 ERR_BTC_WITNESS);
}

static void a_repeated_end_is_a_mutated_block(void **state)
{
	(void)state;
	struct sample s;
	btc_hash nodes[4];
	bool ignored;

	make(&s);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(btc_tx_id(s.ids[i], &s.txs[i]), ERR_OK);
	s.block.ids = (const btc_hash *)s.ids;
	memcpy(nodes, s.ids, sizeof(nodes));
	btc_merkle_root(s.block.header.root, &ignored, nodes, 3);
	assert_int_equal(btc_block_check_root(&arena, &s.block), ERR_OK);
	memcpy(s.ids[3], s.ids[2], sizeof(s.ids[3]));
	s.txs[3] = s.txs[2];
	s.block.n_txs = 4;
	assert_int_equal(btc_block_check_root(&arena, &s.block),
	                 ERR_BTC_MUTATED);
	s.block.n_txs = 0;
	memset(s.block.header.root, 0, 32);
	assert_int_equal(btc_block_check_root(&arena, &s.block),
	                 ERR_BTC_MUTATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_block_comes_back),
		cmocka_unit_test(every_shorter_input_is_refused),
		cmocka_unit_test(the_coinbase_commits_to_witnesses),
		cmocka_unit_test(a_witness_without_commitment_is_refused),
		cmocka_unit_test(a_commitment_needs_its_nonce),
		cmocka_unit_test(a_repeated_end_is_a_mutated_block),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
