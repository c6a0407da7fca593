/* node/io/kv.c - RocksDB; contract in kv.h. */
#include "config.h"

#include "node/io/kv.h"

#include <rocksdb/c.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "node/io/kv_mem.h"

#define CACHE_BYTES ((size_t)8 << 20)
#define WRITE_BYTES ((size_t)64 << 20)
#define BATCH_MAX ((size_t)4 << 30)

/* What opening may have to go through again after a crash: logs are cut when
 * so much was written, in units of what is gathered. */
#define LOG_FACTOR 2u

/* Family 0 is the library's own, which nothing of ours uses. */
struct kv {
	rocksdb_t *db;
	rocksdb_options_t *options;
	rocksdb_cache_t *cache;
	rocksdb_block_based_table_options_t *table;
	rocksdb_readoptions_t *reading;
	rocksdb_writeoptions_t *synced;
	rocksdb_writeoptions_t *lazy;
	rocksdb_column_family_handle_t *families[KV_FAMILIES_MAX + 1];
	uint32_t n;         /* families, the library's own included */
	struct kv_mem *mem; /* instead of all the above */
};

struct kv_batch {
	rocksdb_writebatch_t *batch;
	struct buf steps; /* for a database in memory */
};

struct kv_iter {
	rocksdb_iterator_t *it;
	bool is_fresh;            /* at a pair that was not handed out yet */
	const struct kv_mem *mem; /* instead of `it` */
	uint32_t family;
	struct buf at; /* the key that was handed out last */
};

/* The library hands errors as malloc'd text; takes it and says whether. */
static bool kv_failed(char *error)
{
	bool failed = error != NULL;

	rocksdb_free(error);
	return failed;
}

static struct kv *kv_new(void)
{
	return calloc(1, sizeof(struct kv));
}

static struct kv_iter *kv_iter_new(void)
{
	return calloc(1, sizeof(struct kv_iter));
}

static void kv_set_options(struct kv *kv, const struct kv_options *o)
{
	size_t gathered = o->write_bytes ? o->write_bytes : WRITE_BYTES;

	kv->options = rocksdb_options_create();
	kv->cache = rocksdb_cache_create_lru(o->cache_bytes ? o->cache_bytes
	                                                    : CACHE_BYTES);
	kv->table = rocksdb_block_based_options_create();
	rocksdb_block_based_options_set_block_cache(kv->table, kv->cache);
	rocksdb_block_based_options_set_filter_policy(
	    kv->table, rocksdb_filterpolicy_create_bloom_full(10));
	rocksdb_options_set_block_based_table_factory(kv->options, kv->table);
	rocksdb_options_set_create_if_missing(kv->options, o->may_create);
	rocksdb_options_set_create_missing_column_families(kv->options,
	                                                   o->may_create);
	rocksdb_options_set_paranoid_checks(kv->options, 1);
	rocksdb_options_set_wal_recovery_mode(
	    kv->options, rocksdb_tolerate_corrupted_tail_records_recovery);
	rocksdb_options_set_keep_log_file_num(kv->options, 2);
	rocksdb_options_set_max_open_files(kv->options, 256);
	rocksdb_options_set_atomic_flush(kv->options, 1);
	rocksdb_options_set_compression(kv->options, rocksdb_lz4_compression);
	rocksdb_options_set_level_compaction_dynamic_level_bytes(kv->options,
	                                                         1);
	rocksdb_options_set_db_write_buffer_size(kv->options, gathered);
	rocksdb_options_set_write_buffer_size(kv->options, gathered);
	rocksdb_options_set_max_total_wal_size(kv->options,
	                                       LOG_FACTOR * gathered);
	kv->reading = rocksdb_readoptions_create();
	rocksdb_readoptions_set_verify_checksums(kv->reading, 1);
	kv->synced = rocksdb_writeoptions_create();
	rocksdb_writeoptions_set_sync(kv->synced, 1);
	kv->lazy = rocksdb_writeoptions_create();
}

