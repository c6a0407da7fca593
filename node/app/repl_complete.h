/*
 * node/app/repl_complete.h - How a word could go on.
 *
 * Layer:    node/app.
 * Memory:   results are in the caller's arena.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_REPL_COMPLETE_H
#define NODE_APP_REPL_COMPLETE_H

#include <stddef.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"
#include "clarity/value/version.h"
#include "node/app/repl_verb.h"

/** Everything that can be typed. */
struct repl_vocab {
	enum clarity_version version;
	const struct repl_verbs *tables; /* of verbs */
	size_t table_n;
	const struct span *names; /* what the session has defined */
	size_t name_n;
};

struct repl_completion {
	size_t start;       /* of the word, in the line */
	struct span common; /* what all candidates begin with; at least the
	                       word itself if there are any */
	const struct span *words; /* sorted, without repetitions */
	size_t n;
};

/**
 * Finds the words that the word before the cursor could become: verbs behind
 * "::" at the start of the line, functions and define forms behind a bracket,
 * and otherwise any name.
 *
 * @param a       gets the words
 * @param vocab   what there is
 * @param line    what was typed
 * @param cursor  0 to line.len
 * @param ret     the answer; without candidates n is 0
 * @return ERR_OK; ERR_NO_MEMORY.
 */
MUST_USE enum err repl_complete(struct arena *a, const struct repl_vocab *vocab,
                                struct span line, size_t cursor,
                                struct repl_completion *ret);

#endif /* NODE_APP_REPL_COMPLETE_H */
