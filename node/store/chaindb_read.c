/* node/store/chaindb_read.c - Reading what blocks left; contract in
 * chaindb.h. */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/chaindb_core.h"

struct chaindb_held *chaindb_held(const struct chaindb *db, uint32_t *ret_n)
{
	*ret_n = (uint32_t)(db->held.len / sizeof(struct chaindb_held));
	return (void *)db->held.p;
}

uint32_t chaindb_count(const struct chaindb *db)
{
	return marf_kv_count(db->forest);
}

uint32_t chaindb_tip(const struct chaindb *db)
{
	return db->now.tip;
}

uint32_t chaindb_at(const struct chaindb *db)
{
	uint32_t n;
	const struct chaindb_held *held = chaindb_held(db, &n);

	return n ? held[n - 1].number : db->now.settled;
}

uint32_t chaindb_settled(const struct chaindb *db)
{
	return db->now.settled;
}

struct vmstore *chaindb_vmstore(struct chaindb *db)
{
	return &db->vm;
}

const struct marf_backend *chaindb_forest(struct chaindb *db)
{
	return marf_kv_backend(db->forest);
}

struct marf_block chaindb_marf_block(const struct chaindb *db, uint32_t number)
{
	const struct marf_backend *b = marf_kv_backend(db->forest);
	struct marf_block block;

	CHECK(b->block(b->source.ctx, number, &block) == ERR_OK);
	return block;
}

uint32_t chaindb_parent(const struct chaindb *db, uint32_t number)
{
	struct marf_block b = chaindb_marf_block(db, number);

	return b.n_skips ? b.skips[0] : CHAINDB_NONE;
}

/* Climbs from a block to its ancestor at a height that it has. */
static uint32_t chaindb_climb(const struct chaindb *db, uint32_t number,
                              uint32_t height)
{
	struct marf_block b = chaindb_marf_block(db, number);

	while (b.height > height) {
		uint32_t step = b.height - height, i = 0;

		while (i + 1 < b.n_skips && step >> (i + 1))
			i++;
		number = b.skips[i];
		b = chaindb_marf_block(db, number);
	}
	return number;
}

bool chaindb_is_above(const struct chaindb *db, uint32_t above, uint32_t number)
{
	if (above == CHAINDB_NONE || above == number)
		return true;
	if (number == CHAINDB_NONE)
		return false;

	uint32_t height = chaindb_marf_block(db, above).height;

	return height < chaindb_marf_block(db, number).height &&
	       chaindb_climb(db, number, height) == above;
}

enum err chaindb_read(struct chaindb *db, struct arena *a,
                      enum chaindb_family family, struct span key,
                      struct span *ret, bool *found)
{
	struct span record;

	TRY(kv_get(db->kv, a, family, key, &record, found));
	if (!*found)
		return ERR_OK;
	if (record.len == 0 || record.p[0] != CHAINDB_RECORD_VERSION)
		return ERR_STORE_CORRUPT;
	*ret = span_of(record.p + 1, record.len - 1);
	return ERR_OK;
}

static enum err chaindb_parse_head(struct span record, struct chaindb_head *ret)
{
	struct cursor c = cursor_of(record);
	struct chaindb_block *b = &ret->block;
	uint32_t header_len;

	TRY(cursor_be32(&c, &b->parent));
	TRY(cursor_be32(&c, &b->height));
	TRY(cursor_be32(&c, &b->n_receipts));
	TRY(cursor_be32(&c, &ret->n_changes));
	TRY(cursor_copy(&c, b->id, TRIE_HASH_LEN));
	TRY(cursor_copy(&c, b->root, TRIE_HASH_LEN));
	TRY(cursor_be32(&c, &header_len));
	b->header.len = header_len;
	TRY(cursor_read(&c, header_len, &b->header.p));
	b->facts = span_of(c.at, cursor_left(&c));
	return ERR_OK;
}

enum err chaindb_read_head(struct chaindb *db, struct arena *a, uint32_t number,
                           struct chaindb_head *ret)
{
	struct span record;
	uint8_t key[4];
	bool found;

	if (number >= chaindb_count(db))
		return ERR_STORE_NO_BLOCK;
	be32_write(key, number);
	TRY(chaindb_read(db, a, CHAINDB_HEAD, span_of(key, sizeof(key)),
	                 &record, &found));
	*ret = (struct chaindb_head){ .block = { .number = number } };
	/* Every number has a record, and it says what the forest says. */
	if (!found || chaindb_parse_head(record, ret) != ERR_OK ||
	    ret->block.parent != chaindb_parent(db, number))
		return ERR_STORE_CORRUPT;
	return ERR_OK;
}

enum err chaindb_get(struct chaindb *db, struct arena *a, uint32_t number,
                     struct chaindb_block *ret)
{
	struct chaindb_head head;

