/* node/app/clar_batch.c - Many contracts, many threads; see clar_batch.h. */
#include "config.h"

#include "node/app/clar_batch.h"

#include <pthread.h>
#include <stdlib.h>

#include "clarity/base/check.h"
#include "node/app/clar_judge.h"

struct sync {
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

struct clar_worker {
	struct clar_batch *batch;
	struct clar_judge judge;
	pthread_t thread;
	bool is_started;
};

static struct sync *sync_of(struct clar_batch *b)
{
	return b->sync;
}

static enum clar_state item_state(const struct clar_item *item)
{
	return (enum clar_state)atomic_load_explicit(&item->state,
	                                             memory_order_acquire);
}

static void item_set(struct clar_item *item, enum clar_state state)
{
	atomic_store_explicit(&item->state, (int)state, memory_order_release);
}

/* All below, up to the threads, runs with the lock held. */

/* An item stands on the stack once at most, so the stack never overflows. */
static void stack_push(struct clar_batch *b, struct clar_item *item)
{
	if (item->is_queued)
		return;
	item->is_queued = true;
	CHECK(b->n_stack < b->set->n);
	b->stack[b->n_stack++] = item;
}

static struct clar_item *stack_pop(struct clar_batch *b)
{
	while (b->n_stack > 0) {
		struct clar_item *item = b->stack[--b->n_stack];

		item->is_queued = false;
		if (item_state(item) == CLAR_NEW)
			return item;
	}
	return NULL;
}

/* The first wanted item that waits: a circle is cut at it. */
static struct clar_item *first_parked(struct clar_batch *b)
{
	for (uint32_t i = 0; i < b->set->n; i++) {
		if (item_state(&b->set->items[i]) == CLAR_PARKED)
			return &b->set->items[i];
	}
	return NULL;
}

/* Takes `item` out of the list of those that wait. */
static void unpark(struct clar_batch *b, struct clar_item *item)
{
	for (uint32_t i = 0; i < b->set->n; i++) {
		struct clar_item **link = &b->set->items[i].waiters;

		while (*link && *link != item)
			link = &(*link)->next_waiter;
		if (*link) {
			*link = item->next_waiter;
			return;
		}
	}
}

static void item_count(struct clar_batch *b, const struct clar_item *item)
{
	if (!item->is_wanted)
		return;
	b->n_done++;
	b->n_accepted += item_state(item) == CLAR_ACCEPTED;
	b->n_rejected += item_state(item) == CLAR_REJECTED;
	b->n_unresolved += item_state(item) == CLAR_UNRESOLVED;
	if (b->progress)
		progress_set(b->progress, b->n_done);
}

/* The next item to judge, or NULL: none now. */
static struct clar_item *batch_take(struct clar_batch *b, bool *ret_is_final)
{
	struct clar_item *item = stack_pop(b);

