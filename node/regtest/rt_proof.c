/* node/regtest/rt_proof.c - Partial trees; contract in rt_proof.h. */
#include "config.h"

#include "node/regtest/rt_proof.h"

#include <string.h>

#include "clarity/base/check.h"

/* The tree's height is at most that of 2^32 leaves, so a walk needs no more
 * places than this. */
#define HEIGHT_MAX 32u

/* The least that a transaction takes in a block of BTC_WIRE_MAX bytes. */
#define TX_MIN 60u

/* Nodes of a row. */
static uint32_t width(uint32_t n, unsigned height)
{
	return (uint32_t)(((uint64_t)n + ((uint64_t)1 << height) - 1) >>
	                  height);
}

static unsigned height_of(uint32_t n)
{
	unsigned height = 0;

	while (width(n, height) > 1)
		height++;
	return height;
}

static void join(btc_hash ret, const btc_hash left, const btc_hash right)
{
	uint8_t both[2 * sizeof(btc_hash)];

	memcpy(both, left, sizeof(btc_hash));
	memcpy(both + sizeof(btc_hash), right, sizeof(btc_hash));
	hash_sha256d(ret, both, sizeof(both));
}

/* --- writing --- */

/* The whole tree, row by row, with what leads to wanted leaves. */
struct tree {
	btc_hash *rows[HEIGHT_MAX + 1];
	bool *leads[HEIGHT_MAX + 1];
	unsigned height;
	uint32_t n;
};

static enum err grow(struct arena *a, struct tree *t, const btc_hash *ids,
                     const bool *is_wanted)
{
	for (unsigned h = 0; h <= t->height; h++) {
		uint32_t n = width(t->n, h);

		t->rows[h] = arena_new_array(a, btc_hash, n);
		t->leads[h] = arena_new_array(a, bool, n);
		if (!t->rows[h] || !t->leads[h])
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < n; i++) {
			if (h == 0) {
				memcpy(t->rows[0][i], ids[i], sizeof(btc_hash));
				t->leads[0][i] = is_wanted[i];
				continue;
			}
			uint32_t below = width(t->n, h - 1);
			uint32_t left = 2 * i;
			uint32_t right = left + 1 < below ? left + 1 : left;

			join(t->rows[h][i], t->rows[h - 1][left],
			     t->rows[h - 1][right]);
			t->leads[h][i] =
			    t->leads[h - 1][left] || t->leads[h - 1][right];
		}
	}
	return ERR_OK;
}

/* A place in the tree that is still to be visited. */
struct place {
	unsigned height;
	uint32_t at;
};

/* Bits are gathered one to a byte, then packed. */
static void walk(const struct tree *t, struct buf *bits, struct buf *hashes)
{
	struct place todo[2 * HEIGHT_MAX + 2] = { { t->height, 0 } };
	unsigned n = 1;

	while (n > 0) {
		struct place p = todo[--n];
		bool leads = t->leads[p.height][p.at];

		(void)buf_add_u8(bits, leads);
		if (!leads || p.height == 0) {
			(void)buf_add(hashes, t->rows[p.height][p.at],
			              sizeof(btc_hash));
			continue;
		}
		if (2 * p.at + 1 < width(t->n, p.height - 1))
			todo[n++] =
			    (struct place){ p.height - 1, 2 * p.at + 1 };
		todo[n++] = (struct place){ p.height - 1, 2 * p.at };
	}
}

static void add_bits(struct buf *ret, const struct buf *bits)
{
	(void)btc_wire_add_count(ret, (bits->len + 7) / 8);
	for (size_t i = 0; i < bits->len; i += 8) {
		uint8_t byte = 0;

		for (size_t k = 0; k < 8 && i + k < bits->len; k++)
			byte |= (uint8_t)(bits->p[i + k] << k);
		(void)buf_add_u8(ret, byte);
	}
}

enum err rt_proof_write(struct arena *a, struct buf *ret,
                        const struct btc_block *block, const bool *is_wanted)
{
	struct tree t = { .n = block->n_txs,
		          .height = height_of(block->n_txs) };
	uint8_t header[BTC_HEADER_LEN];
	struct buf bits;
	struct buf hashes;

	CHECK(block->n_txs > 0);
	TRY(grow(a, &t, block->ids, is_wanted));
	buf_init(&bits, BTC_WIRE_MAX);
	buf_init(&hashes, (size_t)BTC_WIRE_MAX * 2);
	walk(&t, &bits, &hashes);
	btc_header_write(header, &block->header);
	(void)buf_add(ret, header, sizeof(header));
	(void)buf_add_le32(ret, block->n_txs);
	(void)btc_wire_add_count(ret, hashes.len / sizeof(btc_hash));
	(void)buf_add_span(ret, buf_span(&hashes));
	add_bits(ret, &bits);
	enum err e = buf_err(&bits);

	if (e == ERR_OK)
		e = buf_err(&hashes);
	buf_fini(&bits);
	buf_fini(&hashes);
	return e == ERR_OK ? buf_err(ret) : e;
}

