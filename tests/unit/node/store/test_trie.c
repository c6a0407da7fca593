/* tests/unit/node/store/test_trie.c - Claims about one block's trie: it is a
 * sorted map, whatever the shape; a damaged record is a fault. */
#include "config.h"

#include "tests/lib/unit.h"

#include <string.h>

#include "clarity/crypto/hash.h"
#include "node/store/marf_mem.h"
#include "node/store/trie.h"
#include "node/store/trie_hash.h"

#define ARENA_MAX ((size_t)1 << 30)
#define KEYS 3000u

static void the_hash_of_an_empty_slot_is_that_of_nothing(void **state)
{
	(void)state;
	uint8_t hash[TRIE_HASH_LEN];

	hash_sha512_256(hash, NULL, 0);
	assert_memory_equal(hash, trie_hash_empty, TRIE_HASH_LEN);
}

/* Paths that share long prefixes make every shape of node and split. */
static void make_path(uint8_t *ret, uint32_t i)
{
	memset(ret, 0xab, TRIE_PATH_LEN);
	ret[i % 7] = (uint8_t)(i * 31);
	ret[8 + i % 3] = (uint8_t)(i >> 3);
	ret[31] = (uint8_t)(i >> 8);
	ret[30] = (uint8_t)i;
}

static void make_data(uint8_t *ret, uint32_t i, uint8_t round)
{
	memset(ret, round, TRIE_DATA_LEN);
	ret[0] = (uint8_t)i;
	ret[1] = (uint8_t)(i >> 8);
}

static void expect(const struct trie *t, uint32_t i, uint8_t round)
{
	uint8_t path[TRIE_PATH_LEN], want[TRIE_DATA_LEN], got[TRIE_DATA_LEN];
	bool found;

	make_path(path, i);
	make_data(want, i, round);
	assert_int_equal(trie_get(t, path, got, &found), ERR_OK);
	assert_int_equal(found, round != 0);
	if (found)
		assert_memory_equal(got, want, TRIE_DATA_LEN);
}

static void insert(struct trie *t, uint32_t i, uint8_t round)
{
	uint8_t path[TRIE_PATH_LEN], data[TRIE_DATA_LEN];

	make_path(path, i);
	make_data(data, i, round);
	assert_int_equal(trie_insert(t, path, data), ERR_OK);
}

static void every_key_is_found_in_the_block_and_after_it(void **state)
{
	(void)state;
	struct marf_mem *mem = marf_mem_new(ARENA_MAX);
	const struct marf_backend *backend = marf_mem_backend(mem);
	struct arena arena;
	struct marf m;
	uint8_t id[TRIE_HASH_LEN] = { 0 }, root[TRIE_HASH_LEN];
	uint32_t number = TRIE_NO_BLOCK;

	arena_init(&arena, ARENA_MAX);
	for (uint8_t round = 1; round <= 3; round++) {
		id[0] = round;
		assert_int_equal(marf_begin(&m, &arena, backend, number, id),
		                 ERR_OK);
		for (uint32_t i = round - 1u; i < KEYS; i += round)
			insert(&m.trie, i, round);
		for (uint32_t i = round - 1u; i < KEYS; i += round)
			expect(&m.trie, i, round);
		expect(&m.trie, KEYS + 5, 0);
		assert_int_equal(marf_seal(&m, root), ERR_OK);
		assert_int_equal(marf_commit(&m, id, &number), ERR_OK);
	}
	assert_int_equal(trie_begin(&m.trie, &arena, &backend->source, number),
	                 ERR_OK);
	for (uint32_t i = 0; i < KEYS; i++)
		expect(&m.trie, i, i % 3 == 2 ? 3 : i % 2 == 1 ? 2 : 1);
	arena_fini(&arena);
	marf_mem_free(mem);
}

static void a_record_cut_short_is_a_fault(void **state)
{
	(void)state;
	struct arena arena;
	struct buf record;
	struct trie_node *n, *back;

	arena_init(&arena, ARENA_MAX);
	buf_init(&record, TRIE_RECORD_MAX);
	n = trie_node_new(&arena, TRIE_NODE48, (const uint8_t *)"path", 4);
	for (uint32_t i = 0; i < 20; i++) {
		struct trie_ptr p = { .kind = TRIE_LEAF,
			              .chr = (uint8_t)(200 - i),
			              .is_back = i & 1,
			              .block = i,
			              .index = i };

		assert_int_equal(trie_node_attach(&arena, n, &p), ERR_OK);
	}
	trie_node_write(n, &record);
	assert_int_equal(buf_err(&record), ERR_OK);
	assert_int_equal(trie_node_read(&arena, &back, buf_span(&record), 77),
	                 ERR_OK);
	assert_int_equal(back->slots[2].block, 77);
	assert_int_equal(back->slots[3].block, 3);
	for (size_t len = 0; len < record.len; len++)
		assert_int_equal(
		    trie_node_read(&arena, &back, span_of(record.p, len), 77),
		    ERR_STORE_CORRUPT);
	buf_fini(&record);
	arena_fini(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_of_an_empty_slot_is_that_of_nothing),
		cmocka_unit_test(every_key_is_found_in_the_block_and_after_it),
		cmocka_unit_test(a_record_cut_short_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
