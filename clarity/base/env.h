/*
 * clarity/base/env.h - The world, as one table of functions.
 *
 * Everything that touches the world (time, randomness, files, sockets, child
 * processes) goes through a struct env.  Production fills it with the system
 * (node/io/env_os.h), tests with a simulated world (tests/lib/env_sim.h) in
 * which time is a number, the disk forgets what was not synced, and any call
 * can be made to fail.  The same code runs on both, so a whole network can
 * run in one process from one seed.
 *
 * Actors built on it are state machines, step(event) -> actions, that never
 * block: sockets and pipes are non-blocking, and one env_wait tells which are
 * ready.  Files are not: their calls return when done, and are cheap enough
 * for a step, but for env_sync, which the actor that owns the file schedules.
 *
 * Handles are numbers of one space, so that one wait serves sockets, pipes
 * and processes.  A handle that is not open is a bug and aborts.
 *
 * Interruptions by signals are never seen: calls are repeated, and env_wait
 * returns early with nothing ready, as it may at any time.
 *
 * Layer:    clarity/base.
 * Memory:   handles are closed by their owner; nothing else is kept.
 * Threads:  the production filling may be used by all threads; a handle
 *           belongs to one thread at a time.
 */
#ifndef CLARITY_BASE_ENV_H
#define CLARITY_BASE_ENV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/arena.h"
#include "clarity/base/err.h"
#include "clarity/base/span.h"

/** An open file, socket, pipe or process. */
struct env_handle {
	int32_t n; /* below 0: none */
};

#define ENV_NONE ((struct env_handle){ .n = -1 })

/** Bytes of a path at most, its NUL included. */
#define ENV_PATH_MAX 4096u

/** How a file is opened; combined with |. */
enum env_open {
	ENV_READ = 1,
	ENV_WRITE = 2,
	ENV_CREATE = 4,   /* make it if it is absent */
	ENV_NEW = 8,      /* with ENV_CREATE: ERR_EXISTS if it is there */
	ENV_TRUNCATE = 16 /* empty it */
};

enum env_kind {
	ENV_KIND_FILE,
	ENV_KIND_DIR,
	ENV_KIND_OTHER /* a pipe, a device */
};

struct env_stat {
	enum env_kind kind;
	uint64_t size;  /* bytes; 0 unless a file */
	uint64_t id[2]; /* the same for two paths only if they are one file */
};

/** What a wait looks for, and finds, on one handle; combined with |. */
enum env_ready {
	ENV_CAN_READ = 1,  /* a read, accept or exit status will not wait */
	ENV_CAN_WRITE = 2, /* a write will not wait; or connecting is over */
	ENV_HUNG_UP = 4    /* the other side is gone; never asked for */
};

struct env_poll {
	struct env_handle handle;
	uint8_t wants; /* ENV_CAN_READ | ENV_CAN_WRITE, or 0 */
	uint8_t has;   /* set by env_wait */
};

/** Wait until something is ready, however long it takes. */
#define ENV_FOREVER UINT64_MAX

/** Arguments of a child process at most, its name included. */
#define ENV_ARGS_MAX 64u

struct env_spawn {
	const char *const *argv; /* up to a NULL; argv[0] is the program's
	                          * path, or a name that PATH finds */
	const char *const *envp; /* the whole environment, up to a NULL; NULL:
	                          * the same as ours */
	const char *dir;         /* where it runs; NULL: where we do */
	bool pipes_in;           /* else its input is empty */
	bool pipes_out;          /* else its output is thrown away */
	bool pipes_err;          /* else its errors go where ours go */
};

/** A child process and our ends of its pipes (or ENV_NONE). */
struct env_child {
	struct env_handle process; /* ready to read once it has ended */
	struct env_handle in;      /* we write */
	struct env_handle out;     /* we read */
	struct env_handle err;     /* we read */
};

