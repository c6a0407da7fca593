/*
 * tests/lib/hex.h - Vectors are written in hex; bytes are compared as hex.
 *
 * A failing comparison prints both sides as they stand in the vector.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 * Memory:   fills the caller's arrays.
 */
#ifndef TESTS_LIB_HEX_H
#define TESTS_LIB_HEX_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** @return the value of one hex digit; fails the test for another character. */
static inline unsigned hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	fail_msg("not a hex digit: %c", c);
	return 0;
}

/**
 * Decodes `hex` into `ret`.
 *
 * @param max  bytes that `ret` holds; a longer input fails the test
 * @return how many bytes were written.
 */
static inline size_t hex_to(uint8_t *ret, size_t max, const char *hex)
{
	size_t len = strlen(hex) / 2;

	if (strlen(hex) % 2 != 0 || len > max)
		fail_msg("hex of a wrong length: %s", hex);
	for (size_t i = 0; i < len; i++)
		ret[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4 |
		                   hex_digit(hex[2 * i + 1]));
	return len;
}

/** Fails the test unless the bytes are what lower-case `hex` says. */
static inline void assert_hex(const uint8_t *bytes, size_t len, const char *hex)
{
	static char text[2 * 4096 + 1];

	assert_true(len <= 4096);
	for (size_t i = 0; i < len; i++)
		(void)snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	text[2 * len] = '\0';
	assert_string_equal(text, hex);
}

#endif /* TESTS_LIB_HEX_H */
