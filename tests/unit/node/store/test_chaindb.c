/* tests/unit/node/store/test_chaindb.c - Claims about the chain's store: over
 * forks, switches, settling and reopening it shows what each block left, on
 * disk as in memory, and its log tells the tip's branch. */
#include "config.h"

#include "tests/lib/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "node/io/env_os.h"
#include "node/store/chaindb_core.h"
#include "node/store/chaindb_verify.h"
#include "node/store/chainlog.h"
#include "tests/lib/temp_dir.h"

#define BLOCKS 2000u
#define FEW_BLOCKS 150u
#define KEYS 40u
#define ARENA_MAX ((size_t)256 << 20)

/* What a block left, by our own account. */
struct model {
	uint32_t parent, height;
	uint8_t values[KEYS]; /* 0: nothing */
	uint8_t root[TRIE_HASH_LEN];
	bool is_dead;
};

struct fixture {
	char path[TEMP_DIR_MAX];
	struct env env;
	struct chaindb_options options;
	struct chaindb *db;
	struct arena arena;
	uint64_t chance;
	struct model blocks[BLOCKS];
	uint32_t n;
	uint32_t most; /* blocks to be built */
	/* A reader of the log, and the branch as it has heard of it. */
	uint64_t cursor;
	uint32_t told[BLOCKS];
	uint32_t n_told, receipts_told;
};

static uint32_t chance(struct fixture *f, uint32_t below)
{
	f->chance ^= f->chance << 13;
	f->chance ^= f->chance >> 7;
	f->chance ^= f->chance << 17;
	return (uint32_t)(f->chance >> 33) % below;
}

static void open_store(struct fixture *f)
{
	char why[CHAINDB_WHY_MAX];

	if (chaindb_open(&f->db, &f->options, why) != ERR_OK)
		fail_msg("%s", why);
}

static struct fixture *set_up(bool on_disk, uint64_t seed)
{
	static struct fixture f;

	f = (struct fixture){ .chance = seed };
	/* These are about what is written, not how long it lasts. */
	if (access("/dev/shm", W_OK) == 0)
		(void)setenv("TMPDIR", "/dev/shm", 0);
	temp_dir_make(f.path);
	env_os_init(&f.env);
	arena_init(&f.arena, ARENA_MAX);
	f.options = (struct chaindb_options){ .env = &f.env,
		                              .path = on_disk ? f.path : NULL,
		                              .chain_id = 7,
		                              .may_create = true,
		                              .max_bytes = ARENA_MAX,
		                              .cache_bytes = 1 << 20,
		                              .write_bytes = 1 << 20 };
	open_store(&f);
	return &f;
}

static void tear_down(struct fixture *f)
{
	chaindb_close(f->db);
	arena_fini(&f->arena);
	temp_dir_remove(f->path);
}

static void make_id(uint8_t id[TRIE_HASH_LEN], uint32_t number)
{
	memset(id, 7, TRIE_HASH_LEN);
	be32_write(id, number);
}

static struct store_key key_of(const char *text)
{
	return (struct store_key){ .text = span_str(text),
		                   .form = STORE_TAIL_HEX };
}

static void put_key(struct fixture *f, uint32_t k, uint8_t value)
{
	char text[16];
	struct store_key key;

	(void)snprintf(text, sizeof(text), "key%u", k);
	key = key_of(text);
	assert_int_equal(vmstore_put(chaindb_vmstore(f->db), &key,
	                             span_of(&value, 1), STORE_HEX),
	                 ERR_OK);
}

static uint8_t get_key(struct fixture *f, uint32_t k)
{
	char text[16];
	struct store_key key;
	struct span got;
	bool found;

	(void)snprintf(text, sizeof(text), "key%u", k);
	key = key_of(text);
	assert_int_equal(
	    vmstore_get(chaindb_vmstore(f->db), &key, &got, &found), ERR_OK);
	if (!found)
		return 0;
	assert_int_equal(got.len, 1);
	return got.p[0];
}

static void expect_state(struct fixture *f, uint32_t number)
{
	assert_int_equal(chaindb_at(f->db), number);
	for (uint32_t k = 0; k < KEYS; k++)
		assert_int_equal(get_key(f, k), f->blocks[number].values[k]);
}

