/* node/regtest/rt_pool.c - Waiting transactions; contract in rt_pool.h. */
#include "config.h"

#include "node/regtest/rt_pool.h"

#include <string.h>

#include "clarity/base/check.h"
#include "node/regtest/rt_admit.h"

#define ARENA_MAX ((size_t)4 << 30)

/* Dead bytes from which moving the living ones is worth it. */
#define DEAD_MIN ((size_t)8 << 20)

void rt_pool_init(struct rt_pool *p, struct rt_chain *chain,
                  const struct hmap_seed *seed)
{
	memset(p, 0, sizeof(*p));
	p->chain = chain;
	arena_init(&p->arenas[0], ARENA_MAX);
	arena_init(&p->arenas[1], ARENA_MAX);
	hmap_init(&p->by_id, NULL, HMAP_MAX, seed);
	hmap_init(&p->spends, NULL, HMAP_MAX, seed);
}

void rt_pool_fini(struct rt_pool *p)
{
	hmap_fini(&p->by_id);
	hmap_fini(&p->spends);
	arena_fini(&p->arenas[0]);
	arena_fini(&p->arenas[1]);
}

static struct span spends_key(const struct btc_outpoint *at)
{
	return span_of(at, sizeof(*at));
}

struct rt_entry *rt_pool_find(const struct rt_pool *p,
                              const uint8_t id[BTC_WIRE_HASH_LEN])
{
	return hmap_get(&p->by_id, span_of(id, BTC_WIRE_HASH_LEN));
}

struct rt_entry *rt_pool_spender(const struct rt_pool *p,
                                 const struct btc_outpoint *at)
{
	return hmap_get(&p->spends, spends_key(at));
}

struct rt_entry *rt_pool_next(const struct rt_pool *p, uint32_t *place)
{
	const struct hmap_entry *e = hmap_next(&p->by_id, place);

	return e ? e->value : NULL;
}

uint32_t rt_pool_count(const struct rt_pool *p)
{
	return p->by_id.n;
}

struct rt_coin *rt_pool_coin(const struct rt_pool *p,
                             const struct btc_outpoint *at,
                             struct rt_coin *room)
{
	const struct rt_entry *e = rt_pool_find(p, at->txid);

	if (!e)
		return rt_coins_find(&p->chain->coins, at);
	if (at->n >= e->tx.n_outs)
		return NULL;
	memset(room, 0, sizeof(*room));
	room->at = *at;
	room->height = rt_chain_tip(p->chain)->height + 1;
	room->out = e->tx.outs[at->n];
	return room;
}

/* --- walks --- */

/* Entries met on a walk; those behind `at` are still to be looked around. */
struct walk {
	struct rt_pool *p;
	struct rt_entry **list;
	uint32_t n;
};

static void walk_meet(struct walk *w, struct rt_entry *e)
{
	if (!e || e->mark == w->p->walk)
		return;
	e->mark = w->p->walk;
	w->list[w->n++] = e;
}

static void walk_around(struct walk *w, const struct rt_entry *e,
                        enum rt_pool_way way)
{
	struct btc_outpoint out;

	if (way == RT_POOL_ANCESTORS) {
		for (uint32_t i = 0; i < e->tx.n_ins; i++)
			walk_meet(w,
			          rt_pool_find(w->p, e->tx.ins[i].spends.txid));
		return;
	}
	memset(&out, 0, sizeof(out));
	memcpy(out.txid, e->id, sizeof(out.txid));
	for (; out.n < e->tx.n_outs; out.n++)
		walk_meet(w, rt_pool_spender(w->p, &out));
}

enum err rt_pool_walk(struct rt_pool *p, struct arena *a, struct rt_entry *e,
                      enum rt_pool_way way, struct rt_entry ***ret,
                      uint32_t *ret_n)
{
	struct walk w = { .p = p };

	w.list = arena_new_array(a, struct rt_entry *, p->by_id.n + 1);
	if (!w.list)
		return ERR_NO_MEMORY;
	p->walk++;
	walk_meet(&w, e);
	for (uint32_t at = 0; at < w.n; at++)
		walk_around(&w, w.list[at], way);
	*ret = w.list + 1;
	*ret_n = w.n - 1;
	return ERR_OK;
}

