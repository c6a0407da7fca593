/*
 * node/app/cmd_clarity.h - The verbs of `tenure clarity`.
 *
 * Layer:    node/app.
 * Memory:   each verb frees what it took.
 * Threads:  verbs are run one at a time.
 */
#ifndef NODE_APP_CMD_CLARITY_H
#define NODE_APP_CMD_CLARITY_H

#include "clarity/base/cmd.h"

/** The verbs; their context is a const struct env. */
extern const struct cmd cmd_clarity_verbs[];
extern const unsigned cmd_clarity_count;

#endif /* NODE_APP_CMD_CLARITY_H */
