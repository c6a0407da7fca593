/*
 * node/app/cmd_eval.h - `tenure clarity eval`: the value of an expression.
 *
 * The text is checked as a contract would be, its definitions are deployed,
 * and its last expression is evaluated by itself, so that the cost is the
 * expression's own.
 *
 * Layer:    node/app.
 * Memory:   frees what it took.
 * Threads:  run once.
 */
#ifndef NODE_APP_CMD_EVAL_H
#define NODE_APP_CMD_EVAL_H

#include "clarity/base/cmd.h"

/** The verb's options, and how many there are. */
extern const struct cmd_opt cmd_eval_opts[];
#define CMD_EVAL_OPTS 7u

/** Runs the verb. @return its exit code. */
int cmd_eval_run(const struct cmd_args *args, void *ctx);

#endif /* NODE_APP_CMD_EVAL_H */
