/* clarity/vm/journal.c - Nested, undoable writes; contract in journal.h. */
#include "config.h"

#include "clarity/vm/journal.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/hmap.h"

#define FIRST_ENTRIES 64u

/* What a write replaced. */
struct journal_undo {
	struct journal_entry *entry;
	struct span bytes;
	uint8_t state;
	uint8_t form;
};

static const struct hmap_seed text_seed = { { 0x6a6f75726e616cu, 1 } };

void journal_init(struct journal *j, struct arena *a, const struct store *store)
{
	*j = (struct journal){ .arena = a, .store = store };
}

/* All tables are in the transaction's arena, so forgetting is enough. */
void journal_reset(struct journal *j)
{
	journal_init(j, j->arena, j->store);
}

uint64_t journal_hash_text(struct span text)
{
	return hmap_hash(&text_seed, text);
}

uint64_t journal_hash_tail(uint64_t text_hash, struct span tail)
{
	struct hmap_seed seed = { { text_hash, 2 } };

	return tail.len == 0 ? text_hash : hmap_hash(&seed, tail);
}

static bool key_eq(const struct store_key *a, const struct store_key *b)
{
	return a->form == b->form && span_eq(a->tail, b->tail) &&
	       span_eq(a->text, b->text);
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct journal_entry **find(const struct journal *j,
                                   const struct store_key *key, uint64_t hash)
{
	uint32_t i = (uint32_t)hash & j->mask;

	for (;; i = (i + 1) & j->mask) {
		struct journal_entry *e = j->slots[i];

		if (!e || (e->hash == hash && key_eq(&e->key, key)))
			return &j->slots[i];
	}
}

/* Doubles the tables; slots stay at most half full. */
static enum err grow(struct journal *j)
{
	uint32_t cap = j->cap ? j->cap * 2 : FIRST_ENTRIES;

	if (cap > JOURNAL_MAX_ENTRIES)
		return ERR_NO_MEMORY;

	size_t bytes = 2 * (size_t)cap * sizeof(j->slots[0]);
	struct journal_entry **slots = arena_zalloc(j->arena, bytes);
	struct journal_entry **order =
	    arena_new_array(j->arena, struct journal_entry *, cap);

	if (!slots || !order)
		return ERR_NO_MEMORY;
	if (j->n > 0)
		memcpy(order, j->order, j->n * sizeof(order[0]));
	j->slots = slots;
	j->order = order;
	j->cap = cap;
	j->mask = 2 * cap - 1;
	for (uint32_t i = 0; i < j->n; i++)
		*find(j, &order[i]->key, order[i]->hash) = order[i];
	return ERR_OK;
}

/* The text of a key lives with its contract; only the tail is copied. */
static enum err add(struct journal *j, const struct store_key *key,
                    uint64_t hash, struct journal_entry **ret)
{
	if (j->n == j->cap)
		TRY(grow(j));

	struct journal_entry *e = arena_new(j->arena, struct journal_entry);
	void *text = arena_copy(j->arena, key->text.p, key->text.len);
	void *tail = arena_copy(j->arena, key->tail.p, key->tail.len);

	if (!e || !text || !tail)
		return ERR_NO_MEMORY;
	*e = (struct journal_entry){
		.key = { span_of(text, key->text.len),
		         span_of(tail, key->tail.len), key->form },
		.hash = hash,
		.state = JOURNAL_ABSENT,
	};
	*find(j, key, hash) = e;
	j->order[j->n++] = e;
	*ret = e;
	return ERR_OK;
}

static enum err fetch(struct journal *j, struct journal_entry *e)
{
	bool found = false;

	TRY(j->store->ops->get(j->store->ctx, j->arena, &e->key, &e->bytes,
	                       &found));
	e->state = found ? JOURNAL_CLEAN : JOURNAL_ABSENT;
	return ERR_OK;
}

/* Elsewhere in time nothing is remembered; pending writes are seen only after
 * a visit to a third place in time. */
static enum err read_away(struct journal *j, const struct store_key *key,
                          uint64_t hash, struct journal_entry **ret)
{
	struct journal_entry *e = arena_new(j->arena, struct journal_entry);

	if (j->sees_pending && j->slots) {
		struct journal_entry *own = *find(j, key, hash);

		if (own && own->state == JOURNAL_DIRTY) {
			*ret = own;
			return ERR_OK;
		}
	}
	if (!e)
		return ERR_NO_MEMORY;
	*e = (struct journal_entry){ .key = *key };
	TRY(fetch(j, e));
	*ret = e;
	return ERR_OK;
}

enum err journal_read(struct journal *j, const struct store_key *key,
                      uint64_t hash, struct journal_entry **ret)
{
	if (j->is_away)
		return read_away(j, key, hash, ret);
	if (j->slots) {
		struct journal_entry *e = *find(j, key, hash);

		if (e) {
			*ret = e;
			return ERR_OK;
		}
	}

	struct journal_entry fresh = { .key = *key };

	/* Ask the store first: a fault must not leave a wrong entry behind. */
	TRY(fetch(j, &fresh));
	TRY(add(j, key, hash, ret));
	(*ret)->bytes = fresh.bytes;
	(*ret)->state = fresh.state;
	return ERR_OK;
}

static enum err remember(struct journal *j, struct journal_entry *e)
{
	if (j->n_undo == j->cap_undo) {
		uint32_t cap = j->cap_undo ? j->cap_undo * 2 : FIRST_ENTRIES;
		struct journal_undo *undo =
		    arena_new_array(j->arena, struct journal_undo, cap);

		if (!undo)
			return ERR_NO_MEMORY;
		if (j->n_undo > 0)
			memcpy(undo, j->undo, j->n_undo * sizeof(undo[0]));
		j->undo = undo;
		j->cap_undo = cap;
	}
	j->undo[j->n_undo++] = (struct journal_undo){
		.entry = e,
		.bytes = e->bytes,
		.state = e->state,
		.form = e->form,
	};
	return ERR_OK;
}

enum err journal_write(struct journal *j, const struct store_key *key,
                       uint64_t hash, struct span bytes, enum store_form form)
{
	struct journal_entry *e;

	CHECK(!j->is_away);
	/* Undoing must lead back to what the store has, so it is asked now. */
	TRY(journal_read(j, key, hash, &e));
	TRY(remember(j, e));
	e->bytes = bytes;
	e->state = JOURNAL_DIRTY;
	e->form = (uint8_t)form;
	e->has_value = false;
	return ERR_OK;
}

void journal_rollback(struct journal *j, uint32_t mark)
{
	CHECK(mark <= j->n_undo);
	while (j->n_undo > mark) {
		const struct journal_undo *u = &j->undo[--j->n_undo];

		u->entry->bytes = u->bytes;
		u->entry->state = u->state;
		u->entry->form = u->form;
		u->entry->has_value = false;
	}
}

enum err journal_flush(struct journal *j)
{
	for (uint32_t i = 0; i < j->n_undo; i++)
		j->undo[i].entry->is_flushed = false;
	for (uint32_t i = 0; i < j->n_undo; i++) {
		struct journal_entry *e = j->undo[i].entry;

		if (e->is_flushed)
			continue;
		e->is_flushed = true;
		TRY(j->store->ops->put(j->store->ctx, &e->key, e->bytes,
		                       (enum store_form)e->form));
	}
	return ERR_OK;
}
