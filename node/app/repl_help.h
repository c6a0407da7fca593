/*
 * node/app/repl_help.h - What the prompt tells about words and verbs.
 *
 * Layer:    node/app.
 * Memory:   appends to the caller's buf.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_REPL_HELP_H
#define NODE_APP_REPL_HELP_H

#include <stdbool.h>

#include "clarity/base/buf.h"
#include "clarity/base/span.h"
#include "clarity/lang/native.h"
#include "node/app/repl_verb.h"

/** Columns that a text is broken at. */
#define REPL_HELP_WIDTH 78u

/**
 * Writes how a word of the language is used, what it does, in which versions,
 * and an example; for another word, which one may have been meant.
 *
 * @param out   where the text goes
 * @param word  what was asked for
 * @return whether the language has the word.
 */
bool repl_help_word(struct buf *out, struct span word);

/**
 * Writes the names of the functions and forms of a version, or its keywords,
 * in columns.
 */
void repl_help_list(struct buf *out, enum clarity_version v, bool keywords);

/** Writes a table of verbs, a line for each. */
void repl_help_verbs(struct buf *out, const struct repl_verbs *verbs);

#endif /* NODE_APP_REPL_HELP_H */
