/*
 * clarity/vm/watch.h - Looking at a program while it runs.
 *
 * Tools want to see calls, steps and what each of them costs.  While somebody
 * watches, the machine runs the exact code in a loop of its own, in which each
 * charge is an instruction; between two looks the difference in what is spent
 * is the price of the step between them.  Who does not watch pays nothing: the
 * usual loop does not know of this.
 *
 * A watcher only looks.  Results, writes and costs are the same with it.
 *
 * Layer:    clarity/vm.
 * Memory:   events are borrowed for the call; values in them live as long as
 *           the transaction.
 * Threads:  called from the machine's thread.
 */
#ifndef CLARITY_VM_WATCH_H
#define CLARITY_VM_WATCH_H

#include "clarity/base/err.h"
#include "clarity/cost/meter.h"
#include "clarity/lang/diag.h"
#include "clarity/value/principal.h"
#include "clarity/vm/bytecode.h"

/** Calls inside one another that a watcher can see at most. */
#define WATCH_MAX_DEPTH 160u

struct frame_floor;
struct vm;

enum watch_kind {
	WATCH_ENTER, /* a function, or a top-level form, begins */
	WATCH_STEP,  /* an instruction comes next */
	WATCH_LEAVE  /* a function or form is left */
};

struct watch_event {
	enum watch_kind kind;
	uint32_t depth; /* open calls around this one */
	const struct principal *contract;
	struct span function;       /* its name; empty: a top-level form */
	struct diag_span span;      /* ENTER: the body; STEP: the expression */
	const struct insn *insn;    /* STEP */
	const struct value *values; /* ENTER: arguments; LEAVE: the result */
	uint32_t n_values;          /* LEAVE: 0 if it failed, else 1 */
	struct cost spent;          /* by the transaction so far */
	uint64_t memory;            /* bytes that it holds */
};

struct watch {
	void *ctx;
	/** Gets each event in its order; must not touch the machine. */
	void (*see)(void *ctx, const struct watch_event *e);
};

/** Runs as run_frames, watched by `vm->watch`; errors likewise. */
MUST_USE enum err watch_run(struct vm *vm, const struct frame_floor *floor,
                            enum err e);

/** Tells of the instruction that comes next, and of calls that were entered
 * or left since the last one; for the loop. */
void watch_look(struct vm *vm, const struct insn *next);

#endif /* CLARITY_VM_WATCH_H */
