/*
 * node/app/cmd_bitcoin.h - The verb `tenure bitcoin`.
 *
 * Layer:    node/app.
 * Memory:   the verb frees what it took; secrets are wiped.
 * Threads:  verbs are run one at a time.
 */
#ifndef NODE_APP_CMD_BITCOIN_H
#define NODE_APP_CMD_BITCOIN_H

#include "clarity/base/cmd.h"

/** Options of the verb, and how many. */
extern const struct cmd_opt cmd_bitcoin_opts[];
#define CMD_BITCOIN_OPTS 7u

/** Its help. */
extern const char cmd_bitcoin_about[];

/** Runs the verb; the context is a const struct env. */
int cmd_bitcoin_run(const struct cmd_args *args, void *ctx);

#endif /* NODE_APP_CMD_BITCOIN_H */
