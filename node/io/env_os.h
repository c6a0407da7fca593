/*
 * node/io/env_os.h - The environment table, filled with the operating system.
 *
 * Handles are file descriptors, so that a wait is one poll.  A child process
 * is a pidfd: the system tells of its end as it tells of bytes in a pipe, and
 * no signal handler is needed.
 *
 * Layer:    node/io; uses clarity/base.
 * Memory:   none but the system's handles.
 * Threads:  any; nothing is kept here.
 */
#ifndef NODE_IO_ENV_OS_H
#define NODE_IO_ENV_OS_H

#include "clarity/base/env.h"

/** Fills the table. Writing to a closed pipe or socket is from then on an
 * error and no signal, for the whole program. */
void env_os_init(struct env *e);

/** Each fills its part of the table; for env_os_init. */
void env_os_file_fill(struct env *e);
void env_os_net_fill(struct env *e);
void env_os_proc_fill(struct env *e);

/** Ends and forgets the process that `fd` is; does nothing for other handles.
 */
void env_os_proc_end(int fd);

/** @return what errno `n` means. */
enum err env_os_error(int n);

#endif /* NODE_IO_ENV_OS_H */
