/* node/bitcoin/bech32.c - Segwit addresses; contract in bech32.h. */
#include "config.h"

#include "node/bitcoin/bech32.h"

#include <stdbool.h>
#include <string.h>

#define CHECKSUM_LEN 6u
#define VERSION_MAX 16u
#define CONST_V0 1u
#define CONST_V1 0x2bc830a3u
#define DIGITS_MAX BECH32_TEXT_LEN

static const char digits[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/* One step of the code: five more bits. */
static uint32_t code_step(uint32_t sum, uint8_t digit)
{
	static const uint32_t generator[] = { 0x3b6a57b2, 0x26508e6d,
		                              0x1ea119fa, 0x3d4233dd,
		                              0x2a1462b3 };
	uint32_t top = sum >> 25;

	sum = (sum & 0x1ffffffu) << 5 ^ digit;
	for (unsigned i = 0; i < 5; i++)
		sum ^= top >> i & 1 ? generator[i] : 0;
	return sum;
}

/* The sum over the prefix, its high bits first, and the digits. */
static uint32_t code_sum(const char *hrp, const uint8_t *data, size_t len)
{
	uint32_t sum = 1;

	for (const char *p = hrp; *p; p++)
		sum = code_step(sum, (uint8_t)((uint8_t)*p >> 5));
	sum = code_step(sum, 0);
	for (const char *p = hrp; *p; p++)
		sum = code_step(sum, (uint8_t)*p & 31);
	for (size_t i = 0; i < len; i++)
		sum = code_step(sum, data[i]);
	return sum;
}

static uint32_t code_const(uint8_t version)
{
	return version == 0 ? CONST_V0 : CONST_V1;
}

static bool is_allowed(uint8_t version, size_t len)
{
	if (version > VERSION_MAX || len < BECH32_PROGRAM_MIN ||
	    len > BECH32_PROGRAM_MAX)
		return false;
	return version != 0 || len == 20 || len == 32;
}

/* Eight-bit bytes as five-bit digits, the last filled up with zeros. */
static size_t to_digits(uint8_t *ret, const uint8_t *bytes, size_t len)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		bits = (bits << 8 | bytes[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			ret[n++] = bits >> (have - 5) & 31;
	}
	if (have)
		ret[n++] = (uint8_t)(bits << (5 - have) & 31);
	return n;
}

/* The other way; less than five bits may be left, and only zeros. */
static bool to_bytes(uint8_t *ret, size_t *ret_len, const uint8_t *data,
                     size_t len)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		bits = (bits << 5 | data[i]) & 0xfff;
		have += 5;
		if (have < 8)
			continue;
		if (n == BECH32_PROGRAM_MAX)
			return false;
		have -= 8;
		ret[n++] = (uint8_t)(bits >> have);
	}
	*ret_len = n;
	return have < 5 && (bits & ((1u << have) - 1)) == 0;
}

size_t bech32_write(char ret[BECH32_TEXT_MAX], const struct bech32 *a)
{
	uint8_t data[DIGITS_MAX] = { a->version };
	size_t hrp_len = strlen(a->hrp);
	size_t n = 1;
	size_t len = 0;
	uint32_t sum;

	if (!is_allowed(a->version, a->len))
		return 0;
	n += to_digits(data + n, a->program, a->len);
	if (hrp_len + 1 + n + CHECKSUM_LEN > BECH32_TEXT_LEN)
		return 0;
	memset(data + n, 0, CHECKSUM_LEN);
	sum = code_sum(a->hrp, data, n + CHECKSUM_LEN) ^ code_const(a->version);
	for (unsigned i = 0; i < CHECKSUM_LEN; i++)
		data[n++] = sum >> (5 * (CHECKSUM_LEN - 1 - i)) & 31;
	memcpy(ret, a->hrp, hrp_len);
	len = hrp_len;
	ret[len++] = '1';
	for (size_t i = 0; i < n; i++)
		ret[len++] = digits[data[i]];
	ret[len] = '\0';
	return len;
}

/* Copies the text in lower case; false if it mixes cases or is not ASCII. */
static bool lower(char ret[BECH32_TEXT_MAX], struct span text)
{
	bool has_lower = false;
	bool has_upper = false;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.p[i];

		if (c < 33 || c > 126)
			return false;
		has_lower |= c >= 'a' && c <= 'z';
		has_upper |= c >= 'A' && c <= 'Z';
		ret[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	ret[text.len] = '\0';
	return !(has_lower && has_upper);
}

static bool read_digits(uint8_t *ret, const char *text)
{
	for (; *text; text++) {
		const char *at = strchr(digits, *text);

		if (!at)
			return false;
		*ret++ = (uint8_t)(at - digits);
	}
	return true;
}

enum err bech32_read(struct bech32 *ret, struct span text)
{
	char low[BECH32_TEXT_MAX];
	uint8_t data[DIGITS_MAX];
	struct bech32 a = { .version = 0 };
	char *one;
	size_t n;

	if (text.len > BECH32_TEXT_LEN || !lower(low, text))
		return ERR_SYNTAX;
	one = strrchr(low, '1');
	if (!one || one == low || (size_t)(one - low) >= BECH32_HRP_MAX)
		return ERR_SYNTAX;
	memcpy(a.hrp, low, (size_t)(one - low));
	n = strlen(one + 1);
	if (n < 1 + CHECKSUM_LEN || !read_digits(data, one + 1))
		return ERR_SYNTAX;
	a.version = data[0];
	if (code_sum(a.hrp, data, n) != code_const(a.version))
		return ERR_SYNTAX;
	if (!to_bytes(a.program, &a.len, data + 1, n - 1 - CHECKSUM_LEN) ||
	    !is_allowed(a.version, a.len))
		return ERR_SYNTAX;
	*ret = a;
	return ERR_OK;
}