static void add_receipts(struct fixture *f, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		struct receipt r = { .tx_index = i, .fee = f->n };

		be32_write(r.id, f->n);
		be32_write(r.id + 4, i);
		assert_int_equal(chaindb_add_receipt(f->db, &r), ERR_OK);
	}
}

static void commit(struct fixture *f, bool is_tip)
{
	uint8_t id[TRIE_HASH_LEN];
	uint32_t number;
	struct chaindb_commit c = { .id = id,
		                    .header = span_str("header"),
		                    .bytes = span_str("all of the block"),
		                    .facts = span_str("facts"),
		                    .is_tip = is_tip };

	make_id(id, f->n);
	assert_int_equal(chaindb_commit(f->db, &c, &number), ERR_OK);
	assert_int_equal(number, f->n);
	f->n++;
}

/* Builds a block on `parent`; its writes depend on chance alone. */
static void build(struct fixture *f, uint32_t parent)
{
	struct model *m = &f->blocks[f->n];
	uint8_t id[TRIE_HASH_LEN] = { 0xee };
	uint32_t writes = 1 + chance(f, 10);

	*m = (struct model){ .parent = parent };
	if (parent != CHAINDB_NONE) {
		*m = f->blocks[parent];
		m->parent = parent;
		m->height++;
	}
	assert_int_equal(chaindb_begin(f->db, parent, id), ERR_OK);
	for (uint32_t i = 0; i < writes; i++) {
		uint32_t k = chance(f, KEYS);

		m->values[k] = (uint8_t)(1 + chance(f, 255));
		put_key(f, k, m->values[k]);
	}
	assert_int_equal(chaindb_seal(f->db, m->root), ERR_OK);
}

static bool is_above(const struct fixture *f, uint32_t above, uint32_t n)
{
	while (n != above && above != CHAINDB_NONE &&
	       f->blocks[n].height > f->blocks[above].height)
		n = f->blocks[n].parent;
	return n == above || above == CHAINDB_NONE;
}

/* Marks what cannot be built on any more. */
static void bury(struct fixture *f)
{
	for (uint32_t i = 0; i < f->n; i++)
		f->blocks[i].is_dead = !is_above(f, chaindb_settled(f->db), i);
}

static uint32_t any_living(struct fixture *f)
{
	uint32_t n;

	if (f->n == 0)
		return CHAINDB_NONE;
	do
		n = f->n - 1 - chance(f, f->n < 12 ? f->n : 12);
	while (f->blocks[n].is_dead);
	return n;
}

static void settle_some(struct fixture *f)
{
	uint32_t tip = chaindb_tip(f->db), n;
	uint32_t height = f->blocks[tip].height;
	uint32_t settled = chaindb_settled(f->db);

	if (height < 6)
		return;
	assert_int_equal(chaindb_ancestor(f->db, tip, height - 6, &n), ERR_OK);
	assert_int_equal(chaindb_settle(f->db, n), ERR_OK);
	if (settled != CHAINDB_NONE &&
	    f->blocks[n].height < f->blocks[settled].height)
		n = settled;
	assert_int_equal(chaindb_settled(f->db), n);
	expect_state(f, tip);
	bury(f);
}

static void hear(struct fixture *f, const struct chainlog_item *item)
{
	switch (item->what) {
	case CHAINLOG_BLOCK:
		assert_int_equal(item->block.parent,
		                 f->n_told ? f->told[f->n_told - 1]
		                           : CHAINDB_NONE);
		f->told[f->n_told++] = item->number;
		f->receipts_told = 0;
		break;
	case CHAINLOG_RECEIPT:
		assert_int_equal(item->number, f->told[f->n_told - 1]);
		assert_int_equal(item->index, f->receipts_told++);
		assert_int_equal(item->receipt.fee, item->number);
		break;
	case CHAINLOG_REVERT:
		assert_int_equal(item->number, f->told[--f->n_told]);
		break;
	}
}

