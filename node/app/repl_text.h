/*
 * node/app/repl_text.h - Is what was typed so far all of it?
 *
 * People type a definition in several lines.  The prompt hands text on when
 * the parser would not ask for more: an open bracket means that more will
 * come, any other fault is for the parser to report.
 *
 * Layer:    node/app.
 * Memory:   none is kept.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_REPL_TEXT_H
#define NODE_APP_REPL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "clarity/base/err.h"
#include "clarity/base/span.h"

enum repl_text_state {
	REPL_TEXT_EMPTY, /* white space and comments */
	REPL_TEXT_MORE,  /* a bracket is open */
	REPL_TEXT_WHOLE  /* a program, right or wrong */
};

struct repl_text {
	enum repl_text_state state;
	unsigned depth; /* brackets that are open; 0 unless REPL_TEXT_MORE */
};

/** Looks at `text`. @return ERR_OK; ERR_NO_MEMORY. */
MUST_USE enum err repl_text_look(struct span text, struct repl_text *ret);

/**
 * Finds the word that ends at `cursor`: a name, the beginning of one, or a
 * verb such as "::help" at the beginning of the line.
 *
 * @param line    what was typed
 * @param cursor  0 to line.len
 * @return the word; empty if the cursor is behind none.
 */
struct span repl_text_word(struct span line, size_t cursor);

/** @return whether the word that starts at `start` would be called: an open
 * bracket stands before it. */
bool repl_text_is_head(struct span line, size_t start);

#endif /* NODE_APP_REPL_TEXT_H */
