/*
 * clarity/base/progress.h - How far a long job is, for a person who waits.
 *
 * On a terminal a bar is redrawn in place, at most ten times a second; in a
 * file or a pipe there is a plain line now and then instead, so that logs stay
 * readable.  Where the text goes and what the time is are injected.
 *
 * Layer:    clarity/base.
 * Memory:   never allocates.
 * Threads:  a progress belongs to one thread at a time.
 */
#ifndef CLARITY_BASE_PROGRESS_H
#define CLARITY_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "clarity/base/span.h"

/** Time between two redraws of a bar. */
#define PROGRESS_BAR_MS 100

/** Time between two plain lines. */
#define PROGRESS_LINE_MS 5000

struct progress {
	void (*write)(void *ctx, struct span text); /* NULL: show nothing */
	uint64_t (*now_ms)(void *ctx);              /* any monotonic clock */
	void *ctx;
	const char *what; /* what is counted, such as "contracts" */
	bool is_terminal;
	unsigned width;    /* columns of the terminal */
	uint64_t total;    /* 0: not known */
	uint64_t start_ms; /* set by progress_start */
	uint64_t shown_ms; /* when the last text was written */
	bool is_shown;     /* a bar stands on the terminal's line */
};

/** Begins; the fields above `start_ms` are set by the caller. */
void progress_start(struct progress *p);

/**
 * Tells that `done` of the total are done; writes only when it is time.
 *
 * @param p     the progress
 * @param done  how many, at most the total when that is known
 */
void progress_set(struct progress *p, uint64_t done);

/** Removes the bar, so that other text can be written; the next set redraws. */
void progress_hide(struct progress *p);

#endif /* CLARITY_BASE_PROGRESS_H */
