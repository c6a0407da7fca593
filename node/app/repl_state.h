/*
 * node/app/repl_state.h - The inside of a session, for the files that do its
 * work: repl_session.c evaluates, repl_tool.c has the verbs that look closer.
 *
 * Layer:    node/app.
 * Memory:   a session owns all of it.
 * Threads:  one thread.
 */
#ifndef NODE_APP_REPL_STATE_H
#define NODE_APP_REPL_STATE_H

#include "clarity/vm/watch.h"
#include "node/app/clar_show.h"
#include "node/app/repl_chain.h"
#include "node/app/repl_session.h"

/** Contracts, and files read, that a session remembers. */
#define REPL_STATE_NAMES 4096u
#define REPL_STATE_FILES 64u

struct repl_session {
	struct repl_session_options options;
	struct arena arena; /* lasts as long as the session */
	struct arena work;  /* of one text */
	struct repl_chain chain;
	struct vm *vm;
	const struct principal *sender;
	struct span names[REPL_STATE_NAMES]; /* as ".contract-0" */
	size_t name_n;
	const char *files[REPL_STATE_FILES]; /* that ::read has read */
	size_t file_n;
	unsigned texts; /* evaluated so far: no two contracts share a name */
	bool shows_costs;
	bool shows_times;

	/* What is being run, for reports about it. */
	const struct principal *now;
	struct clar_source now_source;
	const struct watch *watch; /* who looks on, or NULL */
	struct cost spent;         /* by the last expression's call */
	struct value last;         /* its result, until the next text */
	bool has_last;
};

/** Evaluates a text and writes what to show. @return as repl_machine.eval. */
MUST_USE enum err repl_session_eval(void *ctx, struct span text,
                                    struct buf *out);

/** Begins anew: no contracts, the first block. @return ERR_OK; a fault. */
MUST_USE enum err repl_session_restart(struct repl_session *s);

/** @return where reports find sources. */
struct clar_sources repl_session_sources(const struct repl_session *s);

#endif /* NODE_APP_REPL_STATE_H */