	TRY(chaindb_read_head(db, a, number, &head));
	*ret = head.block;
	return ERR_OK;
}

enum err chaindb_find(struct chaindb *db, const uint8_t id[TRIE_HASH_LEN],
                      uint32_t *ret)
{
	struct arena_mark mark = arena_mark(&db->work);
	struct span record;
	bool found;
	enum err e = chaindb_read(db, &db->work, CHAINDB_ID,
	                          span_of(id, TRIE_HASH_LEN), &record, &found);

	if (e == ERR_OK && !found)
		e = ERR_STORE_NO_BLOCK;
	if (e == ERR_OK && record.len != 4)
		e = ERR_STORE_CORRUPT;
	if (e == ERR_OK) {
		*ret = be32_read(record.p);
		if (*ret >= chaindb_count(db))
			e = ERR_STORE_CORRUPT;
	}
	arena_cut(&db->work, mark);
	return e;
}

enum err chaindb_ancestor(struct chaindb *db, uint32_t from, uint32_t height,
                          uint32_t *ret)
{
	if (from >= chaindb_count(db) ||
	    height > chaindb_marf_block(db, from).height)
		return ERR_STORE_NO_BLOCK;
	*ret = chaindb_climb(db, from, height);
	return ERR_OK;
}

enum err chaindb_bytes(struct chaindb *db, struct arena *a, uint32_t number,
                       struct span *ret)
{
	uint8_t key[4];
	bool found;

	be32_write(key, number);
	TRY(chaindb_read(db, a, CHAINDB_BLOCK, span_of(key, sizeof(key)), ret,
	                 &found));
	return found ? ERR_OK : ERR_STORE_NO_BLOCK;
}

enum err chaindb_receipt(struct chaindb *db, struct arena *a, uint32_t number,
                         uint32_t index, struct receipt *ret)
{
	struct span record;
	uint8_t key[8];
	bool found;

	be32_write(key, number);
	be32_write(key + 4, index);
	TRY(kv_get(db->kv, a, CHAINDB_RECEIPT, span_of(key, sizeof(key)),
	           &record, &found));
	return found ? receipt_read(a, ret, record) : ERR_STORE_NO_BLOCK;
}

/* Whether a key that begins like the id belongs to it, on the tip's branch. */
static enum err chaindb_try_tx(struct chaindb *db, const uint8_t *txid,
                               uint32_t number, uint32_t index, bool *found)
{
	struct arena_mark mark = arena_mark(&db->work);
	struct receipt r;
	enum err e = ERR_OK;

	*found = false;
	if (number >= chaindb_count(db))
		return ERR_STORE_CORRUPT;
	if (!chaindb_is_above(db, number, db->now.tip))
		return ERR_OK;
	e = chaindb_receipt(db, &db->work, number, index, &r);
	if (e == ERR_OK)
		*found = memcmp(r.id, txid, RECEIPT_ID_LEN) == 0;
	arena_cut(&db->work, mark);
	return e == ERR_STORE_NO_BLOCK ? ERR_STORE_CORRUPT : e;
}

static enum err chaindb_walk_tx(struct chaindb *db, struct kv_iter *it,
                                const uint8_t *txid, uint32_t *ret_number,
                                uint32_t *ret_index)
{
	for (;;) {
		struct span key, value;
		bool found;

		TRY(kv_iter_next(it, &key, &value, &found));
		if (!found || key.len != CHAINDB_TX_PREFIX + 8 ||
		    memcmp(key.p, txid, CHAINDB_TX_PREFIX) != 0)
			return ERR_STORE_NO_BLOCK;
		*ret_number = be32_read(key.p + CHAINDB_TX_PREFIX);
		*ret_index = be32_read(key.p + CHAINDB_TX_PREFIX + 4);
		TRY(chaindb_try_tx(db, txid, *ret_number, *ret_index, &found));
		if (found)
			return ERR_OK;
	}
}

enum err chaindb_find_tx(struct chaindb *db, const uint8_t txid[RECEIPT_ID_LEN],
                         uint32_t *ret_number, uint32_t *ret_index)
{
	struct kv_iter *it =
	    kv_iter_open(db->kv, CHAINDB_TX, span_of(txid, CHAINDB_TX_PREFIX));
	enum err e;

	if (!it)
		return ERR_NO_MEMORY;
	e = chaindb_walk_tx(db, it, txid, ret_number, ret_index);
	kv_iter_close(it);
	return e;
}

enum err chaindb_own(struct chaindb *db, struct arena *a, struct span key,
                     struct span *ret, bool *found)
{
	return chaindb_read(db, a, CHAINDB_OWN, key, ret, found);
}

enum err chaindb_check(struct chaindb *db)
{
	return db->is_broken ? ERR_STORE_WRITE : kv_check(db->kv);
}
