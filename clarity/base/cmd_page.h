/*
 * clarity/base/cmd_page.h - Help, manual page and completion from cmd tables.
 *
 * What a user reads about a program is generated from the tables that parse
 * its command line (cmd.h), for the terminal, for man and for bash.
 *
 * Layer:    clarity/base.
 * Memory:   appends to the caller's buf, whose error says if it did not fit.
 * Threads:  pure functions.
 */
#ifndef CLARITY_BASE_CMD_PAGE_H
#define CLARITY_BASE_CMD_PAGE_H

#include "clarity/base/buf.h"
#include "clarity/base/cmd.h"

/** Appends the --help text of the last verb in `path`, 80 columns wide. */
void cmd_page_help(struct buf *out, const struct cmd *const *path,
                   unsigned n_path);

/** Appends the one-line usage of the last verb in `path`. */
void cmd_page_usage(struct buf *out, const struct cmd *const *path,
                    unsigned n_path);

/** Appends a manual page, section 1, that holds every verb of the program. */
void cmd_page_man(struct buf *out, const struct cmd_program *program);

/** Appends a script that completes the program's command lines in bash. */
void cmd_page_bash(struct buf *out, const struct cmd_program *program);

#endif /* CLARITY_BASE_CMD_PAGE_H */
