/*
 * clarity/lang/unparse.h - A finished tree as text again.
 *
 * The text is canonical: one space between items, sugar written out, literals
 * in one form, no comments, forms in sorted order.  Reading it gives the same
 * tree with other places, unless a comment had hidden a use from the sorter,
 * a name is defined twice, or writing out a tuple made the text nest too deep.
 *
 * Layer:    clarity/lang; uses clarity/base and clarity/value.
 * Memory:   appends to the caller's buf.
 * Threads:  pure functions.
 */
#ifndef CLARITY_LANG_UNPARSE_H
#define CLARITY_LANG_UNPARSE_H

#include "clarity/base/buf.h"
#include "clarity/base/err.h"
#include "clarity/lang/ast.h"

/** Appends one node of the tree; errors as buf_add. */
enum err unparse_node(struct buf *out, const struct ast *ast,
                      const struct ast_node *node);

/** Appends all forms, a line for each; errors as buf_add. */
enum err unparse_ast(struct buf *out, const struct ast *ast);

#endif /* CLARITY_LANG_UNPARSE_H */
