/*
 * tests/fuzz/fuzz_btc_tx.c - Bitcoin transactions have one encoding.
 *
 * What is decoded is encoded to the same bytes; its hashes can be computed for
 * every input and type.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include "clarity/base/check.h"
#include "node/bitcoin/btc_sighash.h"

#define ARENA_MAX ((size_t)256 * 1024 * 1024)

/* Every byte as a type, over the first input's script. */
static void check_hashes(const struct btc_tx *tx, unsigned type)
{
	uint8_t hash[BTC_WIRE_HASH_LEN];

	if (tx->n_ins == 0)
		return;
	CHECK(btc_sighash_legacy(hash, tx, tx->n_ins - 1, tx->ins[0].script,
	                         type) == ERR_OK);
	btc_sighash_segwit(hash, tx, tx->n_ins - 1, tx->ins[0].script, type,
	                   type);
}

static void check_tx(const struct btc_tx *tx, struct span bytes)
{
	uint8_t id[BTC_WIRE_HASH_LEN];
	struct buf b;

	buf_init(&b, BTC_WIRE_MAX);
	CHECK(btc_tx_write(&b, tx) == ERR_OK);
	CHECK(span_eq(buf_span(&b), bytes));
	CHECK(btc_tx_id(id, tx) == ERR_OK);
	CHECK(btc_tx_wid(id, tx) == ERR_OK);
	check_hashes(tx, bytes.p[bytes.len - 1]);
	buf_fini(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct cursor c = cursor_of(span_of(bytes, len));
	struct arena a;
	struct btc_tx tx;

	arena_init(&a, ARENA_MAX);
	if (btc_tx_read(&a, &tx, &c) == ERR_OK)
		check_tx(&tx, span_of(bytes, len - cursor_left(&c)));
	arena_fini(&a);
	return 0;
}