/** How a process ended. */
struct env_exit {
	bool is_killed; /* by a signal, `code` is its number */
	int code;       /* else what it returned, 0 to 255 */
};

enum env_signal {
	ENV_SIGNAL_END, /* asks it to end in order */
	ENV_SIGNAL_KILL /* ends it */
};

/** What a person or a script gave the program. */
enum env_stream {
	ENV_STDIN,
	ENV_STDOUT,
	ENV_STDERR
};

/**
 * The table.  Callers use the functions below it; a filling provides all.
 * `self` is the filling's own.
 */
struct env {
	void *self;

	uint64_t (*now_ms)(void *self);
	uint64_t (*mono_ns)(void *self);
	void (*sleep_ms)(void *self, uint64_t ms);
	enum err (*random)(void *self, void *ret, size_t len);

	enum err (*open)(void *self, const char *path, unsigned how,
	                 struct env_handle *ret);
	enum err (*read_at)(void *self, struct env_handle h, uint64_t at,
	                    void *ret, size_t max, size_t *ret_n);
	enum err (*write_at)(void *self, struct env_handle h, uint64_t at,
	                     const void *bytes, size_t len, size_t *ret_n);
	enum err (*size)(void *self, struct env_handle h, uint64_t *ret);
	enum err (*cut)(void *self, struct env_handle h, uint64_t size);
	enum err (*sync)(void *self, struct env_handle h);
	enum err (*lock)(void *self, struct env_handle h);
	enum err (*stat)(void *self, const char *path, struct env_stat *ret);
	enum err (*rename)(void *self, const char *from, const char *to);
	enum err (*remove)(void *self, const char *path);
	enum err (*make_dir)(void *self, const char *path);
	enum err (*sync_dir)(void *self, const char *path);
	enum err (*list)(void *self, struct arena *a, const char *path,
	                 const char *const **ret, size_t *ret_n);

	enum err (*listen)(void *self, const char *address,
	                   struct env_handle *ret);
	enum err (*accept)(void *self, struct env_handle h,
	                   struct env_handle *ret);
	enum err (*connect)(void *self, const char *address,
	                    struct env_handle *ret);
	enum err (*connected)(void *self, struct env_handle h);
	enum err (*address)(void *self, struct env_handle h, bool of_peer,
	                    char *ret, size_t size);
	enum err (*read)(void *self, struct env_handle h, void *ret, size_t max,
	                 size_t *ret_n);
	enum err (*write)(void *self, struct env_handle h, const void *bytes,
	                  size_t len, size_t *ret_n);
	enum err (*wait)(void *self, struct env_poll *polls, size_t n,
	                 uint64_t timeout_ms, size_t *ret_ready);

	enum err (*spawn)(void *self, const struct env_spawn *what,
	                  struct env_child *ret);
	enum err (*exited)(void *self, struct env_handle process,
	                   struct env_exit *ret);
	enum err (*signal)(void *self, struct env_handle process,
	                   enum env_signal what);

	struct env_handle (*stream)(void *self, enum env_stream which);
	unsigned (*terminal)(void *self, struct env_handle h);
	uint64_t (*peak_memory)(void *self);
	unsigned (*cpus)(void *self);
	void (*close)(void *self, struct env_handle h);
};

/* --- time and randomness --- */

/** @return the time of day, milliseconds since 1970; it may jump. */
uint64_t env_now_ms(const struct env *e);

/** @return nanoseconds since some moment; it never goes back. */
uint64_t env_mono_ns(const struct env *e);

/** Waits; tools only, an actor waits in its loop's env_wait. */
void env_sleep_ms(const struct env *e, uint64_t ms);

/** Fills `ret` with secret random bytes. @return ERR_OK; ERR_IO. */
MUST_USE enum err env_random(const struct env *e, void *ret, size_t len);

