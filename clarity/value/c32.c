/* clarity/value/c32.c - Crockford's digits and addresses; see c32.h. */
#include "config.h"

#include "clarity/value/c32.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"

#define C32_SUM_LEN 4u

static const char c32_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Digit values of A to Z; I and L count as 1, O as 0, and U is none. */
static const uint8_t c32_letters[26] = {
	10, 11, 12, 13, 14, 15, 16, 17,  1,  18, 19, 1,  20,
	21, 0,  22, 23, 24, 25, 26, 255, 27, 28, 29, 30, 31,
};

/* The value of a digit, of either case; 255 for what is none. */
static uint8_t c32_value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return (uint8_t)(c - '0');
	if (c >= 'a' && c <= 'z')
		c = (uint8_t)(c - 0x20);
	return c >= 'A' && c <= 'Z' ? c32_letters[c - 'A'] : 255;
}

static size_t c32_leading_zeros(struct span bytes)
{
	size_t n = 0;

	while (n < bytes.len && bytes.p[n] == 0)
		n++;
	return n;
}

/* Moves the tail of `p` that starts at `from` to `to`, which is not behind. */
static size_t c32_shift(void *p, size_t to, size_t from, size_t end)
{
	memmove((char *)p + to, (char *)p + from, end - from);
	return to + (end - from);
}

size_t c32_encode(char *ret, struct span bytes)
{
	size_t room = (bytes.len * 8 + 4) / 5;
	size_t zeros = c32_leading_zeros(bytes);
	size_t at = room;
	uint32_t bits = 0;
	unsigned n_bits = 0;

	/* The number's digits, the lowest last, fill the room from its end. */
	for (size_t i = bytes.len; i > 0; i--) {
		bits |= (uint32_t)bytes.p[i - 1] << n_bits;
		for (n_bits += 8; n_bits >= 5; n_bits -= 5) {
			ret[--at] = c32_digits[bits & 31];
			bits >>= 5;
		}
	}
	if (n_bits > 0)
		ret[--at] = c32_digits[bits];
	while (at < room && ret[at] == '0')
		at++;

	/* A zero byte took more than one digit of the room, so `at` is behind
	 * the zeros. */
	memset(ret, '0', zeros);
	return c32_shift(ret, zeros, at, room);
}

enum err c32_decode(uint8_t *ret, size_t *ret_len, struct span text)
{
	size_t at = text.len;
	size_t zeros = 0;
	uint32_t bits = 0;
	unsigned n_bits = 0;

	for (size_t i = text.len; i > 0; i--) {
		uint8_t digit = c32_value(text.p[i - 1]);

		if (digit == 255)
			return ERR_SYNTAX;
		/* Counts the zeros in front: those since the last non-zero. */
		zeros = digit == 0 ? zeros + 1 : 0;
		bits |= (uint32_t)digit << n_bits;
		n_bits += 5;
		if (n_bits >= 8) {
			ret[--at] = (uint8_t)bits;
			bits >>= 8;
			n_bits -= 8;
		}
	}
	if (n_bits > 0)
		ret[--at] = (uint8_t)bits;
	while (at < text.len && ret[at] == 0)
		at++;

	/* A digit is less than a byte, so `at` is behind the zeros. */
	memset(ret, 0, zeros);
	*ret_len = c32_shift(ret, zeros, at, text.len);
	return ERR_OK;
}

/* The checksum of a payload under a version. */
static void c32_sum(uint8_t ret[C32_SUM_LEN], uint8_t version,
                    struct span payload)
{
	struct hash_sha256 h;
	uint8_t digest[HASH_256_LEN];

	hash_sha256_init(&h);
	hash_sha256_add(&h, &version, 1);
	hash_sha256_add(&h, payload.p, payload.len);
	hash_sha256_done_double(&h, digest);
	memcpy(ret, digest, C32_SUM_LEN);
}

size_t c32_format(char *ret, uint8_t version, struct span payload)
{
	uint8_t bytes[C32_MAX_PAYLOAD + C32_SUM_LEN];

	CHECK(version < 32 && payload.len <= C32_MAX_PAYLOAD);
	if (payload.len)
		memcpy(bytes, payload.p, payload.len);
	c32_sum(bytes + payload.len, version, payload);
	ret[0] = 'S';
	ret[1] = c32_digits[version];
	return 2 +
	       c32_encode(ret + 2, span_of(bytes, payload.len + C32_SUM_LEN));
}

enum err c32_parse(uint8_t *ret, size_t *ret_len, uint8_t *ret_version,
                   struct span text)
{
	uint8_t bytes[C32_MAX_TEXT];
	uint8_t sum[C32_SUM_LEN];
	size_t len;

	if (text.len <= 5 || text.len > C32_MAX_TEXT)
		return ERR_SYNTAX;

	uint8_t version = c32_value(text.p[1]);

	if (version == 255)
		return ERR_SYNTAX;
	TRY(c32_decode(bytes, &len, span_of(text.p + 2, text.len - 2)));
	if (len < C32_SUM_LEN + 1 || len > C32_SUM_LEN + C32_MAX_PAYLOAD)
		return ERR_SYNTAX;
	len -= C32_SUM_LEN;
	c32_sum(sum, version, span_of(bytes, len));
	if (memcmp(sum, bytes + len, C32_SUM_LEN) != 0)
		return ERR_SYNTAX;
	memcpy(ret, bytes, len);
	*ret_len = len;
	*ret_version = version;
	return ERR_OK;
}