/* Reads on from the cursor, in pages of any size. */
static void listen(struct fixture *f)
{
	struct chainlog_page page;

	do {
		struct chainlog_bounds bounds = { .max_items = 1 + chance(f, 9),
			                          .max_bytes =
			                              1 + chance(f, 4000) };

		arena_reset(&f->arena);
		assert_int_equal(
		    chainlog_read(f->db, &f->arena, f->cursor, &bounds, &page),
		    ERR_OK);
		assert_true(page.n <= bounds.max_items);
		for (uint32_t i = 0; i < page.n; i++) {
			assert_true(page.items[i].cursor >= f->cursor);
			hear(f, &page.items[i]);
		}
		f->cursor = page.next;
	} while (page.n);
	assert_int_equal(f->cursor, chainlog_end(f->db));
}

/* What was heard is the tip's branch. */
static void expect_told(struct fixture *f)
{
	uint32_t at = chaindb_tip(f->db), n;

	listen(f);
	n = f->n_told;
	while (at != CHAINDB_NONE) {
		assert_true(n > 0);
		assert_int_equal(f->told[--n], at);
		at = f->blocks[at].parent;
	}
	assert_int_equal(n, 0);
}

static void reopen(struct fixture *f)
{
	uint32_t tip = chaindb_tip(f->db), settled = chaindb_settled(f->db);

	if (!f->options.path)
		return;
	chaindb_close(f->db);
	open_store(f);
	assert_int_equal(chaindb_tip(f->db), tip);
	assert_int_equal(chaindb_settled(f->db), settled);
	assert_int_equal(chaindb_count(f->db), f->n);
	expect_state(f, tip);
}

static void step(struct fixture *f)
{
	uint32_t parent = any_living(f);

	build(f, parent);
	if (chance(f, 8) == 0) {
		chaindb_drop(f->db);
		if (parent != CHAINDB_NONE)
			expect_state(f, parent);
		return;
	}
	add_receipts(f, chance(f, 4));
	commit(f, chance(f, 3) != 0 || f->n == 0);
	expect_state(f, f->n - 1);
	switch (chance(f, 12)) {
	case 0:
		settle_some(f);
		break;
	case 1:
		assert_int_equal(chaindb_set_tip(f->db, any_living(f)), ERR_OK);
		break;
	case 2:
		reopen(f);
		break;
	case 3:
		listen(f);
		break;
	}
}

static void run(struct fixture *f)
{
	struct chaindb_report report;

	while (f->n < f->most)
		step(f);
	for (uint32_t i = 0; i < f->n; i++) {
		enum err e = chaindb_move(f->db, i);

		assert_int_equal(e, f->blocks[i].is_dead ? ERR_STORE_SETTLED
		                                         : ERR_OK);
		if (e == ERR_OK)
			expect_state(f, i);
	}
	expect_told(f);
	assert_int_equal(chaindb_verify(f->db, 0, &report), ERR_OK);
	assert_int_equal(report.n_keys, report.n_keys_right);
	assert_true(report.n_keys > 0);
}

static void run_both(uint64_t seed, uint32_t blocks)
{
	static uint8_t roots[BLOCKS][TRIE_HASH_LEN];
	struct fixture *f = set_up(false, seed);

	f->most = blocks;
	run(f);
	for (uint32_t i = 0; i < blocks; i++)
		memcpy(roots[i], f->blocks[i].root, TRIE_HASH_LEN);
	tear_down(f);
	f = set_up(true, seed);
	f->most = blocks;
	run(f);
	for (uint32_t i = 0; i < blocks; i++)
		assert_memory_equal(roots[i], f->blocks[i].root, TRIE_HASH_LEN);
	tear_down(f);
}

static void two_thousand_blocks_are_the_same_on_disk_and_in_memory(void **state)
{
	(void)state;
	run_both(1, BLOCKS);
}

static void other_trees_are_the_same_on_disk_and_in_memory(void **state)
{
	(void)state;
	for (uint64_t seed = 2; seed <= 6; seed++)
		run_both(seed, FEW_BLOCKS);
}

