/* node/store/changes.c - Lists of what blocks wrote; contract in changes.h. */
#include "config.h"

#include "node/store/changes.h"

#include <string.h>

#include "clarity/base/buf.h"
#include "clarity/base/check.h"
#include "clarity/base/hmap.h"
#include "clarity/base/num.h"

#define BUCKET_VERSION 1u
#define BUCKET_KEYS 32u
#define BUCKET_MAX ((size_t)1 << 31)

static uint32_t changes_buckets(uint32_t n)
{
	return n ? (n + BUCKET_KEYS - 1) / BUCKET_KEYS : 1;
}

static uint32_t changes_bucket_of(struct span key, uint32_t buckets)
{
	static const struct hmap_seed zero;

	return (uint32_t)(hmap_hash(&zero, key) % buckets);
}

static struct span changes_key(const struct changes *c, uint32_t bucket,
                               uint8_t room[8])
{
	be32_write(room, c->number);
	be32_write(room + 4, bucket);
	return span_of(room, 8);
}

/* Changes in the order of their buckets, and where each bucket begins. */
struct order {
	uint32_t *starts; /* one more than there are buckets */
	uint32_t *items;
};

static enum err changes_sort(const struct state_diff *d, struct arena *a,
                             uint32_t buckets, struct order *ret)
{
	uint32_t n = state_diff_count(d);
	uint32_t *of = arena_new_array(a, uint32_t, n);
	struct span key, value;

	ret->items = arena_new_array(a, uint32_t, n);
	ret->starts = arena_zalloc(a, (buckets + 1) * sizeof(*ret->starts));
	if (!of || !ret->items || !ret->starts)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		(void)state_diff_get(d, i, &key, &value);
		of[i] = changes_bucket_of(key, buckets);
		ret->starts[of[i] + 1]++;
	}
	for (uint32_t b = 0; b < buckets; b++)
		ret->starts[b + 1] += ret->starts[b];
	/* Filling moves each start to its end, which is the next one's start:
	 * filled from behind, they come back. */
	for (uint32_t i = n; i-- > 0;)
		ret->items[--ret->starts[of[i] + 1]] = i;
	memmove(ret->starts, ret->starts + 1, buckets * sizeof(*ret->starts));
	ret->starts[buckets] = n;
	return ERR_OK;
}

static enum err changes_spell(const struct state_diff *d, const uint32_t *items,
                              uint32_t n, struct buf *b)
{
	buf_reset(b);
	buf_add_u8(b, BUCKET_VERSION);
	for (uint32_t i = 0; i < n; i++) {
		struct span key, value;

		/* Blocks write values; nothing takes a key away. */
		CHECK(state_diff_get(d, items[i], &key, &value));
		buf_add_be32(b, (uint32_t)key.len);
		buf_add_span(b, key);
		buf_add_be32(b, (uint32_t)value.len);
		buf_add_span(b, value);
	}
	return buf_err(b) ? ERR_NO_MEMORY : ERR_OK;
}

enum err changes_write(const struct changes *c, const struct state_diff *d,
                       struct arena *a, struct kv_batch *batch)
{
	uint32_t buckets = changes_buckets(c->n);
	struct order order;
	struct buf b;
	enum err e = ERR_OK;

	CHECK(c->n == state_diff_count(d));
	if (c->n > CHANGES_MAX)
		return ERR_NO_MEMORY;
	TRY(changes_sort(d, a, buckets, &order));
	buf_init(&b, BUCKET_MAX);
	for (uint32_t i = 0; i < buckets && e == ERR_OK; i++) {
		uint8_t key[8];
		uint32_t from = order.starts[i];

		e = changes_spell(d, order.items + from,
		                  order.starts[i + 1] - from, &b);
		if (e == ERR_OK)
			kv_batch_put(batch, c->kv, c->family,
			             changes_key(c, i, key), buf_span(&b));
	}
	buf_fini(&b);
	return e;
}

static enum err changes_read(const struct changes *c, struct arena *a,
                             uint32_t bucket, struct cursor *ret)
{
	uint8_t key[8];
	struct span record;
	uint8_t version;
	bool found;

	TRY(kv_get(c->kv, a, c->family, changes_key(c, bucket, key), &record,
	           &found));
	if (!found)
		return ERR_STORE_CORRUPT;
	*ret = cursor_of(record);
	if (cursor_u8(ret, &version) != ERR_OK || version != BUCKET_VERSION)
		return ERR_STORE_CORRUPT;
	return ERR_OK;
}

static enum err changes_part(struct cursor *c, struct span *ret)
{
	uint32_t len;

	if (cursor_be32(c, &len) != ERR_OK ||
	    cursor_read(c, len, &ret->p) != ERR_OK)
		return ERR_STORE_CORRUPT;
	ret->len = len;
	return ERR_OK;
}

static enum err changes_next(struct cursor *c, struct span *key,
                             struct span *value)
{
	TRY(changes_part(c, key));
	return changes_part(c, value);
}

static enum err changes_apply_bucket(struct cursor *in, struct state *s,
                                     uint32_t *n)
{
	while (cursor_left(in)) {
		struct span key, value;

		TRY(changes_next(in, &key, &value));
		TRY(state_put(s, key, value));
		(*n)++;
	}
	return ERR_OK;
}

enum err changes_apply(const struct changes *c, struct arena *a,
                       struct state *s)
{
	uint32_t n = 0;

	if (c->n > CHANGES_MAX)
		return ERR_STORE_CORRUPT;
	for (uint32_t i = 0; i < changes_buckets(c->n); i++) {
		struct arena_mark mark = arena_mark(a);
		struct cursor in;
		enum err e = changes_read(c, a, i, &in);

		if (e == ERR_OK)
			e = changes_apply_bucket(&in, s, &n);
		arena_cut(a, mark);
		if (e != ERR_OK)
			return e;
	}
	return n == c->n ? ERR_OK : ERR_STORE_CORRUPT;
}

enum err changes_find(const struct changes *c, struct arena *a, struct span key,
                      struct span *ret, bool *ret_found)
{
	uint32_t bucket = changes_bucket_of(key, changes_buckets(c->n));
	struct cursor in;

	*ret_found = false;
	TRY(changes_read(c, a, bucket, &in));
	while (cursor_left(&in) && !*ret_found) {
		struct span name, value;

		TRY(changes_next(&in, &name, &value));
		if (span_eq(name, key)) {
			*ret = value;
			*ret_found = true;
		}
	}
	return ERR_OK;
}
