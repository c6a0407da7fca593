/* tests/unit/node/store/test_trie_proof.c - Claims about proofs: what holds is
 * proven to whoever knows the roots, and no changed proof passes. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "node/store/marf_mem.h"
#include "node/store/trie_proof.h"
#include "node/store/trie_prove.h"

#define ARENA_MAX ((size_t)1 << 30)
#define BLOCKS 24u
#define KEYS 200u

struct world {
	struct marf_mem *mem;
	struct arena arena;
	uint8_t ids[BLOCKS][TRIE_HASH_LEN];
	uint8_t roots[BLOCKS][TRIE_HASH_LEN];
};

static bool world_block_of(void *ctx, const uint8_t root[TRIE_HASH_LEN],
                           uint8_t *ret)
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

/* Key k is written in every block whose number k divides, k + 1 of them all. */
static void world_init(struct world *w)
{
	uint32_t number = TRIE_NO_BLOCK;

	w->mem = marf_mem_new(ARENA_MAX);
	arena_init(&w->arena, ARENA_MAX);
	for (uint32_t b = 0; b < BLOCKS; b++) {
		struct marf m;

		memset(w->ids[b], (int)b + 1, TRIE_HASH_LEN);
		assert_int_equal(marf_begin(&m, &w->arena,
		                            marf_mem_backend(w->mem), number,
		                            w->ids[b]),
		                 ERR_OK);
		for (uint32_t k = 0; k < KEYS; k++) {
			char key[16];

			(void)snprintf(key, sizeof(key), "key%u", k);
			if (b % (k + 1) == 0)
				assert_int_equal(
				    marf_put(&m, span_str(key), span_str(key)),
				    ERR_OK);
		}
		assert_int_equal(marf_seal(&m, w->roots[b]), ERR_OK);
		assert_int_equal(marf_commit(&m, w->ids[b], &number), ERR_OK);
	}
}

static void world_fini(struct world *w)
{
	arena_fini(&w->arena);
	marf_mem_free(w->mem);
}

static void prove(struct world *w, uint32_t block, const char *key,
                  struct buf *proof, uint8_t *path, uint8_t *data)
{
	bool found;

	buf_reset(proof);
	marf_path(path, span_str(key));
	marf_data(data, span_str(key));
	assert_int_equal(trie_prove(&w->arena, marf_mem_backend(w->mem), block,
	                            path, proof, &found),
	                 ERR_OK);
	assert_true(found);
}

static void every_key_is_proven_as_of_every_block(void **state)
{
	(void)state;
	struct world w;
	struct trie_roots roots = { .ctx = &w, .block_of = world_block_of };
	struct buf proof;
	uint8_t path[TRIE_PATH_LEN], data[TRIE_DATA_LEN];

	world_init(&w);
	buf_init(&proof, TRIE_PROOF_MAX);
	for (uint32_t b = 0; b < BLOCKS; b++) {
		for (uint32_t k = 0; k < KEYS; k += 7) {
			char key[16];

			(void)snprintf(key, sizeof(key), "key%u", k);
			prove(&w, b, key, &proof, path, data);
			assert_true(trie_proof_verify(
			    buf_span(&proof), path, data, w.roots[b], &roots));
			data[0] ^= 1;
			assert_false(trie_proof_verify(
			    buf_span(&proof), path, data, w.roots[b], &roots));
			arena_reset(&w.arena);
		}
	}
	buf_fini(&proof);
	world_fini(&w);
}

/* Only the character of a leaf's step is not covered: nothing needs it. */
static bool is_free_byte(size_t at)
{
	return at == 5;
}

static void no_changed_byte_and_no_cut_passes(void **state)
{
	(void)state;
	struct world w;
	struct trie_roots roots = { .ctx = &w, .block_of = world_block_of };
	struct buf proof;
	uint8_t path[TRIE_PATH_LEN], data[TRIE_DATA_LEN];

	world_init(&w);
	buf_init(&proof, TRIE_PROOF_MAX);
	prove(&w, BLOCKS - 1, "key13", &proof, path, data);
	for (size_t i = 0; i < proof.len; i++) {
		if (is_free_byte(i))
			continue;
		proof.p[i] ^= (uint8_t)(1u << (i % 8));
		assert_false(trie_proof_verify(buf_span(&proof), path, data,
		                               w.roots[BLOCKS - 1], &roots));
		proof.p[i] ^= (uint8_t)(1u << (i % 8));
	}
	for (size_t len = 0; len < proof.len; len += 13)
		assert_false(trie_proof_verify(span_of(proof.p, len), path,
		                               data, w.roots[BLOCKS - 1],
		                               &roots));
	assert_true(trie_proof_verify(buf_span(&proof), path, data,
	                              w.roots[BLOCKS - 1], &roots));
	buf_fini(&proof);
	world_fini(&w);
}

static void a_missing_key_has_no_proof(void **state)
{
	(void)state;
	struct world w;
	struct buf proof;
	uint8_t path[TRIE_PATH_LEN];
	bool found;

	world_init(&w);
	buf_init(&proof, TRIE_PROOF_MAX);
	marf_path(path, span_str("no such key"));
	assert_int_equal(trie_prove(&w.arena, marf_mem_backend(w.mem), 3, path,
	                            &proof, &found),
	                 ERR_OK);
	assert_false(found);
	assert_int_equal(proof.len, 0);
	buf_fini(&proof);
	world_fini(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_proven_as_of_every_block),
		cmocka_unit_test(no_changed_byte_and_no_cut_passes),
		cmocka_unit_test(a_missing_key_has_no_proof),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