static char *kv_open_families(struct kv *kv, const struct kv_options *o)
{
	const char *names[KV_FAMILIES_MAX + 1] = { "default" };
	const rocksdb_options_t *options[KV_FAMILIES_MAX + 1];
	char *error = NULL;

	kv->n = o->n_families + 1;
	for (uint32_t i = 0; i < kv->n; i++) {
		options[i] = kv->options;
		if (i)
			names[i] = o->families[i - 1];
	}
	kv->db =
	    rocksdb_open_column_families(kv->options, o->path, (int)kv->n,
	                                 names, options, kv->families, &error);
	return error;
}

/* Some damage to tables makes the library abort the process before it looks
 * at their checksums.  Then these are its last words. */
static char kv_last_words[KV_WHY_MAX + 256];

static void kv_on_abort(int number)
{
	ssize_t n = write(STDERR_FILENO, kv_last_words, strlen(kv_last_words));

	(void)number;
	(void)n;
}

/* Opens the families with somebody at hand who says what an abort means. */
static char *kv_open_watched(struct kv *kv, const struct kv_options *o)
{
	struct sigaction ours = { .sa_handler = kv_on_abort }, theirs;
	char *error;
	bool is_watched = sigaction(SIGABRT, &ours, &theirs) == 0;

	(void)snprintf(kv_last_words, sizeof(kv_last_words),
	               "%s is damaged: the database library gave up on one of "
	               "its tables. Restore a copy of it, or move it away and "
	               "start again.\n",
	               o->path);
	error = kv_open_families(kv, o);
	if (is_watched)
		(void)sigaction(SIGABRT, &theirs, NULL);
	return error;
}

enum err kv_open(struct kv **ret, const struct kv_options *options,
                 char *ret_why)
{
	CHECK(options->n_families <= KV_FAMILIES_MAX);

	struct kv *kv = kv_new();
	char *error;

	if (!kv) {
		(void)snprintf(ret_why, KV_WHY_MAX, "out of memory");
		return ERR_STORE_OPEN;
	}
	kv_set_options(kv, options);
	error = kv_open_watched(kv, options);
	if (error) {
		(void)snprintf(ret_why, KV_WHY_MAX, "%s", error);
		rocksdb_free(error);
		kv->db = NULL;
		kv_close(kv);
		return ERR_STORE_OPEN;
	}
	*ret = kv;
	return ERR_OK;
}

enum err kv_open_mem(struct kv **ret, uint32_t n_families, size_t max_bytes)
{
	struct kv *kv = kv_new();

	if (!kv)
		return ERR_NO_MEMORY;
	kv->mem = kv_mem_new(n_families, max_bytes);
	kv->n = n_families + 1;
	if (!kv->mem) {
		free(kv);
		return ERR_NO_MEMORY;
	}
	*ret = kv;
	return ERR_OK;
}

void kv_close(struct kv *kv)
{
	if (!kv)
		return;
	if (kv->mem) {
		kv_mem_free(kv->mem);
		free(kv);
		return;
	}
	if (kv->db) {
		for (uint32_t i = 0; i < kv->n; i++)
			rocksdb_column_family_handle_destroy(kv->families[i]);
		rocksdb_close(kv->db);
	}
	rocksdb_writeoptions_destroy(kv->lazy);
	rocksdb_writeoptions_destroy(kv->synced);
	rocksdb_readoptions_destroy(kv->reading);
	rocksdb_block_based_options_destroy(kv->table);
	rocksdb_cache_destroy(kv->cache);
	rocksdb_options_destroy(kv->options);
	free(kv);
}

static rocksdb_column_family_handle_t *kv_family(const struct kv *kv,
                                                 uint32_t family)
{
	CHECK(family + 1 < kv->n);
	return kv->families[family + 1];
}

