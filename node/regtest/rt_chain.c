/* node/regtest/rt_chain.c - The tree of blocks; contract in rt_chain.h. */
#include "config.h"

#include "node/regtest/rt_chain.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"
#include "node/bitcoin/btc_script.h"
#include "node/regtest/rt_check.h"
#include "node/regtest/rt_connect.h"

#define MOVES_MAX ((size_t)1 << 30)

/* Each block of this target counts as two hashes. */
#define WORK_OF_BLOCK 2u

/* --- looking up --- */

struct rt_block *rt_chain_tip(const struct rt_chain *c)
{
	return c->active[c->n_active - 1];
}

struct rt_block *rt_chain_at(const struct rt_chain *c, uint32_t height)
{
	return height < c->n_active ? c->active[height] : NULL;
}

struct rt_block *rt_chain_find(const struct rt_chain *c,
                               const uint8_t hash[BTC_WIRE_HASH_LEN])
{
	return hmap_get(&c->blocks, span_of(hash, BTC_WIRE_HASH_LEN));
}

const struct rt_place *rt_chain_tx(const struct rt_chain *c,
                                   const uint8_t id[BTC_WIRE_HASH_LEN])
{
	return hmap_get(&c->txs, span_of(id, BTC_WIRE_HASH_LEN));
}

const struct rt_block *rt_chain_fork(const struct rt_block *a,
                                     const struct rt_block *b)
{
	while (a != b) {
		if (a->height >= b->height)
			a = a->prev;
		else
			b = b->prev;
	}
	return a;
}

const struct rt_move *rt_chain_moves(const struct rt_chain *c, size_t *ret_n)
{
	*ret_n = c->moves.len / sizeof(struct rt_move);
	return (const struct rt_move *)(const void *)c->moves.p;
}

void rt_chain_moves_clear(struct rt_chain *c)
{
	buf_reset(&c->moves);
}

bool rt_chain_is_valid(const struct rt_block *b)
{
	return !b->is_failed && !b->has_failed_below;
}

/* --- the active chain --- */

/* The list's next memory: twice as long, from the C library. */
static struct rt_block **active_new(struct rt_block **old, uint32_t cap)
{
	return realloc(old, cap * sizeof(*old));
}

static enum err active_push(struct rt_chain *c, struct rt_block *b)
{
	if (c->n_active == c->cap_active) {
		uint32_t cap = c->cap_active ? c->cap_active * 2 : 64;
		struct rt_block **list = active_new(c->active, cap);

		if (!list)
			return ERR_NO_MEMORY;
		c->active = list;
		c->cap_active = cap;
	}
	c->active[c->n_active++] = b;
	b->is_active = true;
	b->is_checked = true;
	return ERR_OK;
}

static enum err note_move(struct rt_chain *c, struct rt_block *b,
                          bool is_connect)
{
	struct rt_move move = { .block = b, .is_connect = is_connect };

	return buf_add(&c->moves, &move, sizeof(move));
}

static enum err connect_tip(struct rt_chain *c, struct rt_reason *why,
                            struct rt_block *b)
{
	TRY(rt_connect_block(c, why, b));
	for (uint32_t i = 0; i < b->block.n_txs; i++)
		TRY(hmap_put(&c->txs,
		             span_of(b->block.ids[i], sizeof(btc_hash)),
		             &b->places[i]));
	TRY(active_push(c, b));
	return note_move(c, b, true);
}

static enum err disconnect_tip(struct rt_chain *c)
{
	struct rt_block *b = rt_chain_tip(c);

	TRY(rt_connect_undo(c, b));
	for (uint32_t i = 0; i < b->block.n_txs; i++)
		(void)hmap_del(&c->txs,
		               span_of(b->block.ids[i], sizeof(btc_hash)));
	c->n_active--;
	b->is_active = false;
	return note_move(c, b, false);
}

static bool is_better(const struct rt_block *a, const struct rt_block *b)
{
	if (a->work != b->work)
		return a->work > b->work;
	return a->seq < b->seq;
}

static struct rt_block *best_of(const struct rt_chain *c)
{
	const struct hmap_entry *e;
	struct rt_block *best = NULL;
	uint32_t place = 0;

	while ((e = hmap_next(&c->blocks, &place)) != NULL) {
		struct rt_block *b = e->value;

		if (rt_chain_is_valid(b) && (!best || is_better(b, best)))
			best = b;
	}
	return best;
}

