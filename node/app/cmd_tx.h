/*
 * node/app/cmd_tx.h - The verbs of `tenure tx`.
 *
 * Layer:    node/app.
 * Memory:   each verb frees what it took; secrets are wiped.
 * Threads:  verbs are run one at a time.
 */
#ifndef NODE_APP_CMD_TX_H
#define NODE_APP_CMD_TX_H

#include "clarity/base/cmd.h"

/** The verbs; their context is a const struct env. */
extern const struct cmd cmd_tx_verbs[];
extern const unsigned cmd_tx_count;

#endif /* NODE_APP_CMD_TX_H */