/* --- files ---
 *
 * Unless a function says otherwise, each returns ERR_OK, ERR_ABSENT,
 * ERR_DENIED, ERR_WRONG_KIND (a directory where a file is meant, or the other
 * way round), ERR_NO_SPACE, ERR_NO_HANDLES, ERR_TOO_LARGE (a path of
 * ENV_PATH_MAX or more) or ERR_IO.  What was written survives a crash of the
 * machine only behind env_sync, and a new, renamed or removed name only
 * behind env_sync_dir of its directory.
 */

/** Opens a file, `how` is of enum env_open. Also ERR_EXISTS for ENV_NEW. */
MUST_USE enum err env_open(const struct env *e, const char *path, unsigned how,
                           struct env_handle *ret);

/** Reads at a place: `*ret_n` may be less than `max`; 0 is the end. */
MUST_USE enum err env_read_at(const struct env *e, struct env_handle h,
                              uint64_t at, void *ret, size_t max,
                              size_t *ret_n);

/** Writes at a place: `*ret_n` is at least 1 and may be less than `len`. */
MUST_USE enum err env_write_at(const struct env *e, struct env_handle h,
                               uint64_t at, const void *bytes, size_t len,
                               size_t *ret_n);

/** Writes all of it. On failure some may have been written. */
MUST_USE enum err env_write_all_at(const struct env *e, struct env_handle h,
                                   uint64_t at, const void *bytes, size_t len);

/** Gets the size in bytes. */
MUST_USE enum err env_size(const struct env *e, struct env_handle h,
                           uint64_t *ret);

/** Sets the size: cuts the rest off, or adds zeros. */
MUST_USE enum err env_cut(const struct env *e, struct env_handle h,
                          uint64_t size);

/** Makes what was written to the file survive a crash.  After a failure
 * nothing is known of it: the caller stops using the file. */
MUST_USE enum err env_sync(const struct env *e, struct env_handle h);

/** Locks the file for this program until it is closed. Also ERR_IN_USE. */
MUST_USE enum err env_lock(const struct env *e, struct env_handle h);

/** Tells what a path is; symbolic links are followed. */
MUST_USE enum err env_stat(const struct env *e, const char *path,
                           struct env_stat *ret);

/** Renames a file, replacing `to` at one moment if it is there. */
MUST_USE enum err env_rename(const struct env *e, const char *from,
                             const char *to);

/** Removes a file or an empty directory. Also ERR_EXISTS: it is not empty. */
MUST_USE enum err env_remove(const struct env *e, const char *path);

/** Makes a directory. Also ERR_EXISTS. */
MUST_USE enum err env_make_dir(const struct env *e, const char *path);

/** Makes the names in a directory survive a crash. */
MUST_USE enum err env_sync_dir(const struct env *e, const char *path);

/** Lists the names in a directory, sorted by bytes, without . and .. */
MUST_USE enum err env_list(const struct env *e, struct arena *a,
                           const char *path, const char *const **ret,
                           size_t *ret_n);

/**
 * Reads a whole file.
 *
 * @param a    where the bytes go, with a NUL behind that is not counted
 * @param max  ERR_TOO_LARGE if the file has more bytes
 */
MUST_USE enum err env_read_file(const struct env *e, struct arena *a,
                                const char *path, size_t max, struct span *ret);

/**
 * Replaces a file at one moment, so that a crash leaves either the old bytes
 * or the new: writes PATH.new, syncs, renames, syncs the directory.
 */
MUST_USE enum err env_replace_file(const struct env *e, const char *path,
                                   struct span bytes);

/* --- sockets, pipes and streams ---
 *
 * An address is text: "127.0.0.1:20444", "[::1]:20444"; port 0 lets the
 * system choose.  Names are not resolved.
 */

/** Listens. @return ERR_OK; ERR_SYNTAX (the address), ERR_IN_USE, ERR_DENIED,
 * ERR_NO_HANDLES, ERR_IO. */
MUST_USE enum err env_listen(const struct env *e, const char *address,
                             struct env_handle *ret);

