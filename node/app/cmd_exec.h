/*
 * node/app/cmd_exec.h - `tenure clarity run`, `cost` and `trace`: contracts
 * deployed in memory, and one of their functions called.
 *
 * Layer:    node/app.
 * Memory:   each frees what it took.
 * Threads:  run once.
 */
#ifndef NODE_APP_CMD_EXEC_H
#define NODE_APP_CMD_EXEC_H

#include "clarity/base/cmd.h"

/** The options of run and cost, of trace, and how many there are. */
extern const struct cmd_opt cmd_exec_opts[];
extern const struct cmd_opt cmd_exec_trace_opts[];
#define CMD_EXEC_OPTS 6u
#define CMD_EXEC_TRACE_OPTS 9u

/** Each runs a verb. @return its exit code. */
int cmd_exec_run(const struct cmd_args *args, void *ctx);
int cmd_exec_cost(const struct cmd_args *args, void *ctx);
int cmd_exec_trace(const struct cmd_args *args, void *ctx);

#endif /* NODE_APP_CMD_EXEC_H */
