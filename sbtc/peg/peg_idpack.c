/* sbtc/peg/peg_idpack.c - Packed lists of ids; see peg_idpack.h. */
#include "config.h"

#include "sbtc/peg/peg_idpack.h"

#include <stdbool.h>

#include "clarity/base/num.h"

#define BITS 8u
#define LEB_BITS 7u
#define LEB_MORE 0x80u
#define LEB_LAST_SHIFT 63u

static uint64_t leb_len(uint64_t n)
{
	uint64_t len = 1;

	for (; n >= LEB_MORE; n >>= LEB_BITS)
		len++;
	return len;
}

static void add_leb(struct buf *b, uint64_t n)
{
	for (; n >= LEB_MORE; n >>= LEB_BITS)
		(void)buf_add_u8(b, (uint8_t)(n | LEB_MORE));
	(void)buf_add_u8(b, (uint8_t)n);
}

static uint64_t bytes_of(uint64_t bits)
{
	return bits / BITS + (bits % BITS != 0);
}

/* Bytes that a segment's bits take, with their count. */
static uint64_t bits_cost(uint64_t first, uint64_t last)
{
	uint64_t len = bytes_of(last - first);

	return leb_len(len) + len;
}

/* Whether `id` is cheaper as the first of a new segment. */
static bool is_split(uint64_t first, uint64_t last, uint64_t id)
{
	uint64_t joined = bits_cost(first, id);
	uint64_t split = bits_cost(first, last) + leb_len(id - last) + 1;

	return split < joined;
}

static uint32_t segment_end(const uint64_t *ids, uint32_t from, uint32_t n)
{
	uint32_t at = from + 1;

	while (at < n && !is_split(ids[from], ids[at - 1], ids[at]))
		at++;
	return at;
}

/* Splitting keeps a segment's bits few: each gap of more than some bytes
 * begins a new one, so the loop below is bounded by the output. */
static void add_segment(struct buf *b, const uint64_t *ids, uint32_t n)
{
	uint64_t len = bytes_of(ids[n - 1] - ids[0]);
	uint32_t at = 1;

	add_leb(b, len);
	for (uint64_t i = 0; i < len && buf_err(b) == ERR_OK; i++) {
		uint8_t bits = 0;

		for (; at < n && (ids[at] - ids[0] - 1) / BITS == i; at++)
			bits |= (uint8_t)(1u << (ids[at] - ids[0] - 1) % BITS);
		(void)buf_add_u8(b, bits);
	}
}

enum err peg_idpack_write(struct buf *b, const uint64_t *ids, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
		if (ids[i] <= ids[i - 1])
			return ERR_PEG_ORDER;
	for (uint32_t at = 0; at < n;) {
		uint32_t end = segment_end(ids, at, n);

		add_leb(b, ids[at] - (at > 0 ? ids[at - 1] : 0));
		add_segment(b, ids + at, end - at);
		at = end;
	}
	return buf_err(b);
}

static enum err read_leb(struct cursor *c, uint64_t *ret)
{
	uint8_t byte = LEB_MORE;

	*ret = 0;
	for (unsigned shift = 0; byte & LEB_MORE; shift += LEB_BITS) {
		TRY(cursor_u8(c, &byte));
		if (shift == LEB_LAST_SHIFT && byte > 1)
			return ERR_PEG_IDPACK;
		*ret |= (uint64_t)(byte & ~LEB_MORE) << shift;
	}
	return ERR_OK;
}

struct ids {
	uint64_t *list; /* NULL: only count */
	uint32_t n;
	uint64_t last; /* the previous segment's greatest */
};

static enum err add_id(struct ids *ids, uint64_t first, uint64_t offset)
{
	if (!u64_add(&ids->last, first, offset) || ids->n == PEG_IDPACK_IDS_MAX)
		return ERR_PEG_IDPACK;
	if (ids->list)
		ids->list[ids->n] = ids->last;
	ids->n++;
	return ERR_OK;
}

static enum err read_bits(struct ids *ids, uint64_t first, const uint8_t *bits,
                          uint64_t len)
{
	for (uint64_t i = 0; i < len * BITS; i++)
		if ((unsigned)bits[i / BITS] >> i % BITS & 1u)
			TRY(add_id(ids, first, i + 1));
	return ERR_OK;
}

static enum err read_segment(struct ids *ids, struct cursor *c)
{
	uint64_t delta = 0;
	uint64_t first;
	uint64_t len = 0;
	const uint8_t *bits = NULL;

	TRY(read_leb(c, &delta));
	if (ids->n > 0 && delta == 0)
		return ERR_PEG_IDPACK;
	if (!u64_add(&first, ids->last, delta))
		return ERR_PEG_IDPACK;
	TRY(add_id(ids, first, 0));
	TRY(read_leb(c, &len));
	TRY(cursor_read(c, len, &bits));
	return read_bits(ids, first, bits, len);
}

static enum err read_segments(struct ids *ids, struct span packed)
{
	struct cursor c = cursor_of(packed);

	do
		TRY(read_segment(ids, &c));
	while (cursor_left(&c) > 0);
	return ERR_OK;
}

enum err peg_idpack_read(struct arena *a, const uint64_t **ret, uint32_t *ret_n,
                         struct span packed)
{
	struct ids ids = { .list = NULL };

	if (packed.len == 0)
		return ERR_PEG_IDPACK;
	TRY(read_segments(&ids, packed));
	ids = (struct ids){ .list = arena_new_array(a, uint64_t, ids.n) };
	if (!ids.list)
		return ERR_NO_MEMORY;
	TRY(read_segments(&ids, packed));
	*ret = ids.list;
	*ret_n = ids.n;
	return ERR_OK;
}
