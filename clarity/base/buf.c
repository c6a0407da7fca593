/* clarity/base/buf.c - Growing bytes; contract in buf.h. */
#include "config.h"

#include "clarity/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clarity/base/num.h"

#ifdef HARD_TESTS
#define CAP_MIN ((size_t)1)
#else
#define CAP_MIN ((size_t)64)
#endif

/* The first failure stays: later ones are its consequences. */
static enum err buf_fail(struct buf *b, enum err e)
{
	if (!b->err)
		b->err = e;
	return b->err;
}

/* Doubles, but never past the maximum.  One byte more than `cap` is always
 * there: buf_str and vsnprintf put their NUL into it. */
static enum err buf_grow(struct buf *b, size_t need)
{
	size_t cap = b->cap ? b->cap : CAP_MIN;

	while (cap < need)
		cap = cap > b->max / 2 ? b->max : cap * 2;
	if (cap > b->max)
		cap = b->max;

	uint8_t *p = cap < SIZE_MAX ? realloc(b->p, cap + 1) : NULL;

	if (!p)
		return buf_fail(b, ERR_NO_MEMORY);
	b->p = p;
	b->cap = cap;
	return ERR_OK;
}

void buf_init(struct buf *b, size_t max_bytes)
{
	*b = (struct buf){ .max = max_bytes };
}

void buf_fini(struct buf *b)
{
	free(b->p);
	buf_init(b, b->max);
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	b->err = ERR_OK;
}

uint8_t *buf_room(struct buf *b, size_t len)
{
	if (b->err)
		return NULL;
	if (len > b->max - b->len) {
		(void)buf_fail(b, ERR_TOO_LARGE);
		return NULL;
	}
	if ((len > b->cap - b->len || !b->p) &&
	    buf_grow(b, b->len + len) != ERR_OK)
		return NULL;
	return b->p + b->len;
}

enum err buf_add(struct buf *b, const void *bytes, size_t len)
{
	if (len == 0)
		return b->err;

	uint8_t *at = buf_room(b, len);

	if (!at)
		return b->err;
	memcpy(at, bytes, len);
	b->len += len;
	return ERR_OK;
}

enum err buf_add_u8(struct buf *b, uint8_t v)
{
	return buf_add(b, &v, 1);
}

enum err buf_add_be16(struct buf *b, uint16_t v)
{
	uint8_t bytes[2];

	be16_write(bytes, v);
	return buf_add(b, bytes, sizeof(bytes));
}

enum err buf_add_be32(struct buf *b, uint32_t v)
{
	uint8_t bytes[4];

	be32_write(bytes, v);
	return buf_add(b, bytes, sizeof(bytes));
}

enum err buf_add_be64(struct buf *b, uint64_t v)
{
	uint8_t bytes[8];

	be64_write(bytes, v);
	return buf_add(b, bytes, sizeof(bytes));
}

enum err buf_add_le32(struct buf *b, uint32_t v)
{
	uint8_t bytes[4];

	le32_write(bytes, v);
	return buf_add(b, bytes, sizeof(bytes));
}

enum err buf_add_le64(struct buf *b, uint64_t v)
{
	uint8_t bytes[8];

	le64_write(bytes, v);
	return buf_add(b, bytes, sizeof(bytes));
}

enum err buf_add_be128(struct buf *b, u128 v)
{
	uint8_t bytes[16];

	be128_write(bytes, v);
	return buf_add(b, bytes, sizeof(bytes));
}

enum err buf_add_span(struct buf *b, struct span s)
{
	return buf_add(b, s.p, s.len);
}

enum err buf_add_str(struct buf *b, const char *s)
{
	return buf_add(b, s, strlen(s));
}

enum err buf_add_hex(struct buf *b, const void *bytes, size_t len)
{
	static const char digit[] = "0123456789abcdef";
	const uint8_t *in = bytes;

	if (len > SIZE_MAX / 2)
		return buf_fail(b, ERR_TOO_LARGE);

	uint8_t *at = buf_room(b, len * 2);

	if (!at)
		return b->err;
	for (size_t i = 0; i < len; i++) {
		at[2 * i] = (uint8_t)digit[in[i] >> 4];
		at[2 * i + 1] = (uint8_t)digit[in[i] & 15];
	}
	b->len += len * 2;
	return ERR_OK;
}

enum err buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return buf_fail(b, ERR_SYNTAX);

	uint8_t *at = buf_room(b, (size_t)n);

	if (!at)
		return b->err;
	va_start(ap, fmt);
	(void)vsnprintf((char *)at, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
	return ERR_OK;
}

const char *buf_str(struct buf *b)
{
	if (!b->p)
		return "";
	b->p[b->len] = '\0';
	return (const char *)b->p;
}

enum err buf_err(const struct buf *b)
{
	return b->err;
}
