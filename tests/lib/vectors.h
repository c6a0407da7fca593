/*
 * tests/lib/vectors.h - Published test data that lies beside the source tree.
 *
 * Other projects' vectors are read where they are, never copied into the tree.
 * A test that needs them is skipped, and says so, where they are absent.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 * Memory:   the caller closes what vectors_open returned.
 */
#ifndef TESTS_LIB_VECTORS_H
#define TESTS_LIB_VECTORS_H

#include <stdio.h>
#include <string.h>

/**
 * Opens `name` below ../shared/vectors (or $VECTORS_DIR).
 *
 * @return an open file; without one the running test ends as skipped.
 */
static inline FILE *vectors_open(const char *name)
{
	static char path[4096];
	const char *dir = getenv("VECTORS_DIR");

	(void)snprintf(path, sizeof(path), "%s/%s", dir ? dir : VECTORS_DIR,
	               name);
	FILE *f = fopen(path, "rb");

	if (!f) {
		print_message("skipped: no %s\n", path);
		skip();
	}
	return f;
}

/**
 * Finds `"key" : "value"` in one line of JSON that is written a field a line.
 *
 * @param ret  the value, without quotes and escapes left as they are
 * @return whether the line is that field.
 */
static inline int vectors_field(char *ret, size_t size, const char *line,
                                const char *key)
{
	char quoted[64];

	(void)snprintf(quoted, sizeof(quoted), "\"%s\"", key);
	const char *at = strstr(line, quoted);

	if (!at)
		return 0;
	at = strchr(at + strlen(quoted), '"');
	if (!at)
		return 0;
	const char *end = strchr(at + 1, '"');
	size_t len = end ? (size_t)(end - at - 1) : size;

	if (len >= size)
		fail_msg("a field that is too long: %s", line);
	memcpy(ret, at + 1, len);
	ret[len] = '\0';
	return 1;
}

#endif /* TESTS_LIB_VECTORS_H */
