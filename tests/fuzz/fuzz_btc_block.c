/*
 * tests/fuzz/fuzz_btc_block.c - Bitcoin blocks have one encoding.
 *
 * What is decoded is encoded to the same bytes, and both commitments can be
 * judged.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include "clarity/base/check.h"
#include "node/bitcoin/btc_block.h"

#define ARENA_MAX ((size_t)256 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct cursor c = cursor_of(span_of(bytes, len));
	struct btc_block block;
	struct arena a;
	struct buf b;

	arena_init(&a, ARENA_MAX);
	buf_init(&b, BTC_WIRE_MAX);
	if (btc_block_read(&a, &block, &c) == ERR_OK) {
		struct span want = span_of(bytes, len - cursor_left(&c));
		enum err root = btc_block_check_root(&a, &block);
		enum err witness = btc_block_check_witness(&a, &block);

		CHECK(btc_block_write(&b, &block) == ERR_OK);
		CHECK(span_eq(buf_span(&b), want));
		CHECK(err_class(root) != ERR_CLASS_FAULT);
		CHECK(err_class(witness) != ERR_CLASS_FAULT);
	}
	buf_fini(&b);
	arena_fini(&a);
	return 0;
}
