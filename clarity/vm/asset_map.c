/* clarity/vm/asset_map.c - Movements by owner; contract in asset_map.h. */
#include "config.h"

#include "clarity/vm/asset_map.h"

#include <string.h>

#include "clarity/base/check.h"

#define FIRST_ENTRIES 16u

void asset_map_init(struct asset_map *m, struct arena *a)
{
	*m = (struct asset_map){ .arena = a };
}

static bool same_contract(const struct principal *a, const struct principal *b)
{
	return a == b || (a && b && principal_eq(a, b));
}

static bool same_asset(const struct asset_entry *a, const struct asset_entry *b)
{
	return a->kind == b->kind && principal_eq(a->owner, b->owner) &&
	       same_contract(a->contract, b->contract) &&
	       span_eq(a->name, b->name);
}

/* Looks in items[start..end) for the entry that `e` adds to. */
static struct asset_entry *find(const struct asset_map *m, uint32_t start,
                                uint32_t end, const struct asset_entry *e)
{
	for (uint32_t i = start; i < end; i++) {
		if (same_asset(&m->items[i], e))
			return &m->items[i];
	}
	return NULL;
}

static enum err reserve(struct asset_map *m, uint32_t n)
{
	if (m->cap - m->n >= n)
		return ERR_OK;

	uint32_t cap = m->cap ? m->cap * 2 : FIRST_ENTRIES;

	while (cap - m->n < n)
		cap *= 2;

	struct asset_entry *items =
	    arena_new_array(m->arena, struct asset_entry, cap);

	if (!items)
		return ERR_NO_MEMORY;
	if (m->n > 0)
		memcpy(items, m->items, m->n * sizeof(items[0]));
	m->items = items;
	m->cap = cap;
	return ERR_OK;
}

/* Adds a later movement of the same asset; sums that cannot fit were tried. */
static enum err join(struct asset_entry *to, const struct asset_entry *e)
{
	if (e->kind == ASSET_NFT) {
		e->last_id->next = to->ids;
		to->ids = e->ids;
		return ERR_OK;
	}

	u128 sum;

	if (!u128_add(&sum, to->amount, e->amount))
		return ERR_OVERFLOW;
	to->amount = sum;
	return ERR_OK;
}

enum err asset_map_add(struct asset_map *m, const struct asset_entry *e)
{
	struct asset_entry *old = find(m, m->start, m->n, e);

	if (old)
		return join(old, e);
	TRY(reserve(m, 1));
	m->items[m->n++] = *e;
	return ERR_OK;
}

enum err asset_map_replace(struct asset_map *m, const struct asset_entry *e)
{
	struct asset_entry *old = find(m, m->start, m->n, e);

	if (!old)
		return asset_map_add(m, e);
	old->amount = e->amount;
	return ERR_OK;
}

bool asset_map_has(const struct asset_map *m, const struct asset_entry *e)
{
	return find(m, m->start, m->n, e) != NULL;
}

uint32_t asset_map_begin(struct asset_map *m)
{
	uint32_t outer = m->start;

	m->start = m->n;
	return outer;
}

void asset_map_drop(struct asset_map *m, uint32_t outer)
{
	CHECK(outer <= m->start);
	m->n = m->start;
	m->start = outer;
}

/* All sums are tried before any is made. */
static enum err try_commit(const struct asset_map *m, uint32_t outer,
                           bool sums_stacking)
{
	for (uint32_t i = m->start; i < m->n; i++) {
		const struct asset_entry *e = &m->items[i];
		const struct asset_entry *to = find(m, outer, m->start, e);
		u128 sum;

		if (!to || e->kind == ASSET_NFT)
			continue;
		if (e->kind == ASSET_STACKING && !sums_stacking)
			return ERR_TOO_LARGE;
		if (!u128_add(&sum, to->amount, e->amount))
			return ERR_OVERFLOW;
	}
	return ERR_OK;
}

enum err asset_map_commit(struct asset_map *m, uint32_t outer,
                          bool sums_stacking)
{
	uint32_t start = m->start;
	uint32_t kept = start;

	TRY(try_commit(m, outer, sums_stacking));
	for (uint32_t i = start; i < m->n; i++) {
		struct asset_entry e = m->items[i];
		struct asset_entry *to = find(m, outer, start, &e);

		if (to)
			TRY(join(to, &e));
		else
			m->items[kept++] = e;
	}
	m->n = kept;
	m->start = outer;
	return ERR_OK;
}
