/*
 * node/app/app_io.h - What verbs read and write besides their own work.
 *
 * Layer:    node/app.
 * Memory:   texts go to the given arena; secrets to pages of their own.
 * Threads:  one verb at a time.
 */
#ifndef NODE_APP_APP_IO_H
#define NODE_APP_APP_IO_H

#include "clarity/base/arena.h"
#include "clarity/base/buf.h"
#include "clarity/base/env.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** The longest file with a secret. */
#define APP_IO_SECRET_MAX 4096u

/** Reads a file, or standard input to its end when `path` is "-".
 * @return as env_read_file. */
MUST_USE enum err app_io_read(const struct env *e, struct arena *a,
                              const char *path, size_t max, struct span *ret);

/** A secret in memory of its own; app_io_forget wipes it. */
struct app_secret {
	uint8_t *bytes; /* NULL: none */
	size_t len;     /* without blanks at the end */
};

/** As app_io_read, for at most APP_IO_SECRET_MAX bytes of a secret. */
MUST_USE enum err app_io_secret(const struct env *e, const char *path,
                                struct app_secret *ret);

/** Wipes and frees a secret; one that was never read is allowed. */
void app_io_forget(struct app_secret *s);

/** @return the text without blanks at both ends. */
struct span app_io_trim(struct span text);

/** Tells the person what is wrong with what. @return CMD_EXIT_USAGE. */
int app_io_wrong(const struct env *e, const char *about, const char *what);

/** As app_io_wrong, for something that was judged. @return CMD_EXIT_REJECT. */
int app_io_reject(const struct env *e, const char *about, const char *what);

/** Writes what was gathered to standard output; a full disk is no success.
 * @return `code`, or CMD_EXIT_USAGE after telling. */
int app_io_write(const struct env *e, const struct buf *out, int code);

#endif /* NODE_APP_APP_IO_H */