/* Blocks come after what they stand on, so one walk reaches all. */
static void spread_failure(struct rt_chain *c)
{
	const struct hmap_entry *e;
	uint32_t place = 0;

	while ((e = hmap_next(&c->blocks, &place)) != NULL) {
		struct rt_block *b = e->value;

		b->has_failed_below = b->prev && !rt_chain_is_valid(b->prev);
	}
}

static void mark_failed(struct rt_chain *c, struct rt_block *b)
{
	b->is_failed = true;
	spread_failure(c);
}

/* Goes to `to` as far as its blocks are valid. */
static enum err go_to(struct rt_chain *c, struct rt_reason *why,
                      const struct rt_block *about, struct rt_block *to)
{
	const struct rt_block *fork = rt_chain_fork(rt_chain_tip(c), to);
	struct rt_block **way;
	struct rt_reason one;
	uint32_t n = to->height - fork->height;

	way = arena_new_array(c->work, struct rt_block *, n);
	if (!way)
		return ERR_NO_MEMORY;
	for (uint32_t i = n; i > 0; i--, to = to->prev)
		way[i - 1] = to;
	while (rt_chain_tip(c) != fork)
		TRY(disconnect_tip(c));
	for (uint32_t i = 0; i < n; i++) {
		enum err e = connect_tip(c, &one, way[i]);

		if (e == ERR_BTC_RULE) {
			if (way[i] == about)
				*why = one;
			mark_failed(c, way[i]);
			return ERR_OK;
		}
		TRY(e);
	}
	return ERR_OK;
}

enum err rt_chain_activate(struct rt_chain *c, struct rt_reason *why,
                           const struct rt_block *about)
{
	struct rt_block *best = NULL;

	/* What stands on the tip is better than all: no search is needed. */
	if (about && about->prev == rt_chain_tip(c) && rt_chain_is_valid(about))
		best = rt_chain_find(c, about->hash);
	for (;;) {
		struct arena_mark mark = arena_mark(c->work);

		if (!best)
			best = best_of(c);
		if (best == rt_chain_tip(c))
			return ERR_OK;
		enum err e = go_to(c, why, about, best);

		arena_cut(c->work, mark);
		TRY(e);
		if (best == rt_chain_tip(c))
			return ERR_OK;
		best = NULL;
	}
}

/* --- new blocks --- */

static uint32_t median_of(const struct rt_block *prev, uint32_t time)
{
	uint32_t times[RT_CHAIN_MEDIAN_BLOCKS];
	uint32_t n = 0;

	for (;;) {
		uint32_t i = n++;

		for (; i > 0 && times[i - 1] > time; i--)
			times[i] = times[i - 1];
		times[i] = time;
		if (!prev || n == RT_CHAIN_MEDIAN_BLOCKS)
			return times[n / 2];
		time = prev->header_time;
		prev = prev->prev;
	}
}

/* The coins that a block makes, and room for those that it spends. */
static enum err fill_coins(struct arena *a, struct rt_block *b)
{
	const struct btc_block *block = &b->block;
	size_t n_made = 0;
	size_t n_spent = 0;

	for (uint32_t i = 0; i < block->n_txs; i++) {
		n_made += block->txs[i].n_outs;
		n_spent += i > 0 ? block->txs[i].n_ins : 0;
	}
	b->made = arena_new_array(a, struct rt_coin, n_made);
	b->spent = arena_new_array(a, struct rt_coin *, n_spent);
	b->places = arena_new_array(a, struct rt_place, block->n_txs);
	if (!b->made || !b->spent || !b->places)
		return ERR_NO_MEMORY;
	n_made = 0;
	for (uint32_t i = 0; i < block->n_txs; i++) {
		b->places[i] = (struct rt_place){ .block = b, .at = i };
		for (uint32_t o = 0; o < block->txs[i].n_outs; o++) {
			struct rt_coin *coin = &b->made[n_made++];

			memset(coin, 0, sizeof(*coin));
			memcpy(coin->at.txid, block->ids[i], sizeof(btc_hash));
			coin->at.n = o;
			coin->height = b->height;
			coin->is_coinbase = i == 0;
			coin->out = block->txs[i].outs[o];
		}
	}
	return ERR_OK;
}

