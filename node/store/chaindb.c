/* node/store/chaindb.c - Building and committing blocks; contract in
 * chaindb.h. */
#include "config.h"

#include "node/store/chaindb.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/chaindb_core.h"

enum err chaindb_put(struct chaindb *db, enum chaindb_family family,
                     struct span key, struct span value)
{
	buf_reset(&db->scratch);
	buf_add_u8(&db->scratch, CHAINDB_RECORD_VERSION);
	buf_add_span(&db->scratch, value);
	TRY(buf_err(&db->scratch));
	kv_batch_put(db->batch, db->kv, family, key, buf_span(&db->scratch));
	return ERR_OK;
}

static enum err chaindb_put_now(struct chaindb *db)
{
	uint8_t bytes[16];

	be32_write(bytes, db->now.tip);
	be32_write(bytes + 4, db->now.settled);
	be64_write(bytes + 8, db->now.n_log);
	return chaindb_put(db, CHAINDB_META, span_str("state"),
	                   span_of(bytes, sizeof(bytes)));
}

static enum err chaindb_put_stamps(struct chaindb *db, uint64_t stamp)
{
	static const uint8_t key[1] = { CHAINDB_STAMP_KEY };
	uint8_t bytes[8];

	be64_write(bytes, stamp);
	for (uint32_t f = 0; f < CHAINDB_FAMILIES; f++)
		TRY(chaindb_put(db, (enum chaindb_family)f,
		                span_of(key, sizeof(key)),
		                span_of(bytes, sizeof(bytes))));
	return ERR_OK;
}

static enum err chaindb_bear_witness(struct chaindb *db)
{
	struct witness_mark mark = { .schema = CHAINDB_SCHEMA,
		                     .chain_id = db->options.chain_id,
		                     .stamp = db->stamp,
		                     .tip = db->now.tip };

	if (!db->options.path)
		return ERR_OK;
	if (db->now.tip != CHAINDB_NONE)
		mark.height = chaindb_marf_block(db, db->now.tip).height;
	return witness_write(&db->witness, &mark);
}

static enum err chaindb_write_steps(struct chaindb *db, bool is_synced)
{
	TRY(kv_check(db->kv));
	TRY(chaindb_put_now(db));
	TRY(chaindb_put_stamps(db, db->stamp + 1));
	TRY(kv_write(db->kv, db->batch, is_synced));
	db->stamp++;
	return is_synced ? chaindb_bear_witness(db) : ERR_OK;
}

enum err chaindb_write(struct chaindb *db, bool is_synced)
{
	uint64_t before = db->stamp;
	enum err e = chaindb_write_steps(db, is_synced);

	/* Memory that ran out before the write changed nothing; after any
	 * other failure only the disk knows what is there. */
	if (e != ERR_OK && (e != ERR_NO_MEMORY || db->stamp != before))
		db->is_broken = true;
	kv_batch_clear(db->batch);
	return e;
}

enum err chaindb_begin(struct chaindb *db, uint32_t parent,
                       const uint8_t open_id[TRIE_HASH_LEN])
{
	enum err e;

	CHECK(!db->is_open);
	CHECK(parent != CHAINDB_NONE || chaindb_count(db) == 0);
	TRY(chaindb_move(db, parent));
	arena_reset(&db->arena);
	kv_batch_clear(db->batch);
	e = marf_begin(&db->marf, &db->arena, marf_kv_backend(db->forest),
	               parent, open_id);
	if (e != ERR_OK)
		return e;
	state_begin(db->state);
	vmstore_use_trie(&db->vm, &db->marf);
	db->n_receipts = 0;
	db->is_open = true;
	db->is_sealed = false;
	return ERR_OK;
}

/* Lets the receipt be found by the transaction's id. */
static void chaindb_index_tx(struct chaindb *db, const struct receipt *r)
{
	static const uint8_t version[1] = { CHAINDB_RECORD_VERSION };
	uint8_t key[CHAINDB_TX_PREFIX + 8];

	memcpy(key, r->id, CHAINDB_TX_PREFIX);
	be32_write(key + CHAINDB_TX_PREFIX, chaindb_count(db));
	be32_write(key + CHAINDB_TX_PREFIX + 4, db->n_receipts);
	kv_batch_put(db->batch, db->kv, CHAINDB_TX, span_of(key, sizeof(key)),
	             span_of(version, sizeof(version)));
}

enum err chaindb_add_receipt(struct chaindb *db, const struct receipt *r)
{
	uint8_t key[8];

	CHECK(db->is_open);
	buf_reset(&db->scratch);
	TRY(receipt_write(&db->scratch, r));
	if (db->scratch.len > RECEIPT_MAX)
		return ERR_TOO_LARGE;
	be32_write(key, chaindb_count(db));
	be32_write(key + 4, db->n_receipts);
	kv_batch_put(db->batch, db->kv, CHAINDB_RECEIPT,
	             span_of(key, sizeof(key)), buf_span(&db->scratch));
	if (r->kind != RECEIPT_BLOCK)
		chaindb_index_tx(db, r);
	db->n_receipts++;
	return ERR_OK;
}

