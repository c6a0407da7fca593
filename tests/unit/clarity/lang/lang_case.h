/*
 * tests/unit/clarity/lang/lang_case.h - What the tests of lang say often.
 *
 * Layer:    tests; include tests/lib/unit.h first.
 */
#ifndef TESTS_UNIT_CLARITY_LANG_LANG_CASE_H
#define TESTS_UNIT_CLARITY_LANG_LANG_CASE_H

#include <string.h>

#include "clarity/base/check.h"
#include "tests/lib/snippet.h"

/** Claims that `source` is refused by the rule of this name. */
static inline void refused_in(enum epoch epoch, const char *source,
                              const char *rule)
{
	struct snippet p;

	snippet_open(&p, source, epoch);
	if (p.err == ERR_OK)
		fail_msg("accepted: %s", source);
	assert_int_equal(p.err, ERR_PARSE);
	assert_int_equal(p.diag.rule.stage, DIAG_PARSE);
	if (strcmp(p.diag.rule.name, rule) != 0)
		fail_msg("%s: %s instead of %s", source, p.diag.rule.name,
		         rule);
	snippet_close(&p);
}

/** As refused_in, in an epoch where it does not matter. */
static inline void refused(const char *source, const char *rule)
{
	refused_in(EPOCH_3_4, source, rule);
}

/** Claims that `source` is refused at bytes `start` to `end`. */
static inline void refused_at(const char *source, const char *rule,
                              uint32_t start, uint32_t end)
{
	struct snippet p;

	refused(source, rule);
	snippet_open(&p, source, EPOCH_3_4);
	assert_int_equal(p.diag.span.start, start);
	assert_int_equal(p.diag.span.end, end);
	snippet_close(&p);
}

/** Claims that the tree of `source`, as text, is `text`. */
static inline void reads_as(const char *source, const char *text)
{
	struct snippet p;

	snippet_open(&p, source, EPOCH_3_4);
	if (p.err != ERR_OK)
		fail_msg("%s: %s", source, p.diag.message);
	assert_string_equal(snippet_text(&p), text);
	snippet_close(&p);
}

/** @return `n` copies of `unit`, from malloc, with `head` and `tail`. */
static inline char *repeated(const char *head, const char *unit, size_t n,
                             const char *tail)
{
	size_t h = strlen(head), u = strlen(unit), t = strlen(tail);
	char *s = test_malloc(h + u * n + t + 1);

	memcpy(s, head, h);
	for (size_t i = 0; i < n; i++)
		memcpy(s + h + u * i, unit, u);
	memcpy(s + h + u * n, tail, t + 1);
	return s;
}

/** @return `n` times `open`, then `inner`, then `n` times `close`. */
static inline char *nested(const char *open, size_t n, const char *inner,
                           const char *close)
{
	char *head = repeated("", open, n, inner);
	char *all = repeated(head, close, n, "");

	test_free(head);
	return all;
}

#endif /* TESTS_UNIT_CLARITY_LANG_LANG_CASE_H */
