/* tests/unit/node/store/test_marf_kv.c - Claims about the forest on disk: it
 * gives the roots of the forest in memory, also after reopening, and a block
 * whose batch was not written was never there. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <string.h>

#include "node/store/marf_kv.h"
#include "node/store/marf_mem.h"
#include "tests/lib/temp_dir.h"

#define ARENA_MAX ((size_t)256 << 20)
#define BLOCKS 60u

static const char *const families[] = { "trie", "trie_block" };

struct fixture {
	char path[TEMP_DIR_MAX];
	struct kv *kv;
	struct kv_batch *batch;
	struct marf_kv *disk;
	struct marf_mem *mem;
	struct arena arena;
};

static void open_disk(struct fixture *f)
{
	struct kv_options o = { .path = f->path,
		                .families = families,
		                .n_families = 2,
		                .may_create = true };
	struct marf_kv_options m = { .family_nodes = 0, .family_blocks = 1 };
	char why[KV_WHY_MAX];

	assert_int_equal(kv_open(&f->kv, &o, why), ERR_OK);
	assert_int_equal(marf_kv_open(&f->disk, f->kv, &m), ERR_OK);
	marf_kv_use_batch(f->disk, f->batch);
}

static void close_disk(struct fixture *f)
{
	marf_kv_close(f->disk);
	kv_close(f->kv);
}

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .mem = marf_mem_new(ARENA_MAX),
		              .batch = kv_batch_new() };
	temp_dir_make(f.path);
	arena_init(&f.arena, ARENA_MAX);
	open_disk(&f);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	close_disk(f);
	kv_batch_free(f->batch);
	marf_mem_free(f->mem);
	arena_fini(&f->arena);
	temp_dir_remove(f->path);
	return 0;
}

/* Builds block `b` on `parent`: same content on whichever backend. */
static void build(struct fixture *f, const struct marf_backend *backend,
                  uint32_t b, uint32_t parent, uint8_t *root)
{
	uint8_t id[TRIE_HASH_LEN];
	struct marf m;
	uint32_t number;

	memset(id, (int)b + 1, sizeof(id));
	arena_reset(&f->arena);
	assert_int_equal(marf_begin(&m, &f->arena, backend, parent, id),
	                 ERR_OK);
	for (uint32_t i = 0; i < 40; i++) {
		char key[32], value[32];

		(void)snprintf(key, sizeof(key), "key%u", i * (b + 1) % 997);
		(void)snprintf(value, sizeof(value), "%u-%u", b, i);
		assert_int_equal(marf_put(&m, span_str(key), span_str(value)),
		                 ERR_OK);
	}
	assert_int_equal(marf_seal(&m, root), ERR_OK);
	assert_int_equal(marf_commit(&m, id, &number), ERR_OK);
	assert_int_equal(number, b);
}

static void write_batch(struct fixture *f)
{
	assert_int_equal(kv_write(f->kv, f->batch, false), ERR_OK);
	kv_batch_clear(f->batch);
}

/* A fork every seventh block; the parent is always a committed one. */
static uint32_t parent_of(uint32_t b)
{
	if (b == 0)
		return TRIE_NO_BLOCK;
	return b % 7 == 6 ? b - 3 : b - 1;
}

static void disk_and_memory_agree_over_forks_and_reopening(void **state)
{
	struct fixture *f = *state;

	for (uint32_t b = 0; b < BLOCKS; b++) {
		uint8_t in_memory[TRIE_HASH_LEN], on_disk[TRIE_HASH_LEN];

		if (b % 20 == 19) {
			close_disk(f);
			open_disk(f);
		}
		build(f, marf_mem_backend(f->mem), b, parent_of(b), in_memory);
		build(f, marf_kv_backend(f->disk), b, parent_of(b), on_disk);
		write_batch(f);
		assert_memory_equal(in_memory, on_disk, TRIE_HASH_LEN);
	}
	assert_int_equal(marf_kv_count(f->disk), BLOCKS);
}

static void a_block_whose_batch_was_dropped_was_never_there(void **state)
{
	struct fixture *f = *state;
	uint8_t root[TRIE_HASH_LEN], again[TRIE_HASH_LEN];

	build(f, marf_kv_backend(f->disk), 0, TRIE_NO_BLOCK, root);
	write_batch(f);
	build(f, marf_kv_backend(f->disk), 1, 0, root);
	kv_batch_clear(f->batch);
	marf_kv_forget(f->disk, 1);
	close_disk(f);
	open_disk(f);
	assert_int_equal(marf_kv_count(f->disk), 1);
	build(f, marf_kv_backend(f->disk), 1, 0, again);
	assert_memory_equal(root, again, TRIE_HASH_LEN);
	kv_batch_clear(f->batch);
}

static void cut_blocks_are_gone_after_reopening(void **state)
{
	struct fixture *f = *state;
	uint8_t root[TRIE_HASH_LEN];

	for (uint32_t b = 0; b < 4; b++) {
		build(f, marf_kv_backend(f->disk), b, parent_of(b), root);
		write_batch(f);
	}
	marf_kv_cut(f->disk, 2);
	write_batch(f);
	close_disk(f);
	open_disk(f);
	assert_int_equal(marf_kv_count(f->disk), 2);
}

static void a_gap_in_the_numbers_is_damage(void **state)
{
	struct fixture *f = *state;
	struct marf_kv_options m = { .family_nodes = 0, .family_blocks = 1 };
	struct marf_kv *second = NULL;
	uint8_t root[TRIE_HASH_LEN];
	const uint8_t first[4] = { 0 };

	build(f, marf_kv_backend(f->disk), 0, TRIE_NO_BLOCK, root);
	write_batch(f);
	build(f, marf_kv_backend(f->disk), 1, 0, root);
	kv_batch_del(f->batch, f->kv, 1, span_of(first, sizeof(first)));
	write_batch(f);
	assert_int_equal(marf_kv_open(&second, f->kv, &m), ERR_STORE_CORRUPT);
	assert_null(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    disk_and_memory_agree_over_forks_and_reopening, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_block_whose_batch_was_dropped_was_never_there, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    cut_blocks_are_gone_after_reopening, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_gap_in_the_numbers_is_damage,
		                                set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
