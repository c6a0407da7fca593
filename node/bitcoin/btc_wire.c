/* node/bitcoin/btc_wire.c - Bitcoin's serialisation; see btc_wire.h. */
#include "config.h"

#include "node/bitcoin/btc_wire.h"

#include "clarity/base/num.h"

#define MARK_16 0xfdu
#define MARK_32 0xfeu
#define MARK_64 0xffu

static enum err read_le(struct cursor *c, unsigned n, uint64_t *ret)
{
	const uint8_t *p;
	uint64_t v = 0;

	TRY(cursor_read(c, n, &p));
	for (unsigned i = 0; i < n; i++)
		v |= (uint64_t)p[i] << (8 * i);
	*ret = v;
	return ERR_OK;
}

enum err btc_wire_count(struct cursor *c, uint32_t *ret)
{
	uint64_t v;
	uint64_t least = 0;

	TRY(read_le(c, 1, &v));
	if (v == MARK_16) {
		TRY(read_le(c, 2, &v));
		least = MARK_16;
	} else if (v == MARK_32) {
		TRY(read_le(c, 4, &v));
		least = (uint64_t)UINT16_MAX + 1;
	} else if (v == MARK_64) {
		TRY(read_le(c, 8, &v));
		least = (uint64_t)UINT32_MAX + 1;
	}
	if (v < least || v > BTC_WIRE_MAX)
		return ERR_BTC_COUNT;
	*ret = (uint32_t)v;
	return ERR_OK;
}

enum err btc_wire_items(struct cursor *c, size_t item_min, uint32_t *ret)
{
	uint32_t n;

	TRY(btc_wire_count(c, &n));
	if (n > cursor_left(c) / item_min)
		return ERR_TRUNCATED;
	*ret = n;
	return ERR_OK;
}

enum err btc_wire_bytes(struct cursor *c, struct span *ret)
{
	uint32_t len;
	const uint8_t *p;

	TRY(btc_wire_count(c, &len));
	TRY(cursor_read(c, len, &p));
	*ret = span_of(p, len);
	return ERR_OK;
}

/* @return how many bytes the count takes. */
static size_t count_bytes(uint8_t ret[9], uint64_t n)
{
	if (n < MARK_16) {
		ret[0] = (uint8_t)n;
		return 1;
	}
	if (n <= UINT16_MAX) {
		ret[0] = MARK_16;
		ret[1] = (uint8_t)n;
		ret[2] = (uint8_t)(n >> 8);
		return 3;
	}
	if (n <= UINT32_MAX) {
		ret[0] = MARK_32;
		le32_write(ret + 1, (uint32_t)n);
		return 5;
	}
	ret[0] = MARK_64;
	le64_write(ret + 1, n);
	return 9;
}

enum err btc_wire_add_count(struct buf *b, uint64_t n)
{
	uint8_t bytes[9];

	return buf_add(b, bytes, count_bytes(bytes, n));
}

enum err btc_wire_add_bytes(struct buf *b, struct span bytes)
{
	(void)btc_wire_add_count(b, bytes.len);
	return buf_add(b, bytes.p, bytes.len);
}

void btc_wire_hash_bytes(struct hash_sha256 *h, struct span bytes)
{
	uint8_t count[9];

	hash_sha256_add(h, count, count_bytes(count, bytes.len));
	hash_sha256_add(h, bytes.p, bytes.len);
}
