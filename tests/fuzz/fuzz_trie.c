/*
 * tests/fuzz/fuzz_trie.c - A forest of tries is a sorted map for each block.
 *
 * The input is a program: each two bytes insert a key or commit the block and
 * open the next one on some committed block.  Beside the tries runs a table of
 * what each key held in each block; every key is compared at every commit, and
 * the root must not depend on when hashes were computed.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/store/marf_mem.h"
#include "tests/lib/fuzz.h"

#define KEYS 128u
#define BLOCKS 24u
#define MEMORY_MAX ((size_t)64 << 20)

struct model {
	struct marf_mem *mem;
	struct arena arena;
	struct marf marf;
	uint8_t held[BLOCKS + 1][KEYS]; /* 0: nothing; the row being built is
	                                   the last one in use */
	uint32_t n;                     /* committed blocks */
};

/* Few distinct bytes at the front: shared prefixes make all node kinds. */
static void make_path(uint8_t *ret, uint32_t key)
{
	memset(ret, 0x55, TRIE_PATH_LEN);
	ret[key % 4] = (uint8_t)(key / 4);
	ret[TRIE_PATH_LEN - 1] = (uint8_t)key;
}

static void model_open(struct model *m, uint32_t parent)
{
	uint8_t id[TRIE_HASH_LEN] = { 0 };

	id[0] = (uint8_t)(m->n + 1);
	arena_reset(&m->arena);
	CHECK(marf_begin(&m->marf, &m->arena, marf_mem_backend(m->mem), parent,
	                 id) == ERR_OK);
	if (parent == TRIE_NO_BLOCK)
		memset(m->held[m->n], 0, KEYS);
	else
		memmove(m->held[m->n], m->held[parent], KEYS);
}

static void model_insert(struct model *m, uint32_t key, uint8_t value)
{
	uint8_t path[TRIE_PATH_LEN], data[TRIE_DATA_LEN];

	make_path(path, key);
	memset(data, value, sizeof(data));
	CHECK(trie_insert(&m->marf.trie, path, data) == ERR_OK);
	m->held[m->n][key] = value;
}

static void model_compare(struct model *m)
{
	for (uint32_t key = 0; key < KEYS; key++) {
		uint8_t path[TRIE_PATH_LEN], data[TRIE_DATA_LEN];
		bool found;

		make_path(path, key);
		CHECK(trie_get(&m->marf.trie, path, data, &found) == ERR_OK);
		CHECK(found == (m->held[m->n][key] != 0));
		CHECK(!found || data[7] == m->held[m->n][key]);
	}
}

static void model_commit(struct model *m)
{
	uint8_t id[TRIE_HASH_LEN] = { 0 }, root[TRIE_HASH_LEN];
	uint32_t number;

	model_compare(m);
	id[0] = (uint8_t)(m->n + 1);
	CHECK(marf_seal(&m->marf, root) == ERR_OK);
	CHECK(marf_commit(&m->marf, id, &number) == ERR_OK);
	CHECK(number == m->n);
	m->n++;
}

static void model_run(struct model *m, const uint8_t *bytes, size_t len)
{
	model_open(m, TRIE_NO_BLOCK);
	for (size_t i = 0; i + 1 < len && m->n < BLOCKS; i += 2) {
		uint8_t root[TRIE_HASH_LEN];

		if (bytes[i] < KEYS) {
			model_insert(m, bytes[i], bytes[i + 1] | 1);
		} else if (bytes[i] < 0xe0) {
			/* Sealing early must change nothing. */
			CHECK(marf_seal(&m->marf, root) == ERR_OK);
		} else {
			model_commit(m);
			model_open(m, bytes[i + 1] % m->n);
		}
	}
	model_commit(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct model m = { .mem = marf_mem_new(MEMORY_MAX) };

	CHECK(m.mem);
	arena_init(&m.arena, MEMORY_MAX);
	model_run(&m, bytes, len);
	arena_fini(&m.arena);
	marf_mem_free(m.mem);
	return 0;
}
