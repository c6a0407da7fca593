/*
 * node/app/cmd_inspect.h - `tenure inspect`: what a node's store holds.
 *
 * Layer:    node/app.
 * Memory:   frees what it took.
 * Threads:  run once.
 */
#ifndef NODE_APP_CMD_INSPECT_H
#define NODE_APP_CMD_INSPECT_H

#include "clarity/base/cmd.h"

/** The verb's pages. */
#define cmd_inspect_about                                                      \
	"DIR is a node's store; the node must not be running. With --verify "  \
	"everything that a state root commits to is computed again from what " \
	"is stored: each node and root of each block of the canonical branch " \
	"and every key of the state; all else is read once."
#define cmd_inspect_exits                                                      \
	"0: opened, and right as far as it was looked at; 1: damaged, or "     \
	"written by another version, standard error says what to do; 2: the "  \
	"command line is wrong, or there is no store to open"

/** Its options, and how many there are. */
extern const struct cmd_opt cmd_inspect_opts[];
#define CMD_INSPECT_OPTS 3u

/** Runs the verb. @return its exit code. */
int cmd_inspect_run(const struct cmd_args *args, void *ctx);

#endif /* NODE_APP_CMD_INSPECT_H */
