/*
 * tests/fuzz/fuzz_burn_op.c - An operation that is read is written as what is
 * read again.
 *
 * The input is a Bitcoin transaction behind a byte that places it.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/burn_op.h"

static const uint8_t magic[BURN_OP_MAGIC_LEN] = { 'X', '2' };

static void check(struct arena *a, const struct btc_tx *tx,
                  const struct burn_op_place *place)
{
	struct burn_op op;
	struct burn_op again;
	struct btc_tx copy = *tx;
	struct btc_out *outs =
	    arena_copy(a, tx->outs, tx->n_outs * sizeof(*tx->outs));
	struct buf b;

	if (burn_op_read(&op, tx, place) != ERR_OK)
		return;
	buf_init(&b, 128);
	if (burn_op_write(&b, magic, &op) == ERR_OK) {
		outs[0].script = buf_span(&b);
		copy.outs = outs;
		CHECK(burn_op_read(&again, &copy, place) == ERR_OK);
		CHECK(again.kind == op.kind);
		CHECK(burn_op_check(&again) == burn_op_check(&op));
		CHECK(again.spent_output == op.spent_output);
	}
	buf_fini(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct burn_op_place place = { .magic = { 'X', '2' }, .height = 50 };
	struct arena a;
	struct btc_tx tx;

	if (len == 0)
		return 0;
	place.is_prepare = bytes[0] & 1;
	place.is_waterfall = bytes[0] & 2;
	struct cursor c = cursor_of(span_of(bytes + 1, len - 1));

	arena_init(&a, 1 << 24);
	if (btc_tx_read(&a, &tx, &c) == ERR_OK)
		check(&a, &tx, &place);
	arena_fini(&a);
	return 0;
}
