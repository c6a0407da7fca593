/* node/store/chainlog.c - Reading the log; contract in chainlog.h. */
#include "config.h"

#include "node/store/chainlog.h"

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "node/store/chaindb_core.h"

/* A cursor's lower bits: 0 is the entry itself, i its receipt i - 1. */
#define PLACE_BITS 24u
#define PLACE_MAX (((uint64_t)1 << PLACE_BITS) - 1)

/* A page that is being filled. */
struct filling {
	struct chaindb *db;
	struct arena *arena;
	struct chainlog_page *page;
	const struct chainlog_bounds *bounds;
	size_t held_before; /* by the arena */
	uint64_t entry;
	uint64_t place;
	struct chaindb_block block; /* of the entry */
	bool is_revert;
	bool has_entry; /* the two above are read */
};

static enum err chainlog_entry(struct filling *f)
{
	struct span record;
	uint8_t key[8];
	bool found;

	be64_write(key, f->entry);
	TRY(chaindb_read(f->db, f->arena, CHAINDB_LOG,
	                 span_of(key, sizeof(key)), &record, &found));
	if (!found || record.len != 5 || record.p[0] > 1)
		return ERR_STORE_CORRUPT;
	f->is_revert = record.p[0] == 1;
	f->has_entry = true;

	enum err e =
	    chaindb_get(f->db, f->arena, be32_read(record.p + 1), &f->block);

	return e == ERR_STORE_NO_BLOCK ? ERR_STORE_CORRUPT : e;
}

static enum err chainlog_item(struct filling *f)
{
	struct chainlog_item *item = &f->page->items[f->page->n];
	enum err e;

	*item = (struct chainlog_item){
		.cursor = f->entry << PLACE_BITS | f->place,
		.what = f->is_revert ? CHAINLOG_REVERT : CHAINLOG_BLOCK,
		.number = f->block.number,
	};
	if (f->place == 0) {
		item->block = f->block;
	} else {
		item->what = CHAINLOG_RECEIPT;
		item->index = (uint32_t)f->place - 1;
		e = chaindb_receipt(f->db, f->arena, f->block.number,
		                    item->index, &item->receipt);
		if (e != ERR_OK)
			return e == ERR_STORE_NO_BLOCK ? ERR_STORE_CORRUPT : e;
	}
	f->page->n++;
	return ERR_OK;
}

/* Whether the entry has nothing at the place, or behind it. */
static bool chainlog_is_over(const struct filling *f)
{
	return f->place > (f->is_revert ? 0 : f->block.n_receipts);
}

static bool chainlog_is_full(const struct filling *f)
{
	const struct arena *a = f->arena;

	/* What the arena holds is what the page takes, and a little more. */
	return f->page->n == f->bounds->max_items ||
	       (f->page->n > 0 &&
	        a->held - f->held_before > f->bounds->max_bytes);
}

static enum err chainlog_fill(struct filling *f)
{
	while (f->entry < f->db->now.n_log && !chainlog_is_full(f)) {
		if (!f->has_entry)
			TRY(chainlog_entry(f));
		if (chainlog_is_over(f)) {
			f->entry++;
			f->place = 0;
			f->has_entry = false;
			continue;
		}
		TRY(chainlog_item(f));
		f->place++;
	}
	return ERR_OK;
}

enum err chainlog_read(struct chaindb *db, struct arena *a, uint64_t cursor,
                       const struct chainlog_bounds *bounds,
                       struct chainlog_page *ret)
{
	struct filling f = { .db = db,
		             .arena = a,
		             .page = ret,
		             .bounds = bounds,
		             .entry = cursor >> PLACE_BITS,
		             .place = cursor & PLACE_MAX };

	CHECK(bounds->max_items >= 1 && bounds->max_items <= CHAINLOG_PAGE_MAX);
	*ret = (struct chainlog_page){ .next = cursor };
	if (cursor >= chainlog_end(db))
		return ERR_OK;
	ret->items =
	    arena_new_array(a, struct chainlog_item, bounds->max_items);
	if (!ret->items)
		return ERR_NO_MEMORY;
	f.held_before = a->held;
	TRY(chainlog_fill(&f));
	ret->next = f.entry << PLACE_BITS | f.place;
	return ERR_OK;
}

uint64_t chainlog_end(const struct chaindb *db)
{
	return db->now.n_log << PLACE_BITS;
}
