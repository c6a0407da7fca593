/*
 * node/app/cmd_keys.h - The verbs of `tenure keys`.
 *
 * Layer:    node/app.
 * Memory:   secrets lie in pages of their own and are wiped.
 * Threads:  verbs are run one at a time.
 */
#ifndef NODE_APP_CMD_KEYS_H
#define NODE_APP_CMD_KEYS_H

#include "clarity/base/cmd.h"

/** The verbs; their context is a const struct env. */
extern const struct cmd cmd_keys_verbs[];
extern const unsigned cmd_keys_count;

#endif /* NODE_APP_CMD_KEYS_H */
