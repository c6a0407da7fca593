/*
 * node/app/program.h - The verbs of `tenure`, in one table.
 *
 * Layer:    node/app.
 * Memory:   constant.
 * Threads:  constant.
 */
#ifndef NODE_APP_PROGRAM_H
#define NODE_APP_PROGRAM_H

#include "clarity/base/cmd.h"

/** The program; the context of its verbs is a const struct env. */
extern const struct cmd_program program_tenure;

#endif /* NODE_APP_PROGRAM_H */
