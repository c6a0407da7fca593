/*
 * tests/unit/node/bitcoin/btc_case.h - Bitcoin Core's test data, read as JSON.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 */
#ifndef TESTS_UNIT_NODE_BITCOIN_BTC_CASE_H
#define TESTS_UNIT_NODE_BITCOIN_BTC_CASE_H

#include <stdlib.h>
#include <string.h>

#include "clarity/base/arena.h"
#include "node/io/json_read.h"
#include "tests/lib/hex.h"
#include "tests/lib/vectors.h"

#define BTC_CASE_MAX ((size_t)1 << 23)

/** Reads bitcoin/`name` of the vectors; skips the test without it. */
static inline const struct json *btc_case_load(const char *name)
{
	static char text[BTC_CASE_MAX];
	char path[128];
	const struct json *doc;

	(void)snprintf(path, sizeof(path), "bitcoin/%s", name);
	FILE *f = vectors_open(path);
	size_t len = fread(text, 1, sizeof(text), f);

	(void)fclose(f);
	assert_in_range(len, 1, sizeof(text) - 1);
	assert_int_equal(json_read_parse(&doc, span_of(text, len), len),
	                 ERR_OK);
	return doc;
}

/** @return item `i` of an array, or NULL. */
static inline const struct json *btc_case_at(const struct json *v, unsigned i)
{
	const struct json *item = json_read_first(v);

	while (item && i-- > 0)
		item = json_read_next(item);
	return item;
}

/** @return a text, which must be one; it lives as long as its document. */
static inline struct span btc_case_text(const struct json *v)
{
	struct span text;

	assert_true(json_read_text(v, &text));
	return text;
}

/** @return the bytes of a text of hex, in the arena. */
static inline struct span btc_case_hex(struct arena *a, const struct json *v)
{
	struct span text = btc_case_text(v);
	char *hex = arena_str(a, (const char *)text.p, text.len);
	uint8_t *bytes = arena_alloc(a, text.len / 2 + 1);

	assert_non_null(hex);
	assert_non_null(bytes);
	return span_of(bytes, hex_to(bytes, text.len / 2 + 1, hex));
}

#endif /* TESTS_UNIT_NODE_BITCOIN_BTC_CASE_H */
