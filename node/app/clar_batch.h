/*
 * node/app/clar_batch.h - Judges a set of contracts, each after what it needs.
 *
 * What a contract needs is what its check asks for, nothing else: no guess is
 * made from the text.  A check that asks for a contract that is not judged yet
 * is put aside, the needed one goes first, and the check is begun anew; most
 * contracts need few others, so little is done twice.  A circle of needs
 * cannot be deployed; its first member is told that the next is missing.
 *
 * With version 0 the lowest version of the language that accepts a contract
 * is taken, because a contract that is found without its transaction does not
 * say under which it was deployed.
 *
 * Results do not depend on the number of threads.
 *
 * Layer:    node/app.
 * Memory:   analyses live in the threads' arenas until clar_batch_fini, source
 *           and tree of a contract only while it is judged.
 * Threads:  a pool of its own. A finished analysis is constant and is
 *           published with the item's state.
 */
#ifndef NODE_APP_CLAR_BATCH_H
#define NODE_APP_CLAR_BATCH_H

#include "clarity/base/progress.h"
#include "node/app/clar_set.h"

/** Threads at most. */
#define CLAR_BATCH_JOBS_MAX 256u

struct clar_worker;

struct clar_batch {
	/* Set by the caller. */
	struct clar_set *set;
	enum epoch epoch;
	enum clarity_version version; /* 0: the lowest that accepts */
	bool is_version_forced;       /* also where an item says its own */
	bool has_color;               /* in rendered reasons */
	unsigned jobs;                /* threads, 1 to CLAR_BATCH_JOBS_MAX */
	struct progress *progress;    /* NULL: none */

	/* Results: of the wanted items. */
	uint32_t n_accepted, n_rejected, n_unresolved;
	uint64_t bytes;         /* of source that was judged */
	uint64_t checks;        /* how often one was begun */
	const char *wrong_path; /* what a fault is about, or NULL */

	/* Its own. */
	struct clar_worker *workers;
	struct clar_item **stack; /* to be begun next, the last first */
	uint32_t n_stack;
	uint32_t next;      /* the first wanted item not looked at yet */
	uint32_t n_running; /* items at which threads are */
	uint32_t n_done;    /* wanted items that are judged */
	enum err fault;     /* ends all */
	void *sync;         /* lock and condition */
};

/**
 * Judges all wanted items and what they need.
 *
 * @return ERR_OK, whatever the verdicts; ERR_NO_MEMORY or a fault of reading
 *         `wrong_path`. clar_batch_fini is due in any case.
 */
MUST_USE enum err clar_batch_run(struct clar_batch *b);

/** Frees the analyses and reasons. */
void clar_batch_fini(struct clar_batch *b);

#endif /* NODE_APP_CLAR_BATCH_H */
