/* node/bitcoin/base58.c - Base 58 texts; contract in base58.h. */
#include "config.h"

#include "node/bitcoin/base58.h"

#include <stdbool.h>
#include <string.h>

#include "clarity/base/check.h"
#include "clarity/crypto/hash.h"

#define CHECKSUM_LEN 4u

static const char digits[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* Each leading zero byte is a leading 1; the rest is one big number. */
size_t base58_write(char ret[BASE58_TEXT_MAX], struct span bytes)
{
	uint8_t number[BASE58_TEXT_MAX] = { 0 }; /* base 58, lowest first */
	size_t used = 0;
	size_t zeros = 0;
	size_t len = 0;

	CHECK(bytes.len <= BASE58_MAX);
	while (zeros < bytes.len && bytes.p[zeros] == 0)
		zeros++;
	for (size_t i = zeros; i < bytes.len; i++) {
		unsigned carry = bytes.p[i];

		for (size_t j = 0; j < used || carry; j++) {
			carry += 256u * number[j];
			number[j] = (uint8_t)(carry % 58);
			carry /= 58;
			used = j + 1 > used ? j + 1 : used;
		}
	}
	while (len < zeros)
		ret[len++] = '1';
	while (used > 0)
		ret[len++] = digits[number[--used]];
	ret[len] = '\0';
	return len;
}

size_t base58_write_checked(char ret[BASE58_TEXT_MAX], struct span payload)
{
	uint8_t bytes[BASE58_MAX];
	uint8_t sum[HASH_256_LEN];

	CHECK(payload.len <= BASE58_MAX - CHECKSUM_LEN);
	if (payload.len)
		memcpy(bytes, payload.p, payload.len);
	hash_sha256d(sum, payload.p, payload.len);
	memcpy(bytes + payload.len, sum, CHECKSUM_LEN);
	return base58_write(ret, span_of(bytes, payload.len + CHECKSUM_LEN));
}

static int digit_of(uint8_t c)
{
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Adds one digit below a number of `*used` bytes, lowest first. */
static bool shift_in(uint8_t number[BASE58_MAX], size_t *used, unsigned digit)
{
	unsigned carry = digit;

	for (size_t j = 0; j < *used || carry; j++) {
		if (j == BASE58_MAX)
			return false;
		carry += 58u * number[j];
		number[j] = (uint8_t)carry;
		carry >>= 8;
		*used = j + 1 > *used ? j + 1 : *used;
	}
	return true;
}

enum err base58_read(uint8_t ret[BASE58_MAX], size_t *ret_len, struct span text)
{
	uint8_t number[BASE58_MAX] = { 0 };
	size_t used = 0;
	size_t zeros = 0;

	while (zeros < text.len && text.p[zeros] == '1')
		zeros++;
	for (size_t i = zeros; i < text.len; i++) {
		int digit = digit_of(text.p[i]);

		if (digit < 0 || !shift_in(number, &used, (unsigned)digit))
			return ERR_SYNTAX;
	}
	if (zeros + used > BASE58_MAX)
		return ERR_SYNTAX;
	memset(ret, 0, zeros);
	for (size_t i = 0; i < used; i++)
		ret[zeros + i] = number[used - 1 - i];
	*ret_len = zeros + used;
	return ERR_OK;
}

enum err base58_read_checked(uint8_t ret[BASE58_MAX], size_t *ret_len,
                             struct span text)
{
	uint8_t sum[HASH_256_LEN];
	size_t len;

	TRY(base58_read(ret, &len, text));
	if (len < CHECKSUM_LEN)
		return ERR_SYNTAX;
	len -= CHECKSUM_LEN;
	hash_sha256d(sum, ret, len);
	if (memcmp(sum, ret + len, CHECKSUM_LEN) != 0)
		return ERR_SYNTAX;
	*ret_len = len;
	return ERR_OK;
}