/** Takes a connection. @return ERR_OK; ERR_AGAIN if none waits;
 * ERR_NO_HANDLES, ERR_IO. */
MUST_USE enum err env_accept(const struct env *e, struct env_handle h,
                             struct env_handle *ret);

/** Begins to connect; ready to write once that is over. @return ERR_OK;
 * ERR_SYNTAX, ERR_REFUSED, ERR_NO_HANDLES, ERR_IO. */
MUST_USE enum err env_connect(const struct env *e, const char *address,
                              struct env_handle *ret);

/** Asks how connecting went. @return ERR_OK: connected; ERR_AGAIN: not yet;
 * ERR_REFUSED, ERR_IO. */
MUST_USE enum err env_connected(const struct env *e, struct env_handle h);

/** Gets the address of our side or the peer's, as text with its NUL.
 * @return ERR_OK; ERR_TOO_LARGE; ERR_CLOSED: it has no peer any more. */
MUST_USE enum err env_address(const struct env *e, struct env_handle h,
                              bool of_peer, char *ret, size_t size);

/** Reads what is there: at least 1 byte, or `*ret_n` 0 at the end. @return
 * ERR_OK; ERR_AGAIN; ERR_CLOSED: the connection broke; ERR_IO. */
MUST_USE enum err env_read(const struct env *e, struct env_handle h, void *ret,
                           size_t max, size_t *ret_n);

/** Writes what fits: at least 1 byte. @return ERR_OK; ERR_AGAIN; ERR_CLOSED:
 * nobody reads any more (there is no signal); ERR_NO_SPACE, ERR_IO. */
MUST_USE enum err env_write(const struct env *e, struct env_handle h,
                            const void *bytes, size_t len, size_t *ret_n);

/** Writes all of it, waiting as long as needed; for standard streams. */
MUST_USE enum err env_write_all(const struct env *e, struct env_handle h,
                                const void *bytes, size_t len);

/**
 * Waits until a handle is ready, or the time is over.  It may also return
 * early with nothing ready.
 *
 * @param polls       what to look for; `has` is set in each
 * @param timeout_ms  0 looks only; ENV_FOREVER has no end
 * @param ret_ready   how many have something
 * @return ERR_OK; ERR_IO
 */
MUST_USE enum err env_wait(const struct env *e, struct env_poll *polls,
                           size_t n, uint64_t timeout_ms, size_t *ret_ready);

/* --- processes --- */

/** Starts a child process. @return ERR_OK; ERR_ABSENT, ERR_DENIED: there is
 * no such program to run; ERR_NO_HANDLES, ERR_NO_MEMORY, ERR_IO. */
MUST_USE enum err env_spawn(const struct env *e, const struct env_spawn *what,
                            struct env_child *ret);

/** Asks how a process ended. @return ERR_OK, any number of times; ERR_AGAIN
 * while it runs; ERR_IO. */
MUST_USE enum err env_exited(const struct env *e, struct env_handle process,
                             struct env_exit *ret);

/** Signals a process; one that has ended ignores it. @return ERR_OK; ERR_IO. */
MUST_USE enum err env_signal(const struct env *e, struct env_handle process,
                             enum env_signal what);

/* --- the program itself --- */

/** @return a standard stream; it need not be closed, and it may block. */
struct env_handle env_stream(const struct env *e, enum env_stream which);

/** @return the columns of the terminal that `h` is, or 0 if it is none. */
unsigned env_terminal(const struct env *e, struct env_handle h);

/** @return the most memory that the program has held, bytes; 0: unknown. */
uint64_t env_peak_memory(const struct env *e);

/** @return how many threads can run at once, at least 1. */
unsigned env_cpus(const struct env *e);

/** Closes a handle and makes it ENV_NONE; ENV_NONE is allowed.  A process
 * that still runs is killed. */
void env_close(const struct env *e, struct env_handle *h);

#endif /* CLARITY_BASE_ENV_H */
