/*
 * tests/lib/env_sim.h - A simulated world behind the environment table.
 *
 * A world has one clock, one stream of chance and one network; machines in it
 * each have a disk, handles and programs of their own.  Nothing happens by
 * itself: time passes when somebody waits or a test says so, and the same
 * seed gives the same run.  Calls can be made to fail, to do less than was
 * asked, and a machine can lose power, upon which its disk forgets what was
 * not synced: any part of it, as chance wants.
 *
 * Layer:    tests; fills clarity/base/env.h.
 * Memory:   a world and its machines own everything; free machines first.
 * Threads:  one.
 */
#ifndef TESTS_LIB_ENV_SIM_H
#define TESTS_LIB_ENV_SIM_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/env.h"

/** Bytes that one direction of a connection or a pipe holds. */
#define ENV_SIM_PIPE_BYTES 65536u

/** Connections that may wait to be accepted. */
#define ENV_SIM_BACKLOG 128u

struct env_sim_world;
struct env_sim;

/** What goes wrong on a machine. */
struct env_sim_faults {
	bool short_io;       /* reads and writes do a random part */
	bool early_wait;     /* half of the waits return at once with nothing */
	uint64_t disk_bytes; /* room on the disk; 0: no limit */
	uint64_t fail_after; /* this many file calls pass, 0: no failures; */
	enum err fail_with;  /* then one fails with this */
	bool fail_all;       /* and all after it */
};

/** How a scripted program behaves. */
struct env_sim_child {
	const char *out; /* what it writes, then its pipe is at the end */
	const char *err;
	bool echoes;      /* writes what it reads, until that ends */
	uint64_t runs_ms; /* how long it lives; an echo lives until the end */
	int code;         /* what it returns */
};

/** A program: decides by its arguments. @return ERR_OK; ERR_ABSENT if there
 * is no such program. */
typedef enum err env_sim_program(void *ctx, const struct env_spawn *what,
                                 struct env_sim_child *ret);

/** Makes an empty world. */
struct env_sim_world *env_sim_world_new(uint64_t seed);
void env_sim_world_free(struct env_sim_world *w);

/** Lets time pass. */
void env_sim_advance(struct env_sim_world *w, uint64_t ms);

/** Sets how long bytes and new connections are under way. */
void env_sim_latency(struct env_sim_world *w, uint64_t ms);

/** @return the next number of the world's chance. */
uint64_t env_sim_chance(struct env_sim_world *w);

/** Makes a machine with an empty disk, of which only / exists. */
struct env_sim *env_sim_new(struct env_sim_world *w, struct env *ret);
void env_sim_free(struct env_sim *s);

/** Sets what goes wrong from now on. */
void env_sim_faults(struct env_sim *s, const struct env_sim_faults *faults);

/** Sets the machine's programs. */
void env_sim_programs(struct env_sim *s, env_sim_program *run, void *ctx);

/** The power fails and returns: all handles are gone, and of what was not
 * synced, each block of a file and each name is there or not, by chance. */
void env_sim_crash(struct env_sim *s);

/** @return how many file calls there were, failed ones included. */
uint64_t env_sim_file_calls(const struct env_sim *s);

/** @return what was written to standard output and errors, as text. */
const char *env_sim_output(struct env_sim *s, enum env_stream which);

/** Appends to what standard input gives. */
void env_sim_input(struct env_sim *s, const char *text);

#endif /* TESTS_LIB_ENV_SIM_H */
