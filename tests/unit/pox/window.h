/*
 * tests/unit/pox/window.h - A sortition of the histories, as it is read.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 * Memory:   fixed arrays.
 */
#ifndef TESTS_UNIT_POX_WINDOW_H
#define TESTS_UNIT_POX_WINDOW_H

#include "pox/distribution.h"
#include "tests/unit/pox/histories.h"

#define WINDOW_COMMITS 16

/** What lines up to `result` said. */
struct window {
	uint8_t parent[32], burn[32], seed[32];
	struct burn_block blocks[DISTRIBUTION_WINDOW];
	struct burn_commit commits[DISTRIBUTION_WINDOW][WINDOW_COMMITS];
	struct burn_commit missed[DISTRIBUTION_WINDOW][WINDOW_COMMITS];
	size_t n;
};

/** Reads a commit, missed or not, from its line. */
static inline void window_commit(struct burn_commit *list, size_t *n,
                                 const struct history_line *l)
{
	assert_true(*n < WINDOW_COMMITS);

	struct burn_commit *c = &list[(*n)++];

	memset(c, 0, sizeof(*c));
	history_bytes(c->txid, l->word[1]);
	history_bytes(c->spent_txid, l->word[2]);
	c->spent_output = (uint32_t)history_number(l->word[3]);
	if (l->n > 4) {
		c->burn_fee = history_number(l->word[4]);
		history_bytes(c->new_seed, l->word[5]);
	}
}

/** Takes a line into the window. @return whether it belonged there. */
static inline int window_add(struct window *w, const struct history_line *l)
{
	struct burn_block *b = w->n == 0 ? NULL : &w->blocks[w->n - 1];

	if (history_is(l, "sortition")) {
		memset(w, 0, sizeof(*w));
		history_bytes(w->parent, l->word[1]);
		history_bytes(w->burn, l->word[2]);
		history_bytes(w->seed, l->word[3]);
	} else if (history_is(l, "block")) {
		assert_true(w->n < DISTRIBUTION_WINDOW);
		w->blocks[w->n].is_single = l->word[1][0] == '1';
		w->blocks[w->n].commits = w->commits[w->n];
		w->blocks[w->n].missed = w->missed[w->n];
		w->n++;
	} else if (b && history_is(l, "commit")) {
		window_commit(w->commits[w->n - 1], &b->n, l);
	} else if (b && history_is(l, "missed")) {
		window_commit(w->missed[w->n - 1], &b->missed_n, l);
	} else {
		return 0;
	}
	return 1;
}

#endif /* TESTS_UNIT_POX_WINDOW_H */
