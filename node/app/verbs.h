/*
 * node/app/verbs.h - The verbs of `tenure`, in one table.
 *
 * Layer:    node/app.
 * Memory:   constant.
 * Threads:  constant.
 */
#ifndef NODE_APP_VERBS_H
#define NODE_APP_VERBS_H

#include "clarity/base/cmd.h"

/** The program; the context of its verbs is a const struct env. */
extern const struct cmd_program verbs_program;

#endif /* NODE_APP_VERBS_H */