/* Reads a block into the arena. */
static enum err read_block(struct arena *a, struct span bytes,
                           struct rt_block **ret)
{
	const uint8_t *copy = arena_copy(a, bytes.p, bytes.len);
	struct rt_block *b = arena_zalloc(a, sizeof(*b));
	struct cursor c = cursor_of(span_of(copy, bytes.len));

	if (!copy || !b)
		return ERR_NO_MEMORY;
	b->bytes = span_of(copy, bytes.len);
	enum err e = btc_block_read(a, &b->block, &c);

	if (e == ERR_OK)
		e = cursor_done(&c);
	if (e != ERR_OK)
		return err_class(e) == ERR_CLASS_FAULT ? e : ERR_SYNTAX;
	btc_header_hash(b->hash, &b->block.header);
	b->header_time = b->block.header.time;
	*ret = b;
	return ERR_OK;
}

static void stand_on(struct rt_block *b, struct rt_block *prev)
{
	b->prev = prev;
	b->height = prev ? prev->height + 1 : 0;
	b->work = (prev ? prev->work : 0) + WORK_OF_BLOCK;
	b->median = median_of(prev, b->header_time);
}

/* Reads and judges a block; it is nowhere entered. */
static enum err judge(struct rt_chain *c, struct rt_reason *why,
                      struct span bytes, uint32_t now, struct rt_block **ret)
{
	const struct btc_header *h;
	struct rt_block *prev;
	struct rt_block *b;

	TRY(read_block(c->arena, bytes, &b));
	h = &b->block.header;
	if (!rt_check_has_work(b->hash))
		return rt_reason_set(why, "high-hash");
	TRY(rt_check_block(c->work, why, &b->block));
	prev = rt_chain_find(c, h->prev);
	if (!prev)
		return rt_reason_set(why, "prev-blk-not-found");
	if (!rt_chain_is_valid(prev))
		return rt_reason_set(why, "bad-prevblk");
	TRY(rt_check_header(why, h, b->hash, prev->median, now));
	stand_on(b, prev);
	TRY(rt_check_place(c->work, why, &b->block, b->height, prev->median));
	TRY(fill_coins(c->arena, b));
	*ret = b;
	return ERR_OK;
}

enum err rt_chain_add(struct rt_chain *c, struct rt_reason *why,
                      struct span bytes, uint32_t now, struct rt_block **ret,
                      bool *ret_is_new)
{
	struct arena_mark mark = arena_mark(c->arena);
	btc_hash hash;
	enum err e;

	*ret_is_new = false;
	if (bytes.len < BTC_HEADER_LEN)
		return ERR_SYNTAX;
	hash_sha256d(hash, bytes.p, BTC_HEADER_LEN);
	*ret = rt_chain_find(c, hash);
	if (*ret)
		return ERR_OK;
	e = judge(c, why, bytes, now, ret);
	if (e != ERR_OK) {
		arena_cut(c->arena, mark);
		return e;
	}
	(*ret)->seq = c->next_seq++;
	*ret_is_new = true;
	return hmap_put(&c->blocks, span_of((*ret)->hash, sizeof(btc_hash)),
	                *ret);
}

enum err rt_chain_try(struct rt_chain *c, struct rt_reason *why,
                      struct span bytes, uint32_t now)
{
	struct arena_mark mark = arena_mark(c->arena);
	struct rt_block *b = NULL;
	enum err e = judge(c, why, bytes, now, &b);

	if (e == ERR_OK && b->prev != rt_chain_tip(c))
		e = rt_reason_set(why, "inconclusive-not-best-prevblk");
	if (e == ERR_OK) {
		e = rt_connect_block(c, why, b);
		if (e == ERR_OK)
			e = rt_connect_undo(c, b);
	}
	arena_cut(c->arena, mark);
	return e;
}

/* --- what an operator says --- */

void rt_chain_invalidate(struct rt_chain *c, struct rt_block *b)
{
	CHECK(b->prev);
	mark_failed(c, b);
}

void rt_chain_reconsider(struct rt_chain *c, struct rt_block *b)
{
	const struct hmap_entry *e;
	uint32_t place = 0;

	for (struct rt_block *below = b; below; below = below->prev)
		below->is_failed = false;
	while ((e = hmap_next(&c->blocks, &place)) != NULL) {
		struct rt_block *above = e->value;

		if (above->height > b->height && rt_chain_fork(above, b) == b)
			above->is_failed = false;
	}
	spread_failure(c);
}

void rt_chain_precious(struct rt_chain *c, struct rt_block *b)
{
	b->seq = --c->lowest_seq;
}

