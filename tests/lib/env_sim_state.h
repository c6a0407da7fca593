/*
 * tests/lib/env_sim_state.h - What the files of the simulator share.
 *
 * Layer:    tests; for env_sim*.c only.
 * Memory:   worlds own pipes and listeners, machines own handles and disks.
 */
#ifndef TESTS_LIB_ENV_SIM_STATE_H
#define TESTS_LIB_ENV_SIM_STATE_H

#include "clarity/base/buf.h"
#include "tests/lib/env_sim.h"

/** Handles of one machine at most; numbers begin behind the streams. */
#define SIM_HANDLES 1024
#define SIM_ADDRESS 64
#define SIM_NAMES 4096
#define SIM_STREAMS 3

/** Bytes that arrive together. */
struct sim_chunk {
	struct sim_chunk *next;
	uint64_t when_ms; /* not to be read before */
	size_t from, len;
	uint8_t bytes[];
};

/** One direction of a connection; freed when both ends are closed. */
struct sim_pipe {
	struct sim_chunk *first, *last;
	size_t held;      /* bytes in all chunks */
	uint64_t end_ms;  /* when the writer's end can be seen */
	uint64_t gone_ms; /* when the reader's end can be seen */
	bool writer_gone;
	bool reader_gone;
};

struct sim_conn {
	struct sim_pipe *in, *out; /* NULL: the direction does not exist */
	uint64_t ready_ms;         /* when connecting is over */
	char local[SIM_ADDRESS], peer[SIM_ADDRESS];
};

struct sim_listener {
	struct sim_listener *next;
	char address[SIM_ADDRESS];
	struct sim_conn *backlog[ENV_SIM_BACKLOG];
	size_t n;
};

struct sim_proc {
	struct env_sim_child what;
	struct sim_pipe *in, *out; /* of an echo: its ends */
	uint64_t end_ms;           /* when it ends by itself */
	struct env_exit exit;
	bool has_ended;
};

/** A file or a directory. */
struct sim_node {
	struct sim_node *next;
	bool is_dir;
	uint64_t id;
	struct buf now;    /* what reads see */
	struct buf synced; /* what a crash leaves at least */
	const void *lock;  /* the handle that holds it */
};

struct sim_name {
	char *path; /* absolute, without a slash at the end */
	struct sim_node *node;
};

struct sim_dir {
	struct sim_name names[SIM_NAMES];
	size_t n;
};

enum sim_kind {
	SIM_FREE,
	SIM_FILE,
	SIM_LISTENER,
	SIM_CONN,
	SIM_PROC
};

struct sim_handle {
	enum sim_kind kind;
	unsigned how; /* SIM_FILE: enum env_open */
	struct sim_node *node;
	struct sim_listener *listener;
	struct sim_conn *conn;
	struct sim_proc *proc;
};

struct env_sim_world {
	uint64_t now_ns; /* since the world began */
	uint64_t chance;
	uint64_t latency_ms;
	uint64_t next_id;
	unsigned next_port;
	struct sim_listener *listeners;
};

struct env_sim {
	struct env_sim_world *world;
	struct env_sim_faults faults;
	uint64_t file_calls;
	env_sim_program *run;
	void *run_ctx;
	struct sim_handle handles[SIM_HANDLES];
	struct sim_node *nodes; /* all that ever were */
	struct sim_dir now;     /* the names that calls see */
	struct sim_dir synced;  /* the names that a crash leaves at least */
	struct buf streams[SIM_STREAMS];
	size_t input_at;
};

/** @return the time of the world in milliseconds. */
uint64_t env_sim_ms(const struct env_sim_world *w);

/** Makes a handle of a kind. @return NULL: there are none left. */
struct sim_handle *env_sim_handle_new(struct env_sim *s, enum sim_kind kind,
                                      struct env_handle *ret);

/** @return the handle, which must be open and of that kind. */
struct sim_handle *env_sim_handle(struct env_sim *s, struct env_handle h,
                                  enum sim_kind kind);

/** @return memory that is there; tests stop without it. */
void *env_sim_alloc(size_t bytes);

/** @return of `n` bytes, how many one call handles. */
size_t env_sim_part(struct env_sim *s, size_t n);

/** Each fills its part of the table. */
void env_sim_file_fill(struct env *e);
void env_sim_net_fill(struct env *e);
void env_sim_proc_fill(struct env *e);

/** Each ends what a handle of its kind stands for. */
void env_sim_file_close(struct env_sim *s, struct sim_handle *h);
void env_sim_net_close(struct env_sim *s, struct sim_handle *h);
void env_sim_proc_close(struct env_sim *s, struct sim_handle *h);

/** Sets up and frees a machine's disk. */
void env_sim_file_init(struct env_sim *s);
void env_sim_file_fini(struct env_sim *s);

/** Leaves of the disk what a loss of power leaves. */
void env_sim_file_crash(struct env_sim *s);

/** Makes a pipe, and a connection from two of them. */
struct sim_pipe *env_sim_net_pipe(void);
struct sim_conn *env_sim_net_conn(struct sim_pipe *in, struct sim_pipe *out);

/** Puts bytes into a pipe, as many as fit. @return how many. */
size_t env_sim_net_put(struct env_sim_world *w, struct sim_pipe *p,
                       const void *bytes, size_t len);

/** Ends one side of a pipe; NULL is allowed. */
void env_sim_net_end(struct env_sim_world *w, struct sim_pipe *p,
                     bool is_writer);

/** Lets a program do what it can do now. */
void env_sim_proc_step(struct env_sim *s, struct sim_proc *p);

#endif /* TESTS_LIB_ENV_SIM_STATE_H */