/* --- coming and going --- */

/* Copies an entry into the arena, with all that it points to. */
static struct rt_entry *entry_copy(struct arena *a, const struct rt_entry *e)
{
	struct rt_entry *copy = arena_copy(a, e, sizeof(*e));
	const uint8_t *bytes = arena_copy(a, e->bytes.p, e->bytes.len);
	struct cursor c;

	if (!copy || !bytes)
		return NULL;
	copy->bytes = span_of(bytes, e->bytes.len);
	c = cursor_of(copy->bytes);
	return btc_tx_read(a, &copy->tx, &c) == ERR_OK ? copy : NULL;
}

static enum err enter(struct rt_pool *p, struct rt_entry *e)
{
	TRY(hmap_put(&p->by_id, span_of(e->id, sizeof(e->id)), e));
	for (uint32_t i = 0; i < e->tx.n_ins; i++)
		TRY(hmap_put(&p->spends, spends_key(&e->tx.ins[i].spends), e));
	p->live += e->bytes.len;
	p->bytes += e->vsize;
	p->fees += e->fee;
	p->changes++;
	return ERR_OK;
}

static void leave(struct rt_pool *p, const struct rt_entry *e)
{
	for (uint32_t i = 0; i < e->tx.n_ins; i++)
		(void)hmap_del(&p->spends, spends_key(&e->tx.ins[i].spends));
	p->live -= e->bytes.len;
	p->dead += e->bytes.len;
	p->bytes -= e->vsize;
	p->fees -= e->fee;
	p->changes++;
	(void)hmap_del(&p->by_id, span_of(e->id, sizeof(e->id)));
}

/* Moves all entries into the other arena and empties this one. */
static enum err move_all(struct rt_pool *p)
{
	struct arena *to = &p->arenas[p->current ^ 1u];
	uint32_t n = p->by_id.n;
	struct rt_entry **list = arena_new_array(to, struct rt_entry *, n);
	struct rt_entry *e;
	uint32_t place = 0;
	uint32_t i = 0;

	if (!list)
		return ERR_NO_MEMORY;
	while ((e = rt_pool_next(p, &place)) != NULL) {
		list[i] = entry_copy(to, e);
		if (!list[i++])
			return ERR_NO_MEMORY;
	}
	hmap_reset(&p->by_id);
	hmap_reset(&p->spends);
	p->live = 0;
	p->dead = 0;
	p->bytes = 0;
	p->fees = 0;
	for (i = 0; i < n; i++)
		TRY(enter(p, list[i]));
	arena_reset(&p->arenas[p->current]);
	p->current ^= 1u;
	return ERR_OK;
}

/* Gives memory back when it is time. */
static enum err tidy(struct rt_pool *p)
{
	if (p->by_id.n > 0 && (p->dead < DEAD_MIN || p->dead < p->live))
		return ERR_OK;
	return p->dead > 0 ? move_all(p) : ERR_OK;
}

/* Removes an entry and all that depend on it. */
static enum err remove_with_children(struct rt_pool *p, struct rt_entry *e)
{
	struct arena_mark mark = arena_mark(p->chain->work);
	struct rt_entry **list;
	uint32_t n;

	TRY(rt_pool_walk(p, p->chain->work, e, RT_POOL_DESCENDANTS, &list, &n));
	while (n > 0)
		leave(p, list[--n]);
	leave(p, e);
	arena_cut(p->chain->work, mark);
	return ERR_OK;
}

enum err rt_pool_accept(struct rt_pool *p, struct rt_reason *why,
                        const struct rt_offer *offer, struct rt_accepted *ret)
{
	struct arena *work = p->chain->work;
	struct arena_mark mark = arena_mark(work);
	struct rt_admission ad = { .pool = p, .offer = offer, .why = why };
	struct rt_entry *e;
	enum err err = rt_admit_judge(&ad, ret);

	for (uint32_t i = 0;
	     err == ERR_OK && !offer->is_test && i < ad.n_replaced; i++)
		err = remove_with_children(p, ad.replaced[i]);
	if (err == ERR_OK && !offer->is_test) {
		e = entry_copy(&p->arenas[p->current], &ad.entry);
		err = e ? ERR_OK : ERR_NO_MEMORY;
		if (e) {
			e->seq = p->next_seq++;
			err = enter(p, e);
		}
	}
	arena_cut(work, mark);
	return err == ERR_OK && !offer->is_test ? tidy(p) : err;
}

