/* node/store/chaindb_verify.c - Computing all again; contract in
 * chaindb_verify.h. */
#include "config.h"

#include "node/store/chaindb_verify.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/store/chaindb_core.h"

#define SPELLED_MAX ((size_t)64 << 20)

/* Whether a leaf's data is the hash of the value, as text or as hex. */
static bool chaindb_verify_data(const uint8_t data[TRIE_DATA_LEN],
                                struct span value, struct buf *hex)
{
	uint8_t made[TRIE_DATA_LEN];

	marf_data(made, value);
	if (memcmp(made, data, TRIE_DATA_LEN) == 0)
		return true;
	buf_reset(hex);
	if (buf_add_hex(hex, value.p, value.len) != ERR_OK)
		return false;
	marf_data(made, buf_span(hex));
	return memcmp(made, data, TRIE_DATA_LEN) == 0;
}

/* Asks the tip's trie for one key. */
static enum err chaindb_verify_key(struct chaindb *db, struct span key,
                                   struct span value, struct buf *text,
                                   bool *ret)
{
	const struct marf_backend *forest = marf_kv_backend(db->forest);
	uint8_t path[TRIE_PATH_LEN], data[TRIE_DATA_LEN];
	struct store_key name;
	bool found;

	*ret = true;
	if (!vmstore_parse_key(key, &name))
		return ERR_OK;
	buf_reset(text);
	TRY(store_spell(text, &name));
	marf_path(path, buf_span(text));
	TRY(trie_get_sealed(&db->work, &forest->source, db->now.tip, path, data,
	                    &found));
	*ret = found && chaindb_verify_data(data, value, text);
	return ERR_OK;
}

static enum err chaindb_verify_keys(struct chaindb *db, struct buf *text,
                                    struct chaindb_report *ret)
{
	struct arena_mark mark = arena_mark(&db->work);
	struct span key, value;
	uint32_t place = 0;

	while (state_next(db->state, &place, &key, &value)) {
		bool is_right;

		ret->n_keys++;
		TRY(chaindb_verify_key(db, key, value, text, &is_right));
		arena_cut(&db->work, mark);
		if (is_right)
			ret->n_keys_right++;
	}
	return ret->n_keys == ret->n_keys_right ? ERR_OK : ERR_STORE_CORRUPT;
}

static enum err chaindb_verify_block(struct chaindb *db, uint32_t number,
                                     struct chaindb_report *ret)
{
	struct chaindb_head head;
	struct marf_block b = chaindb_marf_block(db, number);
	struct span bytes;
	uint32_t found;

	TRY(marf_verify(&db->work, marf_kv_backend(db->forest), number));
	TRY(chaindb_read_head(db, &db->work, number, &head));
	TRY(chaindb_bytes(db, &db->work, number, &bytes));
	TRY(chaindb_find(db, b.id, &found));
	if (found != number ||
	    memcmp(head.block.id, b.id, TRIE_HASH_LEN) != 0 ||
	    memcmp(head.block.root, b.root, TRIE_HASH_LEN) != 0)
		return ERR_STORE_CORRUPT;
	for (uint32_t i = 0; i < head.block.n_receipts; i++) {
		struct receipt r;

		TRY(chaindb_receipt(db, &db->work, number, i, &r));
		ret->n_receipts++;
	}
	ret->n_blocks++;
	return ERR_OK;
}

static enum err chaindb_verify_blocks(struct chaindb *db, uint32_t from,
                                      struct chaindb_report *ret)
{
	uint32_t height = chaindb_marf_block(db, db->now.tip).height;

	for (uint32_t h = from; h <= height; h++) {
		struct arena_mark mark = arena_mark(&db->work);
		enum err e;

		TRY(chaindb_ancestor(db, db->now.tip, h, &ret->bad_block));
		e = chaindb_verify_block(db, ret->bad_block, ret);
		arena_cut(&db->work, mark);
		if (e != ERR_OK)
			return err_class(e) == ERR_CLASS_VERDICT
			           ? ERR_STORE_CORRUPT
			           : e;
	}
	ret->bad_block = CHAINDB_NONE;
	return ERR_OK;
}

enum err chaindb_verify(struct chaindb *db, uint32_t from,
                        struct chaindb_report *ret)
{
	struct buf text;
	enum err e;

	CHECK(!db->is_open);
	*ret = (struct chaindb_report){ .bad_block = CHAINDB_NONE };
	TRY(chaindb_move(db, db->now.tip));
	if (db->now.tip == CHAINDB_NONE)
		return ERR_OK;
	TRY(chaindb_verify_blocks(db, from, ret));
	buf_init(&text, SPELLED_MAX);
	e = chaindb_verify_keys(db, &text, ret);
	buf_fini(&text);
	return e;
}
