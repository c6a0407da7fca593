/*
 * clarity/base/arena.h - Memory that is given back all at once.
 *
 * Objects here live as long as something that has a name: the process, a
 * block, a transaction, a call.  Each such lifetime is an arena: allocation is
 * a pointer bump, nobody frees single objects, and a failed block is one
 * arena_reset.  A function that allocates takes the arena first, and what it
 * returns lives exactly as long as that arena.
 *
 * Every arena has a maximum.  Reaching it is a fault, not a verdict: limits
 * that consensus sees are counted by the cost and memory meters.  An arena
 * that fails (maximum, or no memory) returns NULL and remembers it: callers
 * that build many small things may check arena_err once at the end only when
 * they never read through the NULL; arena_alloc's normal use is to test.
 *
 * Layer:    clarity/base.
 * Memory:   blocks come from malloc; arena_fini returns them.
 * Threads:  an arena belongs to one thread at a time.
 */
#ifndef CLARITY_BASE_ARENA_H
#define CLARITY_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"

struct arena_block;

struct arena {
	uint8_t *at;               /* next free byte of the newest block */
	uint8_t *end;              /* one past that block */
	struct arena_block *first; /* newest block; older ones are linked */
	size_t held;               /* bytes in all blocks, without headers */
	size_t max;                /* bytes that all blocks may hold */
	bool failed;               /* an allocation was refused since reset */
};

/** A place to which an arena can be cut back; see arena_mark. */
struct arena_mark {
	uint8_t *at;
	struct arena_block *first;
};

/** Every allocation is aligned for any type, 128-bit integers included. */
#define ARENA_ALIGN 16u

/** Starts an empty arena that may hold `max_bytes` in all. */
void arena_init(struct arena *a, size_t max_bytes);

/** Returns all memory to the system; `a` may be used again after arena_init. */
void arena_fini(struct arena *a);

/**
 * Forgets every object and a failure, but keeps one block for the next round
 * (at most 4 MiB, so that one huge object does not hold its memory for ever).
 */
void arena_reset(struct arena *a);

/** @return a mark of the present fill, for arena_cut. */
struct arena_mark arena_mark(const struct arena *a);

/**
 * Forgets everything allocated since `m` was taken from the same arena, but
 * not a failure: arena_err still reports it.  Marks are cut in reverse order;
 * a reset makes all of them invalid.
 */
void arena_cut(struct arena *a, struct arena_mark m);

/** Takes a new block for `bytes`; use arena_alloc. @return as arena_alloc. */
void *arena_alloc_slow(struct arena *a, size_t bytes);

/**
 * Allocates uninitialised memory, aligned to ARENA_ALIGN.
 *
 * @param a      the arena whose lifetime the memory gets
 * @param bytes  0 is allowed and yields a valid pointer of no extent
 * @return the memory, or NULL when the maximum or the machine's memory is
 *         reached (`a->failed` is then set; what was there stays valid).
 */
static inline void *arena_alloc(struct arena *a, size_t bytes)
{
	size_t room = (size_t)(a->end - a->at);

	if (__builtin_expect(bytes > room, 0))
		return arena_alloc_slow(a, bytes);

	uint8_t *p = a->at;
	size_t step = (bytes + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1);

	/* Blocks are multiples of ARENA_ALIGN, so `step` fits where `bytes`
	 * does. */
	a->at += step;
	return p;
}

/** As arena_alloc, for `n` objects of `size` bytes; NULL also on overflow. */
void *arena_array(struct arena *a, size_t n, size_t size);

/** As arena_alloc, zeroed. */
void *arena_zalloc(struct arena *a, size_t bytes);

/** @return a copy of `len` bytes, or NULL as arena_alloc. */
void *arena_copy(struct arena *a, const void *bytes, size_t len);

/** @return a copy of `len` bytes with a NUL behind, or NULL as arena_alloc. */
char *arena_str(struct arena *a, const char *s, size_t len);

/** @return ERR_NO_MEMORY (a fault) if any allocation failed since reset. */
MUST_USE enum err arena_err(const struct arena *a);

/** Allocates one object of `type`, uninitialised. */
#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))

/** Allocates `n` objects of `type`, uninitialised. */
#define arena_new_array(a, type, n)                                            \
	((type *)arena_array((a), (n), sizeof(type)))

#endif /* CLARITY_BASE_ARENA_H */
