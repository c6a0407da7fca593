/*
 * node/app/key_file.h - Private keys as files hold them.
 *
 * A key is 64 hex digits, and 01 behind them when its public key is written
 * compressed, which is what wallets do.
 *
 * Layer:    node/app.
 * Memory:   keys are the caller's, who wipes them.
 * Threads:  pure functions.
 */
#ifndef NODE_APP_KEY_FILE_H
#define NODE_APP_KEY_FILE_H

#include "clarity/base/env.h"
#include "clarity/base/err.h"
#include "node/wire/auth.h"

/** 33 bytes as hex and a NUL. */
#define KEY_FILE_TEXT 67u

/**
 * Reads a key from a file or, for "-", from standard input.
 *
 * @return ERR_OK; ERR_SYNTAX if the text is no key; ERR_BAD_KEY if it is out of
 *         range; as env_read_file.
 */
MUST_USE enum err key_file_read(const struct env *e, const char *path,
                                struct auth_key *ret);

/** Writes the text of a key and a NUL. */
void key_file_format(char ret[KEY_FILE_TEXT], const struct auth_key *key);

#endif /* NODE_APP_KEY_FILE_H */