static void
what_a_block_left_is_found_by_number_id_and_transaction(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	struct chaindb_block b;
	struct receipt r;
	struct span bytes;
	uint8_t id[TRIE_HASH_LEN];
	uint8_t txid[RECEIPT_ID_LEN] = { 0, 0, 0, 1, 0, 0, 0, 2 };
	uint32_t number, index;

	for (uint32_t i = 0; i < 3; i++) {
		build(f, i ? i - 1 : CHAINDB_NONE);
		add_receipts(f, 3);
		commit(f, true);
	}
	reopen(f);
	make_id(id, 1);
	assert_int_equal(chaindb_find(f->db, id, &number), ERR_OK);
	assert_int_equal(number, 1);
	assert_int_equal(chaindb_get(f->db, &f->arena, 1, &b), ERR_OK);
	assert_int_equal(b.parent, 0);
	assert_int_equal(b.height, 1);
	assert_int_equal(b.n_receipts, 3);
	assert_memory_equal(b.id, id, TRIE_HASH_LEN);
	assert_memory_equal(b.root, f->blocks[1].root, TRIE_HASH_LEN);
	assert_true(span_eq(b.header, span_str("header")));
	assert_true(span_eq(b.facts, span_str("facts")));
	assert_int_equal(chaindb_bytes(f->db, &f->arena, 1, &bytes), ERR_OK);
	assert_true(span_eq(bytes, span_str("all of the block")));
	assert_int_equal(chaindb_find_tx(f->db, txid, &number, &index), ERR_OK);
	assert_int_equal(number, 1);
	assert_int_equal(index, 2);
	assert_int_equal(chaindb_receipt(f->db, &f->arena, 1, 2, &r), ERR_OK);
	assert_memory_equal(r.id, txid, RECEIPT_ID_LEN);
	txid[31] = 1;
	assert_int_equal(chaindb_find_tx(f->db, txid, &number, &index),
	                 ERR_STORE_NO_BLOCK);
	assert_int_equal(chaindb_get(f->db, &f->arena, 3, &b),
	                 ERR_STORE_NO_BLOCK);
	assert_int_equal(chaindb_receipt(f->db, &f->arena, 1, 3, &r),
	                 ERR_STORE_NO_BLOCK);
	make_id(id, 9);
	assert_int_equal(chaindb_find(f->db, id, &number), ERR_STORE_NO_BLOCK);
	tear_down(f);
}

static void a_transaction_of_another_branch_is_not_found(void **state)
{
	(void)state;
	struct fixture *f = set_up(false, 5);
	uint8_t txid[RECEIPT_ID_LEN] = { 0, 0, 0, 2, 0, 0, 0, 0 };
	uint32_t number, index;

	build(f, CHAINDB_NONE);
	commit(f, true);
	build(f, 0);
	commit(f, true);
	build(f, 0);
	add_receipts(f, 1);
	commit(f, false);
	assert_int_equal(chaindb_find_tx(f->db, txid, &number, &index),
	                 ERR_STORE_NO_BLOCK);
	assert_int_equal(chaindb_set_tip(f->db, 2), ERR_OK);
	assert_int_equal(chaindb_find_tx(f->db, txid, &number, &index), ERR_OK);
	assert_int_equal(number, 2);
	tear_down(f);
}

static void own_records_come_with_their_block_or_not_at_all(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	struct span got;
	bool found;

	build(f, CHAINDB_NONE);
	assert_int_equal(
	    chaindb_put_own(f->db, span_str("key"), span_str("first")), ERR_OK);
	commit(f, true);
	build(f, 0);
	assert_int_equal(
	    chaindb_put_own(f->db, span_str("key"), span_str("second")),
	    ERR_OK);
	chaindb_drop(f->db);
	reopen(f);
	assert_int_equal(
	    chaindb_own(f->db, &f->arena, span_str("key"), &got, &found),
	    ERR_OK);
	assert_true(found);
	assert_true(span_eq(got, span_str("first")));
	tear_down(f);
}

/* As the machine reads a key while it stands in block `then`. */
static uint8_t get_then(struct fixture *f, uint32_t then, uint32_t k)
{
	const struct store *s = &chaindb_vmstore(f->db)->store;
	uint8_t id[TRIE_HASH_LEN];
	char text[16];
	struct store_key key;
	struct span got;
	bool found;

	make_id(id, then);
	assert_int_equal(s->ops->travel(s->ctx, id, &found), ERR_OK);
	assert_true(found);
	(void)snprintf(text, sizeof(text), "key%u", k);
	key = key_of(text);
	assert_int_equal(s->ops->get(s->ctx, &f->arena, &key, &got, &found),
	                 ERR_OK);
	return found ? got.p[0] : 0;
}

