/*
 * node/app/ast_json.h - A program's tree as JSON, for tools.
 *
 * Layer:    node/app.
 * Memory:   appends to the caller's buf.
 * Threads:  pure functions.
 * Format:   an array of forms; a node is {"id", "kind", "start", "end"} with
 *           byte offsets in the source, and "items" (a list's nodes) or "text"
 *           (anything else, as it would be written).
 */
#ifndef NODE_APP_AST_JSON_H
#define NODE_APP_AST_JSON_H

#include "clarity/base/buf.h"
#include "clarity/lang/ast.h"

/** Appends the tree. @return buf_err. */
MUST_USE enum err ast_json_write(struct buf *out, const struct ast *ast);

#endif /* NODE_APP_AST_JSON_H */
