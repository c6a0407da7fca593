/*
 * tests/unit/pox/histories.h - Reads tests/vectors/pox/histories.txt.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 * Memory:   one line at a time, in the caller's struct.
 */
#ifndef TESTS_UNIT_POX_HISTORIES_H
#define TESTS_UNIT_POX_HISTORIES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/hex.h"

#define HISTORIES_WORDS 8

/** A line, cut at blanks. */
struct history_line {
	char text[1024];
	char *word[HISTORIES_WORDS];
	size_t n;
};

/** Opens the histories; $POX_HISTORIES names other ones. */
static inline FILE *histories_open(void)
{
	const char *other = getenv("POX_HISTORIES");
	FILE *f = fopen(
	    other ? other : SOURCE_DIR "/tests/vectors/pox/histories.txt", "r");

	assert_non_null(f);
	return f;
}

/** Reads a line. @return whether there was one. */
static inline int histories_next(FILE *f, struct history_line *l)
{
	if (!fgets(l->text, sizeof(l->text), f))
		return 0;
	l->n = 0;
	for (char *w = strtok(l->text, " \n"); w; w = strtok(NULL, " \n")) {
		assert_true(l->n < HISTORIES_WORDS);
		l->word[l->n++] = w;
	}
	return l->n > 0;
}

/** @return whether the line starts with `name`. */
static inline int history_is(const struct history_line *l, const char *name)
{
	return strcmp(l->word[0], name) == 0;
}

/** Reads 32 bytes; a short text ends in zeros. */
static inline void history_bytes(uint8_t ret[32], const char *hex)
{
	memset(ret, 0, 32);
	(void)hex_to(ret, 32, hex);
}

/** Reads a decimal number. */
static inline uint64_t history_number(const char *text)
{
	return strtoull(text, NULL, 10);
}

#endif /* TESTS_UNIT_POX_HISTORIES_H */
