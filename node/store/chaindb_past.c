/* node/store/chaindb_past.c - Reads of earlier blocks; contract in
 * chaindb_past.h. */
#include "config.h"

#include "node/store/chaindb_past.h"

#include <string.h>

#include "node/store/chaindb_core.h"

/* The block on which the open one is built, or that the state shows. */
static uint32_t chaindb_past_newest(const struct chaindb *db)
{
	return chaindb_at(db);
}

static enum err chaindb_past_find(void *ctx, const uint8_t id[STORE_HASH_LEN],
                                  struct vmstore_then *ret, bool *found)
{
	struct chaindb *db = ctx;
	uint32_t number;
	enum err e = chaindb_find(db, id, &number);

	*found = false;
	if (e != ERR_OK)
		return e == ERR_STORE_NO_BLOCK ? ERR_OK : e;
	if (!chaindb_is_above(db, number, chaindb_past_newest(db)))
		return ERR_OK;
	/* To answer wrongly would be a fork: better not at all. */
	if (db->options.drops_history)
		return ERR_STORE_READ;
	ret->number = number;
	ret->height = chaindb_marf_block(db, number).height;
	*found = true;
	return ERR_OK;
}

/* Looks for the key among a block's changes. */
static enum err chaindb_past_changed(struct chaindb *db, struct arena *a,
                                     uint32_t number, struct span key,
                                     struct span *ret, bool *found)
{
	struct chaindb_head head;
	struct changes changes;

	TRY(chaindb_read_head(db, a, number, &head));
	changes = (struct changes){ .kv = db->kv,
		                    .family = CHAINDB_CHANGE,
		                    .number = number,
		                    .n = head.n_changes };
	return changes_find(&changes, a, key, ret, found);
}

/* A leaf may have been taken along by a block that did not write it: then the
 * search goes on above that block. */
static enum err chaindb_past_get(void *ctx, struct arena *a,
                                 const struct vmstore_then *then,
                                 const struct vmstore_name *name,
                                 struct span *ret, bool *found)
{
	struct chaindb *db = ctx;
	const struct marf_backend *forest = marf_kv_backend(db->forest);
	uint8_t path[TRIE_PATH_LEN];
	uint32_t number = then->number;

	marf_path(path, name->spelled);
	for (;;) {
		struct trie_leaf leaf;

		TRY(trie_find_sealed(a, &forest->source, number, path, &leaf,
		                     found));
		if (!*found)
			return ERR_OK;
		TRY(chaindb_past_changed(db, a, leaf.owner, name->key, ret,
		                         found));
		if (*found)
			return ERR_OK;
		number = chaindb_parent(db, leaf.owner);
		/* The path has data, so some block wrote it. */
		if (number == CHAINDB_NONE)
			return ERR_STORE_CORRUPT;
	}
}

void chaindb_past_init(struct vmstore_past *ret, struct chaindb *db)
{
	*ret = (struct vmstore_past){ .ctx = db,
		                      .find = chaindb_past_find,
		                      .get = chaindb_past_get };
}
