/*
 * node/app/cmd_repl.h - `tenure clarity repl`: the prompt.
 *
 * Layer:    node/app.
 * Memory:   frees what it took.
 * Threads:  run once.
 */
#ifndef NODE_APP_CMD_REPL_H
#define NODE_APP_CMD_REPL_H

#include "clarity/base/cmd.h"

/** The verb's options, and how many there are. */
extern const struct cmd_opt cmd_repl_opts[];
#define CMD_REPL_OPTS 2u

/** Runs the verb. @return its exit code. */
int cmd_repl_run(const struct cmd_args *args, void *ctx);

#endif /* NODE_APP_CMD_REPL_H */
