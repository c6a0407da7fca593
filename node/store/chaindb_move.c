/* node/store/chaindb_move.c - Moving over the tree of blocks; contract in
 * chaindb.h. */
#include "config.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/chaindb_core.h"

static uint32_t chaindb_height(const struct chaindb *db, uint32_t number)
{
	return chaindb_marf_block(db, number).height;
}

/* Takes the topmost block back. */
static void chaindb_pop(struct chaindb *db)
{
	uint32_t n;
	struct chaindb_held *held = chaindb_held(db, &n);

	CHECK(n > 0);
	state_swap(db->state, held[n - 1].diff);
	state_diff_free(db->state, held[n - 1].diff);
	db->held.len -= sizeof(*held);
}

/* Brings a block on again from its changes on disk. */
static enum err chaindb_apply(struct chaindb *db, uint32_t number,
                              struct state_diff **ret)
{
	struct chaindb_head head;
	struct changes changes;

	TRY(chaindb_read_head(db, &db->work, number, &head));
	changes = (struct changes){ .kv = db->kv,
		                    .family = CHAINDB_CHANGE,
		                    .number = number,
		                    .n = head.n_changes };
	TRY(changes_apply(&changes, &db->work, db->state));
	return state_end(db->state, ret);
}

static enum err chaindb_push(struct chaindb *db, uint32_t number)
{
	struct chaindb_held held = { .number = number };
	struct arena_mark mark = arena_mark(&db->work);
	enum err e;

	state_begin(db->state);
	e = chaindb_apply(db, number, &held.diff);
	arena_cut(&db->work, mark);
	if (e != ERR_OK) {
		state_drop(db->state);
		return e;
	}
	if (buf_add(&db->held, &held, sizeof(held)) != ERR_OK) {
		state_swap(db->state, held.diff);
		state_diff_free(db->state, held.diff);
		return ERR_NO_MEMORY;
	}
	return ERR_OK;
}

/* Takes in the blocks from the state's to `number`, which is above. */
static enum err chaindb_climb_to(struct chaindb *db, uint32_t number)
{
	uint32_t at = chaindb_at(db);
	uint32_t from = at == CHAINDB_NONE ? 0 : chaindb_height(db, at) + 1;

	if (number == CHAINDB_NONE)
		return ERR_OK;
	for (uint32_t h = from; h <= chaindb_height(db, number); h++) {
		uint32_t next;

		TRY(chaindb_ancestor(db, number, h, &next));
		TRY(chaindb_push(db, next));
	}
	return ERR_OK;
}

enum err chaindb_move(struct chaindb *db, uint32_t number)
{
	enum err e;

	CHECK(!db->is_open);
	if (number == chaindb_at(db))
		return ERR_OK;
	if (number != CHAINDB_NONE && number >= chaindb_count(db))
		return ERR_STORE_NO_BLOCK;
	if (!chaindb_is_above(db, db->now.settled, number))
		return ERR_STORE_SETTLED;
	while (!chaindb_is_above(db, chaindb_at(db), number))
		chaindb_pop(db);
	e = chaindb_climb_to(db, number);
	/* The state shows some block of the way, and is whole. */
	return e;
}

/* --- the tip, and the log that tells of it --- */

static enum err chaindb_log_add(struct chaindb *db, enum chainlog_what what,
                                uint32_t number)
{
	uint8_t key[8], bytes[5];

	be64_write(key, db->now.n_log++);
	bytes[0] = what == CHAINLOG_REVERT;
	be32_write(bytes + 1, number);
	return chaindb_put(db, CHAINDB_LOG, span_of(key, sizeof(key)),
	                   span_of(bytes, sizeof(bytes)));
}

enum err chaindb_log_move(struct chaindb *db, uint32_t number)
{
	uint32_t at = db->now.tip;
	uint32_t from = 0;

	while (!chaindb_is_above(db, at, number)) {
		TRY(chaindb_log_add(db, CHAINLOG_REVERT, at));
		at = chaindb_parent(db, at);
	}
	if (at != CHAINDB_NONE)
		from = chaindb_height(db, at) + 1;
	for (uint32_t h = from; h <= chaindb_height(db, number); h++) {
		uint32_t next;

		TRY(chaindb_ancestor(db, number, h, &next));
		TRY(chaindb_log_add(db, CHAINLOG_BLOCK, next));
	}
	db->now.tip = number;
	return ERR_OK;
}

enum err chaindb_set_tip(struct chaindb *db, uint32_t number)
{
	struct chaindb_now before = db->now;
	enum err e;

