/* node/wire/bitvec.c - Lists of bits; contract in bitvec.h. */
#include "config.h"

#include "node/wire/bitvec.h"

#include "clarity/base/check.h"

enum err bitvec_read(struct bitvec *ret, struct cursor *c, uint16_t max)
{
	struct bitvec v;
	uint32_t len;

	TRY(cursor_be16(c, &v.n));
	if (v.n == 0 || v.n > max)
		return ERR_WIRE_BITVEC;
	TRY(cursor_be32(c, &len));
	if (len != bitvec_len(v.n))
		return ERR_WIRE_BITVEC;
	TRY(cursor_read(c, len, &v.bytes));
	*ret = v;
	return ERR_OK;
}

enum err bitvec_write(struct buf *b, const struct bitvec *v)
{
	(void)buf_add_be16(b, v->n);
	(void)buf_add_be32(b, (uint32_t)bitvec_len(v->n));
	return buf_add(b, v->bytes, bitvec_len(v->n));
}

bool bitvec_get(const struct bitvec *v, uint16_t i)
{
	CHECK(i < v->n);
	return v->bytes[i / 8] >> (i % 8) & 1;
}
