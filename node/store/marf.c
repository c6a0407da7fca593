/* node/store/marf.c - Tries of all blocks; contract in marf.h. */
#include "config.h"

#include "node/store/marf.h"

#include <stdio.h>
#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/crypto/hash.h"

/* The longest of the keys below, with a hex id behind it. */
#define KEY_MAX 128u

void marf_path(uint8_t ret[TRIE_PATH_LEN], struct span key)
{
	hash_sha512_256(ret, key.p, key.len);
}

void marf_data(uint8_t ret[TRIE_DATA_LEN], struct span value)
{
	memset(ret + TRIE_HASH_LEN, 0, TRIE_DATA_LEN - TRIE_HASH_LEN);
	hash_sha512_256(ret, value.p, value.len);
}

static enum err marf_put_data(struct marf *m, const char *key,
                              const uint8_t *data)
{
	uint8_t path[TRIE_PATH_LEN];

	marf_path(path, span_str(key));
	return trie_insert(&m->trie, path, data);
}

/* Heights are the one kind of leaf that is not a hash: little-endian, padded.
 */
static enum err marf_put_height(struct marf *m, const char *key,
                                uint32_t height)
{
	uint8_t data[TRIE_DATA_LEN] = { 0 };

	le32_write(data, height);
	return marf_put_data(m, key, data);
}

static enum err marf_put_pair(struct marf *m, uint32_t height,
                              const uint8_t id[TRIE_HASH_LEN])
{
	uint8_t data[TRIE_DATA_LEN] = { 0 };
	char key[KEY_MAX];
	size_t at;

	memcpy(data, id, TRIE_HASH_LEN);
	(void)snprintf(key, sizeof(key), "__MARF_BLOCK_HEIGHT_TO_HASH::%u",
	               height);
	TRY(marf_put_data(m, key, data));

	at =
	    (size_t)snprintf(key, sizeof(key), "__MARF_BLOCK_HASH_TO_HEIGHT::");
	for (uint32_t i = 0; i < TRIE_HASH_LEN; i++)
		at +=
		    (size_t)snprintf(key + at, sizeof(key) - at, "%02x", id[i]);
	return marf_put_height(m, key, height);
}

/* Finds the ancestors 1, 2, 4 … below: each is reached from the one before. */
static enum err marf_find_skips(struct marf *m, uint32_t parent)
{
	uint32_t at = parent;

	for (uint32_t i = 0; i < MARF_SKIPS; i++) {
		struct marf_block b;

		m->block.skips[i] = at;
		m->block.n_skips = i + 1;
		TRY(m->backend->block(m->backend->source.ctx, at, &b));
		if (i >= b.n_skips)
			break;
		at = b.skips[i];
	}
	return ERR_OK;
}

static enum err marf_put_ancestry(struct marf *m, uint32_t parent,
                                  const uint8_t *open_id)
{
	struct marf_block above;

	TRY(marf_put_height(m, "__MARF_BLOCK_HEIGHT_SELF", m->block.height));
	TRY(marf_put_pair(m, m->block.height, open_id));
	if (parent == TRIE_NO_BLOCK)
		return ERR_OK;
	TRY(m->backend->block(m->backend->source.ctx, parent, &above));
	return marf_put_pair(m, above.height, above.id);
}

enum err marf_begin(struct marf *m, struct arena *a,
                    const struct marf_backend *backend, uint32_t parent,
                    const uint8_t open_id[TRIE_HASH_LEN])
{
	*m = (struct marf){ .arena = a, .backend = backend };
	TRY(trie_begin(&m->trie, a, &backend->source, parent));
	if (parent != TRIE_NO_BLOCK) {
		struct marf_block above;

		TRY(backend->block(backend->source.ctx, parent, &above));
		CHECK(above.height < UINT32_MAX);
		m->block.height = above.height + 1;
		TRY(marf_find_skips(m, parent));
	}
	return marf_put_ancestry(m, parent, open_id);
}

enum err marf_put(struct marf *m, struct span key, struct span value)
{
	uint8_t path[TRIE_PATH_LEN];
	uint8_t data[TRIE_DATA_LEN];

	m->is_sealed = false;
	marf_path(path, key);
	marf_data(data, value);
	return trie_insert(&m->trie, path, data);
}

enum err marf_update(struct marf *m, struct span key, struct span value)
{
	uint8_t path[TRIE_PATH_LEN];
	uint8_t data[TRIE_DATA_LEN];

	m->is_sealed = false;
	marf_path(path, key);
	marf_data(data, value);
	return trie_update(&m->trie, path, data);
}

/* Joins the root node's hash with those of the ancestors. */
static enum err marf_root(const struct marf_backend *backend,
                          const struct marf_block *block,
                          const uint8_t node[TRIE_HASH_LEN],
                          uint8_t ret[TRIE_HASH_LEN])
{
	uint8_t roots[MARF_SKIPS][TRIE_HASH_LEN];

	for (uint32_t i = 0; i < block->n_skips; i++) {
		struct marf_block b;

		TRY(backend->block(backend->source.ctx, block->skips[i], &b));
		memcpy(roots[i], b.root, TRIE_HASH_LEN);
	}
	trie_root_hash(ret, node, (const uint8_t(*)[TRIE_HASH_LEN])roots,
	               block->n_skips);
	return ERR_OK;
}

enum err marf_seal(struct marf *m, uint8_t ret[TRIE_HASH_LEN])
{
	uint8_t node[TRIE_HASH_LEN];

	TRY(trie_seal(&m->trie, node));
	TRY(marf_root(m->backend, &m->block, node, m->block.root));
	memcpy(ret, m->block.root, TRIE_HASH_LEN);
	m->is_sealed = true;
	return ERR_OK;
}

enum err marf_verify(struct arena *a, const struct marf_backend *backend,
                     uint32_t number)
{
	uint8_t node[TRIE_HASH_LEN], root[TRIE_HASH_LEN];
	struct marf_block b;

	TRY(backend->block(backend->source.ctx, number, &b));
	TRY(trie_verify(a, &backend->source, number, node));
	TRY(marf_root(backend, &b, node, root));
	return memcmp(root, b.root, TRIE_HASH_LEN) ? ERR_STORE_CORRUPT : ERR_OK;
}

enum err marf_commit(struct marf *m, const uint8_t id[TRIE_HASH_LEN],
                     uint32_t *ret)
{
	CHECK(m->is_sealed);
	memcpy(m->block.id, id, TRIE_HASH_LEN);
	return m->backend->commit(m->backend->source.ctx, &m->block, &m->trie,
	                          ret);
}