	CHECK(!db->is_open);
	if (number >= chaindb_count(db))
		return ERR_STORE_NO_BLOCK;
	if (!chaindb_is_above(db, db->now.settled, number))
		return ERR_STORE_SETTLED;
	if (db->is_broken)
		return ERR_STORE_WRITE;
	if (number == db->now.tip)
		return ERR_OK;
	kv_batch_clear(db->batch);
	e = chaindb_log_move(db, number);
	if (e == ERR_OK)
		e = chaindb_write(db, true);
	if (e != ERR_OK)
		db->now = before;
	return e;
}

/* --- settling --- */

/* A key on its way to the flat state. */
struct settling {
	struct chaindb *db;
	enum err e;
};

static void chaindb_settle_key(void *ctx, struct span key, struct span value)
{
	struct settling *s = ctx;

	if (s->e == ERR_OK)
		s->e = chaindb_put(s->db, CHAINDB_FLAT, key, value);
}

/* Takes `count` held blocks from the place `from` on back, from the top, or
 * brings them on again. */
static void chaindb_swap_held(struct chaindb *db, uint32_t from, bool is_back)
{
	uint32_t n;
	struct chaindb_held *held = chaindb_held(db, &n);

	for (uint32_t i = from; i < n; i++)
		state_swap(db->state,
		           held[is_back ? n - 1 - (i - from) : i].diff);
}

/* Writes what the lowest `k` held blocks leave to the flat state: as the
 * state shows it without the blocks above them. */
static enum err chaindb_settle_keys(struct chaindb *db, uint32_t k)
{
	struct settling s = { .db = db };
	uint32_t n;
	const struct chaindb_held *held = chaindb_held(db, &n);
	struct state_diff **diffs =
	    arena_new_array(&db->work, struct state_diff *, k);

	if (!diffs)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < k; i++)
		diffs[i] = held[i].diff;
	chaindb_swap_held(db, k, true);
	state_tell(db->state, diffs, k, chaindb_settle_key, &s);
	chaindb_swap_held(db, k, false);
	return s.e;
}

static void chaindb_del_numbers(struct chaindb *db, enum chaindb_family family,
                                uint32_t from, uint32_t to)
{
	uint8_t first[4], last[4];

	be32_write(first, from);
	be32_write(last, to);
	kv_batch_del_range(db->batch, db->kv, family, span_of(first, 4),
	                   span_of(last, 4));
}

/* Blocks up to the settled number that are not below it are on dead branches:
 * whatever lives was built on the settled block, and later. */
static void chaindb_bury(struct chaindb *db, uint32_t number)
{
	uint32_t from =
	    db->now.settled == CHAINDB_NONE ? 0 : db->now.settled + 1;

	for (uint32_t i = from; i < number; i++) {
		if (chaindb_is_above(db, i, number))
			continue;
		chaindb_del_numbers(db, CHAINDB_TRIE, i, i + 1);
		if (!db->options.drops_history)
			chaindb_del_numbers(db, CHAINDB_CHANGE, i, i + 1);
	}
	if (db->options.drops_history)
		chaindb_del_numbers(db, CHAINDB_CHANGE, from, number + 1);
}

/* Lets go of the lowest `k` held blocks: they cannot be taken back. */
static void chaindb_let_go(struct chaindb *db, uint32_t k)
{
	uint32_t n;
	struct chaindb_held *held = chaindb_held(db, &n);

	for (uint32_t i = 0; i < k; i++)
		state_diff_free(db->state, held[i].diff);
	memmove(held, held + k, (n - k) * sizeof(*held));
	db->held.len -= k * sizeof(*held);
}

static enum err chaindb_settle_steps(struct chaindb *db, uint32_t number,
                                     uint32_t k)
{
	kv_batch_clear(db->batch);
	TRY(chaindb_settle_keys(db, k));
	chaindb_bury(db, number);
	db->now.settled = number;
	return chaindb_write(db, false);
}

enum err chaindb_settle(struct chaindb *db, uint32_t number)
{
	struct chaindb_now before = db->now;
	struct arena_mark mark = arena_mark(&db->work);
	enum err e;
	uint32_t n, k = 1;

	CHECK(!db->is_open);
	if (number >= chaindb_count(db) ||
	    !chaindb_is_above(db, number, db->now.tip))
		return ERR_STORE_NO_BLOCK;
	if (db->is_broken)
		return ERR_STORE_WRITE;
	TRY(chaindb_move(db, db->now.tip));
	if (before.settled != CHAINDB_NONE &&
	    chaindb_is_above(db, number, before.settled))
		return ERR_OK;

	const struct chaindb_held *held = chaindb_held(db, &n);

	while (held[k - 1].number != number)
		k++;
	CHECK(k <= n);
	e = chaindb_settle_steps(db, number, k);
	arena_cut(&db->work, mark);
	if (e == ERR_OK)
		chaindb_let_go(db, k);
	else
		db->now = before;
	return e;
}
