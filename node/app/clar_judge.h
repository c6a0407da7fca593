/*
 * node/app/clar_judge.h - Judges one contract against those judged before.
 *
 * Layer:    node/app.
 * Memory:   a judge has three arenas: for what is kept (analyses, reasons),
 *           for source and tree, and for one check.
 * Threads:  a judge belongs to one thread; it reads items of other threads
 *           once their state says that they are done.
 */
#ifndef NODE_APP_CLAR_JUDGE_H
#define NODE_APP_CLAR_JUDGE_H

#include "node/app/clar_set.h"

struct clar_judge {
	const struct clar_set *set;
	enum epoch epoch;
	enum clarity_version first, last; /* versions that are tried */
	bool has_color;
	bool is_final; /* what is not judged yet counts as missing */

	struct arena keep;
	struct arena tree;
	struct arena work;

	/* Of the last run. */
	struct clar_item *blocked_on;    /* ERR_AGAIN: judge this first */
	const struct principal *missing; /* a contract that was not there */
	const struct principal *ever_missing; /* likewise, in any version */
};

/** Starts a judge; the fields above `keep` are set by the caller. */
void clar_judge_init(struct clar_judge *j);

/** Frees its arenas, and with them all that it kept. */
void clar_judge_fini(struct clar_judge *j);

/**
 * Judges an item.
 *
 * @param j          the judge
 * @param item       its `bytes`, `analysis` and `reason` are filled
 * @param ret_state  CLAR_ACCEPTED, CLAR_REJECTED or CLAR_UNRESOLVED
 * @return ERR_OK; ERR_AGAIN: it needs `blocked_on` first; a fault.
 */
MUST_USE enum err clar_judge_run(struct clar_judge *j, struct clar_item *item,
                                 enum clar_state *ret_state);

#endif /* NODE_APP_CLAR_JUDGE_H */
