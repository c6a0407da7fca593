/*
 * clarity/cost/memory.h - How many bytes a transaction may hold at a time.
 *
 * Values are counted by their declared sizes, not by what this machine uses,
 * so that every node refuses the same program.  Arguments, bindings and loaded
 * contracts give their bytes back when they end; pending writes and token
 * operations keep theirs until the transaction does.
 *
 * Layer:    clarity/cost; uses clarity/base only.
 * Memory:   never allocates; plain data embedded by its owner.
 * Threads:  belongs to one VM.
 * Spec:     SIP-006, "Runtime Cost Assessment".
 */
#ifndef CLARITY_COST_MEMORY_H
#define CLARITY_COST_MEMORY_H

#include <stdint.h>

#include "clarity/base/check.h"
#include "clarity/base/err.h"
#include "clarity/base/num.h"

/** Bytes that a transaction may hold, in every epoch. */
#define MEMORY_LIMIT UINT64_C(100000000)

struct memory {
	uint64_t limit; /* bytes */
	uint64_t used;  /* bytes; may end above limit, see add */
};

/** Starts at zero with `limit` bytes allowed. */
void memory_init(struct memory *m, uint64_t limit);

/**
 * Counts `bytes` more.
 *
 * @return ERR_OK;
 *         ERR_MEMORY_LIMIT past the limit (the bytes stay counted);
 *         ERR_COST_OVERFLOW past 2^64-1 (`used` is unchanged).
 *         Both failures are verdicts.
 */
MUST_USE static inline enum err memory_add(struct memory *m, uint64_t bytes)
{
	if (__builtin_expect(!u64_add(&m->used, m->used, bytes), 0)) {
		m->used -= bytes;
		return ERR_COST_OVERFLOW;
	}
	if (__builtin_expect(m->used > m->limit, 0))
		return ERR_MEMORY_LIMIT;
	return ERR_OK;
}

/** Gives `bytes` back; they must have been added before. */
static inline void memory_drop(struct memory *m, uint64_t bytes)
{
	DCHECK(m->used >= bytes);
	m->used -= bytes;
}

#endif /* CLARITY_COST_MEMORY_H */
