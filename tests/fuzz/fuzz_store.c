/*
 * tests/fuzz/fuzz_store.c - A stored record of any bytes is a fault or right.
 *
 * In a small chain in memory one record is replaced by the input, which says
 * which one by its first two bytes.  Whatever is read then succeeds or is a
 * fault; no verdict, and no stop.  The record as it was reads as it did.
 */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/chaindb_core.h"
#include "node/store/chaindb_verify.h"
#include "tests/lib/fuzz.h"

#define BLOCKS 4u
#define MEMORY_MAX ((size_t)64 << 20)
#define PAGE_MAX 50u

static struct chaindb *chain;
static uint8_t ids[BLOCKS][TRIE_HASH_LEN];

static void build(uint32_t parent)
{
	uint32_t n = chaindb_count(chain);
	struct chaindb_commit c = { .id = ids[n],
		                    .header = span_str("header"),
		                    .bytes = span_str("bytes"),
		                    .is_tip = true };
	struct receipt r = { .id = { (uint8_t)n } };
	uint8_t root[TRIE_HASH_LEN];

	memset(ids[n], (int)n + 1, TRIE_HASH_LEN);
	CHECK(chaindb_begin(chain, parent, ids[n]) == ERR_OK);
	for (uint8_t i = 0; i < 3; i++) {
		struct store_key key = { .text = span_str("vm::key"),
			                 .tail = span_of(&i, 1) };

		CHECK(vmstore_put(chaindb_vmstore(chain), &key, span_of(&n, 4),
		                  STORE_HEX) == ERR_OK);
	}
	CHECK(chaindb_add_receipt(chain, &r) == ERR_OK);
	CHECK(chaindb_seal(chain, root) == ERR_OK);
	CHECK(chaindb_commit(chain, &c, &n) == ERR_OK);
}

static void make_chain(void)
{
	struct chaindb_options o = { .max_bytes = MEMORY_MAX,
		                     .cache_bytes = 64 };
	char why[CHAINDB_WHY_MAX];

	CHECK(chaindb_open(&chain, &o, why) == ERR_OK);
	build(CHAINDB_NONE);
	build(0);
	build(0);
	build(2);
}

/* Writes a value under a key that is there. */
static void write_record(uint32_t family, struct span key, struct span value)
{
	kv_batch_clear(chain->batch);
	kv_batch_put(chain->batch, chain->kv, family, key, value);
	CHECK(kv_write(chain->kv, chain->batch, false) == ERR_OK);
	kv_batch_clear(chain->batch);
	/* What was read of it before is forgotten. */
	marf_kv_forget(chain->forest, BLOCKS);
}

/* Finds the record that the first two bytes name, going round. */
static void find_record(struct arena *a, const uint8_t *bytes, uint32_t *family,
                        struct span *key, struct span *value)
{
	struct kv_iter *it;
	struct span k, v;
	bool found;

	*family = bytes[0] % CHAINDB_FAMILIES;
	for (uint32_t skip = bytes[1] % 8 + 1; skip;) {
		it = kv_iter_open(chain->kv, *family, span_of(NULL, 0));
		CHECK(it);
		while (skip && kv_iter_next(it, &k, &v, &found) == ERR_OK &&
		       found) {
			skip--;
			*key = span_of(arena_copy(a, k.p, k.len), k.len);
			*value = span_of(arena_copy(a, v.p, v.len), v.len);
		}
		kv_iter_close(it);
	}
}

static bool is_fair(enum err e)
{
	return e == ERR_OK || err_class(e) == ERR_CLASS_FAULT;
}

/* Reads everything; @return whether all of it succeeded. */
static bool read_all(struct arena *a)
{
	struct chainlog_bounds bounds = { PAGE_MAX, MEMORY_MAX };
	struct chainlog_page page;
	struct chaindb_report report;
	enum err e = chaindb_verify(chain, 0, &report);
	bool ok = e == ERR_OK;

	CHECK(is_fair(e));
	e = chainlog_read(chain, a, 0, &bounds, &page);
	CHECK(is_fair(e));
	ok = ok && e == ERR_OK;
	for (uint32_t i = 0; i < BLOCKS; i++) {
		uint8_t txid[RECEIPT_ID_LEN] = { (uint8_t)i };
		uint32_t number, index;

		e = chaindb_find_tx(chain, txid, &number, &index);
		CHECK(is_fair(e) || e == ERR_STORE_NO_BLOCK);
		e = chaindb_find(chain, ids[i], &number);
		CHECK(is_fair(e));
		ok = ok && e == ERR_OK;
		e = chaindb_move(chain, i);
		CHECK(is_fair(e));
		ok = ok && e == ERR_OK;
	}
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct span key = { 0 }, value = { 0 };
	struct arena a;
	uint32_t family;

	if (len < 2)
		return 0;
	if (!chain)
		make_chain();
	arena_init(&a, MEMORY_MAX);
	find_record(&a, bytes, &family, &key, &value);
	write_record(family, key, span_of(bytes + 2, len - 2));
	(void)read_all(&a);
	write_record(family, key, value);
	CHECK(read_all(&a));
	arena_fini(&a);
	return 0;
}
