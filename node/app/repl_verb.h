/*
 * node/app/repl_verb.h - What the prompt can do besides evaluating.
 *
 * A verb is typed as "::name arguments".  The prompt has a few of its own;
 * whoever evaluates programs brings the others, in a table of these rows.
 *
 * Layer:    node/app.
 * Memory:   constant tables.
 * Threads:  constant.
 */
#ifndef NODE_APP_REPL_VERB_H
#define NODE_APP_REPL_VERB_H

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

struct repl_verb {
	const char *name; /* without the colons */
	const char *args; /* how they are written; may be empty */
	const char *help; /* one line */

	/**
	 * Does it.
	 *
	 * @param ctx   the table's owner
	 * @param args  what was typed behind the name, trimmed
	 * @param out   what to show
	 * @return ERR_OK, or why it could not be done; the prompt shows the
	 *         error's text and goes on.
	 */
	enum err (*run)(void *ctx, struct span args, struct buf *out);
};

/** A table of verbs. */
struct repl_verbs {
	const struct repl_verb *rows;
	size_t n;
};

/** @return the row called `name`, or NULL. */
const struct repl_verb *repl_verb_find(const struct repl_verbs *v,
                                       struct span name);

#endif /* NODE_APP_REPL_VERB_H */
