/*
 * node/io/workers.h - A few threads that share out a list of jobs.
 *
 * For work that is all the same, needs nothing but its input and writes
 * nothing but its own result: the callers' pure layers stay without threads.
 * The thread that asks works along and returns when everything is done, so
 * there is no queue and nothing to cancel.
 *
 * Layer:    node/io.
 * Memory:   new/free.
 * Threads:  workers_run from one thread at a time.
 */
#ifndef NODE_IO_WORKERS_H
#define NODE_IO_WORKERS_H

#include <stdint.h>

/** Threads at most. */
#define WORKERS_MAX 64u

struct workers;

/**
 * Starts the threads.
 *
 * @param n  threads that work at the same time, the asking one among them;
 *           0: as many as there are processors; at most WORKERS_MAX count
 * @return NULL without memory or when no thread can be started.
 */
struct workers *workers_new(uint32_t n);

/** Stops the threads; NULL is accepted. */
void workers_free(struct workers *w);

/** @return how many threads work at the same time. */
uint32_t workers_count(const struct workers *w);

/** Calls `job` once with each number below `n`; see above. */
void workers_run(void *workers, uint32_t n, void (*job)(void *arg, uint32_t i),
                 void *arg);

#endif /* NODE_IO_WORKERS_H */
