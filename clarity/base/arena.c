/* clarity/base/arena.c - Memory by lifetime; contract in arena.h. */
#include "config.h"

#include "clarity/base/arena.h"

#include <stdlib.h>
#include <string.h>

#include "clarity/base/check.h"

/* A block's memory follows its header; both are multiples of ARENA_ALIGN. */
struct arena_block {
	struct arena_block *next; /* the block that was newest before */
	size_t bytes;             /* of the memory behind the header */
	size_t pad[2];            /* keeps the memory aligned */
};

_Static_assert(sizeof(struct arena_block) % ARENA_ALIGN == 0,
               "a block's memory must start aligned");

/* Small enough to waste nothing in tests, large enough to be rare. */
#ifdef HARD_TESTS
#define BLOCK_BYTES ((size_t)64)
#else
#define BLOCK_BYTES ((size_t)64 * 1024)
#endif
#define BLOCK_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* Where an arena without blocks points, so that 0 bytes have an address. */
_Alignas(ARENA_ALIGN) static uint8_t arena_nowhere[ARENA_ALIGN];

static uint8_t *block_start(struct arena_block *b)
{
	return (uint8_t *)(b + 1);
}

static void arena_use(struct arena *a, struct arena_block *b)
{
	a->first = b;
	a->at = b ? block_start(b) : arena_nowhere;
	a->end = b ? block_start(b) + b->bytes : arena_nowhere;
}

/* Cuts one block out of the chain at `*link`. */
static void arena_drop(struct arena *a, struct arena_block **link)
{
	struct arena_block *b = *link;

	a->held -= b->bytes;
	*link = b->next;
	free(b);
}

/* Blocks double, so that a long life costs few of them. */
static size_t arena_next_block(const struct arena *a, size_t bytes)
{
	size_t want = a->first ? a->first->bytes * 2 : BLOCK_BYTES;

	if (want > BLOCK_BYTES_MAX)
		want = BLOCK_BYTES_MAX;
	return want < bytes ? bytes : want;
}

static void *arena_refuse(struct arena *a)
{
	a->failed = true;
	return NULL;
}

void arena_init(struct arena *a, size_t max_bytes)
{
	*a = (struct arena){ .max = max_bytes };
	arena_use(a, NULL);
}

void arena_fini(struct arena *a)
{
	while (a->first)
		arena_drop(a, &a->first);
	arena_init(a, a->max);
}

/* Keeps the largest ordinary block: a block made for one huge object would
 * hold its memory for ever. */
void arena_reset(struct arena *a)
{
	while (a->first && a->first->bytes > BLOCK_BYTES_MAX)
		arena_drop(a, &a->first);
	while (a->first && a->first->next)
		arena_drop(a, &a->first->next);
	arena_use(a, a->first);
	a->failed = false;
#ifdef HARD_TESTS
	memset(a->at, 0xdd, (size_t)(a->end - a->at));
#endif
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){ .at = a->at, .first = a->first };
}

void arena_cut(struct arena *a, struct arena_mark m)
{
	while (a->first != m.first) {
		CHECK(a->first);
		arena_drop(a, &a->first);
	}
	arena_use(a, m.first);
	if (m.first)
		a->at = m.at;
#ifdef HARD_TESTS
	memset(a->at, 0xdd, (size_t)(a->end - a->at));
#endif
}

void *arena_alloc_slow(struct arena *a, size_t bytes)
{
	/* The second test keeps the rounding and the header from wrapping. */
	if (bytes > a->max || bytes > SIZE_MAX / 2)
		return arena_refuse(a);

	size_t need = (bytes + (ARENA_ALIGN - 1)) & ~(size_t)(ARENA_ALIGN - 1);
	size_t size = arena_next_block(a, need);

	/* Near the maximum, what is asked for still fits if it can. */
	if (size > a->max - a->held)
		size = need;
	if (size > a->max - a->held)
		return arena_refuse(a);

	struct arena_block *b = malloc(sizeof(*b) + size);

	if (!b)
		return arena_refuse(a);
	b->next = a->first;
	b->bytes = size;
	a->held += size;
	arena_use(a, b);
	a->at += need;
	return block_start(b);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return arena_refuse(a);
	return arena_alloc(a, bytes);
}

void *arena_zalloc(struct arena *a, size_t bytes)
{
	void *p = arena_alloc(a, bytes);

	if (p)
		memset(p, 0, bytes);
	return p;
}

void *arena_copy(struct arena *a, const void *bytes, size_t len)
{
	void *p = arena_alloc(a, len);

	if (p && len)
		memcpy(p, bytes, len);
	return p;
}

char *arena_str(struct arena *a, const char *s, size_t len)
{
	char *p = len < SIZE_MAX ? arena_alloc(a, len + 1) : arena_refuse(a);

	if (!p)
		return NULL;
	if (len)
		memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

enum err arena_err(const struct arena *a)
{
	return a->failed ? ERR_NO_MEMORY : ERR_OK;
}
