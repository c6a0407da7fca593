/* clarity/value/int128.c - 128-bit integers as text; contract in int128.h. */
#include "config.h"

#include "clarity/value/int128.h"

#include <stdint.h>
#include <string.h>

/* The largest power of ten in 64 bits, and its exponent. */
#define CHUNK 10000000000000000000ull
#define CHUNK_DIGITS 19

/* Writes the digits of `v` so that they end at `end`. @return their start. */
static char *int128_put(char *end, u128 v)
{
	/* A 64-bit division is ten times faster than one of 128 bits. */
	while (v > UINT64_MAX) {
		uint64_t low = (uint64_t)(v % CHUNK);

		v /= CHUNK;
		for (int i = 0; i < CHUNK_DIGITS; i++) {
			*--end = (char)('0' + low % 10);
			low /= 10;
		}
	}

	uint64_t rest = (uint64_t)v;

	do {
		*--end = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	return end;
}

size_t int128_format_unsigned(char ret[INT128_MAX_TEXT], u128 v)
{
	char digits[INT128_MAX_TEXT];
	char *end = digits + sizeof(digits);
	char *start = int128_put(end, v);

	memcpy(ret, start, (size_t)(end - start));
	return (size_t)(end - start);
}

size_t int128_format(char ret[INT128_MAX_TEXT], i128 v)
{
	if (v >= 0)
		return int128_format_unsigned(ret, (u128)v);
	ret[0] = '-';

	char digits[INT128_MAX_TEXT];
	size_t n = int128_format_unsigned(digits, -(u128)v);

	memcpy(ret + 1, digits, n);
	return n + 1;
}

bool int128_parse_unsigned(u128 *ret, struct span text)
{
	size_t i = text.len && text.p[0] == '+';
	u128 v = 0;

	if (i == text.len)
		return false;
	for (; i < text.len; i++) {
		uint8_t digit = (uint8_t)(text.p[i] - '0');

		if (digit > 9 || !u128_mul(&v, v, 10) ||
		    !u128_add(&v, v, digit))
			return false;
	}
	*ret = v;
	return true;
}

bool int128_parse(i128 *ret, struct span text)
{
	bool is_negative = text.len && text.p[0] == '-';
	u128 v;

	if (is_negative) {
		text = span_of(text.p + 1, text.len - 1);
		if (text.len && text.p[0] == '+')
			return false;
	}
	if (!int128_parse_unsigned(&v, text))
		return false;
	if (v > (u128)I128_MAX + is_negative)
		return false;
	*ret = is_negative ? (i128)-v : (i128)v;
	return true;
}

bool int128_parse_hex(u128 *ret, struct span text)
{
	u128 v = 0;

	if (text.len == 0 || text.len > 32)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		uint8_t digit = (uint8_t)(text.p[i] - '0');
		uint8_t letter = (uint8_t)((text.p[i] | 0x20) - 'a');

		if (digit > 9 && letter > 5)
			return false;
		v = v * 16 + (digit <= 9 ? digit : letter + 10u);
	}
	*ret = v;
	return true;
}
