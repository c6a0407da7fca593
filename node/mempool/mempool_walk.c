/* node/mempool/mempool_walk.c - A miner's order; see mempool_walk.h. */
#include "config.h"

#include "node/mempool/mempool_walk.h"

#include <string.h>

#include "clarity/base/check.h"

#define CAP_FIRST 64u

/** An account's next nonce, under its address. */
struct known {
	struct address who;
	uint64_t next;
};

void mempool_walk_begin(struct mempool_walk *w, struct arena *a,
                        const struct mempool *pool,
                        const struct mempool_chain *chain,
                        const struct hmap_seed *seed)
{
	memset(w, 0, sizeof(*w));
	w->arena = a;
	w->pool = pool;
	w->chain = *chain;
	hmap_init(&w->nonces, a, HMAP_MAX, seed);
	hmap_init(&w->offered, a, HMAP_MAX, seed);
}

static enum err find_nonce(struct mempool_walk *w, const struct address *who,
                           struct known **ret)
{
	struct known *k = hmap_get(&w->nonces, span_of(who, sizeof(*who)));

	if (!k) {
		k = arena_new(w->arena, struct known);
		if (!k)
			return ERR_NO_MEMORY;
		k->who = *who;
		TRY(w->chain.nonce(w->chain.ctx, who, &k->next));
		TRY(hmap_put(&w->nonces, span_of(&k->who, sizeof(k->who)), k));
	}
	*ret = k;
	return ERR_OK;
}

static enum err is_next(struct mempool_walk *w, const struct mempool_tx *t,
                        bool *ret)
{
	struct known *k = NULL;

	TRY(find_nonce(w, &t->origin.who, &k));
	*ret = k->next == t->origin.nonce;
	if (!*ret || !t->is_sponsored)
		return ERR_OK;
	TRY(find_nonce(w, &t->sponsor.who, &k));
	*ret = k->next == t->sponsor.nonce;
	return ERR_OK;
}

static uint64_t key_of(const struct mempool_tx *t)
{
	return (uint64_t)(uintptr_t)t;
}

static enum err grow(struct mempool_walk *w)
{
	uint32_t cap = w->cap ? 2 * w->cap : CAP_FIRST;
	const struct mempool_tx **more =
	    arena_new_array(w->arena, const struct mempool_tx *, cap);

	if (!more)
		return ERR_NO_MEMORY;
	if (w->n_ready > 0)
		memcpy(more, w->ready, w->n_ready * sizeof(*more));
	w->ready = more;
	w->cap = cap;
	return ERR_OK;
}

static void swap(struct mempool_walk *w, uint32_t a, uint32_t b)
{
	const struct mempool_tx *t = w->ready[a];

	w->ready[a] = w->ready[b];
	w->ready[b] = t;
}

static bool is_better(const struct mempool_walk *w, uint32_t a, uint32_t b)
{
	return mempool_compare(w->ready[a], w->ready[b]) < 0;
}

static enum err push(struct mempool_walk *w, const struct mempool_tx *t)
{
	uint32_t at = w->n_ready;

	if (at == w->cap)
		TRY(grow(w));
	w->ready[w->n_ready++] = t;
	for (; at > 0 && is_better(w, at, (at - 1) / 2); at = (at - 1) / 2)
		swap(w, at, (at - 1) / 2);
	return ERR_OK;
}

static const struct mempool_tx *pop(struct mempool_walk *w)
{
	const struct mempool_tx *best = w->ready[0];
	uint32_t at = 0;

	w->ready[0] = w->ready[--w->n_ready];
	for (;;) {
		uint32_t down = 2 * at + 1;

		if (down + 1 < w->n_ready && is_better(w, down + 1, down))
			down++;
		if (down >= w->n_ready || !is_better(w, down, at))
			return best;
		swap(w, at, down);
		at = down;
	}
}

/* The next of the sorted list, without moving on. */
static const struct mempool_tx *peek(struct mempool_walk *w)
{
	return w->is_at_end ? NULL : mempool_best(w->pool, w->at);
}

/* Takes whichever is paid better. */
static const struct mempool_tx *draw(struct mempool_walk *w)
{
	const struct mempool_tx *t = peek(w);

	if (w->n_ready > 0 && (!t || mempool_compare(w->ready[0], t) <= 0))
		return pop(w);
	w->is_at_end = t == NULL;
	if (t)
		w->at = t;
	return t;
}

enum err mempool_walk_next(struct mempool_walk *w,
                           const struct mempool_tx **ret)
{
	bool found = false;

	while (!found) {
		const struct mempool_tx *t = draw(w);

		*ret = t;
		if (!t)
			return ERR_OK;
		if (hmap_has_u64(&w->offered, key_of(t)))
			continue;
		TRY(is_next(w, t, &found));
	}
	return hmap_put_u64(&w->offered, key_of(*ret), NULL);
}

/* Moves an account on, and looks whether its next one is possible now. */
static enum err move_on(struct mempool_walk *w, const struct address *who)
{
	const struct mempool_tx *t = NULL;
	struct known *k = NULL;
	bool is_possible = false;

	TRY(find_nonce(w, who, &k));
	k->next++;
	while ((t = mempool_of(w->pool, who, t))) {
		if (hmap_has_u64(&w->offered, key_of(t)))
			continue;
		TRY(is_next(w, t, &is_possible));
		if (is_possible)
			return push(w, t);
	}
	return ERR_OK;
}

enum err mempool_walk_taken(struct mempool_walk *w, const struct mempool_tx *tx)
{
	TRY(move_on(w, &tx->origin.who));
	if (tx->is_sponsored && memcmp(&tx->origin.who, &tx->sponsor.who,
	                               sizeof(tx->origin.who)) != 0)
		TRY(move_on(w, &tx->sponsor.who));
	return ERR_OK;
}
