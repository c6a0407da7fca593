/* node/store/state.c - The flat state; contract in state.h. */
#include "config.h"

#include "node/store/state.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/check.h"

/* A value.  Keys that hold nothing have none. */
struct cell {
	uint32_t len;
	uint8_t bytes[];
};

/* A key's place, which stays where it is for the state's life: changes name
 * it by pointer and never hash again. */
struct slot {
	struct cell *cell;
	bool is_seen; /* while a block is being closed */
	uint32_t len;
	uint8_t key[];
};

/* What a key held before the block, or, in a swapped diff, after it. */
struct change {
	struct slot *slot;
	struct cell *cell;
};

struct state_diff {
	uint32_t n;
	struct change changes[];
};

struct state {
	struct hmap map; /* key -> struct slot */
	struct arena slots;
	struct buf changes; /* struct change of the open block */
	size_t held;        /* bytes of all cells */
	size_t max_bytes;
	uint32_t n; /* keys that hold something */
	bool is_open;
};

struct state *state_new(uint32_t max_keys, size_t max_bytes,
                        const struct hmap_seed *seed)
{
	CHECK(max_keys >= 1 && max_keys <= STATE_KEYS_MAX);

	struct state *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	hmap_init(&s->map, NULL, max_keys, seed);
	arena_init(&s->slots, max_bytes);
	buf_init(&s->changes, max_bytes);
	s->max_bytes = max_bytes;
	return s;
}

static struct cell *cell_new(struct state *s, struct span value)
{
	size_t size = sizeof(struct cell) + value.len;

	if (value.len > UINT32_MAX || size > s->max_bytes - s->held)
		return NULL;

	struct cell *c = malloc(size);

	if (!c)
		return NULL;
	c->len = (uint32_t)value.len;
	if (value.len)
		memcpy(c->bytes, value.p, value.len);
	s->held += size;
	return c;
}

static void cell_free(struct state *s, struct cell *c)
{
	if (!c)
		return;
	s->held -= sizeof(struct cell) + c->len;
	free(c);
}

void state_free(struct state *s)
{
	uint32_t place = 0;
	const struct hmap_entry *e;

	if (!s)
		return;
	if (s->is_open)
		state_drop(s);
	while ((e = hmap_next(&s->map, &place)) != NULL)
		cell_free(s, ((struct slot *)e->value)->cell);
	hmap_fini(&s->map);
	arena_fini(&s->slots);
	buf_fini(&s->changes);
	free(s);
}

bool state_get(const struct state *s, struct span key, struct span *ret)
{
	const struct slot *slot = hmap_get(&s->map, key);

	if (!slot || !slot->cell)
		return false;
	*ret = span_of(slot->cell->bytes, slot->cell->len);
	return true;
}

/* Puts `cell` in place and returns what was there. */
static struct cell *slot_exchange(struct state *s, struct slot *slot,
                                  struct cell *cell)
{
	struct cell *old = slot->cell;

	slot->cell = cell;
	if (cell && !old)
		s->n++;
	if (old && !cell)
		s->n--;
	return old;
}

/* Finds a key's place, or makes it one. @return NULL past a maximum. */
static struct slot *slot_find(struct state *s, struct span key)
{
	struct slot *slot = hmap_get(&s->map, key);

	if (slot || key.len > UINT32_MAX)
		return slot;
	slot = arena_zalloc(&s->slots, sizeof(*slot) + key.len);
	if (!slot)
		return NULL;
	slot->len = (uint32_t)key.len;
	if (key.len)
		memcpy(slot->key, key.p, key.len);
	if (hmap_put(&s->map, span_of(slot->key, key.len), slot) != ERR_OK)
		return NULL;
	return slot;
}

void state_begin(struct state *s)
{
	CHECK(!s->is_open);
	buf_reset(&s->changes);
	s->is_open = true;
}

bool state_is_open(const struct state *s)
{
	return s->is_open;
}

enum err state_put(struct state *s, struct span key, struct span value)
{
	bool was_there;

	return state_set(s, key, value, &was_there);
}

