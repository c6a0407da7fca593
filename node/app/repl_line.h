/*
 * node/app/repl_line.h - Lines from a person, with editing, or from a pipe.
 *
 * The only file that knows libedit.  At a terminal there are history and
 * completion, and Ctrl-C gives up a line without ending the program; from
 * anything else lines are read as they come and no prompt is written.
 *
 * Layer:    node/app.
 * Memory:   repl_line_new's object; repl_line_free frees it.
 * Threads:  one at a time in the program: it takes SIGINT over while reading.
 */
#ifndef NODE_APP_REPL_LINE_H
#define NODE_APP_REPL_LINE_H

#include <stdio.h>

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "node/app/repl.h"

struct repl_line;

/** Tells how the word before the cursor could go on; see repl_complete. */
struct repl_line_completer {
	enum err (*complete)(void *ctx, struct arena *a, struct span line,
	                     size_t cursor, struct repl_completion *ret);
	void *ctx;
};

/**
 * Makes a reader.
 *
 * @param ret        the reader
 * @param in         where lines come from
 * @param out        where prompts go
 * @param history    file that keeps what was typed; NULL: none is kept
 * @param completer  copied; its function may be NULL
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err repl_line_new(struct repl_line **ret, FILE *in, FILE *out,
                                const char *history,
                                const struct repl_line_completer *completer);

/** Saves the history and frees the reader; NULL is allowed. */
void repl_line_free(struct repl_line *l);

/** @return the reader as the prompt wants it. */
struct repl_source repl_line_source(struct repl_line *l);

#endif /* NODE_APP_REPL_LINE_H */
