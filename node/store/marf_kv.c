/* node/store/marf_kv.c - Tries in the database; contract in marf_kv.h. */
#include "config.h"

#include "node/store/marf_kv.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/node_cache.h"

#define BLOCK_VERSION 1u
#define BLOCKS_BYTES_MAX ((size_t)4 << 30)
#define CACHE_BYTES ((size_t)8 << 20)

/* Nodes of one entry: the places where they end fit 16 bits. */
#define CHUNK_VERSION 1u
#define CHUNK_NODES 16u
#define CHUNK_HEAD 2u
#define CHUNK_MAX (CHUNK_HEAD + CHUNK_NODES * (2u + TRIE_RECORD_MAX))
_Static_assert(CHUNK_NODES *TRIE_RECORD_MAX <= UINT16_MAX, "ends fit 16 bits");

struct marf_kv {
	struct marf_backend backend;
	struct marf_kv_options options;
	struct kv *kv;          /* borrowed */
	struct kv_batch *batch; /* borrowed; of the commit under way */
	struct buf blocks;      /* struct marf_block, by number */
	struct buf scratch;
	struct buf chunk;     /* what is written */
	struct arena reading; /* the chunk that was read last */
	struct node_cache cache;
};

static const struct marf_block *marf_kv_at(const struct marf_kv *m,
                                           uint32_t number)
{
	const struct marf_block *all = (const void *)m->blocks.p;

	return number < marf_kv_count(m) ? &all[number] : NULL;
}

/* Finds record `at` in a chunk. */
static enum err marf_kv_pick(struct span chunk, uint32_t at, struct span *ret)
{
	const uint8_t *ends = chunk.p + CHUNK_HEAD;
	uint32_t n, from, to;

	if (chunk.len < CHUNK_HEAD || chunk.p[0] != CHUNK_VERSION)
		return ERR_STORE_CORRUPT;
	n = chunk.p[1];
	if (at >= n || chunk.len < CHUNK_HEAD + 2 * n)
		return ERR_STORE_CORRUPT;
	from = at ? be16_read(ends + 2 * (at - 1)) : 0;
	to = be16_read(ends + 2 * at);
	if (from > to || to > chunk.len - CHUNK_HEAD - 2 * n)
		return ERR_STORE_CORRUPT;
	*ret = span_of(ends + 2 * n + from, to - from);
	return ERR_OK;
}

static enum err marf_kv_node(void *ctx, struct arena *a, uint32_t block,
                             uint32_t index, struct span *ret)
{
	struct marf_kv *m = ctx;
	uint8_t key[8];
	struct span chunk;
	bool found;

	(void)a;
	if (node_cache_get(&m->cache, block, index, ret))
		return ERR_OK;
	be32_write(key, block);
	be32_write(key + 4, index / CHUNK_NODES);
	arena_reset(&m->reading);
	TRY(kv_get(m->kv, &m->reading, m->options.family_nodes,
	           span_of(key, sizeof(key)), &chunk, &found));
	if (!found)
		return ERR_STORE_CORRUPT;
	TRY(marf_kv_pick(chunk, index % CHUNK_NODES, ret));
	node_cache_put(&m->cache, block, index, *ret);
	return ERR_OK;
}

static enum err marf_kv_block_id(void *ctx, uint32_t block, uint8_t *ret)
{
	const struct marf_block *b = marf_kv_at(ctx, block);

	if (!b)
		return ERR_STORE_CORRUPT;
	memcpy(ret, b->id, TRIE_HASH_LEN);
	return ERR_OK;
}

static enum err marf_kv_block(void *ctx, uint32_t number,
                              struct marf_block *ret)
{
	const struct marf_block *b = marf_kv_at(ctx, number);

	if (!b)
		return ERR_STORE_CORRUPT;
	*ret = *b;
	return ERR_OK;
}