static enum err kv_get_mem(const struct kv *kv, struct arena *a,
                           uint32_t family, struct span key, struct span *ret,
                           bool *ret_found)
{
	struct span value;
	void *copy;

	*ret_found = kv_mem_get(kv->mem, family, key, &value);
	if (!*ret_found)
		return ERR_OK;
	copy = arena_copy(a, value.p, value.len);
	if (!copy)
		return ERR_NO_MEMORY;
	*ret = span_of(copy, value.len);
	return ERR_OK;
}

enum err kv_get(struct kv *kv, struct arena *a, uint32_t family,
                struct span key, struct span *ret, bool *ret_found)
{
	if (kv->mem)
		return kv_get_mem(kv, a, family, key, ret, ret_found);

	char *error = NULL;
	rocksdb_pinnableslice_t *pin =
	    rocksdb_get_pinned_cf(kv->db, kv->reading, kv_family(kv, family),
	                          (const char *)key.p, key.len, &error);
	enum err e = ERR_OK;

	if (kv_failed(error))
		return ERR_STORE_READ;
	*ret_found = pin != NULL;
	if (!pin)
		return ERR_OK;

	size_t len;
	const char *value = rocksdb_pinnableslice_value(pin, &len);
	void *copy = arena_copy(a, value, len);

	if (copy)
		*ret = span_of(copy, len);
	else
		e = ERR_NO_MEMORY;
	rocksdb_pinnableslice_destroy(pin);
	return e;
}

struct kv_batch *kv_batch_new(void)
{
	struct kv_batch *b = calloc(1, sizeof(*b));

	if (!b)
		return NULL;
	b->batch = rocksdb_writebatch_create();
	buf_init(&b->steps, BATCH_MAX);
	return b;
}

void kv_batch_free(struct kv_batch *b)
{
	if (!b)
		return;
	rocksdb_writebatch_destroy(b->batch);
	buf_fini(&b->steps);
	free(b);
}

void kv_batch_clear(struct kv_batch *b)
{
	rocksdb_writebatch_clear(b->batch);
	buf_reset(&b->steps);
}

void kv_batch_put(struct kv_batch *b, const struct kv *kv, uint32_t family,
                  struct span key, struct span value)
{
	if (kv->mem) {
		kv_mem_step(&b->steps, KV_MEM_PUT, family, key, value);
		return;
	}
	rocksdb_writebatch_put_cf(b->batch, kv_family(kv, family),
	                          (const char *)key.p, key.len,
	                          (const char *)value.p, value.len);
}

void kv_batch_del(struct kv_batch *b, const struct kv *kv, uint32_t family,
                  struct span key)
{
	if (kv->mem) {
		kv_mem_step(&b->steps, KV_MEM_DEL, family, key,
		            span_of(NULL, 0));
		return;
	}
	rocksdb_writebatch_delete_cf(b->batch, kv_family(kv, family),
	                             (const char *)key.p, key.len);
}

void kv_batch_del_range(struct kv_batch *b, const struct kv *kv,
                        uint32_t family, struct span from, struct span to)
{
	if (kv->mem) {
		kv_mem_step(&b->steps, KV_MEM_DEL_RANGE, family, from, to);
		return;
	}
	rocksdb_writebatch_delete_range_cf(b->batch, kv_family(kv, family),
	                                   (const char *)from.p, from.len,
	                                   (const char *)to.p, to.len);
}

enum err kv_write(struct kv *kv, struct kv_batch *b, bool is_synced)
{
	char *error = NULL;

	if (kv->mem) {
		TRY(buf_err(&b->steps));
		return kv_mem_write(kv->mem, buf_span(&b->steps));
	}
	rocksdb_write(kv->db, is_synced ? kv->synced : kv->lazy, b->batch,
	              &error);
	return kv_failed(error) ? ERR_STORE_WRITE : ERR_OK;
}

enum err kv_check(struct kv *kv)
{
	uint64_t failures = 0;

	if (kv->mem)
		return ERR_OK;
	if (rocksdb_property_int(kv->db, "rocksdb.background-errors",
	                         &failures) != 0)
		return ERR_STORE_READ;
	return failures ? ERR_STORE_WRITE : ERR_OK;
}

