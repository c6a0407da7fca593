/* node/store/marf_kv.c - Tries in the database; contract in marf_kv.h. */
#include "config.h"

#include "node/store/marf_kv.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/base/num.h"

#define BLOCK_VERSION 1u
#define BLOCKS_BYTES_MAX ((size_t)4 << 30)

struct marf_kv {
	struct marf_backend backend;
	struct marf_kv_options options;
	struct kv *kv;          /* borrowed */
	struct kv_batch *batch; /* borrowed; of the commit under way */
	struct buf blocks;      /* struct marf_block, by number */
	struct buf scratch;
};

static const struct marf_block *marf_kv_at(const struct marf_kv *m,
                                           uint32_t number)
{
	const struct marf_block *all = (const void *)m->blocks.p;

	return number < marf_kv_count(m) ? &all[number] : NULL;
}

static enum err marf_kv_node(void *ctx, struct arena *a, uint32_t block,
                             uint32_t index, struct span *ret)
{
	struct marf_kv *m = ctx;
	uint8_t key[8];
	bool found;

	be32_write(key, block);
	be32_write(key + 4, index);
	TRY(kv_get(m->kv, a, m->options.family_nodes, span_of(key, sizeof(key)),
	           ret, &found));
	return found ? ERR_OK : ERR_STORE_CORRUPT;
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

static enum err marf_kv_put_nodes(struct marf_kv *m, uint32_t number,
                                  const struct trie *trie)
{
	uint8_t key[8];

	be32_write(key, number);
	for (uint32_t i = 0; i < trie->n; i++) {
		buf_reset(&m->scratch);
		trie_node_write(trie->nodes[i], &m->scratch);
		TRY(buf_err(&m->scratch));
		be32_write(key + 4, i);
		kv_batch_put(m->batch, m->kv, m->options.family_nodes,
		             span_of(key, sizeof(key)), buf_span(&m->scratch));
	}
	return ERR_OK;
}

static enum err marf_kv_commit(void *ctx, const struct marf_block *block,
                               const struct trie *trie, uint32_t *ret)
{
	struct marf_kv *m = ctx;
	uint32_t number = marf_kv_count(m);

	CHECK(m->batch);
	TRY(marf_kv_put_nodes(m, number, trie));
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
	buf_init(&m->scratch, TRIE_RECORD_MAX);
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
	if (n < marf_kv_count(m))
		m->blocks.len = n * sizeof(struct marf_block);
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
