/*
 * node/app/clar_trace.h - A call as a tree: who called whom, and what it cost.
 *
 * Layer:    node/app; a watcher of clarity/vm/watch.h.
 * Memory:   appends to the caller's buf as the program runs.
 * Threads:  one thread.
 * Format:   JSON, inside an array: {"event": "enter", "depth", "contract",
 *           "function", "args", "file", "line"}, {"event": "step", "depth",
 *           "file", "line", "column", "source", "cost"} and {"event":
 *           "leave", "depth", "contract", "function", "result", "cost"};
 *           the result is null if the call failed
 */
#ifndef NODE_APP_CLAR_TRACE_H
#define NODE_APP_CLAR_TRACE_H

#include "clarity/vm/watch.h"
#include "node/app/clar_show.h"

struct clar_trace {
	/* Set by the caller. */
	struct clar_sources sources;
	struct buf *out;
	struct json_write *json; /* its array is open; NULL: text */
	bool has_steps;          /* what each expression costs, too */
	uint32_t max_depth;      /* calls deeper than this are not shown */
	uint32_t max_lines;      /* lines, or JSON events, at most */

	/* Its own. */
	struct watch watch;
	uint32_t n_lines;
	uint32_t n_hidden;       /* that max_lines has cut off */
	struct vm_place pending; /* whose cost is being added up */
	uint32_t pending_depth;
	struct cost since;                    /* spent when it began */
	struct cost entered[WATCH_MAX_DEPTH]; /* spent at each entry */
};

/** Starts a trace; give `&t->watch` to vm_set_watch. */
void clar_trace_init(struct clar_trace *t);

/** Ends it: tells how much was cut off. */
void clar_trace_end(struct clar_trace *t);

#endif /* NODE_APP_CLAR_TRACE_H */
