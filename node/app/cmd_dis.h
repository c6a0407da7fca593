/*
 * node/app/cmd_dis.h - `tenure clarity dis`: compiled contracts as text.
 *
 * Layer:    node/app.
 * Memory:   frees what it took.
 * Threads:  run once.
 * Format:   JSON: {"contract", "functions": [{"name", "signature", "form",
 *           "line", "registers", "depth", "hold", "code": [{"at", "op",
 *           "operands", "runtime", "line", "column", "source"}]}]}
 */
#ifndef NODE_APP_CMD_DIS_H
#define NODE_APP_CMD_DIS_H

#include "clarity/base/cmd.h"

/** The verb's options, and how many there are. */
extern const struct cmd_opt cmd_dis_opts[];
#define CMD_DIS_OPTS 8u

/** Runs the verb. @return its exit code. */
int cmd_dis_run(const struct cmd_args *args, void *ctx);

#endif /* NODE_APP_CMD_DIS_H */
