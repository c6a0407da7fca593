/*
 * clarity/base/span.h - A pointer with its length, and a cursor that reads one.
 *
 * Decoders take a cursor and never a bare pointer: each read says whether the
 * bytes were there, so an input that ends early is a verdict at the place
 * where it ends, not a read behind it.
 *
 * Layer:    clarity/base.
 * Memory:   borrows; a span is valid as long as what it points into.
 * Threads:  plain data.
 */
#ifndef CLARITY_BASE_SPAN_H
#define CLARITY_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "clarity/base/err.h"

struct span {
	const uint8_t *p; /* may be NULL only when len is 0 */
	size_t len;       /* bytes */
};

/** A reader's place in a span. */
struct cursor {
	const uint8_t *at;
	const uint8_t *end;
};

/** @return a span of `len` bytes at `p`. */
static inline struct span span_of(const void *p, size_t len)
{
	return (struct span){ .p = p, .len = len };
}

/** @return a span over the characters of `s`, without the NUL. */
static inline struct span span_str(const char *s)
{
	return span_of(s, strlen(s));
}

/** @return whether both hold the same bytes. */
static inline bool span_eq(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/** @return <0, 0, >0 as byte strings compare; a prefix is smaller. */
int span_cmp(struct span a, struct span b);

/** @return a cursor at the start of `s`. */
static inline struct cursor cursor_of(struct span s)
{
	return (struct cursor){ .at = s.p, .end = s.p ? s.p + s.len : s.p };
}

/** @return how many bytes are left. */
static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->at);
}

/**
 * Reads `len` bytes without copying.
 *
 * @return ERR_OK; ERR_TRUNCATED if fewer are left (`c` is unchanged).
 */
MUST_USE static inline enum err cursor_read(struct cursor *c, size_t len,
                                            const uint8_t **ret)
{
	if (cursor_left(c) < len)
		return ERR_TRUNCATED;
	*ret = c->at;
	c->at += len;
	return ERR_OK;
}

/** Each reads one integer, big-endian unless named; errors as cursor_read. */
MUST_USE enum err cursor_u8(struct cursor *c, uint8_t *ret);
MUST_USE enum err cursor_be16(struct cursor *c, uint16_t *ret);
MUST_USE enum err cursor_be32(struct cursor *c, uint32_t *ret);
MUST_USE enum err cursor_be64(struct cursor *c, uint64_t *ret);
MUST_USE enum err cursor_le32(struct cursor *c, uint32_t *ret);
MUST_USE enum err cursor_le64(struct cursor *c, uint64_t *ret);

/** Copies `len` bytes to `ret`; errors as cursor_read. */
MUST_USE enum err cursor_copy(struct cursor *c, void *ret, size_t len);

/** @return ERR_OK at the end of the input, otherwise ERR_TRAILING. */
MUST_USE enum err cursor_done(const struct cursor *c);

#endif /* CLARITY_BASE_SPAN_H */
