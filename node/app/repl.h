/*
 * node/app/repl.h - The prompt: reads, hands on, shows.
 *
 * The prompt itself knows text, not values.  What it reads comes from a
 * repl_source, and what evaluates it is a repl_machine, so that the same loop
 * serves a terminal, a script and a test.
 *
 * Layer:    node/app.
 * Memory:   repl_run frees what it took; sources and machines are their
 *           owners'.
 * Threads:  one thread.
 */
#ifndef NODE_APP_REPL_H
#define NODE_APP_REPL_H

#include <stdbool.h>
#include <stddef.h>

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "node/app/repl_complete.h"
#include "node/app/repl_verb.h"

enum repl_read {
	REPL_READ_LINE,  /* a line, without its end */
	REPL_READ_BREAK, /* what was typed so far is given up */
	REPL_READ_END    /* there is no more */
};

/** Where lines come from. */
struct repl_source {
	void *ctx;
	/** Reads a line into `line`, which is empty. */
	enum repl_read (*read)(void *ctx, const char *prompt, struct buf *line);
	/** Keeps a whole text for later sessions; may be NULL. */
	void (*remember)(void *ctx, struct span text);
};

/** What evaluates. */
struct repl_machine {
	void *ctx;
	/**
	 * Evaluates a program and writes what to show: values, events, or a
	 * report of what is wrong.
	 *
	 * @return ERR_OK also for a program that is refused or fails; a fault
	 *         of the machine ends the prompt.
	 */
	enum err (*eval)(void *ctx, struct span text, struct buf *out);
	/** The names that the session has defined; valid until eval. */
	size_t (*names)(void *ctx, const struct span **ret);
	/** The Clarity version of what is evaluated next. */
	enum clarity_version (*version)(void *ctx);
	struct repl_verbs verbs; /* run with `ctx` */
};

struct repl {
	const struct repl_machine *machine;
	const struct repl_source *source;
	/** Shows text to the person. */
	void (*show)(void *ctx, struct span text);
	void *show_ctx;
	bool is_over; /* set by ::quit */
};

/** Bytes of one answer at most. */
#define REPL_OUT_MAX ((size_t)16 * 1024 * 1024)

/**
 * Reads and evaluates until the source ends or the person quits.
 *
 * @param r  `is_over` is set at the end, all else is read only
 * @return ERR_OK; a fault of the machine, or ERR_NO_MEMORY.
 */
MUST_USE enum err repl_run(struct repl *r);

/**
 * Completes a line with everything that `r` knows; for repl_line_completer.
 *
 * @param ctx  a struct repl
 */
MUST_USE enum err repl_complete_line(void *ctx, struct arena *a,
                                     struct span line, size_t cursor,
                                     struct repl_completion *ret);

#endif /* NODE_APP_REPL_H */