enum err state_set(struct state *s, struct span key, struct span value,
                   bool *ret_was_there)
{
	struct change change = { .slot = slot_find(s, key) };
	struct cell *cell;

	CHECK(s->is_open);
	if (!change.slot)
		return ERR_NO_MEMORY;
	cell = cell_new(s, value);
	if (!cell)
		return ERR_NO_MEMORY;
	change.cell = change.slot->cell;
	if (buf_add(&s->changes, &change, sizeof(change)) != ERR_OK) {
		cell_free(s, cell);
		return ERR_NO_MEMORY;
	}
	*ret_was_there = slot_exchange(s, change.slot, cell) != NULL;
	return ERR_OK;
}

static struct change *state_changes(const struct state *s, uint32_t *ret_n)
{
	*ret_n = (uint32_t)(s->changes.len / sizeof(struct change));
	return (void *)s->changes.p;
}

void state_drop(struct state *s)
{
	uint32_t n;
	struct change *all = state_changes(s, &n);

	CHECK(s->is_open);
	/* From the end: a key that was written twice gets its first value. */
	for (uint32_t i = n; i > 0; i--)
		cell_free(s,
		          slot_exchange(s, all[i - 1].slot, all[i - 1].cell));
	s->is_open = false;
}

static struct state_diff *state_diff_new(uint32_t n)
{
	return malloc(sizeof(struct state_diff) + n * sizeof(struct change));
}

enum err state_end(struct state *s, struct state_diff **ret)
{
	uint32_t n;
	struct change *all = state_changes(s, &n);
	struct state_diff *d = state_diff_new(n);

	CHECK(s->is_open);
	if (!d)
		return ERR_NO_MEMORY;
	/* Each key once: the first change knows what the block found; the
	 * others hold values from within it, which nobody needs. */
	d->n = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (all[i].slot->is_seen)
			cell_free(s, all[i].cell);
		else
			d->changes[d->n++] = all[i];
		all[i].slot->is_seen = true;
	}
	for (uint32_t i = 0; i < d->n; i++)
		d->changes[i].slot->is_seen = false;
	s->is_open = false;
	*ret = d;
	return ERR_OK;
}

void state_swap(struct state *s, struct state_diff *d)
{
	CHECK(!s->is_open);
	for (uint32_t i = 0; i < d->n; i++)
		d->changes[i].cell =
		    slot_exchange(s, d->changes[i].slot, d->changes[i].cell);
}

void state_diff_free(struct state *s, struct state_diff *d)
{
	if (!d)
		return;
	for (uint32_t i = 0; i < d->n; i++)
		cell_free(s, d->changes[i].cell);
	free(d);
}

uint32_t state_diff_count(const struct state_diff *d)
{
	return d->n;
}

static bool slot_tell(const struct slot *slot, struct span *key,
                      struct span *value)
{
	*key = span_of(slot->key, slot->len);
	if (!slot->cell)
		return false;
	*value = span_of(slot->cell->bytes, slot->cell->len);
	return true;
}

bool state_diff_get(const struct state_diff *d, uint32_t i, struct span *key,
                    struct span *value)
{
	CHECK(i < d->n);
	return slot_tell(d->changes[i].slot, key, value);
}

static void state_mark(struct state_diff *const *diffs, uint32_t n,
                       bool is_seen)
{
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < diffs[i]->n; k++)
			diffs[i]->changes[k].slot->is_seen = is_seen;
	}
}

void state_tell(const struct state *s, struct state_diff *const *diffs,
                uint32_t n,
                void (*tell)(void *ctx, struct span key, struct span value),
                void *ctx)
{
	CHECK(!s->is_open);
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = 0; k < diffs[i]->n; k++) {
			struct slot *slot = diffs[i]->changes[k].slot;
			struct span key, value;

			if (!slot->is_seen && slot_tell(slot, &key, &value))
				tell(ctx, key, value);
			slot->is_seen = true;
		}
	}
	state_mark(diffs, n, false);
}

enum err state_load(struct state *s, struct span key, struct span value)
{
	struct slot *slot = slot_find(s, key);
	struct cell *cell = slot ? cell_new(s, value) : NULL;

	CHECK(!s->is_open);
	if (!cell)
		return ERR_NO_MEMORY;
	cell_free(s, slot_exchange(s, slot, cell));
	return ERR_OK;
}

bool state_next(const struct state *s, uint32_t *place, struct span *key,
                struct span *value)
{
	const struct hmap_entry *e;

	while ((e = hmap_next(&s->map, place)) != NULL) {
		if (slot_tell(e->value, key, value))
			return true;
	}
	return false;
}

uint32_t state_count(const struct state *s)
{
	return s->n;
}