enum err kv_flush(struct kv *kv)
{
	rocksdb_flushoptions_t *o;
	bool failed = false;

	if (kv->mem)
		return ERR_OK;
	o = rocksdb_flushoptions_create();
	for (uint32_t i = 0; i < kv->n && !failed; i++) {
		char *error = NULL;

		rocksdb_flush_cf(kv->db, o, kv->families[i], &error);
		failed = kv_failed(error);
	}
	rocksdb_flushoptions_destroy(o);
	return failed ? ERR_STORE_WRITE : ERR_OK;
}

void kv_compact(struct kv *kv, uint32_t family)
{
	if (!kv->mem)
		rocksdb_compact_range_cf(kv->db, kv_family(kv, family), NULL, 0,
		                         NULL, 0);
}

struct kv_size kv_size(struct kv *kv, uint32_t family)
{
	struct kv_size size = { 0 };

	if (kv->mem)
		return (struct kv_size){ kv_mem_count(kv->mem, family),
			                 kv_mem_bytes(kv->mem, family) };

	rocksdb_column_family_handle_t *f = kv_family(kv, family);

	(void)rocksdb_property_int_cf(kv->db, f, "rocksdb.estimate-num-keys",
	                              &size.keys);
	(void)rocksdb_property_int_cf(kv->db, f, "rocksdb.total-sst-files-size",
	                              &size.bytes);
	return size;
}

static struct kv_iter *kv_iter_open_mem(struct kv_iter *it, const struct kv *kv,
                                        uint32_t family, struct span from)
{
	it->mem = kv->mem;
	it->family = family;
	buf_init(&it->at, UINT32_MAX);
	buf_add_span(&it->at, from);
	if (buf_err(&it->at) == ERR_OK)
		return it;
	kv_iter_close(it);
	return NULL;
}

struct kv_iter *kv_iter_open(struct kv *kv, uint32_t family, struct span from)
{
	struct kv_iter *it = kv_iter_new();

	if (!it)
		return NULL;
	it->is_fresh = true;
	if (kv->mem)
		return kv_iter_open_mem(it, kv, family, from);
	it->it = rocksdb_create_iterator_cf(kv->db, kv->reading,
	                                    kv_family(kv, family));
	rocksdb_iter_seek(it->it, (const char *)from.p, from.len);
	return it;
}

void kv_iter_close(struct kv_iter *it)
{
	if (!it)
		return;
	if (it->mem)
		buf_fini(&it->at);
	else
		rocksdb_iter_destroy(it->it);
	free(it);
}

static enum err kv_iter_next_mem(struct kv_iter *it, struct span *ret_key,
                                 struct span *ret_value, bool *ret_found)
{
	*ret_found = kv_mem_seek(it->mem, it->family, buf_span(&it->at),
	                         !it->is_fresh, ret_key, ret_value);
	it->is_fresh = false;
	if (!*ret_found)
		return ERR_OK;
	buf_reset(&it->at);
	buf_add_span(&it->at, *ret_key);
	return buf_err(&it->at);
}

enum err kv_iter_next(struct kv_iter *it, struct span *ret_key,
                      struct span *ret_value, bool *ret_found)
{
	char *error = NULL;
	size_t key_len, value_len;

	if (it->mem)
		return kv_iter_next_mem(it, ret_key, ret_value, ret_found);
	if (!it->is_fresh && rocksdb_iter_valid(it->it))
		rocksdb_iter_next(it->it);
	it->is_fresh = false;
	*ret_found = rocksdb_iter_valid(it->it);
	if (!*ret_found) {
		rocksdb_iter_get_error(it->it, &error);
		return kv_failed(error) ? ERR_STORE_READ : ERR_OK;
	}

	const char *key = rocksdb_iter_key(it->it, &key_len);
	const char *value = rocksdb_iter_value(it->it, &value_len);

	*ret_key = span_of(key, key_len);
	*ret_value = span_of(value, value_len);
	return ERR_OK;
}
