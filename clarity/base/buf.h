/*
 * clarity/base/buf.h - Bytes that grow up to a stated maximum.
 *
 * Writers of unknown length append here.  The maximum is required, because
 * everything that grows from input must say how far.  A failed append is
 * remembered: a writer of many small pieces may ignore the single results and
 * ask buf_err once at the end; nothing is written after a failure.
 *
 * Layer:    clarity/base.
 * Memory:   one block from realloc, owned by the buf; buf_fini frees it.
 * Threads:  a buf belongs to one thread at a time.
 */
#ifndef CLARITY_BASE_BUF_H
#define CLARITY_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "clarity/base/err.h"
#include "clarity/base/num.h"
#include "clarity/base/span.h"

struct buf {
	uint8_t *p;   /* NULL until the first append */
	size_t len;   /* bytes in use */
	size_t cap;   /* bytes held */
	size_t max;   /* bytes that len may reach */
	enum err err; /* first failure since init or reset */
};

/** Starts an empty buf that may grow to `max_bytes`. */
void buf_init(struct buf *b, size_t max_bytes);

/** Frees the memory; buf_init makes it usable again. */
void buf_fini(struct buf *b);

/** Empties the buf, forgets a failure and keeps the memory. */
void buf_reset(struct buf *b);

/**
 * Appends bytes, which must not lie in the buf itself.
 *
 * @return ERR_OK; ERR_TOO_LARGE past the maximum; ERR_NO_MEMORY; or the
 *         earlier failure.  On failure the content is unchanged.
 */
enum err buf_add(struct buf *b, const void *bytes, size_t len);

/** Appends one byte; errors as buf_add. */
enum err buf_add_u8(struct buf *b, uint8_t v);

/** Each appends one integer, big- or little-endian; errors as buf_add. */
enum err buf_add_be16(struct buf *b, uint16_t v);
enum err buf_add_be32(struct buf *b, uint32_t v);
enum err buf_add_be64(struct buf *b, uint64_t v);
enum err buf_add_be128(struct buf *b, u128 v);
enum err buf_add_le32(struct buf *b, uint32_t v);
enum err buf_add_le64(struct buf *b, uint64_t v);

/** Appends the bytes of `s`; errors as buf_add. */
enum err buf_add_span(struct buf *b, struct span s);

/** Appends the characters of `s`; errors as buf_add. */
enum err buf_add_str(struct buf *b, const char *s);

/** Appends lower-case hex of the bytes, without 0x; errors as buf_add. */
enum err buf_add_hex(struct buf *b, const void *bytes, size_t len);

/**
 * Appends printf-style text; errors as buf_add, and ERR_SYNTAX when the C
 * library cannot format it.
 */
__attribute__((format(printf, 2, 3))) enum err buf_addf(struct buf *b,
                                                        const char *fmt, ...);

/**
 * Makes room for `len` more bytes and returns where they go; the caller writes
 * them and adds to `len` itself.
 *
 * @return NULL on failure, which is remembered as buf_add's.
 */
uint8_t *buf_room(struct buf *b, size_t len);

/** @return the first failure since init or reset, or ERR_OK. */
MUST_USE enum err buf_err(const struct buf *b);

/**
 * @return the content with a NUL behind, valid until the next append; the NUL
 *         is not part of the content, nor counted against the maximum.
 */
const char *buf_str(struct buf *b);

/** @return the content; valid until the next append. */
static inline struct span buf_span(const struct buf *b)
{
	return span_of(b->p, b->len);
}

#endif /* CLARITY_BASE_BUF_H */
