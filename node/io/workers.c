/* node/io/workers.c - A pool of threads; contract in workers.h. */
#include "config.h"

#include "node/io/workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* Jobs that a thread takes at once: a lock-free counter is cheap, but its
 * cache line travels. */
#define CHUNK 8u

/* A list of jobs that is being worked on. */
struct round {
	void (*job)(void *arg, uint32_t i);
	void *arg;
	uint32_t n;
	atomic_uint next; /* the first job that nobody took */
};

struct workers {
	pthread_t threads[WORKERS_MAX];
	uint32_t n; /* threads besides the asking one */
	pthread_mutex_t lock;
	pthread_cond_t wake; /* a round begins, or the end */
	pthread_cond_t done; /* the last thread left the round */
	struct round round;
	uint64_t number; /* of the round; 0 before the first */
	uint32_t busy;   /* threads that are in the round */
	bool stops;
};

static void round_work(struct round *r)
{
	for (;;) {
		unsigned from = atomic_fetch_add(&r->next, CHUNK);

		if (from >= r->n)
			return;
		for (unsigned i = from; i < from + CHUNK && i < r->n; i++)
			r->job(r->arg, i);
	}
}

static void *worker_main(void *arg)
{
	struct workers *w = arg;
	uint64_t seen = 0;

	(void)pthread_mutex_lock(&w->lock);
	for (;;) {
		while (!w->stops && w->number == seen)
			(void)pthread_cond_wait(&w->wake, &w->lock);
		if (w->stops)
			break;
		seen = w->number;
		(void)pthread_mutex_unlock(&w->lock);
		round_work(&w->round);
		(void)pthread_mutex_lock(&w->lock);
		if (--w->busy == 0)
			(void)pthread_cond_signal(&w->done);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

static uint32_t workers_wanted(uint32_t n)
{
	long cpus = n ? (long)n : sysconf(_SC_NPROCESSORS_ONLN);

	if (cpus < 1)
		cpus = 1;
	return cpus > (long)WORKERS_MAX ? WORKERS_MAX : (uint32_t)cpus;
}

struct workers *workers_new(uint32_t n)
{
	struct workers *w = calloc(1, sizeof(*w));
	uint32_t want = workers_wanted(n) - 1;

	if (!w)
		return NULL;
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->wake, NULL);
	(void)pthread_cond_init(&w->done, NULL);
	while (w->n < want &&
	       pthread_create(&w->threads[w->n], NULL, worker_main, w) == 0)
		w->n++;
	if (w->n < want) {
		workers_free(w);
		return NULL;
	}
	return w;
}

void workers_free(struct workers *w)
{
	if (!w)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->stops = true;
	(void)pthread_cond_broadcast(&w->wake);
	(void)pthread_mutex_unlock(&w->lock);
	for (uint32_t i = 0; i < w->n; i++)
		(void)pthread_join(w->threads[i], NULL);
	(void)pthread_cond_destroy(&w->done);
	(void)pthread_cond_destroy(&w->wake);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}

uint32_t workers_count(const struct workers *w)
{
	return w->n + 1;
}

void workers_run(void *workers, uint32_t n, void (*job)(void *arg, uint32_t i),
                 void *arg)
{
	struct workers *w = workers;

	(void)pthread_mutex_lock(&w->lock);
	w->round.job = job;
	w->round.arg = arg;
	w->round.n = n;
	atomic_store(&w->round.next, 0);
	w->busy = w->n;
	w->number++;
	(void)pthread_cond_broadcast(&w->wake);
	(void)pthread_mutex_unlock(&w->lock);
	round_work(&w->round);
	(void)pthread_mutex_lock(&w->lock);
	while (w->busy > 0)
		(void)pthread_cond_wait(&w->done, &w->lock);
	(void)pthread_mutex_unlock(&w->lock);
}
