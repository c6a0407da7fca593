/*
 * node/app/clar_cost.h - What each function costs, against a block's limits.
 *
 * Layer:    node/app; a watcher of clarity/vm/watch.h.
 * Memory:   rows are in the given arena.
 * Threads:  one thread.
 * Format:   JSON: {"limit": cost, "total": cost, "per_block", "functions":
 *           [{"contract", "function", "calls", "cost", "own"}]}; `cost` is
 *           with what the function calls, `own` without
 */
#ifndef NODE_APP_CLAR_COST_H
#define NODE_APP_CLAR_COST_H

#include "clarity/base/arena.h"
#include "clarity/vm/watch.h"
#include "node/app/clar_show.h"

/** Functions that one table tells of; further ones count for their callers. */
#define CLAR_COST_ROWS 1024u

struct clar_cost_row {
	const struct principal *contract;
	struct span function;
	uint64_t calls;
	uint32_t depth;  /* at which it was first called */
	struct cost all; /* with what it calls */
	struct cost own;
};

/** A call that is open. */
struct clar_cost_open {
	uint32_t row; /* CLAR_COST_ROWS: none */
	struct cost entered;
	struct cost inner; /* spent by calls that it made */
};

struct clar_cost {
	struct watch watch;
	struct arena *arena;
	struct clar_cost_row *rows; /* in the order of first calls */
	uint32_t n_rows;
	struct clar_cost_open open[WATCH_MAX_DEPTH];
};

/** Starts a table; give `&c->watch` to vm_set_watch. @return ERR_OK;
 * ERR_NO_MEMORY. */
MUST_USE enum err clar_cost_init(struct clar_cost *c, struct arena *a);

/**
 * Writes the table for people.
 *
 * @param total  what the whole transaction has spent
 * @param limit  of a block
 */
void clar_cost_text(struct buf *out, const struct clar_cost *c,
                    const struct cost *total, const struct cost *limit);

/** Writes the table as one JSON value. */
void clar_cost_json(struct json_write *w, const struct clar_cost *c,
                    const struct cost *total, const struct cost *limit);

/** @return how many such transactions fit into a block; UINT64_MAX if each
 * costs nothing. */
uint64_t clar_cost_per_block(const struct cost *total,
                             const struct cost *limit);

#endif /* NODE_APP_CLAR_COST_H */
