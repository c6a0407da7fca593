/* clarity/base/span.c - Reading from spans; contract in span.h. */
#include "config.h"

#include "clarity/base/span.h"

#include "clarity/base/num.h"

int span_cmp(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	if (order)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

enum err cursor_u8(struct cursor *c, uint8_t *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, 1, &p));
	*ret = *p;
	return ERR_OK;
}

enum err cursor_be16(struct cursor *c, uint16_t *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, 2, &p));
	*ret = be16_read(p);
	return ERR_OK;
}

enum err cursor_be32(struct cursor *c, uint32_t *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, 4, &p));
	*ret = be32_read(p);
	return ERR_OK;
}

enum err cursor_be64(struct cursor *c, uint64_t *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, 8, &p));
	*ret = be64_read(p);
	return ERR_OK;
}

enum err cursor_le32(struct cursor *c, uint32_t *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, 4, &p));
	*ret = le32_read(p);
	return ERR_OK;
}

enum err cursor_le64(struct cursor *c, uint64_t *ret)
{
	const uint8_t *p;

	TRY(cursor_read(c, 8, &p));
	*ret = le64_read(p);
	return ERR_OK;
}

enum err cursor_copy(struct cursor *c, void *ret, size_t len)
{
	const uint8_t *p;

	TRY(cursor_read(c, len, &p));
	if (len)
		memcpy(ret, p, len);
	return ERR_OK;
}

enum err cursor_done(const struct cursor *c)
{
	return c->at == c->end ? ERR_OK : ERR_TRAILING;
}
