/* node/bitcoin/btc_header.c - Block headers; contract in btc_header.h. */
#include "config.h"

#include "node/bitcoin/btc_header.h"

#include <string.h>

#include "clarity/base/num.h"

#define MANTISSA 0x007fffffu
#define SIGN 0x00800000u

enum err btc_header_read(struct btc_header *ret, struct cursor *c)
{
	uint32_t version;

	TRY(cursor_le32(c, &version));
	memcpy(&ret->version, &version, sizeof(version));
	TRY(cursor_copy(c, ret->prev, sizeof(ret->prev)));
	TRY(cursor_copy(c, ret->root, sizeof(ret->root)));
	TRY(cursor_le32(c, &ret->time));
	TRY(cursor_le32(c, &ret->bits));
	return cursor_le32(c, &ret->nonce);
}

void btc_header_write(uint8_t ret[BTC_HEADER_LEN], const struct btc_header *h)
{
	le32_write(ret, (uint32_t)h->version);
	memcpy(ret + 4, h->prev, BTC_WIRE_HASH_LEN);
	memcpy(ret + 36, h->root, BTC_WIRE_HASH_LEN);
	le32_write(ret + 68, h->time);
	le32_write(ret + 72, h->bits);
	le32_write(ret + 76, h->nonce);
}

void btc_header_hash(uint8_t ret[BTC_WIRE_HASH_LEN], const struct btc_header *h)
{
	uint8_t bytes[BTC_HEADER_LEN];

	btc_header_write(bytes, h);
	hash_sha256d(ret, bytes, sizeof(bytes));
}

bool btc_header_target(uint8_t ret[BTC_WIRE_HASH_LEN], uint32_t bits)
{
	uint32_t mantissa = bits & MANTISSA;
	int shift = (int)(bits >> 24) - 3;

	memset(ret, 0, BTC_WIRE_HASH_LEN);
	/* The lowest bytes of a small exponent fall off before all tests. */
	for (; shift < 0; shift++)
		mantissa >>= 8;
	if (mantissa == 0 || bits & SIGN)
		return false;
	for (unsigned i = 0; i < 3; i++) {
		uint8_t byte = (uint8_t)(mantissa >> (8 * i));
		unsigned at = (unsigned)shift + i;

		if (byte && at >= BTC_WIRE_HASH_LEN)
			return false;
		if (at < BTC_WIRE_HASH_LEN)
			ret[at] = byte;
	}
	return true;
}

uint32_t btc_header_bits(const uint8_t target[BTC_WIRE_HASH_LEN])
{
	unsigned len = BTC_WIRE_HASH_LEN;
	uint32_t mantissa = 0;

	while (len > 0 && target[len - 1] == 0)
		len--;
	for (unsigned i = 0; i < 3; i++) {
		unsigned at = len + i;

		mantissa |= (uint32_t)(at >= 3 ? target[at - 3] : 0) << (8 * i);
	}
	/* The highest bit is the sign, so it moves one byte down. */
	if (mantissa & SIGN) {
		mantissa >>= 8;
		len++;
	}
	return (uint32_t)len << 24 | mantissa;
}

/* @return whether a <= b, both little-endian. */
static bool is_at_most(const uint8_t *a, const uint8_t *b)
{
	for (unsigned i = BTC_WIRE_HASH_LEN; i-- > 0;) {
		if (a[i] != b[i])
			return a[i] < b[i];
	}
	return true;
}

bool btc_header_has_work(const uint8_t hash[BTC_WIRE_HASH_LEN], uint32_t bits,
                         const uint8_t limit[BTC_WIRE_HASH_LEN])
{
	uint8_t target[BTC_WIRE_HASH_LEN];

	return btc_header_target(target, bits) && is_at_most(target, limit) &&
	       is_at_most(hash, target);
}