/* --- following the chain --- */

/* What a block has is no longer waiting, nor is what spends the same. */
static enum err drop_confirmed(struct rt_pool *p, const struct rt_block *b)
{
	for (uint32_t i = 0; i < b->block.n_txs; i++) {
		const struct btc_tx *tx = &b->block.txs[i];
		struct rt_entry *e = rt_pool_find(p, b->block.ids[i]);

		if (e) {
			leave(p, e);
			continue;
		}
		for (uint32_t k = 0; i > 0 && k < tx->n_ins; k++) {
			e = rt_pool_spender(p, &tx->ins[k].spends);
			if (e)
				TRY(remove_with_children(p, e));
		}
	}
	return ERR_OK;
}

static enum err offer_again(struct rt_pool *p, struct span bytes, uint32_t now)
{
	struct rt_offer offer = { .bytes = bytes,
		                  .now = now,
		                  .is_returning = true };
	struct rt_accepted ignored;
	struct rt_reason why;
	enum err e = rt_pool_accept(p, &why, &offer, &ignored);

	return err_class(e) == ERR_CLASS_FAULT ? e : ERR_OK;
}

static enum err offer_block(struct rt_pool *p, const struct rt_block *b,
                            uint32_t now)
{
	struct buf bytes;
	enum err e = ERR_OK;

	buf_init(&bytes, BTC_WIRE_MAX);
	for (uint32_t i = 1; e == ERR_OK && i < b->block.n_txs; i++) {
		buf_reset(&bytes);
		e = btc_tx_write(&bytes, &b->block.txs[i]);
		if (e == ERR_OK)
			e = offer_again(p, buf_span(&bytes), now);
	}
	buf_fini(&bytes);
	return e;
}

/* Starts afresh: first what blocks gave back, oldest first, then the rest. */
static enum err judge_all(struct rt_pool *p, uint32_t now)
{
	struct arena *work = p->chain->work;
	struct arena_mark mark = arena_mark(work);
	uint32_t n = p->by_id.n;
	struct span *list = arena_new_array(work, struct span, n);
	uint32_t *times = arena_new_array(work, uint32_t, n);
	struct rt_entry *e;
	uint32_t place = 0;
	uint32_t i = 0;
	size_t n_moves;

	if (!list || !times)
		return ERR_NO_MEMORY;
	while ((e = rt_pool_next(p, &place)) != NULL) {
		list[i] = span_of(arena_copy(work, e->bytes.p, e->bytes.len),
		                  e->bytes.len);
		times[i] = e->time;
		if (!list[i++].p)
			return ERR_NO_MEMORY;
	}
	place = 0;
	while ((e = rt_pool_next(p, &place)) != NULL)
		leave(p, e);
	const struct rt_move *moves = rt_chain_moves(p->chain, &n_moves);

	while (n_moves-- > 0) {
		if (!moves[n_moves].is_connect)
			TRY(offer_block(p, moves[n_moves].block, now));
	}
	for (i = 0; i < n; i++)
		TRY(offer_again(p, list[i], times[i]));
	arena_cut(work, mark);
	return ERR_OK;
}

enum err rt_pool_follow(struct rt_pool *p, uint32_t now)
{
	size_t n;
	const struct rt_move *moves = rt_chain_moves(p->chain, &n);
	bool has_gone_back = false;

	for (size_t i = 0; i < n; i++) {
		has_gone_back |= !moves[i].is_connect;
		if (moves[i].is_connect)
			TRY(drop_confirmed(p, moves[i].block));
	}
	if (has_gone_back)
		TRY(judge_all(p, now));
	return tidy(p);
}