static enum err marf_kv_put_block(struct marf_kv *m, uint32_t number,
                                  const struct marf_block *b)
{
	uint8_t key[4];

	be32_write(key, number);
	buf_reset(&m->scratch);
	buf_add_u8(&m->scratch, BLOCK_VERSION);
	buf_add(&m->scratch, b->id, TRIE_HASH_LEN);
	buf_add(&m->scratch, b->root, TRIE_HASH_LEN);
	buf_add_be32(&m->scratch, b->height);
	buf_add_be32(&m->scratch, b->n_skips);
	for (uint32_t i = 0; i < b->n_skips; i++)
		buf_add_be32(&m->scratch, b->skips[i]);
	TRY(buf_err(&m->scratch));
	kv_batch_put(m->batch, m->kv, m->options.family_blocks,
	             span_of(key, sizeof(key)), buf_span(&m->scratch));
	return ERR_OK;
}

/* Writes the records of nodes `from` and on, at most a chunk of them. */
static enum err marf_kv_put_chunk(struct marf_kv *m, uint32_t number,
                                  const struct trie *trie, uint32_t from)
{
	uint32_t left = trie->n - from;
	uint32_t n = left < CHUNK_NODES ? left : CHUNK_NODES;
	uint8_t key[8];

	buf_reset(&m->chunk);
	buf_reset(&m->scratch);
	buf_add_u8(&m->chunk, CHUNK_VERSION);
	buf_add_u8(&m->chunk, (uint8_t)n);
	for (uint32_t i = 0; i < n; i++) {
		size_t at = m->scratch.len;

		trie_node_write(trie->nodes[from + i], &m->scratch);
		buf_add_be16(&m->chunk, (uint16_t)m->scratch.len);
		TRY(buf_err(&m->scratch));
		/* Leaves are replaced, not read: see trie_update. */
		if (trie->nodes[from + i]->kind != TRIE_LEAF)
			node_cache_put(
			    &m->cache, number, from + i,
			    span_of(m->scratch.p + at, m->scratch.len - at));
	}
	buf_add_span(&m->chunk, buf_span(&m->scratch));
	TRY(buf_err(&m->chunk));
	be32_write(key, number);
	be32_write(key + 4, from / CHUNK_NODES);
	kv_batch_put(m->batch, m->kv, m->options.family_nodes,
	             span_of(key, sizeof(key)), buf_span(&m->chunk));
	return ERR_OK;
}

static enum err marf_kv_commit(void *ctx, const struct marf_block *block,
                               const struct trie *trie, uint32_t *ret)
{
	struct marf_kv *m = ctx;
	uint32_t number = marf_kv_count(m);

	CHECK(m->batch);
	for (uint32_t i = 0; i < trie->n; i += CHUNK_NODES)
		TRY(marf_kv_put_chunk(m, number, trie, i));
	TRY(marf_kv_put_block(m, number, block));
	if (buf_add(&m->blocks, block, sizeof(*block)) != ERR_OK) {
		buf_reset(&m->scratch);
		return ERR_NO_MEMORY;
	}
	*ret = number;
	return ERR_OK;
}

static enum err marf_kv_parse_block(struct span record, struct marf_block *b)
{
	struct cursor c = cursor_of(record);
	uint8_t version;

	*b = (struct marf_block){ 0 };
	TRY(cursor_u8(&c, &version));
	if (version != BLOCK_VERSION)
		return ERR_STORE_CORRUPT;
	TRY(cursor_copy(&c, b->id, TRIE_HASH_LEN));
	TRY(cursor_copy(&c, b->root, TRIE_HASH_LEN));
	TRY(cursor_be32(&c, &b->height));
	TRY(cursor_be32(&c, &b->n_skips));
	if (b->n_skips > MARF_SKIPS)
		return ERR_STORE_CORRUPT;
	for (uint32_t i = 0; i < b->n_skips; i++)
		TRY(cursor_be32(&c, &b->skips[i]));
	return cursor_done(&c);
}