static void earlier_blocks_of_the_branch_can_be_read(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 11);
	const struct store *s = &chaindb_vmstore(f->db)->store;
	uint8_t id[TRIE_HASH_LEN];
	bool found;

	for (uint32_t i = 0; i < 60; i++) {
		build(f, i == 0 ? CHAINDB_NONE : i == 30 ? 28 : i - 1);
		commit(f, true);
		if (i == 40)
			settle_some(f);
	}
	for (uint32_t i = 0; i < 60; i++) {
		for (uint32_t k = 0; k < KEYS && i != 29; k++)
			assert_int_equal(get_then(f, i, k),
			                 f->blocks[i].values[k]);
	}
	make_id(id, 29);
	assert_int_equal(s->ops->travel(s->ctx, id, &found), ERR_OK);
	assert_false(found);
	assert_int_equal(s->ops->travel(s->ctx, NULL, &found), ERR_OK);
	expect_state(f, 59);
	tear_down(f);
}

static void dropped_history_is_a_fault_not_a_wrong_answer(void **state)
{
	(void)state;
	struct fixture *f = set_up(false, 11);
	const struct store *s = &chaindb_vmstore(f->db)->store;
	uint8_t id[TRIE_HASH_LEN];
	bool found;

	chaindb_close(f->db);
	f->options.drops_history = true;
	open_store(f);
	build(f, CHAINDB_NONE);
	commit(f, true);
	make_id(id, 0);
	s = &chaindb_vmstore(f->db)->store;
	assert_int_equal(s->ops->travel(s->ctx, id, &found), ERR_STORE_READ);
	tear_down(f);
}

/* --- what is refused, and how --- */

static void refuse(struct fixture *f, enum err expected, const char *advice)
{
	char why[CHAINDB_WHY_MAX];
	struct chaindb *db = NULL;

	assert_int_equal(chaindb_open(&db, &f->options, why), expected);
	assert_null(db);
	if (!strstr(why, advice))
		fail_msg("no `%s` in: %s", advice, why);
}

static void another_chain_s_store_is_refused(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);

	build(f, CHAINDB_NONE);
	commit(f, true);
	chaindb_close(f->db);
	f->options.chain_id = 8;
	refuse(f, ERR_STORE_CHAIN,
	       "holds chain 0x00000007, not chain 0x00000008. Correct the "
	       "chain id");
	f->options.may_create = false;
	f->options.any_chain = true;
	open_store(f);
	assert_int_equal(chaindb_count(f->db), 1);
	tear_down(f);
}

static void a_store_in_use_is_refused(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);

	refuse(f, ERR_STORE_OPEN, "in use");
	tear_down(f);
}

static void an_absent_store_is_refused_unless_it_may_be_made(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	char path[TEMP_DIR_MAX + 8];

	(void)snprintf(path, sizeof(path), "%s/none", f->path);
	f->options.path = path;
	f->options.may_create = false;
	refuse(f, ERR_STORE_OPEN, "there is no chain in it");
	tear_down(f);
}

/* Writes a record behind the store's back. */
static void plant(struct fixture *f, enum chaindb_family family,
                  struct span key, struct span value)
{
	kv_batch_clear(f->db->batch);
	kv_batch_put(f->db->batch, f->db->kv, family, key, value);
	assert_int_equal(kv_write(f->db->kv, f->db->batch, true), ERR_OK);
	kv_batch_clear(f->db->batch);
}

static void a_newer_schema_is_refused(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	static const uint8_t newer[9] = { 1, 0, 0, 0, CHAINDB_SCHEMA + 1,
		                          0, 0, 0, 7 };

	plant(f, CHAINDB_META, span_str("store"), span_of(newer, 9));
	chaindb_close(f->db);
	refuse(f, ERR_STORE_SCHEMA, "Use the program that wrote it");
	f->db = NULL;
	tear_down(f);
}