/* --- the first block --- */

static const char first_text[] = "The Times 03/Jan/2009 Chancellor on brink "
				 "of second bailout for banks";

static const uint8_t first_key[] = {
	0x04, 0x67, 0x8a, 0xfd, 0xb0, 0xfe, 0x55, 0x48, 0x27, 0x19, 0x67,
	0xf1, 0xa6, 0x71, 0x30, 0xb7, 0x10, 0x5c, 0xd6, 0xa8, 0x28, 0xe0,
	0x39, 0x09, 0xa6, 0x79, 0x62, 0xe0, 0xea, 0x1f, 0x61, 0xde, 0xb6,
	0x49, 0xf6, 0xbc, 0x3f, 0x4c, 0xef, 0x38, 0xc4, 0xf3, 0x55, 0x04,
	0xe5, 0x1e, 0xc1, 0x12, 0xde, 0x5c, 0x38, 0x4d, 0xf7, 0xba, 0x0b,
	0x8d, 0x57, 0x8a, 0x4c, 0x70, 0x2b, 0x6b, 0xf1, 0x1d, 0x5f,
};

static enum err first_bytes(struct buf *ret)
{
	static const uint8_t number[] = { 0xff, 0xff, 0x00, 0x1d };
	static const uint8_t four[] = { 4 };
	struct btc_in in = { .spends.n = BTC_TX_NO_OUTPUT,
		             .sequence = BTC_SEQUENCE_FINAL };
	struct btc_out out = { .value = rt_check_subsidy(0) };
	struct btc_tx tx = {
		.version = 1, .ins = &in, .n_ins = 1, .outs = &out, .n_outs = 1
	};
	struct btc_block block = { .header = { .version = 1,
		                               .time = 1296688602,
		                               .bits = RT_CHECK_BITS,
		                               .nonce = 2 },
		                   .txs = &tx,
		                   .n_txs = 1 };
	struct buf script;

	buf_init(&script, 1024);
	(void)btc_script_add_data(&script, span_of(number, sizeof(number)));
	(void)btc_script_add_data(&script, span_of(four, sizeof(four)));
	(void)btc_script_add_data(&script, span_str(first_text));
	size_t len = script.len;

	(void)btc_script_add_data(&script,
	                          span_of(first_key, sizeof(first_key)));
	(void)buf_add_u8(&script, BTC_OP_CHECKSIG);
	enum err e = buf_err(&script);

	if (e == ERR_OK) {
		in.script = span_of(script.p, len);
		out.script = span_of(script.p + len, script.len - len);
		e = btc_tx_id(block.header.root, &tx);
	}
	if (e == ERR_OK)
		e = btc_block_write(ret, &block);
	buf_fini(&script);
	return e;
}

static enum err add_first(struct rt_chain *c)
{
	struct rt_block *b = NULL;
	struct buf bytes;
	enum err e;

	buf_init(&bytes, 4096);
	e = first_bytes(&bytes);
	if (e == ERR_OK)
		e = read_block(c->arena, buf_span(&bytes), &b);
	buf_fini(&bytes);
	TRY(e);
	CHECK(rt_check_has_work(b->hash));
	stand_on(b, NULL);
	TRY(fill_coins(c->arena, b));
	b->seq = c->next_seq++;
	TRY(hmap_put(&c->blocks, span_of(b->hash, sizeof(btc_hash)), b));
	/* By an old mistake its coinbase cannot be spent: it makes no coin. */
	TRY(hmap_put(&c->txs, span_of(b->block.ids[0], sizeof(btc_hash)),
	             &b->places[0]));
	return active_push(c, b);
}

enum err rt_chain_init(struct rt_chain *c, struct arena *arena,
                       struct arena *work, const struct hmap_seed *seed)
{
	memset(c, 0, sizeof(*c));
	c->arena = arena;
	c->work = work;
	hmap_init(&c->blocks, NULL, HMAP_MAX, seed);
	hmap_init(&c->txs, NULL, HMAP_MAX, seed);
	rt_coins_init(&c->coins, seed);
	buf_init(&c->moves, MOVES_MAX);
	return add_first(c);
}

void rt_chain_fini(struct rt_chain *c)
{
	hmap_fini(&c->blocks);
	hmap_fini(&c->txs);
	rt_coins_fini(&c->coins);
	buf_fini(&c->moves);
	free(c->active);
	c->active = NULL;
}