/* Numbers must run from 0 without a gap. */
static enum err marf_kv_add_loaded(struct marf_kv *m, struct span key,
                                   struct span value)
{
	struct marf_block b;

	if (key.len == 1)
		return ERR_OK;
	if (key.len != 4 || be32_read(key.p) != marf_kv_count(m) ||
	    marf_kv_parse_block(value, &b) != ERR_OK)
		return ERR_STORE_CORRUPT;
	return buf_add(&m->blocks, &b, sizeof(b)) == ERR_OK ? ERR_OK
	                                                    : ERR_NO_MEMORY;
}

static enum err marf_kv_load(struct marf_kv *m)
{
	struct kv_iter *it =
	    kv_iter_open(m->kv, m->options.family_blocks, span_of(NULL, 0));
	enum err e = ERR_OK;

	if (!it)
		return ERR_NO_MEMORY;
	while (e == ERR_OK) {
		struct span key, value;
		bool found;

		e = kv_iter_next(it, &key, &value, &found);
		if (e != ERR_OK || !found)
			break;
		e = marf_kv_add_loaded(m, key, value);
	}
	kv_iter_close(it);
	return e;
}

static struct marf_kv *marf_kv_new(void)
{
	return calloc(1, sizeof(struct marf_kv));
}

enum err marf_kv_open(struct marf_kv **ret, struct kv *kv,
                      const struct marf_kv_options *options)
{
	struct marf_kv *m = marf_kv_new();
	enum err e;

	if (!m)
		return ERR_NO_MEMORY;
	m->kv = kv;
	m->options = *options;
	buf_init(&m->blocks, BLOCKS_BYTES_MAX);
	buf_init(&m->scratch, CHUNK_MAX);
	buf_init(&m->chunk, CHUNK_MAX);
	arena_init(&m->reading, 2 * CHUNK_MAX);
	node_cache_init(&m->cache, options->cache_bytes ? options->cache_bytes
	                                                : CACHE_BYTES);
	m->backend = (struct marf_backend){
		.source = { .ctx = m,
		            .node = marf_kv_node,
		            .block_id = marf_kv_block_id },
		.block = marf_kv_block,
		.commit = marf_kv_commit,
	};
	e = marf_kv_load(m);
	if (e != ERR_OK) {
		marf_kv_close(m);
		return e;
	}
	*ret = m;
	return ERR_OK;
}

void marf_kv_close(struct marf_kv *m)
{
	if (!m)
		return;
	buf_fini(&m->blocks);
	buf_fini(&m->scratch);
	buf_fini(&m->chunk);
	arena_fini(&m->reading);
	node_cache_fini(&m->cache);
	free(m);
}

const struct marf_backend *marf_kv_backend(struct marf_kv *m)
{
	return &m->backend;
}

void marf_kv_use_batch(struct marf_kv *m, struct kv_batch *batch)
{
	m->batch = batch;
}

void marf_kv_forget(struct marf_kv *m, uint32_t n)
{
	if (n > marf_kv_count(m))
		return;
	m->blocks.len = n * sizeof(struct marf_block);
	/* Their numbers are given again. */
	node_cache_reset(&m->cache);
}

void marf_kv_cut(struct marf_kv *m, uint32_t n)
{
	static const uint8_t last[8] = { 0xff, 0xff, 0xff, 0xff,
		                         0xff, 0xff, 0xff, 0xff };
	uint8_t first[8] = { 0 };

	CHECK(m->batch);
	be32_write(first, n);
	kv_batch_del_range(m->batch, m->kv, m->options.family_nodes,
	                   span_of(first, 8), span_of(last, 8));
	kv_batch_del_range(m->batch, m->kv, m->options.family_blocks,
	                   span_of(first, 4), span_of(last, 4));
	marf_kv_forget(m, n);
}

uint32_t marf_kv_count(const struct marf_kv *m)
{
	return (uint32_t)(m->blocks.len / sizeof(struct marf_block));
}