/* The witness is read first, and tells of the schema, too. */
static void
a_newer_witness_is_refused_before_the_database_is_touched(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	struct witness_mark mark = f->db->witness.last;

	mark.schema = CHAINDB_SCHEMA + 1;
	mark.stamp++;
	assert_int_equal(witness_write(&f->db->witness, &mark), ERR_OK);
	chaindb_close(f->db);
	refuse(f, ERR_STORE_SCHEMA, "was written with schema 2");
	f->db = NULL;
	tear_down(f);
}

static void records_of_a_newer_version_are_refused(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	static const uint8_t newer[] = { 2, 0, 0, 0, 0 }, number[4] = { 0 };
	struct chaindb_block b;
	struct span bytes;

	build(f, CHAINDB_NONE);
	commit(f, true);
	plant(f, CHAINDB_HEAD, span_of(number, 4), span_of(newer, 5));
	assert_int_equal(chaindb_get(f->db, &f->arena, 0, &b),
	                 ERR_STORE_CORRUPT);
	plant(f, CHAINDB_BLOCK, span_of(number, 4), span_of(newer, 5));
	assert_int_equal(chaindb_bytes(f->db, &f->arena, 0, &bytes),
	                 ERR_STORE_CORRUPT);
	chaindb_close(f->db);
	refuse(f, ERR_STORE_CORRUPT, "Restore a copy");
	f->db = NULL;
	tear_down(f);
}

static void parts_of_different_age_are_refused(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	static const uint8_t key[1] = { CHAINDB_STAMP_KEY };
	static const uint8_t early[9] = { 1, 0, 0, 0, 0, 0, 0, 0, 1 };

	build(f, CHAINDB_NONE);
	commit(f, true);
	plant(f, CHAINDB_FLAT, span_of(key, 1), span_of(early, 9));
	chaindb_close(f->db);
	refuse(f, ERR_STORE_BEHIND, "its part `flat` ends at batch 1");
	f->db = NULL;
	tear_down(f);
}

static void a_database_behind_its_witness_is_refused(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);
	struct witness_mark mark;

	build(f, CHAINDB_NONE);
	commit(f, true);
	mark = f->db->witness.last;
	mark.stamp++;
	assert_int_equal(witness_write(&f->db->witness, &mark), ERR_OK);
	chaindb_close(f->db);
	refuse(f, ERR_STORE_BEHIND, "but batch 3 was acknowledged");
	f->db = NULL;
	tear_down(f);
}

static void a_state_past_its_maximum_is_no_memory_and_says_so(void **state)
{
	(void)state;
	struct fixture *f = set_up(true, 5);

	build(f, CHAINDB_NONE);
	commit(f, true);
	build(f, 0);
	commit(f, true);
	chaindb_close(f->db);
	f->options.max_keys = 1;
	refuse(f, ERR_NO_MEMORY, "Raise the maximum");
	f->db = NULL;
	tear_down(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    two_thousand_blocks_are_the_same_on_disk_and_in_memory),
		cmocka_unit_test(
		    other_trees_are_the_same_on_disk_and_in_memory),
		cmocka_unit_test(
		    what_a_block_left_is_found_by_number_id_and_transaction),
		cmocka_unit_test(a_transaction_of_another_branch_is_not_found),
		cmocka_unit_test(
		    own_records_come_with_their_block_or_not_at_all),
		cmocka_unit_test(earlier_blocks_of_the_branch_can_be_read),
		cmocka_unit_test(dropped_history_is_a_fault_not_a_wrong_answer),
		cmocka_unit_test(another_chain_s_store_is_refused),
		cmocka_unit_test(a_store_in_use_is_refused),
		cmocka_unit_test(
		    an_absent_store_is_refused_unless_it_may_be_made),
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(
		    a_newer_witness_is_refused_before_the_database_is_touched),
		cmocka_unit_test(records_of_a_newer_version_are_refused),
		cmocka_unit_test(parts_of_different_age_are_refused),
		cmocka_unit_test(a_database_behind_its_witness_is_refused),
		cmocka_unit_test(
		    a_state_past_its_maximum_is_no_memory_and_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
