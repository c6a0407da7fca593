/*
 * tests/fuzz/fuzz_trie_proof.c - Only the proof that we would make passes.
 *
 * In a small fixed forest the input is taken as a proof of one key.  Whatever
 * passes must be, byte for byte, the proof that is made for that key, but for
 * the one byte that nothing depends on.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/store/marf_mem.h"
#include "node/store/trie_proof.h"
#include "node/store/trie_prove.h"
#include "tests/lib/fuzz.h"

#define BLOCKS 6u
#define MEMORY_MAX ((size_t)16 << 20)
#define LEAF_CHR 5u /* the character of the first step: redundant */

struct world {
	struct marf_mem *mem;
	uint8_t ids[BLOCKS][TRIE_HASH_LEN];
	uint8_t roots[BLOCKS][TRIE_HASH_LEN];
	uint8_t path[TRIE_PATH_LEN];
	uint8_t data[TRIE_DATA_LEN];
	struct buf proof;
};

static bool block_of(void *ctx, const uint8_t root[TRIE_HASH_LEN], uint8_t *ret)
{
	const struct world *w = ctx;

	for (uint32_t i = 0; i < BLOCKS; i++) {
		if (memcmp(w->roots[i], root, TRIE_HASH_LEN) == 0) {
			memcpy(ret, w->ids[i], TRIE_HASH_LEN);
			return true;
		}
	}
	return false;
}

static void world_grow(struct world *w, struct arena *a)
{
	uint32_t number = TRIE_NO_BLOCK;

	for (uint32_t b = 0; b < BLOCKS; b++) {
		struct marf m;

		memset(w->ids[b], (int)b + 1, TRIE_HASH_LEN);
		CHECK(marf_begin(&m, a, marf_mem_backend(w->mem), number,
		                 w->ids[b]) == ERR_OK);
		if (b == 0)
			CHECK(marf_put(&m, span_str("key"),
			               span_str("value")) == ERR_OK);
		CHECK(marf_seal(&m, w->roots[b]) == ERR_OK);
		CHECK(marf_commit(&m, w->ids[b], &number) == ERR_OK);
	}
}

static void world_init(struct world *w)
{
	struct arena a;
	bool found;

	w->mem = marf_mem_new(MEMORY_MAX);
	CHECK(w->mem);
	arena_init(&a, MEMORY_MAX);
	world_grow(w, &a);
	marf_path(w->path, span_str("key"));
	marf_data(w->data, span_str("value"));
	buf_init(&w->proof, TRIE_PROOF_MAX);
	CHECK(trie_prove(&a, marf_mem_backend(w->mem), BLOCKS - 1, w->path,
	                 &w->proof, &found) == ERR_OK);
	CHECK(found);
	arena_fini(&a);
}

static bool passes(struct world *w, struct span proof)
{
	struct trie_roots roots = { .ctx = w, .block_of = block_of };

	return trie_proof_verify(proof, w->path, w->data, w->roots[BLOCKS - 1],
	                         &roots);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct world w;

	if (!w.mem) {
		world_init(&w);
		CHECK(passes(&w, buf_span(&w.proof)));
	}
	if (!passes(&w, span_of(bytes, len)))
		return 0;
	CHECK(len == w.proof.len);
	CHECK(memcmp(bytes, w.proof.p, LEAF_CHR) == 0);
	CHECK(memcmp(bytes + LEAF_CHR + 1, w.proof.p + LEAF_CHR + 1,
	             len - LEAF_CHR - 1) == 0);
	return 0;
}