	*ret_is_final = false;
	while (!item && b->next < b->set->n_wanted) {
		item = &b->set->items[b->next++];
		/* Contracts that stand twice are judged already. */
		if (item_state(item) == CLAR_REJECTED && item->bytes == 0 &&
		    clar_set_find(b->set, item->contract) != item)
			item_count(b, item);
		if (item_state(item) != CLAR_NEW)
			item = NULL;
	}
	if (!item && b->n_running == 0) {
		item = first_parked(b);
		if (item)
			unpark(b, item);
		*ret_is_final = item != NULL;
	}
	return item;
}

/* Lets those that wait for `item` begin anew. */
static void wake_waiters(struct clar_batch *b, struct clar_item *item)
{
	while (item->waiters) {
		struct clar_item *w = item->waiters;

		item->waiters = w->next_waiter;
		item_set(w, CLAR_NEW);
		stack_push(b, w);
	}
}

/* Puts `item` aside until `needs` is judged. */
static void batch_park(struct clar_batch *b, struct clar_item *item,
                       struct clar_item *needs)
{
	if (item_state(needs) >= CLAR_ACCEPTED) {
		item_set(item, CLAR_NEW);
		stack_push(b, item);
		return;
	}
	item->next_waiter = needs->waiters;
	needs->waiters = item;
	item_set(item, CLAR_PARKED);
	if (item_state(needs) == CLAR_NEW)
		stack_push(b, needs);
}

static void batch_done(struct clar_batch *b, struct clar_item *item,
                       enum clar_state state)
{
	b->bytes += item->bytes;
	item_set(item, state);
	item_count(b, item);
	wake_waiters(b, item);
}

static void batch_fault(struct clar_batch *b, const struct clar_item *item,
                        enum err e)
{
	if (b->fault == ERR_OK) {
		b->fault = e;
		b->wrong_path = item->path;
	}
}

/* Judges one item; the lock is given up meanwhile. */
static void worker_judge(struct clar_worker *w, struct clar_item *item,
                         bool is_final)
{
	struct clar_batch *b = w->batch;
	enum clar_state state = CLAR_NEW;

	item_set(item, CLAR_RUNNING);
	b->n_running++;
	b->checks++;
	w->judge.is_final = is_final;
	w->judge.first = b->version ? b->version : CLARITY_FIRST;
	w->judge.last = b->version ? b->version : version_max(b->epoch);
	if (item->version && !b->is_version_forced) {
		w->judge.first = item->version;
		w->judge.last = item->version;
	}
	CHECK(pthread_mutex_unlock(&sync_of(b)->lock) == 0);

	enum err e = clar_judge_run(&w->judge, item, &state);

	CHECK(pthread_mutex_lock(&sync_of(b)->lock) == 0);
	b->n_running--;
	if (e == ERR_OK)
		batch_done(b, item, state);
	else if (e == ERR_AGAIN && w->judge.blocked_on)
		batch_park(b, item, w->judge.blocked_on);
	else
		batch_fault(b, item, e);
	CHECK(pthread_cond_broadcast(&sync_of(b)->changed) == 0);
}

static void *worker_run(void *arg)
{
	struct clar_worker *w = arg;
	struct clar_batch *b = w->batch;
	struct sync *sync = sync_of(b);

	CHECK(pthread_mutex_lock(&sync->lock) == 0);
	while (b->fault == ERR_OK) {
		bool is_final;
		struct clar_item *item = batch_take(b, &is_final);

		if (item)
			worker_judge(w, item, is_final);
		else if (b->n_running == 0)
			break;
		else
			CHECK(pthread_cond_wait(&sync->changed, &sync->lock) ==
			      0);
	}
	CHECK(pthread_cond_broadcast(&sync->changed) == 0);
	CHECK(pthread_mutex_unlock(&sync->lock) == 0);
	return NULL;
}

static enum err batch_new(struct clar_batch *b)
{
	size_t n = b->set->n ? b->set->n : 1;
	struct sync *sync = malloc(sizeof(*sync));

	b->sync = sync;
	b->stack = calloc(n, sizeof(struct clar_item *));
	b->workers = calloc(b->jobs, sizeof(struct clar_worker));
	if (!sync || !b->stack || !b->workers)
		return ERR_NO_MEMORY;
	CHECK(pthread_mutex_init(&sync->lock, NULL) == 0);
	CHECK(pthread_cond_init(&sync->changed, NULL) == 0);
	for (unsigned i = 0; i < b->jobs; i++) {
		struct clar_worker *w = &b->workers[i];

		w->batch = b;
		w->judge = (struct clar_judge){ .set = b->set,
			                        .epoch = b->epoch,
			                        .has_color = b->has_color };
		clar_judge_init(&w->judge);
	}
	return ERR_OK;
}

/* One job needs no thread; more that cannot be started are done without. */
enum err clar_batch_run(struct clar_batch *b)
{
	CHECK(b->jobs >= 1 && b->jobs <= CLAR_BATCH_JOBS_MAX);
	TRY(batch_new(b));
	if (b->progress) {
		b->progress->total = b->set->n_wanted;
		progress_start(b->progress);
	}
	for (unsigned i = 1; i < b->jobs; i++) {
		struct clar_worker *w = &b->workers[i];

		w->is_started =
		    pthread_create(&w->thread, NULL, worker_run, w) == 0;
	}
	(void)worker_run(&b->workers[0]);
	for (unsigned i = 1; i < b->jobs; i++) {
		if (b->workers[i].is_started)
			CHECK(pthread_join(b->workers[i].thread, NULL) == 0);
	}
	if (b->progress)
		progress_hide(b->progress);
	return b->fault;
}

void clar_batch_fini(struct clar_batch *b)
{
	for (unsigned i = 0; b->workers && i < b->jobs; i++)
		clar_judge_fini(&b->workers[i].judge);
	if (b->sync && b->workers && b->stack) {
		CHECK(pthread_mutex_destroy(&sync_of(b)->lock) == 0);
		CHECK(pthread_cond_destroy(&sync_of(b)->changed) == 0);
	}
	free(b->sync);
	free(b->stack);
	free(b->workers);
}
