/*
 * node/app/repl_tool.h - Verbs of the prompt that look closer: costs, calls,
 * steps, bytes and assets.
 *
 * Layer:    node/app.
 * Memory:   none is kept.
 * Threads:  one thread.
 */
#ifndef NODE_APP_REPL_TOOL_H
#define NODE_APP_REPL_TOOL_H

#include "node/app/repl_verb.h"

/** Each is a verb; `ctx` is a struct repl_session. */
enum err repl_tool_trace(void *ctx, struct span args, struct buf *out);
enum err repl_tool_debug(void *ctx, struct span args, struct buf *out);
enum err repl_tool_perf(void *ctx, struct span args, struct buf *out);
enum err repl_tool_costs(void *ctx, struct span args, struct buf *out);
enum err repl_tool_encode(void *ctx, struct span args, struct buf *out);
enum err repl_tool_decode(void *ctx, struct span args, struct buf *out);
enum err repl_tool_assets(void *ctx, struct span args, struct buf *out);

#endif /* NODE_APP_REPL_TOOL_H */
