/*
 * node/app/cmd_genesis.h - The verbs of `tenure genesis`.
 *
 * Layer:    node/app.
 * Memory:   each verb frees what it takes.
 * Threads:  verbs are run one at a time.
 */
#ifndef NODE_APP_CMD_GENESIS_H
#define NODE_APP_CMD_GENESIS_H

#include "clarity/base/cmd.h"

/** The verbs; their context is a const struct env. */
extern const struct cmd cmd_genesis_verbs[];
extern const unsigned cmd_genesis_count;

#endif /* NODE_APP_CMD_GENESIS_H */