enum err chaindb_put_own(struct chaindb *db, struct span key, struct span value)
{
	CHECK(db->is_open && key.len != 1);
	return chaindb_put(db, CHAINDB_OWN, key, value);
}

enum err chaindb_seal(struct chaindb *db, uint8_t ret_root[TRIE_HASH_LEN])
{
	CHECK(db->is_open);
	TRY(marf_seal(&db->marf, ret_root));
	db->is_sealed = true;
	return ERR_OK;
}

/* No block is open any more, however it ended. */
static void chaindb_end(struct chaindb *db)
{
	vmstore_use_trie(&db->vm, NULL);
	kv_batch_clear(db->batch);
	arena_reset(&db->arena);
	db->is_open = false;
	db->is_sealed = false;
}

void chaindb_drop(struct chaindb *db)
{
	CHECK(db->is_open);
	state_drop(db->state);
	chaindb_end(db);
}

static enum err chaindb_put_head(struct chaindb *db, uint32_t number,
                                 const struct chaindb_commit *c,
                                 uint32_t n_changes)
{
	struct marf_block b = chaindb_marf_block(db, number);
	struct buf *out = &db->scratch;
	uint8_t key[4];

	be32_write(key, number);
	TRY(chaindb_put(db, CHAINDB_ID, span_of(c->id, TRIE_HASH_LEN),
	                span_of(key, sizeof(key))));
	TRY(chaindb_put(db, CHAINDB_BLOCK, span_of(key, sizeof(key)),
	                c->bytes));
	buf_reset(out);
	buf_add_u8(out, CHAINDB_RECORD_VERSION);
	buf_add_be32(out, chaindb_parent(db, number));
	buf_add_be32(out, b.height);
	buf_add_be32(out, db->n_receipts);
	buf_add_be32(out, n_changes);
	buf_add(out, b.id, TRIE_HASH_LEN);
	buf_add(out, b.root, TRIE_HASH_LEN);
	buf_add_be32(out, (uint32_t)c->header.len);
	buf_add_span(out, c->header);
	buf_add_span(out, c->facts);
	TRY(buf_err(out));
	kv_batch_put(db->batch, db->kv, CHAINDB_HEAD, span_of(key, sizeof(key)),
	             buf_span(out));
	return ERR_OK;
}

static enum err chaindb_put_block(struct chaindb *db, uint32_t number,
                                  const struct chaindb_commit *c,
                                  const struct state_diff *diff)
{
	struct changes changes = { .kv = db->kv,
		                   .family = CHAINDB_CHANGE,
		                   .number = number,
		                   .n = state_diff_count(diff) };

	TRY(changes_write(&changes, diff, &db->arena, db->batch));
	TRY(chaindb_put_head(db, number, c, changes.n));
	return c->is_tip ? chaindb_log_move(db, number) : ERR_OK;
}

/* Puts everything of the block into the batch and writes it. */
static enum err chaindb_commit_diff(struct chaindb *db, uint32_t number,
                                    const struct chaindb_commit *c,
                                    struct state_diff *diff)
{
	struct chaindb_held held = { .number = number, .diff = diff };
	struct chaindb_now before = db->now;
	enum err e = buf_add(&db->held, &held, sizeof(held));

	if (e != ERR_OK)
		return ERR_NO_MEMORY;
	e = chaindb_put_block(db, number, c, diff);
	if (e == ERR_OK)
		e = chaindb_write(db, true);
	if (e == ERR_OK)
		return ERR_OK;
	db->held.len -= sizeof(held);
	db->now = before;
	return e;
}

static enum err chaindb_commit_steps(struct chaindb *db,
                                     const struct chaindb_commit *c,
                                     uint32_t *ret_number)
{
	struct state_diff *diff;
	enum err e;

	TRY(marf_commit(&db->marf, c->id, ret_number));
	TRY(state_end(db->state, &diff));
	e = chaindb_commit_diff(db, *ret_number, c, diff);
	if (e == ERR_OK)
		return ERR_OK;
	state_swap(db->state, diff);
	state_diff_free(db->state, diff);
	return e;
}

/* Keeps memory bounded where nobody settles: half of what is held goes. */
static enum err chaindb_bound(struct chaindb *db)
{
	uint32_t n;
	const struct chaindb_held *held = chaindb_held(db, &n);

	if (n <= CHAINDB_DEPTH_MAX || chaindb_at(db) != db->now.tip)
		return ERR_OK;
	return chaindb_settle(db, held[n / 2].number);
}

enum err chaindb_commit(struct chaindb *db, const struct chaindb_commit *c,
                        uint32_t *ret_number)
{
	uint32_t count = chaindb_count(db), twin;
	enum err e = ERR_STORE_WRITE;

	CHECK(db->is_open && db->is_sealed);
	CHECK(chaindb_find(db, c->id, &twin) != ERR_OK);
	if (!db->is_broken)
		e = chaindb_commit_steps(db, c, ret_number);
	if (e != ERR_OK) {
		marf_kv_forget(db->forest, count);
		/* The state is its parent's again already, unless the block
		 * was not even ended. */
		if (state_is_open(db->state))
			state_drop(db->state);
	}
	chaindb_end(db);
	return e == ERR_OK ? chaindb_bound(db) : e;
}
