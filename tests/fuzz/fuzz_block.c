/*
 * tests/fuzz/fuzz_block.c - What is decoded is one block, however often.
 *
 * The bytes written give, read again, the same bytes and the same id.  An
 * input whose root over the transactions is wrong is tried once more with the
 * right one, so that mutations reach behind that check.
 */
#include "config.h"

#include "tests/lib/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "node/wire/block.h"
#include "node/wire/txtree.h"

#define ARENA_MAX ((size_t)512 * 1024 * 1024)

/* Version, chain length, burn spent, consensus hash and parent id. */
#define TX_ROOT_AT (1u + 8u + 8u + 20u + 32u)

static void check_block(struct arena *a, const struct block *block, size_t len)
{
	uint8_t id[WIRE_HASH_LEN];
	uint8_t id_again[WIRE_HASH_LEN];
	struct buf bytes;
	struct buf again;
	struct block back;

	buf_init(&bytes, BLOCK_MAX);
	buf_init(&again, BLOCK_MAX);
	CHECK(block_write(&bytes, block) == ERR_OK);
	CHECK(bytes.len <= len);
	struct cursor c = cursor_of(buf_span(&bytes));

	CHECK(block_read(a, &back, &c) == ERR_OK);
	CHECK(cursor_done(&c) == ERR_OK);
	CHECK(block_write(&again, &back) == ERR_OK);
	CHECK(span_eq(buf_span(&again), buf_span(&bytes)));
	block_id(id, &block->header);
	block_id(id_again, &back.header);
	CHECK(memcmp(id, id_again, sizeof(id)) == 0);
	buf_fini(&again);
	buf_fini(&bytes);
}

/* The root over the transactions behind a header; false without any. */
static bool right_root(struct arena *a, struct cursor c,
                       uint8_t ret[WIRE_HASH_LEN])
{
	struct block_header h;
	struct txtree tree;
	uint32_t n;

	if (block_header_read(a, &h, &c) != ERR_OK ||
	    cursor_be32(&c, &n) != ERR_OK || n > 100)
		return false;
	txtree_init(&tree);
	for (; n > 0; n--) {
		uint8_t id[WIRE_HASH_LEN];
		struct tx tx;

		if (tx_read(a, &tx, &c) != ERR_OK)
			return false;
		CHECK(tx_id(id, &tx) == ERR_OK);
		txtree_add(&tree, id);
	}
	txtree_root(&tree, ret);
	return true;
}

static void try_with_root(struct arena *a, const uint8_t *bytes, size_t len)
{
	uint8_t *copy = arena_copy(a, bytes, len);
	struct cursor c = cursor_of(span_of(copy, len));
	struct block block;
	uint8_t root[WIRE_HASH_LEN];

	CHECK(copy);
	if (!right_root(a, c, root))
		return;
	memcpy(copy + TX_ROOT_AT, root, sizeof(root));
	enum err e = block_read(a, &block, &c);

	CHECK(e == ERR_OK || e == ERR_BLOCK_TWICE);
	if (e == ERR_OK)
		check_block(a, &block, len - cursor_left(&c));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct cursor c = cursor_of(span_of(bytes, len));
	struct arena a;
	struct block block;

	arena_init(&a, ARENA_MAX);
	enum err e = block_read(&a, &block, &c);

	if (e == ERR_OK)
		check_block(&a, &block, len - cursor_left(&c));
	else if (e == ERR_BLOCK_TX_ROOT)
		try_with_root(&a, bytes, len);
	arena_fini(&a);
	return 0;
}
