/* node/store/state.c - The flat state; contract in state.h. */
#include "config.h"

#include "node/store/state.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/check.h"

/* A value.  Absent keys have none. */
struct cell {
	uint32_t len;
	uint8_t bytes[];
};

/* What a key held before the block, or, in a swapped diff, after it. */
struct change {
	struct span key; /* the map's own copy */
	struct cell *cell;
};

struct state_diff {
	uint32_t n;
	struct change changes[];
};

struct state {
	struct hmap map; /* key -> struct cell, NULL where nothing is held */
	struct arena keys;
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
	arena_init(&s->keys, max_bytes);
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
		cell_free(s, e->value);
	hmap_fini(&s->map);
	arena_fini(&s->keys);
	buf_fini(&s->changes);
	free(s);
}

bool state_get(const struct state *s, struct span key, struct span *ret)
{
	const struct cell *c = hmap_get(&s->map, key);

	if (!c)
		return false;
	*ret = span_of(c->bytes, c->len);
	return true;
}

/* Puts `cell` in place and returns what was there. */
static struct cell *state_exchange(struct state *s, struct span key,
                                   struct cell *cell)
{
	void **slot = hmap_find(&s->map, key);

	CHECK(slot);

	struct cell *old = *slot;

	*slot = cell;
	if (cell && !old)
		s->n++;
	if (old && !cell)
		s->n--;
	return old;
}

/* Makes sure that the map has the key, and yields the map's copy of it. */
static enum err state_own_key(struct state *s, struct span *key)
{
	uint8_t *copy;

	if (hmap_has(&s->map, *key))
		return ERR_OK;
	copy = arena_copy(&s->keys, key->p, key->len);
	if (!copy)
		return ERR_NO_MEMORY;
	*key = span_of(copy, key->len);
	return hmap_put(&s->map, *key, NULL) == ERR_OK ? ERR_OK : ERR_NO_MEMORY;
}

void state_begin(struct state *s)
{
	CHECK(!s->is_open);
	buf_reset(&s->changes);
	s->is_open = true;
}

enum err state_put(struct state *s, struct span key, struct span value)
{
	struct change change = { .key = key };

	CHECK(s->is_open);
	TRY(state_own_key(s, &change.key));

	struct cell *cell = cell_new(s, value);

	if (!cell)
		return ERR_NO_MEMORY;
	change.cell = hmap_get(&s->map, key);
	if (buf_add(&s->changes, &change, sizeof(change)) != ERR_OK) {
		cell_free(s, cell);
		return ERR_NO_MEMORY;
	}
	(void)state_exchange(s, key, cell);
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
		          state_exchange(s, all[i - 1].key, all[i - 1].cell));
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
	struct hmap seen;

	CHECK(s->is_open);
	if (!d)
		return ERR_NO_MEMORY;
	/* Each key once: the first change knows what the block found. */
	hmap_init(&seen, NULL, n ? n : 1, &s->map.seed);
	d->n = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (hmap_has(&seen, all[i].key))
			continue;
		if (hmap_put(&seen, all[i].key, NULL) != ERR_OK) {
			hmap_fini(&seen);
			free(d);
			return ERR_NO_MEMORY;
		}
		d->changes[d->n++] = all[i];
	}
	/* The others hold values from within the block, which nobody needs. */
	hmap_reset(&seen);
	for (uint32_t i = 0; i < n; i++) {
		if (hmap_has(&seen, all[i].key))
			cell_free(s, all[i].cell);
		else
			CHECK(hmap_put(&seen, all[i].key, NULL) == ERR_OK);
	}
	hmap_fini(&seen);
	s->is_open = false;
	*ret = d;
	return ERR_OK;
}

void state_swap(struct state *s, struct state_diff *d)
{
	CHECK(!s->is_open);
	for (uint32_t i = 0; i < d->n; i++)
		d->changes[i].cell =
		    state_exchange(s, d->changes[i].key, d->changes[i].cell);
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

void state_diff_write(const struct state *s, const struct state_diff *d,
                      const struct kv *kv, struct kv_batch *batch,
                      uint32_t family)
{
	for (uint32_t i = 0; i < d->n; i++) {
		struct span value;

		if (state_get(s, d->changes[i].key, &value))
			kv_batch_put(batch, kv, family, d->changes[i].key,
			             value);
		else
			kv_batch_del(batch, kv, family, d->changes[i].key);
	}
}

static enum err state_load_one(struct state *s, struct span key,
                               struct span value)
{
	TRY(state_own_key(s, &key));

	struct cell *cell = cell_new(s, value);

	if (!cell)
		return ERR_NO_MEMORY;
	cell_free(s, state_exchange(s, key, cell));
	return ERR_OK;
}

enum err state_load(struct state *s, struct kv *kv, uint32_t family)
{
	struct kv_iter *it = kv_iter_open(kv, family, span_of(NULL, 0));
	enum err e = ERR_OK;

	CHECK(!s->is_open);
	if (!it)
		return ERR_NO_MEMORY;
	while (e == ERR_OK) {
		struct span key, value;
		bool found;

		e = kv_iter_next(it, &key, &value, &found);
		if (e != ERR_OK || !found)
			break;
		e = state_load_one(s, key, value);
	}
	kv_iter_close(it);
	return e;
}

uint32_t state_count(const struct state *s)
{
	return s->n;
}
