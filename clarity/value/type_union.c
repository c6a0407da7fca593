/*
 * clarity/value/type_union.c - Contracts and traits that met in one list;
 * contract in type.h.
 */
#include "config.h"

#include "clarity/value/type.h"

#include "clarity/base/hmap.h"

/* Contracts come before traits. */
static int type_union_cmp(const struct type_callable *a,
                          const struct type_callable *b)
{
	if (!a->trait != !b->trait)
		return a->trait ? 1 : -1;
	return a->trait ? principal_trait_cmp(a->trait, b->trait)
	                : principal_cmp(a->contract, b->contract);
}

static bool type_union_has_trait(const struct type *t)
{
	return t->kind == TYPE_CALLABLE_TRAIT ||
	       (t->kind == TYPE_LIST_UNION && t->len > 0);
}

enum err type_union(struct arena *a, const struct type **ret,
                    const struct type *left, const struct type *right)
{
	struct type *t = arena_new(a, struct type);

	if (!t)
		return ERR_NO_MEMORY;
	*t = (struct type){
		.kind = TYPE_LIST_UNION,
		.depth = 1,
		.len =
		    type_union_has_trait(left) || type_union_has_trait(right),
		.size = 148,
		.type_size = 1,
		.left = left,
		.right = right,
	};
	*ret = t;
	return ERR_OK;
}

/* A walk over all that a union was made from. */
struct type_walk {
	struct arena *arena;
	const struct type **open; /* still to be looked at */
	uint32_t n_open, cap_open;
	struct type_callable *found; /* with repetitions */
	uint32_t n_found, cap_found;
	struct hmap seen; /* unions, by address */
};

static enum err type_walk_push(struct type_walk *w, const struct type *t)
{
	if (w->n_open == w->cap_open) {
		uint32_t cap = w->cap_open ? 2 * w->cap_open : 32;
		const struct type **more =
		    arena_new_array(w->arena, const struct type *, cap);

		if (!more)
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < w->n_open; i++)
			more[i] = w->open[i];
		w->open = more;
		w->cap_open = cap;
	}
	w->open[w->n_open++] = t;
	return ERR_OK;
}

static enum err type_walk_found(struct type_walk *w, const struct type *t)
{
	struct type_callable c = { .contract = NULL };

	if (t->kind == TYPE_CALLABLE_TRAIT)
		c.trait = t->trait;
	else
		c.contract = t->contract;
	if (w->n_found == w->cap_found) {
		uint32_t cap = w->cap_found ? 2 * w->cap_found : 32;
		struct type_callable *more =
		    arena_new_array(w->arena, struct type_callable, cap);

		if (!more)
			return ERR_NO_MEMORY;
		for (uint32_t i = 0; i < w->n_found; i++)
			more[i] = w->found[i];
		w->found = more;
		w->cap_found = cap;
	}
	w->found[w->n_found++] = c;
	return ERR_OK;
}

/* Unions share parts: each is entered once, or the walk could take a time that
 * doubles with every union. */
static enum err type_walk_all(struct type_walk *w, const struct type *t)
{
	TRY(type_walk_push(w, t));
	while (w->n_open > 0) {
		t = w->open[--w->n_open];
		if (t->kind != TYPE_LIST_UNION) {
			TRY(type_walk_found(w, t));
			continue;
		}
		if (hmap_has_u64(&w->seen, (uintptr_t)t))
			continue;
		TRY(hmap_put_u64(&w->seen, (uintptr_t)t, NULL));
		TRY(type_walk_push(w, t->left));
		TRY(type_walk_push(w, t->right));
	}
	return ERR_OK;
}

/* Merges the sorted runs [low, mid) and [mid, high) of `from` into `to`. */
static void type_union_merge(struct type_callable *to,
                             const struct type_callable *from, uint32_t low,
                             uint32_t mid, uint32_t high)
{
	uint32_t i = low;
	uint32_t j = mid;

	for (uint32_t k = low; k < high; k++) {
		if (i < mid &&
		    (j == high || type_union_cmp(&from[i], &from[j]) <= 0))
			to[k] = from[i++];
		else
			to[k] = from[j++];
	}
}

/* Sorts what was found; the result is one of the two arrays. */
static struct type_callable *type_union_sort(struct type_callable *from,
                                             struct type_callable *to,
                                             uint32_t n)
{
	for (uint32_t run = 1; run < n; run *= 2) {
		struct type_callable *swap = from;

		for (uint32_t low = 0; low < n; low += 2 * run) {
			uint32_t mid = n - low > run ? low + run : n;
			uint32_t high = n - low > 2 * run ? low + 2 * run : n;

			type_union_merge(to, from, low, mid, high);
		}
		from = to;
		to = swap;
	}
	return from;
}

enum err type_union_members(struct arena *a, const struct type_callable **ret,
                            uint32_t *ret_n, const struct type *t)
{
	struct type_walk w = { .arena = a };
	struct type_callable *all, *room;
	uint32_t n = 0;

	hmap_init(&w.seen, a, HMAP_MAX, NULL);
	TRY(type_walk_all(&w, t));
	room = arena_new_array(a, struct type_callable, w.n_found);
	if (!room)
		return ERR_NO_MEMORY;
	all = type_union_sort(w.found, room, w.n_found);
	for (uint32_t i = 0; i < w.n_found; i++) {
		if (n == 0 || type_union_cmp(&all[n - 1], &all[i]) != 0)
			all[n++] = all[i];
	}
	*ret = all;
	*ret_n = n;
	return ERR_OK;
}