/* --- reading --- */

struct reader {
	struct span bits;
	size_t bit; /* bits read */
	const uint8_t *hashes;
	uint32_t n_hashes;
	uint32_t hash; /* hashes read */
	struct rt_proof *ret;
	bool is_wrong;
};

static bool next_bit(struct reader *r)
{
	size_t at = r->bit++;

	if (at / 8 >= r->bits.len) {
		r->is_wrong = true;
		return false;
	}
	return (unsigned)r->bits.p[at / 8] >> (at % 8) & 1u;
}

static void next_hash(struct reader *r, btc_hash ret)
{
	if (r->hash >= r->n_hashes) {
		r->is_wrong = true;
		return;
	}
	memcpy(ret, r->hashes + (size_t)r->hash++ * sizeof(btc_hash),
	       sizeof(btc_hash));
}

/* A node whose children are being read. */
struct pending {
	struct place place;
	btc_hash left;
	bool has_left;
};

/* Joins a finished node with what waits for it; the root remains. */
static void close_node(struct reader *r, struct pending *stack, unsigned *n,
                       uint32_t n_txs, btc_hash node)
{
	while (*n > 0 && !r->is_wrong) {
		struct pending *p = &stack[*n - 1];
		uint32_t right = 2 * p->place.at + 1;
		bool has_right = right < width(n_txs, p->place.height - 1);

		if (!p->has_left && has_right) {
			memcpy(p->left, node, sizeof(btc_hash));
			p->has_left = true;
			return;
		}
		/* Two equal halves would let another list have this root. */
		if (p->has_left && memcmp(p->left, node, sizeof(btc_hash)) == 0)
			r->is_wrong = true;
		join(node, p->has_left ? p->left : node, node);
		(*n)--;
	}
}

/* Goes through the tree as it was written. */
static void follow(struct reader *r, btc_hash root)
{
	uint32_t n_txs = r->ret->n_txs;
	struct pending stack[HEIGHT_MAX + 1];
	struct place at = { height_of(n_txs), 0 };
	unsigned n = 0;

	do {
		btc_hash node = { 0 };
		bool leads;

		if (n > 0) {
			const struct pending *p = &stack[n - 1];

			at = (struct place){ p->place.height - 1,
				             2 * p->place.at + p->has_left };
		}
		leads = next_bit(r);
		if (leads && at.height > 0) {
			memset(&stack[n], 0, sizeof(stack[n]));
			stack[n++].place = at;
			continue;
		}
		next_hash(r, node);
		if (leads && !r->is_wrong)
			memcpy(r->ret->ids[r->ret->n_ids++], node,
			       sizeof(btc_hash));
		close_node(r, stack, &n, n_txs, node);
		memcpy(root, node, sizeof(btc_hash));
	} while (n > 0 && !r->is_wrong);
}

static enum err read_parts(struct reader *r, struct cursor *c)
{
	uint32_t len;

	TRY(btc_header_read(&r->ret->header, c));
	TRY(cursor_le32(c, &r->ret->n_txs));
	TRY(btc_wire_items(c, sizeof(btc_hash), &r->n_hashes));
	TRY(cursor_read(c, (size_t)r->n_hashes * sizeof(btc_hash), &r->hashes));
	TRY(btc_wire_count(c, &len));
	TRY(cursor_read(c, len, &r->bits.p));
	r->bits.len = len;
	return cursor_done(c);
}

/* Everything that was written is used, and padding is empty. */
static bool is_used_up(const struct reader *r)
{
	if (r->hash != r->n_hashes || (r->bit + 7) / 8 != r->bits.len)
		return false;
	return r->bit % 8 == 0 || r->bits.p[r->bit / 8] >> (r->bit % 8) == 0;
}

enum err rt_proof_read(struct arena *a, struct rt_proof *ret, struct span bytes)
{
	struct reader r = { .ret = ret };
	struct cursor c = cursor_of(bytes);
	btc_hash root = { 0 };

	memset(ret, 0, sizeof(*ret));
	if (read_parts(&r, &c) != ERR_OK || ret->n_txs == 0 ||
	    ret->n_txs > BTC_WIRE_MAX / TX_MIN || r.n_hashes > ret->n_txs ||
	    r.bits.len * 8 < r.n_hashes)
		return ERR_SYNTAX;
	ret->ids = arena_new_array(a, btc_hash, r.n_hashes);
	if (!ret->ids)
		return ERR_NO_MEMORY;
	follow(&r, root);
	if (r.is_wrong || !is_used_up(&r) ||
	    memcmp(root, ret->header.root, sizeof(root)) != 0)
		return ERR_SYNTAX;
	return ERR_OK;
}
